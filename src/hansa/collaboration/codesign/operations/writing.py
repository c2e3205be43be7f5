"""Writing the canvas together: fields, words kept and put back, comments, agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.codesign import policies
from hansa.collaboration.codesign.models import Canvas, CanvasApproval, CanvasComment, CanvasText
from hansa.collaboration.codesign.operations.rows import locked_canvas, record
from hansa.collaboration.codesign.queries.canvas import Place, missing_words, standing
from hansa.collaboration.codesign.queries.team import team_of, waiting_of
from hansa.collaboration.codesign.states import FIELDS, Section, cleaned, print_of
from hansa.collaboration.partnering import operations as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

MAX_COMMENT = 2_000
# What the same person writes within this time is one text in the history.
_AT_ONE_SITTING = timedelta(minutes=10)
_TWICE = timedelta(minutes=2)


class CannotWriteCanvas(Refusal):
    """The canvas cannot be changed like this. ``place`` is the field (key, hub) where one value does not fit."""

    def __init__(self, reason: str, place: Place | None = None) -> None:
        super().__init__(reason)
        self.place = place


class CannotApproveCanvas(Refusal):
    """The hub cannot agree to the canvas now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed into a field, and the print of the words that stood there when its page was made."""

    text: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many fields changed, and whether words of somebody else were written over unseen."""

    n_changed: int
    is_over: bool


@transaction.atomic
def write(request: Any, typed: Mapping[Place, Typed], *, by: Actor, at: datetime) -> Written:
    """Store what changed. The last write of a field wins; words it hides that its author had not seen can be put back.

    A field that its author left as it was stays as somebody else wrote it meanwhile. A change ends all agreement.

    :raises CannotWriteCanvas: by a stranger, before hubs are invited, once the agreement is drafted, or a value that
        does not fit its field
    """
    row, canvas = locked_canvas(request)
    team = team_of(row)
    policies.can_write(by, row, team).or_raise(CannotWriteCanvas)
    present = standing(canvas)
    changed = []
    for place, given in typed.items():
        text = _cleaned(place, given.text, team)
        change = _change(canvas, place, text, given.seen, present.get(place), by=by, at=at)
        if change is not None:
            changed.append(change)
    if changed:
        _canvas_changed(row, canvas, team, sorted({FIELDS[c.key].section.value for c in changed}), by=by, at=at)
    return Written(n_changed=len(changed), is_over=any(change.is_over for change in changed))


def _cleaned(place: Place, text: str, team: list[int]) -> str:
    key, hub_id = place
    field = FIELDS.get(key)
    if field is None or field.per_hub != (hub_id is not None) or (hub_id is not None and hub_id not in team):
        raise CannotWriteCanvas(
            _("The team changed meanwhile. Load the page again; what you typed elsewhere is saved.")
        )
    try:
        return cleaned(field, text)
    except ValueError as bad:
        raise CannotWriteCanvas(str(bad), place) from bad


def _change(
    canvas: Canvas, place: Place, text: str, seen: str, last: CanvasText | None, *, by: Actor, at: datetime
) -> CanvasText | None:
    """Write one field and return its row, or None when its author did not change it."""
    if text == (last.text if last else ""):
        return None
    is_mine = last is not None and last.author_id == by.user_id
    was_seen = is_mine or seen == print_of(last.text if last else "")
    if not was_seen and (print_of(text) == seen or text == _last_own(canvas, place, by)):
        return None
    if is_mine and last is not None and at - last.at < _AT_ONE_SITTING:
        last.text, last.number, last.at = text, last.number + 1, at
        last.save(update_fields=["text", "number", "at"])
        return last
    key, hub_id = place
    return CanvasText.objects.create(
        canvas=canvas,
        key=key,
        hub_id=hub_id,
        number=last.number + 1 if last else 1,
        text=text,
        author_id=by.user_id,
        author_hub_id=by.hub_id,
        at=at,
        is_over=not was_seen,
    )


def _last_own(canvas: Canvas, place: Place, by: Actor) -> str | None:
    rows = CanvasText.objects.filter(canvas=canvas, key=place[0], hub_id=place[1], author_id=by.user_id)
    return rows.order_by("-number").values_list("text", flat=True).first()


