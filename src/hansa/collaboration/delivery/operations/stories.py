"""Lessons, and the story that others may read once the client approved it word by word. Source: BP-TOOL-03."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration, Lesson, Story
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.collaboration.delivery.states import LessonKind, StoryState
from hansa.collaboration.partnering import policies as gate
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotWriteLesson(Refusal):
    """A lesson cannot be written down."""


class CannotTell(Refusal):
    """A story cannot be written, approved or published."""


@transaction.atomic
def write_lesson(
    collaboration: Collaboration, *, kind: str, happened: str, next_time: str, by: Actor, at: datetime
) -> Lesson:
    """Write down what happened and what to do the next time. The same twice is one."""
    collaboration = locked(collaboration)
    policies.works_for_a_party(by, collaboration).or_raise(CannotWriteLesson)
    if kind not in LessonKind.values or not happened.strip():
        raise CannotWriteLesson(_("Say what the lesson is about and what happened."))
    fields = {"kind": kind, "happened": happened.strip(), "next_time": next_time.strip(), "hub_id": by.hub_id}
    lesson, is_new = Lesson.objects.get_or_create(
        collaboration=collaboration, **fields, defaults={"by_id": by.user_id, "at": at}
    )
    if is_new:
        log("lesson.written", by=by, subject=lesson, collaboration=collaboration, at=at)
    return lesson


@transaction.atomic
def write_story(
    collaboration: Collaboration,
    *,
    title: str,
    challenge: str,
    solution: str,
    result: str,
    numbers: str,
    by: Actor,
    at: datetime,
) -> Story:
    """Write the story, or change it: then it needs a new approval, and what was published is taken off."""
    collaboration = locked(collaboration)
    policies.can_tell(by, collaboration).or_raise(CannotTell)
    fields = {"title": title, "challenge": challenge, "solution": solution, "result": result, "numbers": numbers}
    _check_names(collaboration, " \n".join(fields.values()))
    story, _is_new = Story.objects.update_or_create(
        collaboration=collaboration,
        defaults={**fields, "changed_at": at, **_UNAPPROVED},
        create_defaults={**fields, "changed_at": at, "slug": f"{slugify(title)[:60]}-{collaboration.pk}".strip("-")},
    )
    log("story.written", by=by, subject=story, collaboration=collaboration, at=at)
    return story


_UNAPPROVED = {
    "state": StoryState.DRAFT,
    "approved_by": None,
    "approved_at": None,
    "published_at": None,
    "names_client": False,
    "client_name": "",
}


def _check_names(collaboration: Collaboration, text: str) -> None:
    """Refuse words that give the client away: its name stands in a place of its own, and only if it says so."""
    if collaboration.request.client_id is None:
        return
    if found := gate.betrayals(text, partnering.secrets_of(collaboration.request)):
        raise CannotTell(
            _("These words give the client away: %(words)s. Write “the client” instead.")
            % {"words": ", ".join(found[:5])}
        )


@transaction.atomic
def ask_for_approval(story: Story, *, by: Actor, at: datetime) -> Story:
    """Send the story to the client. Without a client the lead's own word is enough."""
    story = _locked(story)
    policies.can_tell(by, story.collaboration).or_raise(CannotTell)
    if story.state != StoryState.DRAFT:
        raise CannotTell(_("The story is with the client already, or approved."))
    if story.collaboration.request.client_id is None:
        return _approve(story, names_client=False, by=by, at=at)
    story.state, story.reason = StoryState.ASKED, ""
    story.save(update_fields=["state", "reason"])
    _tell("story.asked", story, by=by, at=at)
    return story


@transaction.atomic
def answer_story(
    story: Story, *, approves: bool, names_client: bool, reason: str, seen_at: datetime, by: Actor, at: datetime
) -> Story:
    """Approve the story as it stood at ``seen_at``, or send it back; an approval can be taken back at any time."""
    story = _locked(story)
    if not policies.speaks_for_client(by, story.collaboration):
        raise CannotTell(_("Only the client can say whether its story may be told."))
    if approves:
        if story.state != StoryState.ASKED:
            raise CannotTell(_("There is nothing to approve at the moment."))
        if story.changed_at != seen_at:
            raise CannotTell(_("The story changed meanwhile. Read it again."))
        return _approve(story, names_client=names_client, by=by, at=at)
    if story.state == StoryState.DRAFT:
        raise CannotTell(_("The story is not with you at the moment."))
    if not reason.strip():
        raise CannotTell(_("Say in a few words what should be different."))
    was_public = story.state == StoryState.PUBLISHED
    for name, value in _UNAPPROVED.items():
        setattr(story, name, value)
    story.reason = reason.strip()
    story.save()
    _tell("story.withdrawn" if was_public else "story.sent_back", story, by=by, at=at)
    return story


def _approve(story: Story, *, names_client: bool, by: Actor, at: datetime) -> Story:
    client = story.collaboration.request.client
    story.state, story.approved_at, story.approved_by_id = StoryState.APPROVED, at, by.user_id
    story.names_client = names_client and client is not None
    story.client_name = client.name if names_client and client is not None else ""
    story.save()
    _tell("story.approved", story, by=by, at=at)
    return story


@transaction.atomic
def publish_story(story: Story, *, by: Actor, at: datetime) -> Story:
    """Put an approved story on the public page."""
    story = _locked(story)
    policies.can_tell(by, story.collaboration).or_raise(CannotTell)
    if story.state == StoryState.PUBLISHED:
        return story
    if story.state != StoryState.APPROVED:
        raise CannotTell(_("The client has to approve the story first."))
    story.state, story.published_at = StoryState.PUBLISHED, at
    story.save(update_fields=["state", "published_at"])
    _tell("story.published", story, by=by, at=at)
    return story


def _locked(story: Story) -> Story:
    collaboration = locked(story.collaboration)
    story = Story.objects.get(pk=story.pk)
    story.collaboration = collaboration
    return story


def _tell(verb: str, story: Story, *, by: Actor, at: datetime) -> None:
    log(verb, by=by, subject=story, collaboration=story.collaboration, at=at, to_client=True)
