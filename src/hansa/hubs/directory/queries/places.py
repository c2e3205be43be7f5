"""Where hubs stand on the map, also those that do not say where they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin, sqrt

import numpy as np
import numpy.typing as npt

from hansa.hubs.directory.queries.catalogue import Catalogue, Row
from hansa.hubs.directory.queries.kept import Kept
from hansa.hubs.directory.queries.projection import Spot, clusters, project
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

# How far hubs without a place are scattered around the middle of their country, in units of the map.
_SCATTER = 11.0
# A golden angle between one hub and the next keeps scattered points apart.
_ANGLE = pi * (3 - sqrt(5))
# More marks than this and clusters take in more: a map is to be looked at. Beyond so many hubs, clusters keep as far
# from each other as their circles are wide.
MOST_MARKS = 160
_MANY_HUBS = 300
_REACHES = (18.0, 36.0, 52.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One mark: the positions of the hubs it stands for, and where it is drawn."""

    positions: tuple[int, ...]
    x: float
    y: float
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Where the hubs of a search stand: ``n_guessed`` of them only by their country, ``n_nowhere`` not at all."""

    groups: tuple[Group, ...]
    n_guessed: int
    n_nowhere: int


@dataclass(frozen=True, slots=True)
class _Places:
    spots: tuple[Spot | None, ...]
    is_guessed: npt.NDArray[np.bool_]
    regions: dict[str, taxonomy.Entry]


_places: Kept[_Places] = Kept(2)


def chart(directory: Catalogue, positions: npt.NDArray[np.intp]) -> Chart:
    """Return the marks of these rows. More than four hubs close together become one mark.

    One statement when the directory changed and a hub names its region.
    """
    places = _known(directory)
    here = [position for position in positions.tolist() if places.spots[position] is not None]
    spots: list[Spot] = [places.spots[position] for position in here]  # type: ignore[misc]
    groups: list[list[int]] = []
    for reach in _REACHES if len(spots) <= _MANY_HUBS else _REACHES[1:]:
        groups = clusters(spots, reach=reach)
        if len(groups) <= MOST_MARKS:
            break
    return Chart(
        groups=tuple(_group(members, here, spots) for members in groups),
        n_guessed=int(places.is_guessed[positions].sum()),
        n_nowhere=len(positions) - len(here),
    )


def regions_of(directory: Catalogue) -> dict[str, taxonomy.Entry]:
    """Return the regions that hubs are in, by NUTS code, as far as they are loaded."""
    return _known(directory).regions


def _known(directory: Catalogue) -> _Places:
    return _places.get(directory.stamp, lambda: _place_all(directory))


def _place_all(directory: Catalogue) -> _Places:
    rows = directory.rows
    codes = sorted({row.region for row in rows if row.region})
    regions = taxonomy.entries_of(Kind.REGION, codes)
    countries = taxonomy.vocabulary(Kind.COUNTRY)
    spots: list[Spot | None] = []
    is_guessed = np.zeros(len(rows), dtype=bool)
    for position, row in enumerate(rows):
        spot = project(row.latitude, row.longitude) if row.latitude is not None and row.longitude is not None else None
        if spot is None and row.region in regions:
            spot = _middle(regions[row.region])
        if spot is None and row.country in countries:
            spot = _scattered(_middle(countries[row.country]), row)
            is_guessed[position] = spot is not None
        spots.append(spot)
    return _Places(spots=tuple(spots), is_guessed=is_guessed, regions=regions)


def _middle(entry: taxonomy.Entry) -> Spot | None:
    centre = entry.facts.get("centre")
    return project(centre["lat"], centre["lon"]) if centre else None


def _scattered(spot: Spot | None, row: Row) -> Spot | None:
    """Move a hub a little aside, always to the same place."""
    if spot is None:
        return None
    distance = _SCATTER * sqrt((row.id * 7919 % 101 + 1) / 102)
    return Spot(spot.x + distance * cos(row.id * _ANGLE), spot.y + distance * sin(row.id * _ANGLE), spot.area)


def _group(members: list[int], here: list[int], spots: list[Spot]) -> Group:
    return Group(
        positions=tuple(here[member] for member in members),
        x=sum(spots[member].x for member in members) / len(members),
        y=sum(spots[member].y for member in members) / len(members),
        area=spots[members[0]].area,
    )


def others(directory: Catalogue, positions: npt.NDArray[np.intp]) -> Chart:
    """Return a mark for every hub that is not among these rows."""
    places = _known(directory)
    found = set(positions.tolist())
    groups = tuple(
        Group(positions=(position,), x=spot.x, y=spot.y, area=spot.area)
        for position, spot in enumerate(places.spots)
        if spot is not None and position not in found
    )
    return Chart(groups=groups, n_guessed=0, n_nowhere=0)