def _canvas_changed(row: Any, canvas: Canvas, team: list[int], sections: list[str], *, by: Actor, at: datetime) -> None:
    ended = CanvasApproval.objects.filter(canvas=canvas, revision=canvas.revision).exclude(hub_id=by.hub_id)
    had_agreed = list(ended.values_list("hub_id", flat=True))
    canvas.revision += 1
    canvas.save(update_fields=["revision"])
    verb = "canvas.reopened" if had_agreed else "canvas.changed"
    record(verb, row, by=by, at=at, team=team, facts={"sections": sections})
    _hand_over(row, canvas, team)


def _hand_over(row: Any, canvas: Canvas, team: list[int]) -> None:
    agreed = set(
        CanvasApproval.objects.filter(canvas=canvas, revision=canvas.revision).values_list("hub_id", flat=True)
    )
    waiting = [*waiting_of(row), *(hub_id for hub_id in team if hub_id not in agreed)]
    partnering.hand_over(row, hubs=waiting or [row.lead_id])


@transaction.atomic
def settle(request: Any, place: Place, *, keep_mine: bool, by: Actor, at: datetime) -> None:
    """Decide which words stay where one wrote over another: those that stand, or those before them. Again does nothing.

    :raises CannotWriteCanvas: as for ``write``
    """
    row, canvas = locked_canvas(request)
    team = team_of(row)
    policies.can_write(by, row, team).or_raise(CannotWriteCanvas)
    texts = list(canvas.texts.filter(key=place[0], hub_id=place[1]).order_by("-number")[:2])
    if not texts or not texts[0].is_over:
        return
    texts[0].is_over = False
    texts[0].save(update_fields=["is_over"])
    if keep_mine or len(texts) < 2:
        return
    CanvasText.objects.create(
        canvas=canvas,
        key=place[0],
        hub_id=place[1],
        number=texts[0].number + 1,
        text=texts[1].text,
        author_id=by.user_id,
        author_hub_id=by.hub_id,
        at=at,
    )
    _canvas_changed(row, canvas, team, [FIELDS[place[0]].section.value], by=by, at=at)


@transaction.atomic
def comment(request: Any, *, section: str, text: str, by: Actor, at: datetime) -> CanvasComment:
    """Say something about a section; the other hubs are told. Twice at once is once.

    :raises CannotWriteCanvas: as for ``write``, without words or with too many
    """
    row, canvas = locked_canvas(request)
    team = team_of(row)
    policies.can_write(by, row, team).or_raise(CannotWriteCanvas)
    text = text.strip()
    if section not in Section.values:
        raise CannotWriteCanvas(_("Choose one of the sections."))
    if not 1 <= len(text) <= MAX_COMMENT:
        raise CannotWriteCanvas(_("A comment has 1 to %(limit)s characters.") % {"limit": MAX_COMMENT})
    last = canvas.comments.order_by("pk").last()
    if last and (last.author_id, last.section, last.text) == (by.user_id, section, text) and at - last.at < _TWICE:
        return last
    said = CanvasComment.objects.create(
        canvas=canvas, section=section, hub_id=by.hub_id, author_id=by.user_id, text=text, at=at
    )
    record("canvas.commented", row, by=by, at=at, team=team, facts={"section": section})
    return said


@transaction.atomic
def approve(request: Any, *, revision: int, by: Actor, at: datetime) -> None:
    """Agree to the canvas as it stands. When the last hub agrees, it is the lead's turn to draft. Again does nothing.

    :param revision: what the person has read
    :raises CannotApproveCanvas: it changed since, something needed is missing, by a stranger, or in another state
    """
    row, canvas = locked_canvas(request)
    team = team_of(row)
    policies.can_approve(by, row, team, missing=missing_words(row, canvas)).or_raise(CannotApproveCanvas)
    if revision != canvas.revision:
        raise CannotApproveCanvas(_("The canvas changed since you opened this page. Read it again, then agree."))
    assert by.hub_id is not None
    approval, is_new = CanvasApproval.objects.get_or_create(
        canvas=canvas, hub_id=by.hub_id, defaults={"revision": revision, "author_id": by.user_id, "at": at}
    )
    if not is_new and approval.revision == revision:
        return
    if not is_new:
        approval.revision, approval.author_id, approval.at = revision, by.user_id, at
        approval.save(update_fields=["revision", "author", "at"])
    agreed = set(canvas.approvals.filter(revision=revision).values_list("hub_id", flat=True))
    verb = "canvas.settled" if agreed >= set(team) else "canvas.approved"
    record(verb, row, by=by, at=at, team=team, facts={"revision": revision})
    _hand_over(row, canvas, team)
