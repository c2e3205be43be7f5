"""The relations between concepts as a graph, kept in the process."""

from __future__ import annotations

from threading import Lock

from django.db.models import CharField, Q, Value

from hansa.engine.closeness import Edge, EdgeKind, Graph
from hansa.hubs.taxonomy.models import Concept, Relation
from hansa.hubs.taxonomy.queries.vocabularies import _read_shelf, _Shelf
from hansa.hubs.taxonomy.states import Kind, Link

# What hubs and their facilities have and needs ask for, and what stands between two of those.
_KINDS = (Kind.ACTIVITY, Kind.SERVICE, Kind.SKILL, Kind.SKILL_GROUP, Kind.TECHNOLOGY, Kind.INFRASTRUCTURE)
_EDGES: dict[str, EdgeKind] = {
    Link.BROADER: "broader",
    Link.RELATED: "related",
    Link.CLOSE_MATCH: "related",
    Link.EXACT_MATCH: "related",
    Link.OPTIONAL: "related",
    Link.REQUIRES: "requires",
}

_lock = Lock()
_graph: tuple[_Shelf, Graph[int]] | None = None


def graph() -> Graph[int]:
    """Return the relations between activities, services, competences, their groups, technologies and
    infrastructures.

    One statement after a version of a vocabulary was loaded, none otherwise. Optional competences count as related.
    """
    global _graph
    shelf = _read_shelf()
    known = _graph
    if known is not None and known[0] is shelf:
        return known[1]
    with _lock:
        if _graph is None or _graph[0] is not shelf:
            _graph = (shelf, Graph(Edge(source, target, _EDGES[link]) for source, target, link in _rows()))
        return _graph[1]


def _rows() -> list[tuple[int, int, str]]:
    both_ends = Q(source__kind__in=_KINDS, target__kind__in=_KINDS)
    stated = Relation.objects.filter(both_ends, link__in=list(_EDGES)).values_list("source_id", "target_id", "link")
    above = Concept.objects.filter(kind__in=_KINDS, broader__kind__in=_KINDS).order_by()
    broader = above.values_list("pk", "broader_id", Value(Link.BROADER.value, output_field=CharField()))
    return list(stated.union(broader, all=True))
