"""Changing the text: a new version, and earlier signatures are void."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import policies
from hansa.collaboration.agreements.models import Agreement, Party, Signature, Version
from hansa.collaboration.agreements.operations import rows
from hansa.collaboration.agreements.operations.drafting import add_version, kept_wordings
from hansa.collaboration.agreements.queries import proposal, reading, wording
from hansa.collaboration.agreements.queries.agreed import terms_of
from hansa.collaboration.agreements.queries.composing import completed
from hansa.collaboration.agreements.queries.shelf import instrument_of
from hansa.collaboration.agreements.queries.terms import Terms
from hansa.collaboration.agreements.states import MOVES
from hansa.collaboration.partnering import operations as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotRevise(Refusal):
    """The text cannot be changed like this."""


class ChangedMeanwhile(CannotRevise):
    """Somebody else made a newer version than the one this change was written for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWording:
    """Other words for one clause. Empty lines part its paragraphs."""

    clause: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelWording:
    """Back to the model text in one clause."""

    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerms:
    """Other values. Clauses that a party wrote itself keep their words."""

    terms: Terms


Change = NewWording | ModelWording | NewTerms


@transaction.atomic
def revise(agreement: Agreement, *, by: Actor, base_version: int, change: Change, note: str, at: datetime) -> Version:
    """Make the next version of the text. Any party may; its author's hub accepts it with it.

    Voids every signature, and every acceptance with the version it was given to. Nobody edits in place.

    :param base_version: the version the author had before them
    :param note: why, for the other parties
    :raises ChangedMeanwhile: that version is not the current one any more
    :raises CannotRevise: nothing changed, no note, or the new text cannot stand in an agreement
    """
    agreement = rows.locked(agreement)
    parties = reading.parties_of(agreement)
    policies.can_revise(by, agreement, reading.party_for(by, parties)).or_raise(CannotRevise)
    current = reading.version_of(agreement)
    assert current is not None
    _refuse_outdated(current, base_version, at=at)
    note = wording.clean(note)
    if not note:
        raise CannotRevise(_("Say in a sentence why you change the text."))
    if problem := wording.problem_in(note):
        raise CannotRevise(problem)
    clauses = _changed(agreement, parties, current, change, at=at)
    if [(c["key"], c["paragraphs"]) for c in clauses] == [(c["key"], c["paragraphs"]) for c in current.clauses]:
        raise CannotRevise(_("Nothing was changed."))
    agreement.version_number += 1
    agreement.state = MOVES["revise"].target
    # Another text is another round: the lead sets its last day anew.
    agreement.sign_until = agreement.round_over_at = None
    agreement.save(update_fields=["version_number", "state", "terms", "sign_until", "round_over_at"])
    version = add_version(agreement, clauses, by=by, note=note, at=at, refusal=CannotRevise)
    _start_over(agreement, parties, by=by, at=at)
    clause = getattr(change, "clause", "")
    facts = {"clause": clause}
    rows.record("agreement.revised", agreement=agreement, parties=parties, by=by, at=at, facts=facts)
    others = [party.hub_id for party in parties if party.hub_id != by.hub_id]
    partnering.move(agreement.request, "revise", by=by, at=at, turn_hub_ids=others)
    return version


def _refuse_outdated(current: Version, base_version: int, *, at: datetime) -> None:
    if current.number == base_version:
        return
    raise ChangedMeanwhile(
        _("%(name)s (%(hub)s) changed this %(ago)s ago. Compare with version %(n)s, then send yours again.")
        % {
            "name": current.author or "",
            "hub": current.author_hub,
            "ago": timesince(current.created_at, at, depth=1),
            "n": current.number,
        }
    )


