"""Teams for problems that stand whole in a file. No database. An answer that its check refuses is never given out."""

from __future__ import annotations

import math
from time import monotonic
from typing import Any

from django.utils.translation import gettext, ngettext

from hansa.engine.consortium import best_team
from hansa.engine.consortium.document import question_from
from hansa.engine.consortium.setcover import cheapest_cover, read_orlib
from hansa.engine.consortium.writing import answer_to, cover_to
from hansa.engine.explain import say
from hansa.engine.problem import BadProblem, Reason
from hansa.engine.verify import check_team
from hansa.engine.verify.setcover import check_cover

__all__ = ["BadProblem", "WrongAnswer", "team_of_document", "team_of_orlib"]

MOST_SECONDS = 3600.0


class WrongAnswer(Exception):
    """The independent check found a fault in an answer of the engine."""


def team_of_document(document: Any, *, seconds: float) -> dict[str, Any]:
    """Find the best team for a document as in docs/formats/team.schema.json.

    :param seconds: for reading, searching and checking together, about
    :raises BadProblem: naming the field
    :raises WrongAnswer: the check refused the answer
    """
    _require_sensible(seconds)
    begun = monotonic()
    question = question_from(document)
    # The check goes through the same table as the reading, and holds the answer against a second solver for a while.
    reading, second_look = monotonic() - begun, min(1.0, seconds / 10)
    asked = {"need": question.need, "market": question.market, "limits": question.limits, "lead": question.lead}
    answer = best_team(
        **asked,
        goals=question.goals,
        n_alternatives=question.n_alternatives,
        differ_by=question.differ_by,
        time_limit_s=max(0.0, seconds - 4 * reading - second_look),
        now=monotonic,
    )
    _require_right(check_team(**asked, answer=answer, differ_by=question.differ_by, seconds=second_look))
    return answer_to(question, answer, say=_say)


def team_of_orlib(text: str, *, seconds: float) -> dict[str, Any]:
    """Find the cheapest cover for a problem in the format of OR-Library.

    :raises BadProblem: naming the line
    :raises WrongAnswer: the check refused the answer
    """
    _require_sensible(seconds)
    problem = read_orlib(text)
    answer = cheapest_cover(problem, seconds=seconds)
    _require_right(check_cover(problem, answer))
    return cover_to(answer, say=_say)


def _require_sensible(seconds: float) -> None:
    if math.isnan(seconds) or not 0 < seconds <= MOST_SECONDS:
        raise BadProblem(f"seconds must be more than 0 and at most {MOST_SECONDS:.0f}")


def _require_right(faults: tuple[str, ...]) -> None:
    if faults:
        raise WrongAnswer(f"The answer did not pass its check: {'; '.join(faults)}.")


def _say(reason: Reason) -> str:
    return say(reason, translate=gettext, translate_plural=ngettext)
