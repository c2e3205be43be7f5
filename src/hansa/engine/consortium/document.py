"""Teams as JSON documents (docs/formats/team.schema.json), read strictly and written plainly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hansa.engine.consortium.answer import DEFAULT_GOALS, Goal, GoalName, TeamAnswer
from hansa.engine.consortium.setcover import CoverAnswer
from hansa.engine.problem import DEAREST_EUR, BadProblem, Floats, LeadCover, Limits, Market, Need, Reason, Want
from hansa.engine.timetable.fields import Fields

Say = Callable[[Reason], str]

MOST_CELLS = 50_000_000  # hubs x wants
MOST = 1_000_000
NAN = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamQuestion:
    """What ``best_team`` is asked. ``hub_ids`` are the document's own; the market numbers hubs from 1 in their order."""

    need: Need
    market: Market
    limits: Limits
    lead: LeadCover | None
    goals: tuple[GoalName, ...]
    hub_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hub:
    id: str
    name: str
    country: str
    languages: frozenset[str]
    covers: Mapping[str, float]
    cost: float
    distance: float
    trust: float
    may_be_paid: bool


def question_from(document: Any) -> TeamQuestion:
    """Read a need, the hubs, limits and goals.

    :raises BadProblem: naming the path of the field, as in ``hubs[3].cost_eur``.
    """
    try:
        return _question(Fields(document, ""))
    except OverflowError as error:
        raise BadProblem("a number of the document is too large") from error
    except BadProblem as bad:
        raise BadProblem(str(bad).removeprefix(".")) from bad


def _question(fields: Fields) -> TeamQuestion:
    fields.text("title", "")
    for key in ("wants", "hubs"):
        fields.get(key, list)
    wants = fields.each("wants", _want)
    if not wants:
        raise BadProblem("wants must hold at least one")
    need = Need(wants=wants)
    column = {want.id: number for number, want in enumerate(wants)}
    hubs = fields.each("hubs", _hub)
    if len(hubs) * len(wants) > MOST_CELLS:
        raise BadProblem(f"hubs times wants must be at most {MOST_CELLS:,}")
    row = {hub.id: number for number, hub in enumerate(hubs, start=1)}
    if len(row) < len(hubs):
        twice = next(hub.id for number, hub in enumerate(hubs, start=1) if row[hub.id] != number)
        raise BadProblem(f"hubs must not name {twice!r} twice")
    strengths = [_strengths(hub.covers, column, f"hubs[{number}].covers") for number, hub in enumerate(hubs)]
    question = TeamQuestion(
        need=need,
        market=_market(hubs, np.array(strengths, dtype=np.float32).reshape(len(hubs), len(wants))),
        limits=_limits(Fields(fields.get("limits", dict, {}), "limits"), row),
        lead=_lead(fields.get("lead", dict, None), column),
        goals=_goals(fields),
        hub_ids=tuple(row),
    )
    fields.end()
    return question


def _want(fields: Fields) -> Want:
    id = fields.text("id")
    return Want(
        id=id,
        label=fields.text("label", id),
        must_have=_yes_or_no(fields, "must_have", default=True),
        min_strength=fields.get("min_strength", float, None),
        backups=fields.get("backups", int, None),
    )


def _hub(fields: Fields) -> _Hub:
    id = fields.text("id")
    if not id:
        raise BadProblem("id must not be empty")
    return _Hub(
        id=id,
        name=fields.text("name", id),
        country=fields.text("country", ""),
        languages=frozenset(fields.names("languages", ())),
        covers=fields.get("covers", dict, {}),
        cost=_number(fields, "cost_eur", 0.0, most=DEAREST_EUR),
        distance=_number(fields, "distance_km", NAN, most=MOST),
        trust=_number(fields, "trust", NAN, most=1),
        may_be_paid=_yes_or_no(fields, "may_be_paid", default=True),
    )


def _yes_or_no(fields: Fields, key: str, *, default: bool) -> bool:
    fields.known.add(key)
    found = fields.value.get(key)
    if not isinstance(found, bool | None):
        raise BadProblem(f"{fields.path}.{key} must be true or false, not {found}")
    return default if found is None else found


def _number(fields: Fields, key: str, default: float, *, most: float) -> float:
    """A number from 0 to ``most``."""
    found = float(fields.get(key, float, default))
    if key in fields.value and fields.value[key] is not None and not 0 <= found <= most:
        raise BadProblem(f"{key} must be a number from 0 to {most:,}, not {found}")
    return found


