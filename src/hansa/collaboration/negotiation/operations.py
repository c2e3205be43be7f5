"""Suggesting other words for a clause, answering, taking back, commenting."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import operations as agreements
from hansa.collaboration.agreements import queries as agreed
from hansa.collaboration.negotiation import policies
from hansa.collaboration.negotiation.models import ClauseComment, ClauseSuggestion
from hansa.collaboration.negotiation.states import SuggestionState
from hansa.collaboration.partnering import operations as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

DAYS_TO_ANSWER = 7
MAX_TEXT = 20_000


class CannotSuggest(Refusal):
    """These words cannot be suggested, or not by this person, or another suggestion is open."""


class CannotAnswerSuggestion(Refusal):
    """The suggestion cannot be answered like this, or not by this person."""


class CannotCommentClause(Refusal):
    """The comment has no words, or the person is of no party."""


@transaction.atomic
def suggest(agreement: Any, *, clause: str, words: str, why: str, by: Actor, at: datetime) -> ClauseSuggestion:
    """Suggest other words for a clause. The other parties are told; until one answers, nobody can accept the text.

    :raises CannotSuggest: by a stranger, without a reason, the words are the same or name the client, or a suggestion
        for this clause is open
    """
    row, parties, party = agreements.opened(agreement, by=by)
    policies.can_suggest(by, row, party).or_raise(CannotSuggest)
    current = agreed.version_of(row)
    found = next((one for one in current.clauses if one["key"] == clause), None) if current else None
    if found is None or current is None:
        raise CannotSuggest(_("This clause is not part of the agreement any more."))
    words, why = agreements.clean_words(words, CannotSuggest), " ".join(why.split())[:500]
    if not why:
        raise CannotSuggest(_("Say in a sentence why you suggest it."))
    if words == "\n\n".join(found["paragraphs"]):
        raise CannotSuggest(_("These are the words of the clause already."))
    _refuse_names(row, [words, why], by, CannotSuggest)
    if ClauseSuggestion.objects.filter(agreement=row, clause=clause, state=SuggestionState.OPEN).exists():
        raise CannotSuggest(_("A suggestion for this clause waits for its answer. Comment on it, or answer it first."))
    assert by.hub_id is not None
    suggestion = ClauseSuggestion.objects.create(
        agreement=row,
        clause=clause,
        base_version=current.number,
        words=words,
        why=why,
        hub_id=by.hub_id,
        author_id=by.user_id,
        at=at,
        answer_by=(at + timedelta(days=DAYS_TO_ANSWER)).date(),
    )
    agreements.tell_open_suggestions(row, n=_n_open(row))
    facts = {"clause": clause}
    agreements.record("clause.suggested", agreement=row, parties=parties, by=by, at=at, facts=facts, subject=suggestion)
    partnering.hand_over(row.request, hubs=[one.hub_id for one in parties if one.hub_id != by.hub_id])
    return suggestion


@transaction.atomic
def take_up(suggestion: ClauseSuggestion, *, by: Actor, at: datetime) -> ClauseSuggestion:
    """Take a suggestion up: its words make the next version, which the answering hub accepts with it.

    :raises CannotAnswerSuggestion: by its own party or a stranger, answered already, or the words cannot stand
    """
    row, parties, party = agreements.opened(suggestion.agreement, by=by)
    locked = _locked(suggestion, row)
    policies.can_answer(by, locked, party).or_raise(CannotAnswerSuggestion)
    _close(locked, SuggestionState.TAKEN, by=by, at=at)
    agreements.tell_open_suggestions(row, n=_n_open(row))
    change = agreements.NewWording(clause=locked.clause, words=locked.words)
    note = _("Suggested by %(hub)s: %(why)s") % {"hub": locked.hub.name, "why": locked.why}
    try:
        version = agreements.revise(row, by=by, base_version=row.version_number, change=change, note=note[:500], at=at)
    except agreements.CannotRevise as no:
        raise CannotAnswerSuggestion(no.reason) from no
    locked.became_version = version.number
    locked.save(update_fields=["became_version"])
    facts = {"clause": locked.clause, "became": version.number}
    agreements.record("clause.taken_up", agreement=row, parties=parties, by=by, at=at, facts=facts, subject=locked)
    return locked


@transaction.atomic
def decline(suggestion: ClauseSuggestion, *, answer: str, by: Actor, at: datetime) -> ClauseSuggestion:
    """Leave a clause as it is, saying why.

    :raises CannotAnswerSuggestion: by its own party or a stranger, answered already, or without a reason
    """
    row, parties, party = agreements.opened(suggestion.agreement, by=by)
    locked = _locked(suggestion, row)
    policies.can_answer(by, locked, party).or_raise(CannotAnswerSuggestion)
    answer = " ".join(answer.split())[:500]
    if not answer:
        raise CannotAnswerSuggestion(_("Say in a sentence why the clause should stay as it is."))
    _refuse_names(row, [answer], by, CannotAnswerSuggestion)
    locked.answer = answer
    _end(locked, SuggestionState.DECLINED, row, parties, "clause.kept", by=by, at=at)
    return locked


@transaction.atomic
def withdraw(suggestion: ClauseSuggestion, *, by: Actor, at: datetime) -> ClauseSuggestion:
    """Take one's own suggestion back.

    :raises CannotAnswerSuggestion: by another party, or answered already
    """
    row, parties, party = agreements.opened(suggestion.agreement, by=by)
    locked = _locked(suggestion, row)
    policies.can_withdraw(by, locked, party).or_raise(CannotAnswerSuggestion)
    _end(locked, SuggestionState.WITHDRAWN, row, parties, "clause.suggestion_withdrawn", by=by, at=at)
    return locked


@transaction.atomic
def comment(agreement: Any, *, clause: str, text: str, by: Actor, at: datetime) -> ClauseComment:
    """Say something about a clause; every party reads it.

    :raises CannotCommentClause: by a stranger, without words, or naming the client
    """
    row, parties, party = agreements.opened(agreement, by=by)
    policies.can_comment(by, party).or_raise(CannotCommentClause)
    current = agreed.version_of(row)
    if current is None or clause not in {one["key"] for one in current.clauses}:
        raise CannotCommentClause(_("This clause is not part of the agreement any more."))
    text = text.strip()
    if not text or len(text) > 4000:
        raise CannotCommentClause(_("Write what you want to say, in at most 4,000 characters."))
    _refuse_names(row, [text], by, CannotCommentClause)
    assert by.hub_id is not None
    said = ClauseComment.objects.create(
        agreement=row, clause=clause, version=current.number, text=text, hub_id=by.hub_id, author_id=by.user_id, at=at
    )
    facts = {"clause": clause}
    agreements.record("clause.commented", agreement=row, parties=parties, by=by, at=at, facts=facts, subject=said)
    return said


def _locked(suggestion: ClauseSuggestion, agreement: Any) -> ClauseSuggestion:
    """Read the suggestion again; the lock on its agreement keeps it as it is."""
    row = ClauseSuggestion.objects.select_related("hub").get(pk=suggestion.pk)
    row.agreement = agreement
    return row


def _n_open(agreement: Any) -> int:
    return ClauseSuggestion.objects.filter(agreement=agreement, state=SuggestionState.OPEN).count()


def _close(row: ClauseSuggestion, state: SuggestionState, *, by: Actor, at: datetime) -> None:
    row.state, row.answered_at, row.answered_by_id, row.answered_hub_id = state, at, by.user_id, by.hub_id
    row.save(update_fields=["state", "answer", "answered_at", "answered_by", "answered_hub"])


def _end(
    row: ClauseSuggestion, state: SuggestionState, agreement: Any, parties: Any, verb: str, *, by: Actor, at: datetime
) -> None:
    _close(row, state, by=by, at=at)
    n = _n_open(agreement)
    agreements.tell_open_suggestions(agreement, n=n)
    facts = {"clause": row.clause}
    agreements.record(verb, agreement=agreement, parties=parties, by=by, at=at, facts=facts, subject=row)
    if not n:
        agreements.hand_over(agreement, parties)


def _refuse_names(agreement: Any, texts: list[str], by: Actor, refusal: type[Refusal]) -> None:
    # Only for those who know the client: a refusal to anybody else would confirm a guess.
    if by.hub_id == agreement.request.lead_id:
        partnering.refuse_betrayal(agreement.request, texts, refusal)
