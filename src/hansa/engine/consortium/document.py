"""Questions about teams as JSON documents (docs/formats/team.schema.json), read strictly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hansa.engine.consortium.alternatives import MOST_ALTERNATIVES
from hansa.engine.consortium.answer import DEFAULT_GOALS, OTHER_GOALS, GoalName
from hansa.engine.fields import Fields
from hansa.engine.problem import DEAREST_EUR, BadProblem, Floats, LeadCover, Limits, Market, Need, Want

MOST_CELLS = 50_000_000  # hubs x wants
MOST = 1_000_000
LEAD_ID = 0
NAN = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamQuestion:
    """What ``best_team`` is asked. ``hub_ids`` are the document's own; the market numbers hubs from 1 in their order.

    The lead is hub 0.
    """

    need: Need
    market: Market
    limits: Limits
    lead: LeadCover | None
    goals: tuple[GoalName, ...]
    n_alternatives: int
    differ_by: float
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
    capacity: int | None


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
    lead = fields.get("lead", dict, None)
    strengths = [_strengths(hub.covers, column, f"hubs[{number}].covers") for number, hub in enumerate(hubs)]
    question = TeamQuestion(
        need=need,
        market=_market(
            hubs,
            np.array(strengths, dtype=np.float32).reshape(len(hubs), len(wants)),
            _pairs(fields, "worked_together", row) | (_with_lead(Fields(lead, "lead"), row) if lead else frozenset()),
        ),
        limits=_limits(Fields(fields.get("limits", dict, {}), "limits"), row),
        lead=_lead(lead, column),
        goals=_goals(fields),
        n_alternatives=_up_to(fields, "alternatives", MOST_ALTERNATIVES, most=MOST_ALTERNATIVES),
        differ_by=_share(fields, "differ_by", 0.5),
        hub_ids=tuple(row),
    )
    fields.end()
    return question


def _want(fields: Fields) -> Want:
    id = fields.text("id")
    return Want(
        id=id,
        label=fields.text("label", id),
        must_have=fields.yes_or_no("must_have", default=True),
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
        may_be_paid=fields.yes_or_no("may_be_paid", default=True),
        capacity=_up_to(fields, "capacity", None, most=MOST),
    )


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


def _up_to(fields: Fields, key: str, default: int | None, *, most: int) -> Any:
    """A whole number from 0 to ``most``."""
    found = fields.get(key, int, default)
    if found is not None and not 0 <= found <= most:
        raise BadProblem(f"{fields.path}.{key} must be a whole number from 0 to {most:,}, not {found}")
    return found


def _share(fields: Fields, key: str, default: float) -> float:
    found = float(fields.get(key, float, default))
    if not 0 < found <= 1:
        raise BadProblem(f"{fields.path}.{key} must be a number above 0 and at most 1, not {found}")
    return found


def _pairs(fields: Fields, key: str, row: Mapping[str, int]) -> frozenset[tuple[int, int]]:
    """Pairs of hubs, the lower number first."""
    found = set()
    for number, pair in enumerate(fields.get(key, list, [])):
        path = f"{key}[{number}]"
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(name, str) for name in pair):
            raise BadProblem(f"{path} must be a list of two ids of hubs")
        if unknown := next((name for name in pair if name not in row), None):
            raise BadProblem(f"{path} names {unknown!r}, which is no id of hubs")
        if pair[0] == pair[1]:
            raise BadProblem(f"{path} names {pair[0]!r} twice")
        low, high = sorted(row[name] for name in pair)
        found.add((low, high))
    return frozenset(found)


def _with_lead(fields: Fields, row: Mapping[str, int]) -> frozenset[tuple[int, int]]:
    names = fields.names("worked_with", ())
    if unknown := next((name for name in names if name not in row), None):
        raise BadProblem(f"lead.worked_with names {unknown!r}, which is no id of hubs")
    return frozenset((LEAD_ID, row[name]) for name in names)


def _market(hubs: Sequence[_Hub], strength: Floats, pairs: frozenset[tuple[int, int]]) -> Market:
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
        capacity=np.array([MOST if hub.capacity is None else hub.capacity for hub in hubs], dtype=np.int32),
        worked_together=pairs,
    )


def _lead(document: Any, column: Mapping[str, int]) -> LeadCover | None:
    if document is None:
        return None
    fields = Fields(document, "lead")
    lead = LeadCover(
        hub_id=LEAD_ID,
        strength=_strengths(fields.get("covers", dict, {}), column, "lead.covers"),
        capacity=_up_to(fields, "capacity", None, most=MOST),
        name=fields.text("name", ""),
        country=fields.text("country", ""),
    )
    fields.known.add("worked_with")  # read with the market
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
        max_led=counted("max_led", None),
        required=hubs("required"),
        excluded=hubs("excluded"),
        languages=frozenset(fields.names("languages", ())),
    )
    fields.end()
    return limits


def _goals(fields: Fields) -> tuple[GoalName, ...]:
    goals: tuple[GoalName, ...] = fields.names("goals", DEFAULT_GOALS)
    for goal in goals:
        if goal not in DEFAULT_GOALS + OTHER_GOALS:
            known = ", ".join(DEFAULT_GOALS + OTHER_GOALS)
            raise BadProblem(f"goals names {goal!r}, which is not one of {known}")
    if goals[:1] != ("coverage",) or len(set(goals)) < len(goals):
        raise BadProblem("goals must start with coverage and name none twice")
    return goals
