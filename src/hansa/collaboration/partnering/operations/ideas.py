"""An idea comes in: a hub proposes a service that it wants to develop with others. Source: BP-NS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies
from hansa.collaboration.partnering.models import Request
from hansa.collaboration.partnering.operations.case import record
from hansa.collaboration.partnering.operations.needs import MAX_TEXT, CannotState, add_wants, request_of_key
from hansa.collaboration.partnering.queries.reading import read_need
from hansa.collaboration.scenarios import queries as scenarios
from hansa.foundation.actors import Actor
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

SCENARIO = "NS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """A service that is missing: for which kind of client, which problem it solves, what exists already."""

    title: str
    audience: str
    problem: str
    existing: str = ""


@transaction.atomic
def propose_service(idea: Idea, *, by: Actor, at: datetime, key: str | None = None, is_demo: bool = False) -> Request:
    """Make a request of the idea, led by the hub of the actor: read what the service needs from its words.

    :param key: the filled-in form's key; a second call with it returns the first request
    :raises CannotState: by somebody who does not work for a hub, without title or problem, or with too many words
    """
    policies.can_state_for_client(by).or_raise(CannotState)
    assert by.hub_id is not None
    _check(idea)
    if (earlier := request_of_key(key)) is not None:
        return earlier
    try:
        # Of two clicks the second waits here for the first, and then finds its request.
        with transaction.atomic():
            request = _create(idea, by.hub_id, by=by, at=at, key=key, is_demo=is_demo)
    except IntegrityError:
        if (earlier := request_of_key(key)) is None:
            raise
        return earlier
    # The title names the service; it is read with the problem, which tells what it is for.
    n_wants = add_wants(request, read_need(idea.problem, idea.title))
    record("service.proposed", request, by=by, at=at, facts={"n_wants": n_wants})
    return request


def _check(idea: Idea) -> None:
    if not 1 <= len(" ".join(idea.title.split())) <= 200:
        raise CannotState(_("Give the service a title of 1 to 200 characters."))
    if not idea.problem.strip():
        raise CannotState(_("Say which problem the service solves."))
    for text in (idea.problem, idea.existing):
        if len(text) > MAX_TEXT:
            facts = {"limit": MAX_TEXT, "n": len(text)}
            raise CannotState(_("At most %(limit)s characters fit here. Your text has %(n)s.") % facts)
    if idea.audience not in taxonomy.vocabulary(Kind.CLIENT_TYPE):
        raise CannotState(_("Choose for whom the service is."))


def _create(idea: Idea, lead_id: int, *, by: Actor, at: datetime, key: str | None, is_demo: bool) -> Request:
    return Request.objects.create(
        title=" ".join(idea.title.split()),
        scenario=SCENARIO,
        scenario_version=scenarios.scenario(SCENARIO).version,
        lead_id=lead_id,
        text=idea.problem.strip(),
        audience=idea.audience,
        existing=idea.existing.strip(),
        state_since=at,
        turn_hub_ids=[lead_id],
        created_by_id=by.user_id,
        created_at=at,
        submission_key=key,
        is_demo=is_demo,
    )
