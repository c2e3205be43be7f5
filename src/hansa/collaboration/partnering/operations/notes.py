"""The lead and its client talk about the need; the client says whether it was understood."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies
from hansa.collaboration.partnering.models import Request, RequestNote
from hansa.collaboration.partnering.operations.case import hand_over, locked, record
from hansa.collaboration.partnering.states import RequestState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

MAX_NOTE = 4000
# The same words of the same person within this time come from a second press of the button.
_TWICE = timedelta(minutes=2)


class CannotWrite(Refusal):
    """The note is empty, too long, or not this person's to write."""


class CannotRename(Refusal):
    """The title is empty, too long, or not this person's to change."""


class CannotConfirm(Refusal):
    """Only the client of an open request can say that it was understood."""


def clean_note(text: str, refusal: type[Refusal]) -> str:
    """Return the text without space around it.

    :raises Refusal: of the given type, when it is empty or too long
    """
    text = text.strip()
    if not text:
        raise refusal(_("Write a few words first."))
    if len(text) > MAX_NOTE:
        facts = {"limit": MAX_NOTE, "n": len(text)}
        raise refusal(_("At most %(limit)s characters fit here. Your text has %(n)s.") % facts)
    return text


def said_just_now(notes: Any, *, text: str, by: Actor, at: datetime) -> Any:
    """Return the last of these notes when it says the same, by the same person, a moment ago; else None."""
    last = notes.order_by("pk").last()
    is_same = last is not None and (last.author_id, last.text) == (by.user_id, text) and at - last.at < _TWICE
    return last if is_same else None


@transaction.atomic
def confirm_understanding(request: Request, *, by: Actor, at: datetime) -> Request:
    """The client says that it was understood. Again does nothing.

    :raises CannotConfirm: by anybody else, or on a closed request
    """
    row = locked(request)
    policies.can_confirm_understanding(by, row).or_raise(CannotConfirm)
    if row.understood_at is None:
        row.understood_at = at
        row.save(update_fields=["understood_at"])
        record("request.understood", row, by=by, at=at)
        _client_is_done(row)
    request.understood_at = row.understood_at
    return row


@transaction.atomic
def tell(request: Request, *, text: str, by: Actor, at: datetime) -> RequestNote:
    """The client says what is wrong, or answers its hub's question; the turn goes to the hub. Twice at once is once.

    :raises CannotWrite: by anybody else, on a closed request, or without words
    """
    row = locked(request)
    policies.can_answer_client(by, row).or_raise(CannotWrite)
    text = clean_note(text, CannotWrite)
    if (said := said_just_now(row.notes, text=text, by=by, at=at)) is not None:
        return said
    note = RequestNote.objects.create(request=row, author_id=by.user_id, from_client=True, text=text, at=at)
    record("request.answered", row, by=by, at=at)
    _client_is_done(row)
    return note


@transaction.atomic
def ask_client(request: Request, *, text: str, by: Actor, at: datetime) -> RequestNote:
    """The lead asks its client; the client is to act, and the lead may go on meanwhile. Twice at once is once.

    :raises CannotWrite: by anybody else, on a closed request, or without words
    """
    row = locked(request)
    policies.can_ask_client(by, row).or_raise(CannotWrite)
    text = clean_note(text, CannotWrite)
    if (said := said_just_now(row.notes, text=text, by=by, at=at)) is not None:
        return said
    note = RequestNote.objects.create(request=row, author_id=by.user_id, from_client=False, text=text, at=at)
    record("request.asked", row, by=by, at=at, to_client=True)
    hand_over(row, hubs=row.turn_hub_ids, client=True)
    return note


@transaction.atomic
def rename(request: Request, *, title: str, by: Actor, at: datetime) -> Request:
    """Give the request another title than the first clause of the need. The lead and the client read it, nobody else.

    :raises CannotRename: by anybody but the lead, on a closed request, without words or with more than 200 characters
    """
    row = locked(request)
    policies.can_ask_client(by, row).or_raise(CannotRename)
    title = " ".join(title.split())
    if not 1 <= len(title) <= 200:
        raise CannotRename(_("A title has 1 to 200 characters."))
    if row.title != title:
        row.title = title
        row.save(update_fields=["title"])
        record("request.renamed", row, by=by, at=at)
    request.title = title
    return row


def _client_is_done(row: Request) -> None:
    # Results wait for the client's confirmation alone, which a note does not replace.
    if row.turn_client and row.state != RequestState.CONFIRMING:
        hubs = row.turn_hub_ids
        if row.state in {RequestState.NEED, RequestState.SHORTLIST}:
            hubs = [*hubs, row.lead_id]
        hand_over(row, hubs=hubs, client=False)
