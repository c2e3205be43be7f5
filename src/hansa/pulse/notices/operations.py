"""Tell people: write a notice for each, and mail those who must act. Source: BP-PRO-02."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.activity import Activity
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, Verdict
from hansa.foundation.tasks import defer
from hansa.hubs.directory import queries as hubs
from hansa.hubs.people import operations as accounts
from hansa.hubs.people import queries as people
from hansa.hubs.people.states import LinkPurpose, Role
from hansa.pulse.notices.models import Notice
from hansa.pulse.notices.states import IDEA_TELLINGS, SAYS_IT_IS_OVER, TELLINGS, Side, Telling

_log = logging.getLogger(__name__)
# A mail about something older helps nobody: the queue stood still, or the demo network was filled.
_NEWS_FOR = timedelta(days=2)


@transaction.atomic
def tell(activity: Activity, *, at: datetime) -> list[Notice]:
    """Write the notices of one activity. A second call for the same activity changes nothing.

    When somebody left a hub, what they were told about its cases goes.
    """
    if activity.verb == "member.left":
        _forget_left(activity)
    # A move of the request is told by its name, such as request.moved/ready.
    move = f"/{activity.facts['move']}" if activity.verb == "request.moved" else ""
    verb = f"{activity.verb}{move}"
    brief = partnering.case_brief(activity.case_ref) if verb in TELLINGS or verb in IDEA_TELLINGS else None
    if brief is None:
        return []
    told = IDEA_TELLINGS.get(verb) if brief.client_id is None else None
    tellings = told or TELLINGS.get(verb, ())
    written = []
    is_news = at - activity.at < _NEWS_FOR
    for telling in tellings:
        for user in _recipients(telling.side, activity, brief):
            notice, is_new = Notice.objects.get_or_create(
                activity=activity,
                recipient=user,
                defaults=_words(telling, activity, brief, user)
                | {"needs_act": telling.needs_act, "created_at": activity.at},
            )
            if is_new:
                written.append(notice)
                if telling.needs_act and is_news:
                    defer("notices.mail", notice_id=notice.pk)
    return written


def _forget_left(activity: Activity) -> None:
    """Delete what a person was told as one of the hub: the words of clients stand in it."""
    user_id = activity.facts["user_id"]
    told = Notice.objects.filter(recipient_id=user_id, activity__hub_ids__overlap=activity.hub_ids)
    told.exclude(activity__hub_ids__overlap=people.hub_ids_of(user_id)).delete()


def _recipients(side: Side, activity: Activity, brief: partnering.CaseBrief) -> list[Any]:
    """Return whom to tell, never the person who acted."""
    if side is Side.CLIENT:
        found = people.contacts_of(brief.client_id) if brief.client_id else []
    elif side is Side.OWNER:
        found = people.users_by_id([activity.facts.get("owner_id")])
    elif side is Side.LEAD:
        found = _staff([brief.lead_id])
    elif side is Side.INVITED:
        found = _staff([activity.facts["hub_id"]])
    elif side is Side.STEWARDS:
        hub_id = activity.facts["hub_id"]
        found = [] if _staff([hub_id]) else people.stewards()
    elif side is Side.TURN:
        found = _staff(brief.turn_hub_ids)
    else:
        without = {activity.acting_hub_id} | ({brief.lead_id} if side is Side.OTHERS else set())
        found = _staff(set(activity.hub_ids) - without)
    return [user for user in found if user.pk != activity.actor_id]


def _staff(hub_ids: Iterable[int]) -> list[Any]:
    """Return managers and signatories of the hubs, and their staff where there is no manager."""
    found = []
    for hub_id in sorted(hub_ids):
        found += people.people_of_hub(hub_id, [Role.MANAGER, Role.SIGNATORY]) or people.people_of_hub(hub_id)
    return found


def _words(telling: Telling, activity: Activity, brief: partnering.CaseBrief, user: Any) -> dict[str, str]:
    facts = {"lead": brief.lead_name, "actor": activity.actor_name or settings.NETWORK_NAME}
    if telling.side in {Side.LEAD, Side.CLIENT}:
        facts["title"] = brief.title
    slug = ""
    if telling.side is Side.STEWARDS:
        [hub] = hubs.hub_names([activity.facts["hub_id"]])
        facts["hub"], slug = hub.name, hub.slug
    path = telling.path.format(ref=activity.case_ref, invitation=activity.facts.get("invitation", ""), hub=slug)
    with translation.override(user.language):
        return {"subject": (str(telling.subject) % facts)[:200], "body": str(telling.body) % facts, "path": path}


def mail(notice: Notice, *, at: datetime) -> None:
    """Send a notice by mail, once. The link signs its reader in and leads to the page; opening it does nothing yet.

    Time has passed since it was written, so the consent gate is asked again: to a hub that may no longer read of the
    case, only that it is over is still mailed. Source: BP-AUTH-07.
    """
    user = notice.recipient
    if notice.mailed_at is not None or not user.is_active:
        return
    verdict = _may_still_hear(notice, at=at)
    if not verdict:
        _log.info("Notice %s is not mailed: %s", notice.pk, verdict.reason)
        return
    url = accounts.create_link(user=user, purpose=LinkPurpose.NOTICE, next_path=notice.path, at=at)
    accounts.send_mail("pulse/notices/mail", to=user, notice=notice, url=url)
    notice.mailed_at = at
    notice.save(update_fields=["mailed_at"])


def _may_still_hear(notice: Notice, *, at: datetime) -> Verdict:
    activity, user_id = notice.activity, notice.recipient_id
    if activity.verb in SAYS_IT_IS_OVER or not activity.case_ref:
        return YES
    asked = [activity.facts["hub_id"]] if "hub_id" in activity.facts else []
    brief = partnering.case_brief(activity.case_ref)
    if brief and brief.client_id and user_id in {user.pk for user in people.contacts_of(brief.client_id)}:
        return YES
    return partnering.may_hear_of(activity.case_ref, [*people.hub_ids_of(user_id)] or asked, at=at)


def mark_seen(*, by: Actor, at: datetime) -> int:
    """Mark everything the person was told as seen; return how many."""
    return Notice.objects.filter(recipient_id=by.user_id, seen_at=None).update(seen_at=at)
