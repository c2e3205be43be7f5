"""JSON in, JSON out, in the reader's language. An answer that its independent check refuses is never given out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext, ngettext

from hansa.engine.allocation import assign_assessors, choose_grants, draw_sample
from hansa.engine.allocation import document as allocations
from hansa.engine.explain import say
from hansa.engine.identity import Thresholds, find_duplicates
from hansa.engine.identity import document as identities
from hansa.engine.problem import BadProblem, Reason
from hansa.engine.ranking import document as rankings
from hansa.engine.ranking import rank
from hansa.engine.ranking.writing import answer_to as answer_to_ranking
from hansa.engine.recommendation import Draft, Recommender
from hansa.engine.recommendation.tables import Row, answer_of, draft_from, history_from
from hansa.engine.timetable import best_timetable, repair
from hansa.engine.timetable.document import answer_to, changes_from, event_from, repair_to
from hansa.engine.verify import (
    check_assessors,
    check_grants,
    check_nearness,
    check_ranking,
    check_repair,
    check_sample,
    check_timetable,
)

__all__ = [
    "BadProblem",
    "WrongAnswer",
    "assessors",
    "duplicates",
    "grants",
    "ranking",
    "recommend",
    "repaired",
    "sample",
    "timetable",
]


class WrongAnswer(Exception):
    """The independent check found a fault in an answer of the engine."""


def timetable(document: Any, *, seed: int = 1, effort: float = 20.0) -> dict[str, Any]:
    """Make the timetable of an event.

    :raises BadProblem: naming the field of the document
    :raises WrongAnswer: the check refused the answer
    """
    event = event_from(document)
    answer = best_timetable(event, seed=seed, effort=effort)
    _require_right(check_timetable(event=event, answer=answer))
    return answer_to(event, answer, say=_say)


def repaired(document: Any, changes: Any) -> dict[str, Any]:
    """Mend a timetable after changes. ``changes`` holds the meetings as they were, and what happened.

    :raises BadProblem: naming the field of the document
    :raises WrongAnswer: the check refused the answer
    """
    meetings, happened = changes_from(changes)
    event, answer = repair(event_from(document), meetings, happened)
    _require_right(check_repair(event=event, before=meetings, answer=answer))
    return repair_to(event, answer, say=_say)


def _require_right(problems: tuple[str, ...]) -> None:
    if problems:
        raise WrongAnswer(f"The answer did not pass its check and is not shown: {problems[0]}.")


def recommend(
    *,
    projects: Iterable[tuple[int, Row]],
    participants: Iterable[tuple[int, Row]],
    drafts: Iterable[tuple[int, Any]],
    top: int,
) -> Iterator[dict[str, Any]]:
    """Recommend partners: rows of two tables and queries, each with the number of its line.

    :raises BadProblem: naming file, line and field; before the first answer.
    """
    asked: dict[str, Draft] = {}
    for line, document in drafts:
        draft = draft_from(document, where=f"queries, line {line}")
        if draft.id in asked:
            raise BadProblem(f"queries, line {line}: id {draft.id} is given twice")
        asked[draft.id] = draft
    recommender = Recommender(history_from(projects, participants))
    for draft, suggestions in zip(asked.values(), recommender.recommend([*asked.values()], top=top), strict=True):
        yield answer_of(draft, suggestions, say=_say)


def duplicates(rows: Iterable[tuple[str, Any]], *, merge: float, review: float) -> dict[str, Any]:
    """Find which records mean one organisation; each row comes with words that say where it stands.

    :raises BadProblem: naming the row and the field
    """
    thresholds = Thresholds(merge=merge, review=review)
    records, unused = identities.records_from(rows)
    answer = find_duplicates(records, thresholds=thresholds)
    return identities.answer_to(answer, n_records=len(records), unused=unused, say=_say)


def grants(document: Any, *, seconds: float) -> dict[str, Any]:
    """Choose grants under a budget.

    :raises BadProblem: naming the field of the document
    :raises WrongAnswer: the check refused the answer
    """
    applications, rules = allocations.grants_from(document)
    answer = choose_grants(applications, rules=rules, time_limit_s=seconds)
    _require_right(check_grants(applications=applications, rules=rules, answer=answer))
    return allocations.grants_to(answer, say=_say)


def assessors(document: Any, *, seconds: float) -> dict[str, Any]:
    """Assign assessors to hubs.

    :raises BadProblem: naming the field of the document
    :raises WrongAnswer: the check refused the answer
    """
    hubs, people, rules = allocations.assessors_from(document)
    answer = assign_assessors(hubs, people, rules=rules, time_limit_s=seconds)
    _require_right(check_assessors(hubs=hubs, assessors=people, rules=rules, answer=answer))
    return allocations.assessors_to(answer, say=_say)


def sample(document: Any) -> dict[str, Any]:
    """Draw a sample that anybody can draw again.

    :raises BadProblem: naming the field of the document
    :raises WrongAnswer: the check refused the answer
    """
    candidates, draw = allocations.sample_from(document)
    answer = draw_sample(candidates, draw=draw)
    _require_right(check_sample(candidates=candidates, draw=draw, answer=answer))
    return allocations.sample_to(answer, say=_say)


def ranking(document: Any, *, top: int) -> dict[str, Any]:
    """Rank candidates of any kinds for a need; the first ``top`` with their reasons.

    :raises BadProblem: naming the field of the document
    :raises WrongAnswer: the check refused the answer
    """
    question = rankings.question_from(document)
    answer = rank(**question.asked, limit=top)
    _require_right(check_ranking(**question.asked, answer=answer))
    near = question.asked["traits"].near
    asked = {"wanted": question.wanted, "edges": question.edges, "held": question.held, "setting": question.closeness}
    _require_right(check_nearness(**asked, found=near))
    return answer_to_ranking(question, answer, say=_say)


def _say(reason: Reason) -> str:
    return say(reason, translate=gettext, translate_plural=ngettext)
