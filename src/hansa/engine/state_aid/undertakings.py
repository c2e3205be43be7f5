"""Which undertakings are one for the ceiling: those linked to each other, also through others.

Source: Regulation (EU) 2023/2831, Article 2(2).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

U = TypeVar("U", bound=Hashable)


def single_undertaking(of: U, links: Iterable[tuple[U, U]]) -> frozenset[U]:
    """Return the undertaking with all that it is linked to, through however many others; O(links)."""
    neighbours: dict[U, set[U]] = {}
    for one, other in links:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    found, waiting = {of}, [of]
    while waiting:
        new = neighbours.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found)
