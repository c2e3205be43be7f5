"""What the page of an agreement shows, put together for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.agreements import policies
from hansa.collaboration.agreements.models import Agreement, Party, Version
from hansa.collaboration.agreements.queries import reading
from hansa.collaboration.agreements.queries.differences import changed_clauses, redlined
from hansa.collaboration.agreements.queries.history import clause_changed_by, moment, told
from hansa.collaboration.agreements.queries.library import Instrument, joint_delivery
from hansa.collaboration.agreements.states import AgreementState, PartyState
from hansa.collaboration.scenarios.queries import scenario
from hansa.foundation.activity import Activity
from hansa.foundation.actors import Actor

_TONES = {PartyState.SIGNED: "good", PartyState.ACCEPTED: "brand", PartyState.DECLINED: "bad", PartyState.SEEN: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLine:
    """One party as the list of signatures shows it. ``person`` is who signed, or who is to sign."""

    id: int
    name: str
    person: str
    when: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClause:
    """One clause for the component of that name. ``risks`` are what it answers, in words.

    Title, plain words and risks are in the reader's language; ``original`` is the title as it stands in the text.
    """

    key: str
    id: str
    number: int
    title: str
    original: str
    text: str
    plain: str
    note: str
    language: str
    parts: list[tuple[str, str]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    risks: list[str] = field(default_factory=list)
    is_changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """``mine`` is the party the reader acts for; ``waiting`` the parties that must act, since ``since``."""

    agreement: Agreement
    version: Version
    parties: list[Party]
    mine: Party
    my_state: PartyState
    lines: list[PartyLine]
    waiting: list[Party]
    since: datetime
    clauses: list[ShownClause]
    versions: list[Version]
    events: list[dict[str, Any]]

    @property
    def is_my_turn(self) -> bool:
        return self.mine in self.waiting

    @property
    def changed(self) -> list[ShownClause]:
        return [clause for clause in self.clauses if clause.is_changed]


def page_of(agreement: Agreement, *, parties: list[Party], actor: Actor, with_changes: bool) -> Page:
    """Return the page of the current version; two queries.

    :param with_changes: mark what differs from the version before
    """
    number = agreement.version_number
    versions = reading.versions_of(agreement, texts_of=(number, number - 1))
    current, before = versions[0], versions[1] if len(versions) > 1 else None
    history = reading.history_of(agreement)
    mine = reading.party_for(actor, parties)
    assert mine is not None
    waited_for = policies.waited_for(agreement, parties)
    return Page(
        agreement=agreement,
        version=current,
        parties=parties,
        mine=mine,
        my_state=policies.state_of(mine, agreement),
        lines=[_line(party, agreement, is_reader=party is mine) for party in parties],
        waiting=[party for party in parties if party.hub_id in waited_for],
        since=_since(agreement, current, parties),
        clauses=shown_clauses(current.shown, before.shown if before and with_changes else None, versions, history),
        versions=versions,
        events=told(history, {party.hub_id: party.hub.name for party in parties}),
    )


def _since(agreement: Agreement, current: Version, parties: Sequence[Party]) -> datetime:
    """Return since when the parties waited for have had the turn."""
    if agreement.state == AgreementState.READING:
        return max([current.created_at, *(party.declined_at for party in parties if party.declined_at)])
    return max([current.created_at, *(party.accepted_at for party in parties if party.accepted_at)])


def _line(party: Party, agreement: Agreement, *, is_reader: bool) -> PartyLine:
    state = policies.state_of(party, agreement)
    if is_reader and state == PartyState.NOT_SEEN:
        state = PartyState.SEEN
    when = {
        PartyState.SIGNED: party.valid.signed_at if party.valid else None,
        PartyState.DECLINED: party.declined_at,
        PartyState.ACCEPTED: party.accepted_at,
        PartyState.SEEN: party.seen_at,
    }.get(state)
    return PartyLine(
        id=party.hub_id,
        name=party.hub.name,
        person=_signer(party),
        when=moment(when),
        state=str(state.label),
        tone=_TONES.get(state, "warn"),
    )


def _signer(party: Party) -> str:
    if party.valid:
        return f"{party.valid.name}, {party.valid.function}"
    if party.signatory is None:
        return _("Nobody was named to sign yet")
    if not party.signatory_is_there:
        return _("%(name)s was to sign, but has left") % {"name": party.signatory}
    return _("%(name)s signs") % {"name": party.signatory}


def shown_clauses(
    current: list[dict[str, Any]],
    before: list[dict[str, Any]] | None = None,
    versions: Sequence[Version] = (),
    history: Sequence[Activity] = (),
) -> list[ShownClause]:
    """Return the clauses of a text, with what changed since ``before``, what was said, and which risks they answer."""
    instrument = joint_delivery()
    risks = _risks()
    said = _said(versions, clause_changed_by(history))
    texts = {clause["key"]: clause for clause in [*(before or ()), *current]}
    changes = changed_clauses(current if before is None else before, current)
    return [
        ShownClause(
            key=change.key,
            id=change.key,
            number=change.number,
            title=pgettext("content", change.title),
            original=change.title,
            text=_numbered(texts[change.key]),
            plain=pgettext("content", texts[change.key]["plain_words"]),
            language=instrument.language,
            note=_note(texts[change.key], change.kind, is_changed=change.is_changed),
            parts=redlined(change) if change.is_changed else [],
            comments=[*_caution(instrument, change.key), *said.get(change.key, [])],
            risks=[risks[risk] for risk in texts[change.key]["mitigates"] if risk in risks],
            is_changed=change.is_changed,
        )
        for change in changes
    ]


def _numbered(clause: dict[str, Any]) -> str:
    return "\n\n".join(f"{clause['number']}.{n} {text}" for n, text in enumerate(clause["paragraphs"], start=1))


def _note(clause: dict[str, Any], kind: str, *, is_changed: bool) -> str:
    if kind == "new":
        return _("New in this version.")
    if kind == "gone":
        return _("Left out in this version.")
    if clause["reworded"]:
        return _("A party wrote this clause itself.")
    return _("Changed in this version.") if is_changed else ""


def _caution(instrument: Instrument, key: str) -> list[dict[str, Any]]:
    model = instrument.clause(key)
    if model is None or not model.caution:
        return []
    return [{"by": _("Caution"), "text": pgettext("content", model.caution), "tone": "f4"}]


def _said(versions: Sequence[Version], clauses: dict[int, str]) -> dict[str, list[dict[str, Any]]]:
    """Return the notes of the versions by the clause they changed."""
    found: dict[str, list[dict[str, Any]]] = {}
    for version in reversed(versions):
        if key := clauses.get(version.number):
            comment = {"by": version.author, "hub": version.author_hub.name, "text": version.note}
            found.setdefault(key, []).append({**comment, "when": _("version %(n)s") % {"n": version.number}})
    return found


def _risks() -> dict[str, str]:
    roles = scenario(joint_delivery().scenario).roles.values()
    return {risk.id: pgettext("content", risk.label) for role in roles for risk in role.risks}
