"""Rankings as JSON documents (docs/formats/rank.schema.json), read strictly and written plainly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import Any, TypeVar

import numpy as np

from hansa.engine.closeness import EDGE_KINDS, Closeness, Edge, Graph, Posting, nearness
from hansa.engine.fields import Fields
from hansa.engine.problem import BadProblem, LeadCover, Market, Need, Want
from hansa.engine.ranking.question import CONSEQUENCES, KINDS, MODES, Conflict, Kind, Rules, Traits, Weights

T = TypeVar("T")

MOST_WANTS = 1_000
MOST_CELLS = 50_000_000  # candidates x wants
MOST_EDGES = 1_000_000
MOST = 1_000_000
NAN = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class RankQuestion:
    """What ``rank`` is asked. The market numbers candidates from 1 in the order of the document.

    ``asked`` holds the arguments of ``rank``; ``held``, ``edges``, ``wanted`` and ``closeness`` are what nearness was
    worked out from. ``ids`` are the document's own.
    """

    asked: Mapping[str, Any]
    ids: tuple[str, ...]
    wanted: tuple[str, ...]
    held: tuple[Mapping[str, float], ...]
    edges: tuple[Edge[str], ...]
    closeness: Closeness


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    id: str
    kind: Kind
    name: str
    country: str
    languages: frozenset[str]
    has: Mapping[str, float]
    distance: float
    trust: float
    free_days: float
    joint_deliveries: int
    may_be_paid: bool


def question_from(document: Any) -> RankQuestion:
    """Read a need, candidates of any kinds, relations between concepts, and settings.

    :raises BadProblem: naming the path of the field, as in ``candidates[3].trust``.
    """
    try:
        return _question(Fields(document, ""))
    except OverflowError as error:
        raise BadProblem("a number of the document is too large") from error
    except BadProblem as bad:
        raise BadProblem(str(bad).removeprefix(".")) from bad


def _question(fields: Fields) -> RankQuestion:
    fields.text("title", "")
    need, has_place, pays_abroad = _need(Fields(fields.get("need", dict), "need"))
    wanted = tuple(want.id for want in need.wants)
    labels, edges = _graph(Fields(fields.get("graph", dict, {}), "graph"))
    known = {*wanted, *labels, *(end for edge in edges for end in (edge.source, edge.target))}
    candidates = _candidates(fields, known, len(wanted), has_place)
    ids = {one.id: number for number, one in enumerate(candidates, start=1)}
    closeness = _setting(fields, "closeness", Closeness)
    near = nearness(
        wanted,
        graph=Graph(edges),
        postings=_postings(candidates),
        n_candidates=len(candidates),
        setting=closeness,
        labels={**labels, **{want.id: want.label for want in need.wants}},
    )
    traits = Traits(
        kinds=tuple(one.kind for one in candidates),
        conflicts=_conflicts(fields, candidates, ids),
        near=near,
        has_place=has_place,
    )
    lead = _lead(fields.get("lead", dict, None), wanted, known, ids)
    asked = {"need": need, "market": _market(candidates, wanted), "lead": lead, "traits": traits}
    question = RankQuestion(
        asked=asked | _settings(fields, pays_abroad),
        ids=tuple(ids),
        wanted=wanted,
        held=tuple(one.has for one in candidates),
        edges=edges,
        closeness=closeness,
    )
    fields.end()
    return question


def _settings(fields: Fields, pays_abroad: bool) -> dict[str, Any]:
    return {
        "weights": _setting(fields, "weights", Weights),
        "mode": fields.one_of("mode", MODES, "complementary"),
        "min_strength": fields.number("min_strength", 0.3, most=1),
        "rules": _rules(Fields(fields.get("rules", dict, {}), "rules"), pays_abroad),
    }


def _candidates(fields: Fields, known: Collection[str], n_wants: int, has_place: bool) -> tuple[_Candidate, ...]:
    if len(fields.get("candidates", list)) * n_wants > MOST_CELLS:
        raise BadProblem(f"candidates times need.wants must be at most {MOST_CELLS:,}")
    found = fields.each("candidates", lambda row: _candidate(row, known, has_place=has_place))
    seen: set[str] = set()
    for one in found:
        if one.id in seen:
            raise BadProblem(f"candidates must not name {one.id!r} twice")
        seen.add(one.id)
    return found


def _need(fields: Fields) -> tuple[Need, bool, bool]:
    """Read the need, whether it has a place, and whether the client pays abroad."""
    if len(fields.get("wants", list)) > MOST_WANTS:
        raise BadProblem(f"need.wants must hold at most {MOST_WANTS:,}, not {len(fields.value['wants']):,}")
    wants = fields.each("wants", _want)
    if not wants:
        raise BadProblem("need.wants must hold at least one")
    ids = [want.id for want in wants]
    if len(set(ids)) < len(ids):
        raise BadProblem(f"need.wants must not name {next(id for id in ids if ids.count(id) > 1)!r} twice")
    need = Need(wants=wants, languages=frozenset(fields.names("languages", ())), country=fields.text("country", ""))
    has_place = bool(fields.text("place", ""))
    pays_abroad = fields.yes_or_no("pays_abroad", default=True)
    if not pays_abroad and not need.country:
        raise BadProblem("need.country is missing: without it nobody can tell what is abroad")
    fields.end()
    return need, has_place, pays_abroad


def _want(fields: Fields) -> Want:
    id = fields.id()
    return Want(id=id, label=fields.text("label", id), must_have=fields.yes_or_no("must_have", default=True))


def _graph(fields: Fields) -> tuple[dict[str, str], tuple[Edge[str], ...]]:
    """Read the names of concepts, and the relations between them."""
    labels = fields.get("labels", dict, {})
    for concept, label in labels.items():
        if not isinstance(label, str):
            raise BadProblem(f"graph.labels.{concept} must be text")
    if len(fields.get("relations", list, [])) > MOST_EDGES:
        raise BadProblem(f"graph.relations must hold at most {MOST_EDGES:,}")
    edges = fields.each("relations", _edge)
    fields.end()
    return dict(labels), edges


def _edge(fields: Fields) -> Edge[str]:
    return Edge(fields.text("from"), fields.text("to"), fields.one_of("kind", EDGE_KINDS))


def _candidate(fields: Fields, known: Collection[str], *, has_place: bool) -> _Candidate:
    id = fields.id()
    distance = fields.number("distance_km", NAN, most=MOST)
    if not np.isnan(distance) and not has_place:
        raise BadProblem(f"{fields.path}.distance_km is given, but need.place is not")
    joint = fields.get("joint_deliveries", int, 0)
    if not 0 <= joint <= MOST:
        raise BadProblem(f"{fields.path}.joint_deliveries must be a whole number from 0 to {MOST:,}, not {joint}")
    return _Candidate(
        id=id,
        kind=fields.one_of("kind", KINDS, "hub"),
        name=fields.text("name", id),
        country=fields.text("country", ""),
        languages=frozenset(fields.names("languages", ())),
        has=_strengths(fields, known),
        distance=distance,
        trust=fields.number("trust", NAN, most=1),
        free_days=fields.number("free_days", NAN, most=31),
        joint_deliveries=joint,
        may_be_paid=fields.yes_or_no("may_be_paid", default=True),
    )


def _strengths(fields: Fields, known: Collection[str]) -> dict[str, float]:
    found = fields.get("has", dict, {})
    path = f"{fields.path}.has"
    for concept, strength in found.items():
        if concept not in known:
            raise BadProblem(f"{path} names {concept!r}, which is neither wanted nor in the graph")
        is_number = isinstance(strength, int | float) and not isinstance(strength, bool)
        if not is_number or not 0 <= strength <= 1:
            raise BadProblem(f"{path}.{concept} must be a number from 0 to 1, not {strength}")
    return {concept: float(strength) for concept, strength in found.items()}


def _market(candidates: Sequence[_Candidate], wanted: Sequence[str]) -> Market:
    strength = np.zeros((len(candidates), len(wanted)), dtype=np.float32)
    for row, one in enumerate(candidates):
        for column, want in enumerate(wanted):
            strength[row, column] = one.has.get(want, 0.0)

    def column_of(name: str) -> Any:
        return np.array([getattr(one, name) for one in candidates], dtype=np.float32)

    return Market(
        ids=tuple(range(1, len(candidates) + 1)),
        names=tuple(one.name for one in candidates),
        countries=tuple(one.country for one in candidates),
        languages=tuple(one.languages for one in candidates),
        strength=strength,
        cost_eur=np.zeros(len(candidates), dtype=np.float32),
        distance_km=column_of("distance"),
        trust=column_of("trust"),
        free_days=column_of("free_days"),
        joint_deliveries=np.array([one.joint_deliveries for one in candidates], dtype=np.int32),
        may_be_paid=np.array([one.may_be_paid for one in candidates], dtype=np.bool_),
    )


def _postings(candidates: Sequence[_Candidate]) -> dict[str, Posting]:
    found: dict[str, list[tuple[int, float]]] = {}
    for row, one in enumerate(candidates):
        for concept, strength in one.has.items():
            found.setdefault(concept, []).append((row, strength))
    return {
        concept: (np.array([row for row, _ in rows], np.int32), np.array([s for _, s in rows], np.float32))
        for concept, rows in found.items()
    }


def _lead(document: Any, wanted: Sequence[str], known: Collection[str], ids: Mapping[str, int]) -> LeadCover | None:
    if document is None:
        return None
    fields = Fields(document, "lead")
    has = _strengths(fields, known)
    lead = LeadCover(
        strength=np.array([has.get(want, 0.0) for want in wanted], dtype=np.float32),
        hub_id=ids.get(fields.text("id", "")),
        name=fields.text("name", ""),
    )
    fields.end()
    return lead


def _conflicts(fields: Fields, candidates: Sequence[_Candidate], ids: Mapping[str, int]) -> tuple[Conflict, ...]:
    found: dict[str, Conflict] = {}
    names: tuple[tuple[str, Conflict], ...] = (("competitors", "competitor"), ("conflicts", "listed"))
    for key, conflict in names:
        for id in fields.names(key, ()):
            if id not in ids:
                raise BadProblem(f"{key} names {id!r}, which is no id of candidates")
            found[id] = conflict
    return tuple(found.get(one.id, "") for one in candidates)


def _rules(fields: Fields, pays_abroad: bool) -> Rules:
    usual = Rules()
    given = {
        name: fields.one_of(name, CONSEQUENCES, getattr(usual, name)) for name in ("payment", "competitor", "listed")
    }
    fields.end()
    return Rules(**given, pays_abroad=pays_abroad)


def _setting(fields: Fields, key: str, kind: Callable[..., T]) -> T:
    """Read a setting whose fields are all optional; one that is changed is called ``own`` unless it says a version."""
    given = Fields(fields.get(key, dict, {}), key)
    usual: Any = kind()
    values: dict[str, Any] = {}
    for field in fields_of(usual):
        if field.name == "version":
            values["version"] = given.text("version", "own" if given.value else usual.version)
        else:
            number = int if field.name == "most_steps" else float
            values[field.name] = given.get(field.name, number, getattr(usual, field.name))
    given.end()
    try:
        return kind(**values)
    except BadProblem as bad:
        raise BadProblem(str(bad).replace(type(usual).__name__, key, 1)) from bad
