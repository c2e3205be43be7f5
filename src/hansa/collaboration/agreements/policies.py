"""Who may draft, change, accept, sign or decline, and whose turn it is. Source: BP-AGR."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hansa.collaboration.agreements.models import Agreement, Party
from hansa.collaboration.agreements.states import MOVES, OPEN_STATES, AgreementState, PartyRole, PartyState
from hansa.collaboration.partnering import policies as partnering
from hansa.collaboration.partnering.states import RequestState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no
from hansa.foundation.states import can_move

_CASE_IS_OPEN = frozenset({RequestState.AGREEING, RequestState.SIGNING})


def state_of(party: Party, agreement: Agreement) -> PartyState:
    """Return how far a party is with the current version. ``party.valid`` is its signature that counts, or None."""
    if party.valid is not None:
        return PartyState.SIGNED
    if party.declined_at is not None:
        return PartyState.DECLINED
    if party.accepted_version == agreement.version_number:
        return PartyState.ACCEPTED
    return PartyState.SEEN if party.seen_version == agreement.version_number else PartyState.NOT_SEEN


def waited_for(agreement: Agreement, parties: Sequence[Party]) -> list[int]:
    """Return the ids of the hubs that must act. The lead must find a way when another party declined, or when the
    time to sign is over.
    """
    states = {party.hub_id: state_of(party, agreement) for party in parties}
    if agreement.state == AgreementState.SIGNING:
        if agreement.round_over_at is not None:
            return [party.hub_id for party in parties if party.role == PartyRole.LEAD]
        step = step_now(parties)
        return [party.hub_id for party in parties if party.valid is None and party.sign_step == step]
    if agreement.state != AgreementState.READING:
        return []
    if PartyState.DECLINED in states.values():
        return [party.hub_id for party in parties if party.hub_id == agreement.request.lead_id]
    return [hub_id for hub_id, state in states.items() if state in {PartyState.NOT_SEEN, PartyState.SEEN}]


def step_now(parties: Sequence[Party]) -> int:
    """Return the step of the order of signing that has come to."""
    return min((party.sign_step for party in parties if party.valid is None), default=0)


def can_draft(actor: Actor, request: Any) -> Verdict:
    """Whether the actor may draft the agreement of this request."""
    return first_no(partnering.leads(actor, request), partnering.can_go_on(request, "draft"))


def acts_for(actor: Actor, party: Party | None) -> Verdict:
    """Whether the actor may speak for this party."""
    if party is not None and actor.hub_id == party.hub_id and (actor.works_for_hub or actor.signs_for_hub):
        return YES
    return No(_("Only people of a hub that is party to the agreement can do this."))


def _step(agreement: Agreement, move: str) -> Verdict:
    if agreement.request.state == RequestState.CANCELLED:
        return No(_("This request was cancelled, so its agreement stays as it is."))
    if agreement.state in OPEN_STATES and agreement.request.state not in _CASE_IS_OPEN:
        return No(_("This case is not at its agreement any more."))
    return can_move(MOVES, move, agreement.state)


def can_revise(actor: Actor, agreement: Agreement, party: Party | None) -> Verdict:
    """Whether the actor may propose another text; any party may."""
    return first_no(acts_for(actor, party), _step(agreement, "revise"))


def _is_settled(agreement: Agreement) -> Verdict:
    if agreement.n_open_suggestions:
        return No(_("A suggestion for a clause waits for its answer. Answer it first."))
    return YES


def can_accept(actor: Actor, agreement: Agreement, party: Party | None) -> Verdict:
    """Whether the actor may accept the current version for its hub."""
    verdict = first_no(acts_for(actor, party), _step(agreement, "accept"), _is_settled(agreement))
    if verdict and party is not None and state_of(party, agreement) == PartyState.ACCEPTED:
        return No(_("Your hub has accepted this version."))
    return verdict


def can_decline(actor: Actor, agreement: Agreement, party: Party | None) -> Verdict:
    """Whether the actor may say that its hub will not join."""
    verdict = first_no(acts_for(actor, party), _step(agreement, "decline"))
    if not verdict or party is None:
        return verdict
    if party.valid is not None:
        return No(_("Your hub has signed. Suggest another wording instead: that makes a new version."))
    if party.declined_at is not None:
        return No(_("Your hub has declined already."))
    return YES


def can_sign(
    actor: Actor,
    agreement: Agreement,
    party: Party | None,
    *,
    parties: Sequence[Party],
    on: date,
    signatory_is_there: bool,
    ask: Iterable[str] = (),
) -> Verdict:
    """Whether the actor may sign for its hub now.

    :param parties: all of them, for the order of signing
    :param on: today, for the last day to sign
    :param signatory_is_there: the person appointed still is a signatory of the hub
    :param ask: names of people who could sign
    """
    verdict = first_no(acts_for(actor, party), _step(agreement, "sign"), _is_settled(agreement))
    if not verdict or party is None:
        return verdict
    if party.valid is not None:
        return No(_("Your hub has signed."))
    if not (in_time := _in_round(agreement, party, parties, on=on)):
        return in_time
    if not actor.signs_for_hub:
        names = [name for name in ask if name]
        if names:
            return No(_("Only a signatory of your hub can sign. Ask %(name)s.") % {"name": names[0]})
        return No(_("Only a signatory of your hub can sign. A manager can name one."))
    if party.signatory_id is not None and party.signatory_id != actor.user_id and signatory_is_there:
        return No(_("%(name)s signs for your hub. A manager can appoint you instead.") % {"name": party.signatory})
    return YES


def _in_round(agreement: Agreement, party: Party, parties: Sequence[Party], *, on: date) -> Verdict:
    last = agreement.sign_until
    if last is not None and on > last:
        return No(
            _("The last day to sign was %(day)s. The lead hub can set another one.")
            % {"day": date_format(last, "j F Y")}
        )
    if party.sign_step > (step := step_now(parties)):
        first = ", ".join(other.hub.name for other in parties if other.valid is None and other.sign_step == step)
        return No(_("The parties sign in an order. First comes: %(hubs)s.") % {"hubs": first})
    return YES


def can_withdraw(actor: Actor, agreement: Agreement, party: Party | None) -> Verdict:
    """Whether the actor may take its signature back: until the last party has signed."""
    verdict = first_no(acts_for(actor, party), _step(agreement, "withdraw"))
    if not verdict or party is None:
        return verdict
    if party.valid is None:
        return No(_("Your hub has not signed."))
    if party.valid.signer_id != actor.user_id:
        return No(
            _("Only %(name)s, who signed for your hub, can take the signature back.") % {"name": party.valid.name}
        )
    return YES


def can_arrange(actor: Actor, agreement: Agreement, party: Party | None) -> Verdict:
    """Whether the actor may set the order of signing and the last day."""
    if party is not None and party.role != PartyRole.LEAD:
        return No(_("Only the lead hub sets the order and the last day."))
    return first_no(acts_for(actor, party), _step(agreement, "arrange"))


def can_appoint(actor: Actor, agreement: Agreement, party: Party | None) -> Verdict:
    """Whether the actor may say who signs for its hub: its managers, and who is to sign may pass it on."""
    is_asked = party is not None and party.signatory_id == actor.user_id and actor.signs_for_hub
    if party is None or actor.hub_id != party.hub_id or not (actor.manages_hub or is_asked):
        return No(_("Only a manager of the hub, or who is to sign, can say who signs for it."))
    if party.valid is not None:
        return No(_("Your hub has signed."))
    return _step(agreement, "decline") if agreement.state == AgreementState.IN_FORCE else YES


def can_read_library(actor: Actor) -> bool:
    """Whether the actor reads the library of clauses: people of hubs and stewards do."""
    return actor.is_steward or actor.works_for_hub or actor.signs_for_hub
