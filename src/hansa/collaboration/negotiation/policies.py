"""Who suggests, answers and comments."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from hansa.collaboration.agreements import policies as agreements
from hansa.collaboration.negotiation.models import ClauseSuggestion
from hansa.collaboration.negotiation.states import SuggestionState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import No, Verdict, first_no


def can_suggest(actor: Actor, agreement: Any, party: Any) -> Verdict:
    """Whether the actor may suggest other words for a clause: any party may, until the agreement is in force."""
    return agreements.can_revise(actor, agreement, party)


def can_comment(actor: Actor, party: Any) -> Verdict:
    """Every party may say something, also about an agreement in force."""
    return agreements.acts_for(actor, party)


def can_answer(actor: Actor, suggestion: ClauseSuggestion, party: Any) -> Verdict:
    """Whether the actor may take a suggestion up or decline it: a party other than the one that made it."""
    verdict = first_no(_is_open(suggestion), can_suggest(actor, suggestion.agreement, party))
    if verdict and suggestion.hub_id == actor.hub_id:
        return No(_("Your hub suggested this. Another party answers it; you can take it back."))
    return verdict


def can_withdraw(actor: Actor, suggestion: ClauseSuggestion, party: Any) -> Verdict:
    verdict = first_no(_is_open(suggestion), can_suggest(actor, suggestion.agreement, party))
    if verdict and suggestion.hub_id != actor.hub_id:
        return No(_("Only the party that suggested it can take it back."))
    return verdict


def _is_open(suggestion: ClauseSuggestion) -> Verdict:
    if suggestion.state == SuggestionState.OPEN:
        return Verdict(True)
    return No(_("This suggestion is answered already."))
