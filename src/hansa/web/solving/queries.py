"""JSON in, JSON out, in the reader's language. An answer that its independent check refuses is never given out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext

from hansa.engine.explain import say
from hansa.engine.problem import BadProblem, Reason
from hansa.engine.timetable import best_timetable
from hansa.engine.timetable.document import answer_to, event_from

__all__ = ["BadProblem", "WrongAnswer", "timetable"]


class WrongAnswer(Exception):
    """The independent check found a fault in an answer of the engine."""


def timetable(document: Any, *, seed: int = 1, effort: float = 20.0) -> dict[str, Any]:
    """Make the timetable of an event.

    :raises BadProblem: naming the field of the document.
    """
    event = event_from(document)
    return answer_to(event, best_timetable(event, seed=seed, effort=effort), say=_say)


def _say(reason: Reason) -> str:
    return say(reason, translate=gettext, translate_plural=ngettext)