def _changed(
    agreement: Agreement, parties: list[Party], current: Version, change: Change, *, at: datetime
) -> list[wording.Clause]:
    instrument = instrument_of(agreement)
    reworded = dict(kept_wordings(current))
    before = terms = terms_of(agreement, parties=parties)
    if isinstance(change, NewTerms):
        terms = replace(change.terms, clauses=completed(instrument, change.terms.clauses))
        _take_over(agreement, parties, terms, earliest=min(before.starts_on, timezone.localdate(at)))
    elif change.clause not in {clause["key"] for clause in current.clauses}:
        raise CannotRevise(_("This clause is not part of the agreement any more."))
    elif isinstance(change, ModelWording):
        reworded.pop(change.clause, None)
    else:
        reworded[change.clause] = _paragraphs(change.words)
    case = proposal.case_of(agreement.request, [party.hub for party in parties])
    made = wording.compose(instrument, case=case, terms=terms, reworded=reworded)
    untouched = wording.compose(instrument, case=case, terms=before, reworded=kept_wordings(current))
    return _pinned(made, untouched, current.clauses)


def _pinned(
    made: list[wording.Clause], untouched: list[wording.Clause], stored: list[wording.Clause]
) -> list[wording.Clause]:
    """Return the new clauses, with the stored words where the change does not reach.

    The model text may have been renewed since: only what is changed takes it over.
    """
    same = {clause["key"]: clause["paragraphs"] for clause in untouched}
    kept = {clause["key"]: clause for clause in stored}
    return [
        kept[clause["key"]] | {"number": clause["number"]}
        if clause["key"] in kept and same.get(clause["key"]) == clause["paragraphs"]
        else clause
        for clause in made
    ]


def clean_words(words: str, refusal: type[Refusal]) -> str:
    """Return a typed wording as the text would have it, paragraphs parted by empty lines.

    :raises refusal: without words, too long, or with hidden characters
    """
    try:
        return "\n\n".join(_paragraphs(words))
    except CannotRevise as no:
        raise refusal(no.reason) from no


def _paragraphs(words: str) -> list[str]:
    if problem := wording.problem_in(words):
        raise CannotRevise(problem)
    if len(words) > wording.MAX_CLAUSE_CHARS:
        raise CannotRevise(_("A clause has at most %(n)s characters.") % {"n": wording.MAX_CLAUSE_CHARS})
    paragraphs = wording.split_paragraphs(words)
    if not paragraphs:
        raise CannotRevise(_("Write the new wording of the clause."))
    return paragraphs


def _take_over(agreement: Agreement, parties: list[Party], terms: Terms, *, earliest: date) -> None:
    if [share.hub_id for share in terms.parties] != [party.hub_id for party in parties]:
        raise CannotRevise(_("The shares do not fit the parties of this agreement."))
    if problem := terms.problem(instrument_of(agreement), earliest=earliest):
        raise CannotRevise(problem)
    agreement.terms = terms.as_json()
    for party, share in zip(parties, terms.parties, strict=True):
        Party.objects.filter(pk=party.pk).update(
            tasks_note=share.part, effort_days=share.effort_days, fee_eur=share.fee_eur
        )


def _start_over(agreement: Agreement, parties: list[Party], *, by: Actor, at: datetime) -> None:
    """Void what was given to the earlier text; the author's hub stands behind the new one."""
    reason = f"Version {agreement.version_number} changed the text."
    for party in parties:
        if party.valid is None:
            continue
        Signature.objects.filter(pk=party.valid.pk).update(voided_at=at, void_reason=reason)
        facts = {"hub": party.hub.name, "name": party.valid.name, "signed_version": party.valid.version.number}
        rows.record(
            "signature.voided", agreement=agreement, parties=parties, by=by, at=at, facts=facts, subject=party.valid
        )
    Party.objects.filter(agreement=agreement).update(declined_at=None, decline_note="")
    number = agreement.version_number
    Party.objects.filter(agreement=agreement, hub_id=by.hub_id).update(
        seen_version=number, seen_at=at, accepted_version=number, accepted_at=at, accepted_by_id=by.user_id
    )
