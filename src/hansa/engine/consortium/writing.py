"""Answers about teams as JSON documents (docs/formats/team-answer.schema.json)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hansa.engine.consortium.answer import Alternative, Goal, Member, TeamAnswer
from hansa.engine.consortium.document import TeamQuestion
from hansa.engine.consortium.setcover import CoverAnswer
from hansa.engine.problem import Reason

Say = Callable[[Reason], str]


def answer_to(question: TeamQuestion, answer: TeamAnswer, *, say: Say) -> dict[str, Any]:
    """Write a team; ``say`` turns a reason into its sentence. Value and bound are those of the first goal after coverage."""
    hub_ids = dict(enumerate(question.hub_ids, start=1))
    first = _first(answer)
    other = answer.next_best
    return {
        "value": None if first is None else first.value,
        "bound": None if first is None else first.bound,
        "proven": answer.status in ("optimal", "infeasible", "nothing_to_cover"),
        "status": answer.status,
        "members": [_member(member, question) for member in answer.members],
        "goals": [
            {"name": goal.name, "value": goal.value, "bound": goal.bound, "proven": goal.proven}
            for goal in answer.goals
        ],
        "gaps": list(answer.gaps),
        "missed": list(answer.missed),
        "extras_missing": list(answer.extras_missing),
        "single_points_of_failure": _points(answer, hub_ids),
        "leads": {want: None if hub is None else hub_ids[hub] for want, hub in answer.leads},
        "conflicts": list(answer.conflicts),
        "next_best": None if other is None else [hub_ids[hub] for hub in other.hub_ids],
        "alternatives": [_alternative(one, question, say) for one in answer.alternatives],
        "reasons": _said(answer.reasons, say),
    }


def _member(member: Member, question: TeamQuestion) -> dict[str, Any]:
    row, market = member.hub_id - 1, question.market
    return {
        "id": question.hub_ids[row],
        "name": market.names[row],
        "country": market.countries[row],
        "covers": dict(member.covers),
        "only_member_for": list(member.only_member_for),
        "contribution": round(member.contribution, 4),
    }


def _points(answer: TeamAnswer, hub_ids: Mapping[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "want": point.want_id,
            "hub": None if point.hub_id is None else hub_ids[point.hub_id],
            "backups": [hub_ids[hub] for hub in point.backups],
        }
        for point in answer.single_points_of_failure
    ]


def _alternative(other: Alternative, question: TeamQuestion, say: Say) -> dict[str, Any]:
    ids = question.hub_ids
    return {
        "members": [ids[hub - 1] for hub in other.hub_ids],
        "out": [ids[hub - 1] for hub in other.out],
        "into": [ids[hub - 1] for hub in other.into],
        "values": {name: other.values[name] for name in question.goals},
        "proven": other.proven,
        "reasons": _said(other.reasons, say),
    }


def cover_to(answer: CoverAnswer, *, say: Say) -> dict[str, Any]:
    """Write a cover, columns counted from 1 as OR-Library does."""
    return {
        "value": answer.value,
        "bound": answer.bound,
        "proven": answer.proven,
        "members": [column + 1 for column in answer.columns],
        "reasons": _said(answer.reasons, say),
    }


def _first(answer: TeamAnswer) -> Goal | None:
    return next(iter(answer.goals[1:] or answer.goals), None)


def _said(reasons: Sequence[Reason], say: Say) -> list[dict[str, str]]:
    return [{"code": reason.code, "sentence": say(reason)} for reason in reasons]
