"""What hubs propose and say about scenarios."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.scenarios import policies
from hansa.collaboration.scenarios.models import ScenarioComment, ScenarioProposal, ScenarioVersion
from hansa.collaboration.scenarios.states import ProposalState
from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

MAX_TEXT = 4000


class CannotPropose(Refusal):
    """The proposal has no words, too many, or is not this person's to make."""


class CannotComment(Refusal):
    """The comment has no words, too many, or the version cannot be read by this person."""


class CannotAnswerProposal(Refusal):
    """The proposal is answered already, the answer says nothing, or the person is not the steward."""


@transaction.atomic
def propose(*, title: str, text: str, key: str = "", by: Actor, at: datetime) -> ScenarioProposal:
    """Propose a scenario, or a change of the one with ``key``, to the steward.

    :raises CannotPropose: by somebody who does not work for a hub, or without words
    """
    policies.can_propose(by).or_raise(CannotPropose)
    title, text = " ".join(title.split()), text.strip()
    if not title or not text:
        raise CannotPropose(_("Give your proposal a title, and say what it is for."))
    _refuse_length(text, CannotPropose)
    assert by.hub_id is not None
    proposal = ScenarioProposal.objects.create(
        key=key, title=title[:200], text=text, hub_id=by.hub_id, author_id=by.user_id, at=at
    )
    activity.record("scenario.proposed", actor=by, subject=proposal, at=at, hub_ids=[by.hub_id])
    return proposal


@transaction.atomic
def answer_proposal(
    proposal: ScenarioProposal, *, is_taken: bool, answer: str, by: Actor, at: datetime
) -> ScenarioProposal:
    """Say whether the network takes a proposal up, and why.

    :raises CannotAnswerProposal: by a stranger, twice, or without words
    """
    policies.stewards(by).or_raise(CannotAnswerProposal)
    row = ScenarioProposal.objects.select_for_update().get(pk=proposal.pk)
    if row.state != ProposalState.NEW:
        raise CannotAnswerProposal(_("This proposal is answered already."))
    if not answer.strip():
        raise CannotAnswerProposal(_("Say in a sentence what becomes of it."))
    row.state = ProposalState.TAKEN if is_taken else ProposalState.DECLINED
    row.answer, row.answered_by_id, row.answered_at = answer.strip()[:1000], by.user_id, at
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    facts = {"is_taken": is_taken}
    activity.record("scenario.proposal_answered", actor=by, subject=row, at=at, facts=facts, hub_ids=[row.hub_id])
    return row


@transaction.atomic
def comment(version: ScenarioVersion, *, text: str, by: Actor, at: datetime) -> ScenarioComment:
    """Say something about a version.

    :raises CannotComment: by somebody who may not read it, or without words
    """
    policies.can_comment(by, version).or_raise(CannotComment)
    text = text.strip()
    if not text:
        raise CannotComment(_("Write what you want to say."))
    _refuse_length(text, CannotComment)
    said = ScenarioComment.objects.create(version=version, hub_id=by.hub_id, author_id=by.user_id, text=text, at=at)
    activity.record("scenario.commented", actor=by, subject=version, at=at, hub_ids=[by.hub_id] if by.hub_id else [])
    return said


def _refuse_length(text: str, refusal: type[Refusal]) -> None:
    if len(text) > MAX_TEXT:
        facts = {"limit": MAX_TEXT, "n": len(text)}
        raise refusal(_("At most %(limit)s characters fit here. Your text has %(n)s.") % facts)
