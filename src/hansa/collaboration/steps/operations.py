"""Handing in what a general step asks for, and taking it back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.partnering import queries as cases
from hansa.collaboration.scenarios.states import Kind, ScenarioStep
from hansa.collaboration.steps import policies
from hansa.collaboration.steps.models import StepEntry
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotAnswerStep(Refusal):
    """The step is not open, not this person's, or something is missing."""


@transaction.atomic
def answer(
    request: Any,
    *,
    key: str,
    answers: Mapping[str, Any],
    note: str = "",
    upload: UploadedFile | None = None,
    by: Actor,
    at: datetime,
) -> StepEntry:
    """Hand in what a step asks for. When every side has, the step is done and what waited for it can go on.

    An answer of the same side takes the place of its earlier one.

    :raises CannotAnswerStep: the step is not open, not this side's, an answer or the file is missing, or words that
        partners read name the client
    """
    row = partnering.locked(request)
    step, sides = _open_step(row, key, by)
    _check(row, step, answers, note, upload, by=by)
    side = policies.side_of(by, row)
    StepEntry.objects.filter(request=row, key=key, hub_id=side, taken_back_at=None).update(taken_back_at=at)
    entry = StepEntry(
        request=row, key=key, hub_id=side, answers=dict(answers), note=note.strip(), author_id=by.user_id, at=at
    )
    if upload is not None:
        entry.file_name = upload.name or "file"
        # Stored under its hash: the user's file name never becomes a path.
        entry.file.save(hashlib.sha256(b"".join(upload.chunks())).hexdigest(), upload, save=False)
    entry.save()
    answered = set(StepEntry.objects.filter(request=row, key=key, taken_back_at=None).values_list("hub_id", flat=True))
    is_done = set(sides) <= answered
    if is_done:
        partnering.tell_steps_done(row, done=[*row.done_steps, key])
    request.done_steps = row.done_steps
    _record(row, "step.done" if is_done else "step.answered", step, by=by, at=at)
    return entry


@transaction.atomic
def take_back(request: Any, *, key: str, by: Actor, at: datetime) -> None:
    """Take one's answer back; the step is open again, as long as nothing went on that waited for it.

    :raises CannotAnswerStep: there is none, the person may not, or the case has gone on
    """
    row = partnering.locked(request)
    step = cases.scenario_of(row).step(key)
    sides = _sides(row, step)
    if step is None:
        raise CannotAnswerStep(_("This step is not part of the case."))
    policies.can_answer(by, row, step, sides=sides).or_raise(CannotAnswerStep)
    if step.state != row.state:
        raise CannotAnswerStep(_("The case has gone on since, so this answer stays."))
    side = policies.side_of(by, row)
    n = StepEntry.objects.filter(request=row, key=key, hub_id=side, taken_back_at=None).update(taken_back_at=at)
    if not n:
        raise CannotAnswerStep(_("There is nothing to take back."))
    partnering.tell_steps_done(row, done=[one for one in row.done_steps if one != key])
    request.done_steps = row.done_steps
    _record(row, "step.taken_back", step, by=by, at=at)


def _sides(row: Any, step: ScenarioStep | None) -> list[int | None]:
    if step is None:
        return []
    return policies.sides_of(step, lead_id=row.lead_id, partner_ids=cases.partner_ids(row))


def _open_step(row: Any, key: str, by: Actor) -> tuple[ScenarioStep, list[int | None]]:
    scenario = cases.scenario_of(row)
    step = scenario.step(key)
    if step is None or not step.is_general:
        raise CannotAnswerStep(_("This step is not part of the case."))
    sides = _sides(row, step)
    policies.can_answer(by, row, step, sides=sides).or_raise(CannotAnswerStep)
    if step not in scenario.open_steps(row.state, done=[one for one in row.done_steps if one != key]):
        raise CannotAnswerStep(_("This step cannot be worked on yet: others come first."))
    return step, sides


def _check(
    row: Any, step: ScenarioStep, answers: Mapping[str, Any], note: str, upload: UploadedFile | None, *, by: Actor
) -> None:
    missing = [one.label for one in step.fields if one.required and answers.get(one.key) in (None, "")]
    if missing:
        raise CannotAnswerStep(_("Answer this too: %(labels)s.") % {"labels": ", ".join(missing)})
    if step.kind == Kind.DOCUMENT and upload is None:
        raise CannotAnswerStep(_("Choose the file to hand in."))
    if upload is not None and upload.size is not None and upload.size > settings.MAX_DOCUMENT_BYTES:
        limit = settings.MAX_DOCUMENT_BYTES // 1_000_000
        raise CannotAnswerStep(_("The file is larger than %(limit)s MB.") % {"limit": limit})
    if by.hub_id == row.lead_id and step.turn == "all" and row.client_id is not None:
        words = [note, *(str(value) for value in answers.values())]
        partnering.refuse_betrayal(row, words, CannotAnswerStep)


def _record(row: Any, verb: str, step: ScenarioStep, *, by: Actor, at: datetime) -> None:
    partnering.record(
        verb,
        row,
        by=by,
        at=at,
        facts={"step": step.key, "name": step.names.hub},
        partners=cases.partner_ids(row) if step.turn in {"partners", "all"} else (),
        to_client=bool(step.names.client),
    )
