"""What speaks for a candidate and against it, most telling first, and what would change its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from hansa.engine.closeness import Path
from hansa.engine.problem import Reason
from hansa.engine.ranking.question import PARTS, Consequence, PartName
from hansa.engine.ranking.scale import DERIVED, EVIDENCE, FAR_KM, FREE_DAYS_FOR_ALL, MUST_WEIGHT, NEAR_KM, UNKNOWN

if TYPE_CHECKING:
    from hansa.engine.ranking.board import Board

_MOST_NEAR = 2  # near concepts told of one candidate


def pros_of(board: Board, row: int) -> Iterator[Reason]:
    strength, covering = board.market.strength[row], board.covering[row]
    needed = covering & (strength > board.present) & board.asked
    must = board.value == MUST_WEIGHT
    only = np.flatnonzero(needed & (board.n_covering == 1))
    if len(only) and len(board.order) > 1:
        yield _only_match(board, board.labels(only))
    musts = np.flatnonzero(needed & must)
    if len(musts):
        n_must = int((must & board.asked & (board.present < board.least)).sum()) or int(must.sum())
        facts = {"n": len(musts), "of": max(n_must, len(musts)), "wants": board.labels(musts)}
        yield Reason("covers_musts", facts=facts)
    yield from _near(board, row)
    yield from _standing(board, row)
    nice = np.flatnonzero(needed & ~must)
    if len(nice):
        yield Reason("covers_nice", facts={"n": len(nice), "wants": board.labels(nice)})
    checked = np.flatnonzero(needed & (strength >= 1))
    if len(checked):
        yield Reason("checked_by_others", facts={"wants": board.labels(checked)})
    best = np.flatnonzero(needed & (strength >= board.best) & (board.n_covering > 1) & (strength > DERIVED))
    if len(best) and len(best) < len(strength):
        yield Reason("strongest_on", facts={"wants": board.labels(best)})


def _only_match(board: Board, wants: tuple[str, ...]) -> Reason:
    if board.traits.kinds is None:
        return Reason("only_match", facts={"wants": wants, "hubs": len(board.order)})
    return Reason("only_match_of_all", facts={"wants": wants, "of": len(board.order)})


def _near(board: Board, row: int) -> Iterator[Reason]:
    near = board.traits.near
    if near is None:
        return
    of_owner = []
    found = []
    for want in board.near_wants(row):
        path, label = near.path_of(row, int(want)), board.need.wants[want].label
        if path is not None and path.steps == ("owner",):
            of_owner.append(label)
        elif path is not None:
            found.append(near_reason(path, label, near.labels))
    yield from found[:_MOST_NEAR]
    if of_owner:
        yield Reason("near_owner", facts={"wants": tuple(of_owner)})


def near_reason(path: Path[Any], want: str, labels: Any) -> Reason:
    """Say what a candidate has near a want, and how far that is."""
    facts: dict[str, object] = {"has": labels.get(path.near, path.near), "want": want, "n": len(path.steps)}
    kinds = set(path.steps)
    if len(kinds) == 1 and kinds <= {"broader", "narrower"}:
        return Reason("near_broader" if kinds == {"broader"} else "near_narrower", facts=facts)
    if len(path.steps) == 1:
        codes = {"related": "near_related", "needs": "near_needed", "needed_by": "near_needs"}
        return Reason(codes[path.steps[0]], facts=facts)
    over = path.concepts[1:-1]
    facts["over"] = tuple(labels.get(concept, concept) for concept in over)
    return Reason("near_beside" if path.steps == ("broader", "narrower") else "near_by_way", facts=facts)


def _standing(board: Board, row: int) -> Iterator[Reason]:
    """What speaks for the candidate besides the need itself."""
    market = board.market
    if board.applies(row, "track_record") and (n := int(market.joint_deliveries[row])) > 0:
        yield Reason("joint_deliveries", facts={"n": n})
    if board.applies(row, "languages"):
        shared = tuple(sorted(board.need.languages & market.languages[row]))
        missing = tuple(sorted(board.need.languages - market.languages[row]))
        if shared and not missing:
            yield Reason("speaks_all", facts={"languages": shared})
        elif shared:
            yield Reason("speaks_some", facts={"languages": shared, "missing": missing})
    if board.applies(row, "capacity") and market.free_days[row] >= FREE_DAYS_FOR_ALL / 2:
        yield Reason("free_days", facts={"n": int(market.free_days[row])})
    if market.trust[row] >= 0.7:
        yield Reason("high_trust", facts=_points(board, row, "trust"))
    if board.traits.has_place and board.applies(row, "nearness") and market.distance_km[row] <= NEAR_KM:
        yield Reason("near_by", facts={"km": round(float(market.distance_km[row]))})


def cons_of(board: Board, row: int) -> Iterator[Reason]:
    broken = rule_broken(board, row, "say")
    if broken is not None:
        yield broken
    strength, covering = board.market.strength[row], board.covering[row]
    must = board.value == MUST_WEIGHT
    wanted = (strength > board.present) & board.asked
    lacking = np.flatnonzero(must & board.asked & ~covering & (board.present < board.least))
    if not (covering & wanted).any():
        yield Reason(_nothing(board, row), good=False)
    elif len(lacking):
        yield Reason("lacks_musts", facts={"n": len(lacking), "wants": board.labels(lacking)}, good=False)
    weak = np.flatnonzero(covering & wanted & (strength <= np.float32(DERIVED)))
    if len(weak):
        yield Reason("weak_evidence", facts={"wants": board.labels(weak)}, good=False)
    yield from _doubts(board, row)


def _nothing(board: Board, row: int) -> str:
    if board.mode == "similar":
        return "shares_nothing"
    return "names_nothing" if board.kind(row) in {"facility", "case"} else "covers_nothing_missing"


def rule_broken(board: Board, row: int, consequence: Consequence) -> Reason | None:
    """The first rule with this consequence that speaks against a candidate."""
    market, rules, home = board.market, board.rules, board.need.country
    conflict = board.traits.conflicts[row] if board.traits.conflicts is not None else ""
    if conflict == "listed" and rules.listed == consequence:
        return Reason("on_conflict_list", good=False)
    if conflict == "competitor" and rules.competitor == consequence:
        return Reason("competes_with_client", good=False)
    if rules.payment != consequence:
        return None
    if market.may_be_paid is not None and not market.may_be_paid[row]:
        return Reason("may_not_be_paid", good=False)
    if not rules.pays_abroad and home and market.countries[row] not in ("", home):
        return Reason("paid_at_home_only", facts={"country": market.countries[row]}, good=False)
    return None


def _points(board: Board, row: int, part: PartName) -> dict[str, object]:
    column = PARTS.index(part)
    return {"points": float(board.parts[row, column]), "of": float(board.of[row, column])}


def _doubts(board: Board, row: int) -> Iterator[Reason]:
    """What speaks against the candidate, or is not known, besides the need itself."""
    market = board.market
    if board.applies(row, "languages") and board.need.languages:
        yield from _doubts_of_languages(board, row)
    if board.applies(row, "track_record") and market.joint_deliveries[row] <= 0:
        yield Reason("no_joint_deliveries", good=False)
    if board.applies(row, "capacity"):
        yield from _doubts_of_capacity(board, row)
    if np.isnan(market.trust[row]):
        yield Reason("trust_unknown", facts=_points(board, row, "trust"), good=False)
    elif market.trust[row] < 0.4:
        yield Reason("low_trust", facts=_points(board, row, "trust"), good=False)
    if board.traits.has_place and board.applies(row, "nearness"):
        yield from _doubts_of_distance(board, row)


def _doubts_of_languages(board: Board, row: int) -> Iterator[Reason]:
    spoken = board.market.languages[row]
    if not spoken:
        yield Reason("languages_unknown", facts=_points(board, row, "languages"), good=False)
    elif not board.need.languages & spoken:
        yield Reason("speaks_none", facts={"missing": tuple(sorted(board.need.languages))}, good=False)


def _doubts_of_distance(board: Board, row: int) -> Iterator[Reason]:
    km = float(board.market.distance_km[row])
    if np.isnan(km):
        yield Reason("distance_unknown", facts=_points(board, row, "nearness"), good=False)
    elif km > FAR_KM:
        yield Reason("far_away", facts={"km": round(km)}, good=False)


def _doubts_of_capacity(board: Board, row: int) -> Iterator[Reason]:
    free = board.market.free_days[row]
    if np.isnan(free):
        yield Reason("capacity_unknown", facts=_points(board, row, "capacity"), good=False)
    elif free < 1:
        yield Reason("no_free_days", good=False)
    elif free < FREE_DAYS_FOR_ALL / 2:
        yield Reason("few_free_days", facts={"n": int(free)}, good=False)


def change_of(board: Board, row: int, place: int) -> Reason:
    """Name the one step that lifts the candidate most; for the first one, how far ahead it is."""
    if place == 1:
        return _lead_of_first(board, row)
    score = float(board.score[row])
    steps = list(_steps_up(board, row))
    if not steps:
        return Reason("nothing_would_lift")
    points, code, facts = max(steps, key=lambda step: step[0])
    reached = min(place, board.place_of(round(score + points, 6)))
    if code == "evidence_would_lift" and reached == place:
        code = "evidence_would_add"
    return Reason(code, facts={**facts, "points": round(points, 1), "place": reached})


def _steps_up(board: Board, row: int) -> Iterator[tuple[float, str, dict[str, object]]]:
    """What the candidate could do itself: points, code, facts."""
    of = dict(zip(PARTS, board.of[row].tolist(), strict=True))
    before = np.maximum(board.counted_of(row), board.present)
    lift = np.clip(np.minimum(EVIDENCE, board.top) - before, 0, None) * board.value / (board.full or 1) * of["fit"]
    if len(lift) and lift.max() > 0.05:
        want = int(lift.argmax())
        yield float(lift[want]), "evidence_would_lift", {"want": board.need.wants[want].label}
    if board.applies(row, "languages") and np.isnan(board.speaks[row]):
        yield of["languages"] * (1 - UNKNOWN), "languages_would_lift", {}
    if board.applies(row, "capacity") and np.isnan(board.market.free_days[row]):
        yield of["capacity"] * (1 - UNKNOWN), "capacity_would_lift", {}


def _lead_of_first(board: Board, row: int) -> Reason:
    if len(board.order) == 1:
        return Reason("stands_alone")
    second = int(board.order[1])
    ahead = float(board.score[row] - board.score[second])
    name = board.market.names[second]
    if ahead < 0.05:
        return Reason("shares_first_place", facts={"hub": name})
    return Reason("leads_by", facts={"points": round(ahead, 1), "hub": name})
