"""The parts of the agreement's page, each drawn once for the same content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import Form
from django.utils.safestring import SafeString, mark_safe

from hansa.collaboration.agreements import forms, operations, queries
from hansa.collaboration.agreements.queries import evidence
from hansa.collaboration.agreements.queries.covering import CoveredText
from hansa.collaboration.agreements.queries.page import Page
from hansa.collaboration.agreements.states import OPEN_STATES, AgreementState, PadesLevel, UploadState
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.fragments import Blank, drawn, fragment

_PARTS = "collaboration/agreements/agreement_parts.html"
Verdicts = Mapping[str, Any]


def top(page: Page, *, crumbs: Iterable[tuple[str, str]], steps: Iterable[Any]) -> SafeString:
    """Return title, steps and whose turn it is."""
    agreement = page.agreement
    case, of = agreement.request, queries.instrument_of(agreement)
    is_in_force = agreement.state == AgreementState.IN_FORCE
    sealed = getattr(agreement, "sealed_file", None)
    return fragment(
        f"{_PARTS}#top",
        crumbs=tuple(crumbs),
        title=of.title,
        number=page.version.number,
        ref=case.ref,
        lead=case.lead.name,
        steps=tuple(steps),
        is_sealed=sealed is not None,
        has_evidence=bool(sealed and sealed.evidence),
        level=PadesLevel(sealed.level) if sealed else None,
        stamped_by=sealed.stamped_by if sealed else "",
        in_force_at=agreement.in_force_at if is_in_force else None,
        waiting=", ".join(party.hub.name for party in page.waiting),
        is_my_turn=page.is_my_turn,
        since=page.since,
    )


def sign(page: Page, user: Any, *, factor: Any, others: tuple[Any, ...], refused: Form | None) -> SafeString:
    """Return where the signatory signs, proving it with ``factor``; ``others`` are the other ways to prove it."""
    version = page.version
    options = (("method", factor.method), ("hint", factor.hint), ("statement", evidence.statement(version.number)))
    initial = (
        *(("version", version.number), ("sha256", version.sha256), ("method", factor.method)),
        *_who(user),
    )
    return drawn(
        f"{_PARTS}#sign",
        refused,
        url=_url(page),
        hub=page.mine.hub.name,
        number=version.number,
        blocks=tuple(version.blocks),
        language=queries.instrument_of(page.agreement).language,
        factor=factor,
        others=others,
        blank=Blank(forms.SignForm, options, initial),
    )


def elsewhere(
    page: Page, user: Any, *, factor: Any, may_send: bool, is_asked: bool = False, refused: Form | None
) -> SafeString:
    """Return where a signatory sends what was signed in another tool, and what became of the last file of the hub.

    :param factor: what proves the person; None where nobody is to sign
    :param is_asked: show the form; else a link to it, so that no page has the fields of a signature twice
    """
    version, sent = page.version, page.mine.last_file
    is_free = bool(version.copy) and (sent is None or sent.state != UploadState.WAITING)
    may_send = (may_send and is_free) or refused is not None
    has_news = sent is not None and page.agreement.state == AgreementState.SIGNING
    if not may_send and not has_news:
        return mark_safe("")
    blank = None
    if factor:
        options = (
            *(("method", factor.method), ("hint", factor.hint), ("statement", evidence.statement(version.number))),
            ("most_bytes", operations.MOST_BYTES),
        )
        initial = (("version", version.number), ("method", factor.method), *_who(user))
        blank = Blank(forms.SignedFileForm, options, initial)
    return drawn(
        f"{_PARTS}#elsewhere",
        refused,
        url=_url(page),
        language=queries.instrument_of(page.agreement).language,
        factor=factor,
        may_send=may_send,
        is_asked=is_asked,
        sent=(sent.signer_name, UploadState(sent.state), sent.reason) if sent is not None else None,
        blank=blank,
    )


def arranging(page: Page, may: Verdicts, *, refused: Form | None) -> SafeString:
    """Return where the lead sets the order of signing and the last day."""
    if not may["arrange"]:
        return mark_safe("")
    people = tuple((party.hub_id, party.hub.name) for party in page.parties)
    steps = tuple((f"step_{party.hub_id}", party.sign_step) for party in page.parties)
    return drawn(
        f"{_PARTS}#arranging",
        refused,
        url=_url(page),
        is_over=page.agreement.round_over_at is not None,
        blank=Blank(forms.RoundForm, (("parties", people),), (*steps, ("until", page.agreement.sign_until))),
    )


def _who(user: Any) -> tuple[tuple[str, str], ...]:
    return (("name", user.name), ("function", user.job_title))


def answer(page: Page, may: Verdicts, *, refused: Form | None) -> SafeString:
    """Return what a party that has not signed reads or answers first."""
    note = page.version.note
    return drawn(
        f"{_PARTS}#answer",
        refused,
        url=_url(page),
        terms_url=_terms(page),
        number=page.version.number,
        author=str(page.version.author),
        hub=page.version.author_hub.name,
        note=note,
        may_accept=bool(may["accept"]),
        has_declined=page.my_state == "declined" and bool(may["revise"]),
        decline_note=page.mine.decline_note,
        why_not="" if may["sign"] or page.my_state == "signed" else may["sign"].reason,
        is_signing=page.agreement.state == AgreementState.SIGNING,
        blank=Blank(forms.DeclineForm),
    )


def declined(page: Page, *, is_lead: bool) -> SafeString:
    """Return which other parties declined, and why."""
    rows = [party for party in page.parties if party.declined_at and party is not page.mine]
    if not rows:
        return mark_safe("")
    notes = tuple((party.hub.name, party.decline_note) for party in rows)
    return fragment(f"{_PARTS}#declined", notes=notes, is_lead=is_lead)


def text(page: Page, *, wants_changes: bool, may_revise: bool) -> SafeString:
    """Return the agreement itself."""
    return fragment(
        f"{_PARTS}#text",
        of=queries.instrument_of(page.agreement),
        text=page.text,
        number=page.version.number,
        blocks=tuple(page.version.blocks),
        wants_changes=wants_changes,
        may_revise=may_revise,
        url=_url(page),
    )


def parties(page: Page, may: Verdicts) -> SafeString:
    """Return how far each party is, until when it can sign, and the way back for who signed."""
    is_open = page.agreement.state in OPEN_STATES
    return fragment(
        f"{_PARTS}#parties",
        lines=page.lines,
        until=page.agreement.sign_until if is_open else None,
        url=_url(page),
        may_withdraw=bool(may["withdraw"]),
    )


def risks(page: Page) -> SafeString:
    """Return how many risks of the scenario the text covers."""
    case = page.agreement.request
    text = CoveredText(
        current=page.text.current,
        instrument_id=page.agreement.instrument,
        scenario=case.scenario,
        scenario_version=case.scenario_version,
    )
    return fragment(f"{_PARTS}#risks", ref=case.ref, text=text)


def appointing(page: Page, people: tuple[tuple[int, str], ...], *, has_somebody: bool) -> SafeString:
    """Return where a manager says who signs for the hub, among ``people`` as id and name."""
    return fragment(
        f"{_PARTS}#appointing",
        url=_url(page),
        lost="" if has_somebody else str(page.mine.signatory or ""),
        is_choice=bool(people),
        people_url=partnering.address("people:people"),
        blank=Blank(forms.SignatoryForm, (("people", people),), (("user_id", page.mine.signatory_id),)),
    )


def changing(page: Page, may: Verdicts, *, refused: Form | None) -> SafeString:
    """Return how to change the text or leave, for those who are not asked to accept it."""
    if not may["revise"] or may["accept"]:
        return mark_safe("")
    return drawn(
        f"{_PARTS}#changing",
        refused,
        url=_url(page),
        terms_url=_terms(page),
        may_decline=bool(may["decline"]),
        blank=Blank(forms.DeclineForm),
    )


def past(page: Page) -> SafeString:
    """Return the versions and what happened."""
    return fragment(f"{_PARTS}#past", versions=page.versions, events=page.events, url=_url(page))


def _url(page: Page) -> str:
    return partnering.address("agreements:agreement", page.agreement.request.ref)


def _terms(page: Page) -> str:
    return partnering.address("agreements:terms", page.agreement.request.ref)
