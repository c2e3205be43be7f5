"""Which figures of a tree of groups can be shown so that neither a figure nor a difference of figures points at a few."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from hansa.engine.problem import BadProblem

LEAST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One group that figures are about: pairs of a case and a hub, in any ids."""

    key: Hashable
    pairs: frozenset[tuple[Hashable, Hashable]]


def shown(cells: Sequence[Cell], *, least: int = LEAST) -> frozenset[Hashable]:
    """Return the keys of the groups that can be shown.

    What can be worked out from the groups shown are unions of their rests: a group without the groups shown inside of it.
    So every rest is empty or has at least ``least`` cases and ``least`` hubs. Where one has not, its smallest group inside
    is held back as well, and where there is none, the group itself. Ties: the later cell goes first.

    :raises BadProblem: a key stands twice, or two groups overlap without one lying in the other
    """
    _require_tree(cells, least)
    kept = [place for place, cell in enumerate(cells) if cell.pairs]
    while (place := _next_to_go(cells, kept, least)) is not None:
        kept.remove(place)
    return frozenset(cells[place].key for place in kept)


def _require_tree(cells: Sequence[Cell], least: int) -> None:
    if isinstance(least, bool) or not isinstance(least, int) or least < 1:
        raise BadProblem("least must be a whole number from 1 on")
    if len({cell.key for cell in cells}) < len(cells):
        raise BadProblem("Cell.key must not stand twice")
    for place, one in enumerate(cells):
        for other in cells[place + 1 :]:
            common = one.pairs & other.pairs
            if common and common not in (one.pairs, other.pairs):
                raise BadProblem(f"Cell.pairs of {one.key} and {other.key} overlap, and neither lies in the other")


def _next_to_go(cells: Sequence[Cell], kept: Sequence[int], least: int) -> int | None:
    for place in kept:
        inside = [other for other in kept if other != place and _lies_in(cells, other, place)]
        rest = cells[place].pairs.difference(*(cells[other].pairs for other in inside))
        if rest and _n_least(rest) < least:
            top = [one for one in inside if not any(_lies_in(cells, one, other) for other in inside if other != one)]
            return max(top, key=lambda one: (-len(cells[one].pairs), one)) if top else place
    return None


def _lies_in(cells: Sequence[Cell], inner: int, outer: int) -> bool:
    """Whether a group lies in another; of two equal groups the later lies in the earlier."""
    if cells[inner].pairs == cells[outer].pairs:
        return inner > outer
    return cells[inner].pairs < cells[outer].pairs


def _n_least(pairs: frozenset[tuple[Hashable, Hashable]]) -> int:
    return min(len({case for case, _ in pairs}), len({hub for _, hub in pairs}))