def _strengths(covers: Mapping[str, Any], column: Mapping[str, int], path: str) -> Floats:
    found = np.zeros(len(column), dtype=np.float32)
    for want, strength in covers.items():
        if want not in column:
            raise BadProblem(f"{path} names {want!r}, which is no id of wants")
        is_number = isinstance(strength, int | float) and not isinstance(strength, bool)
        if not is_number or not 0 <= strength <= 1:
            raise BadProblem(f"{path}.{want} must be a number from 0 to 1, not {strength}")
        found[column[want]] = strength
    return found


def _market(hubs: Sequence[_Hub], strength: Floats) -> Market:
    return Market(
        ids=tuple(range(1, len(hubs) + 1)),
        names=tuple(hub.name for hub in hubs),
        countries=tuple(hub.country for hub in hubs),
        languages=tuple(hub.languages for hub in hubs),
        strength=strength,
        cost_eur=np.array([hub.cost for hub in hubs], dtype=np.float32),
        distance_km=np.array([hub.distance for hub in hubs], dtype=np.float32),
        trust=np.array([hub.trust for hub in hubs], dtype=np.float32),
        free_days=np.full(len(hubs), NAN, dtype=np.float32),
        joint_deliveries=np.zeros(len(hubs), dtype=np.int32),
        may_be_paid=np.array([hub.may_be_paid for hub in hubs], dtype=np.bool_),
    )


def _lead(document: Any, column: Mapping[str, int]) -> LeadCover | None:
    if document is None:
        return None
    fields = Fields(document, "lead")
    lead = LeadCover(
        strength=_strengths(fields.get("covers", dict, {}), column, "lead.covers"),
        name=fields.text("name", ""),
        country=fields.text("country", ""),
    )
    fields.end()
    return lead


def _limits(fields: Fields, row: Mapping[str, int]) -> Limits:
    def counted(key: str, default: int | None) -> Any:
        found = fields.get(key, int, default)
        if found is not None and found > MOST:
            raise BadProblem(f"limits.{key} must be at most {MOST:,}")
        return found

    def hubs(key: str) -> frozenset[int]:
        for name in fields.names(key, ()):
            if name not in row:
                raise BadProblem(f"limits.{key} names {name!r}, which is no id of hubs")
        return frozenset(row[name] for name in fields.names(key, ()))

    limits = Limits(
        max_partners=counted("max_partners", 5),
        max_per_country=counted("max_per_country", None),
        min_countries=counted("min_countries", None),
        min_strength=fields.get("min_strength", float, 0.3),
        backups=counted("backups", 1),
        budget_eur=fields.get("budget_eur", float, None),
        max_unpaid=counted("max_unpaid", None),
        required=hubs("required"),
        excluded=hubs("excluded"),
        languages=frozenset(fields.names("languages", ())),
    )
    fields.end()
    return limits


def _goals(fields: Fields) -> tuple[GoalName, ...]:
    goals: tuple[GoalName, ...] = fields.names("goals", DEFAULT_GOALS)
    for goal in goals:
        if goal not in DEFAULT_GOALS:
            raise BadProblem(f"goals names {goal!r}, which is not one of {', '.join(DEFAULT_GOALS)}")
    if goals[:1] != ("coverage",) or len(set(goals)) < len(goals):
        raise BadProblem("goals must start with coverage and name none twice")
    return goals


def answer_to(question: TeamQuestion, answer: TeamAnswer, *, say: Say) -> dict[str, Any]:
    """Write a team; ``say`` turns a reason into its sentence. Value and bound are those of the first goal after coverage."""
    hub_ids = dict(enumerate(question.hub_ids, start=1))
    market = question.market
    first = _first(answer)
    other = answer.next_best
    return {
        "value": None if first is None else first.value,
        "bound": None if first is None else first.bound,
        "proven": answer.status in ("optimal", "infeasible", "nothing_to_cover"),
        "status": answer.status,
        "members": [
            {
                "id": hub_ids[member.hub_id],
                "name": market.names[member.hub_id - 1],
                "country": market.countries[member.hub_id - 1],
                "covers": dict(member.covers),
                "only_member_for": list(member.only_member_for),
                "contribution": round(member.contribution, 4),
            }
            for member in answer.members
        ],
        "goals": [
            {"name": goal.name, "value": goal.value, "bound": goal.bound, "proven": goal.proven}
            for goal in answer.goals
        ],
        "gaps": list(answer.gaps),
        "missed": list(answer.missed),
        "extras_missing": list(answer.extras_missing),
        "single_points_of_failure": [
            {
                "want": point.want_id,
                "hub": None if point.hub_id is None else hub_ids[point.hub_id],
                "backups": [hub_ids[hub] for hub in point.backups],
            }
            for point in answer.single_points_of_failure
        ],
        "conflicts": list(answer.conflicts),
        "next_best": None if other is None else [hub_ids[hub] for hub in other.hub_ids],
        "reasons": _said(answer.reasons, say),
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
