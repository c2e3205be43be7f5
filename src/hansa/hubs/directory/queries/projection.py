"""Where a place lies on the map of the directory.

The picture is an equal-area projection (Lambert azimuthal, sphere) centred on 10 E 52 N, 620 by 620 units; the outermost
regions have a small picture each. ``frontend/make_map.py`` draws the land with the same formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin, sqrt
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

EUROPE = "europe"
SIZE = 620.0
RADIUS = 950.0  # units per earth radius: one unit is 6.7 km
ORIGIN_X, ORIGIN_Y = 268.0, 339.0  # where 10 E 52 N lies in the picture
_LATITUDE_0, _LONGITUDE_0 = radians(52), 10.0


class Spot(NamedTuple):
    """A place in a picture: ``area`` names it, ``x`` and ``y`` are in its own units, from the top left."""

    x: float
    y: float
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """The small picture of an outermost region: its frame in degrees, drawn 100 by 70."""

    name: str
    country: str
    west: float
    east: float
    south: float
    north: float

    WIDTH = 100.0
    HEIGHT = 70.0

    def contains(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the place in the picture; one degree is equally long in both directions."""
        middle_x, middle_y = (self.west + self.east) / 2, (self.south + self.north) / 2
        narrow = cos(radians(middle_y))
        scale = min(self.WIDTH / ((self.east - self.west) * narrow), self.HEIGHT / (self.north - self.south))
        return (
            self.WIDTH / 2 + (longitude - middle_x) * narrow * scale,
            self.HEIGHT / 2 - (latitude - middle_y) * scale,
        )


INSETS: dict[str, Inset] = {
    "azores": Inset(name=_("Azores"), country="PT", west=-31.6, east=-24.8, south=36.6, north=40.0),
    "madeira": Inset(name=_("Madeira"), country="PT", west=-17.5, east=-16.1, south=32.3, north=33.2),
    "canaries": Inset(name=_("Canary Islands"), country="ES", west=-18.4, east=-13.2, south=27.4, north=29.6),
    "saint-martin": Inset(name=_("Saint-Martin"), country="FR", west=-63.2, east=-62.95, south=17.98, north=18.15),
    "guadeloupe": Inset(name=_("Guadeloupe"), country="FR", west=-61.95, east=-60.85, south=15.75, north=16.6),
    "martinique": Inset(name=_("Martinique"), country="FR", west=-61.4, east=-60.65, south=14.3, north=14.95),
    "guiana": Inset(name=_("French Guiana"), country="FR", west=-55.2, east=-51.0, south=2.0, north=6.0),
    "reunion": Inset(name=_("Réunion"), country="FR", west=55.1, east=55.95, south=-21.45, north=-20.8),
    "mayotte": Inset(name=_("Mayotte"), country="FR", west=44.85, east=45.45, south=-13.08, north=-12.58),
}


def _is_on_the_far_side(latitude: float, longitude: float) -> bool:
    """Return whether a place is over 90 degrees from the centre; the projection folds the opposite point back onto it."""
    phi, delta = radians(latitude), radians(longitude - _LONGITUDE_0)
    return sin(_LATITUDE_0) * sin(phi) + cos(_LATITUDE_0) * cos(phi) * cos(delta) < 0


def on_plane(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a place lies in the units of the picture of Europe, inside of it or not."""
    phi, delta = radians(latitude), radians(longitude - _LONGITUDE_0)
    depth = 1 + sin(_LATITUDE_0) * sin(phi) + cos(_LATITUDE_0) * cos(phi) * cos(delta)
    k = sqrt(2 / max(depth, 1e-9))
    x = k * cos(phi) * sin(delta)
    y = k * (cos(_LATITUDE_0) * sin(phi) - sin(_LATITUDE_0) * cos(phi) * cos(delta))
    return ORIGIN_X + RADIUS * x, ORIGIN_Y - RADIUS * y


def project(latitude: float, longitude: float) -> Spot | None:
    """Return where a place lies on the map; nothing when it lies outside every picture.

    :param latitude: degrees north, :param longitude: degrees east
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    for area, inset in INSETS.items():
        if inset.contains(latitude, longitude):
            return Spot(*inset.place(latitude, longitude), area)
    if _is_on_the_far_side(latitude, longitude):
        return None
    x, y = on_plane(latitude, longitude)
    if 0 <= x <= SIZE and 0 <= y <= SIZE:
        return Spot(x, y, EUROPE)
    return None


def clusters(spots: Sequence[Spot], *, reach: float = 18.0, most: int = 4) -> list[list[int]]:
    """Return the spots in groups, as indices: more than ``most`` within ``reach`` units become one, others stay alone.

    Takes time in proportion to the number of spots. The same spots always give the same groups.
    """
    cells: dict[tuple[str, int, int], list[int]] = {}
    for index, spot in enumerate(spots):
        cells.setdefault((spot.area, int(spot.x // reach), int(spot.y // reach)), []).append(index)
    taken: set[int] = set()
    groups: list[list[int]] = []
    for area, column, row in sorted(cells, key=lambda cell: (-len(cells[cell]), cell)):
        own = [index for index in cells[area, column, row] if index not in taken]
        if not own:
            continue
        x = sum(spots[index].x for index in own) / len(own)
        y = sum(spots[index].y for index in own) / len(own)
        near = [
            index
            for step_x in (-1, 0, 1)
            for step_y in (-1, 0, 1)
            for index in cells.get((area, column + step_x, row + step_y), ())
            if index not in taken and (spots[index].x - x) ** 2 + (spots[index].y - y) ** 2 <= reach**2
        ]
        if len(near) > most:
            taken.update(near)
            groups.append(sorted(near))
    groups += [[index] for index in range(len(spots)) if index not in taken]
    return sorted(groups)
