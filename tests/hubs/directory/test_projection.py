"""Placing hubs on the map. Source: BP-DIR-03."""

from __future__ import annotations

import re
from math import hypot
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hansa.web
from hansa.hubs.directory.queries.projection import EUROPE, INSETS, RADIUS, SIZE, Inset, Spot, clusters, project

LAND = (Path(hansa.web.__file__).parent / "static/hansa/europe.svg").read_text()

CAPITALS = {
    "Lisboa": (38.72, -9.14), "Reykjavík": (64.15, -21.94), "Valletta": (35.9, 14.51), "Nicosia": (35.17, 33.36),
    "Helsinki": (60.17, 24.94), "Athína": (37.98, 23.73), "Kyiv": (50.45, 30.52), "Ankara": (39.93, 32.86),
    "Tórshavn": (62.01, -6.77), "Kirkenes": (69.73, 30.05), "Heraklion": (35.34, 25.14), "Lampedusa": (35.5, 12.6),
}  # fmt: skip
OUTERMOST = {
    "reunion": (-20.88, 55.45), "mayotte": (-12.78, 45.23), "guadeloupe": (16.24, -61.53), "martinique": (14.6, -61.07),
    "guiana": (4.92, -52.31), "saint-martin": (18.07, -63.08), "azores": (37.74, -25.68), "madeira": (32.65, -16.91),
    "canaries": (28.48, -16.32),
}  # fmt: skip


def test_the_centre_lies_where_it_is_drawn() -> None:
    assert project(52, 10) == Spot(268.0, 339.0, EUROPE)


def test_a_degree_of_latitude_keeps_its_length() -> None:
    """One degree along a meridian is pi / 180 earth radii near the centre."""
    north, south = project(52.5, 10), project(51.5, 10)
    assert south.y - north.y == pytest.approx(RADIUS * 3.14159 / 180, rel=1e-3)
    assert north.x == pytest.approx(south.x)


@pytest.mark.parametrize("place", CAPITALS.items(), ids=lambda place: place[0])
def test_europe_is_inside_the_picture(place: tuple[str, tuple[float, float]]) -> None:
    spot = project(*place[1])
    assert spot.area == EUROPE
    assert 4 < spot.x < SIZE - 4
    assert 4 < spot.y < SIZE - 4


@pytest.mark.parametrize("area", INSETS)
def test_every_outermost_region_has_its_own_picture(area: str) -> None:
    spot = project(*OUTERMOST[area])
    assert spot.area == area
    assert 4 < spot.x < Inset.WIDTH - 4
    assert 4 < spot.y < Inset.HEIGHT - 4
    assert f'<symbol id="{area}"' in LAND


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(40.7, -74.0), (-33.9, 151.2), (-52, -170), (90, 0), (91, 0), (0, 181), (float("nan"), 0)],
)
def test_elsewhere_is_on_no_picture(latitude: float, longitude: float) -> None:
    assert project(latitude, longitude) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_spot_is_inside_its_picture(latitude: float, longitude: float) -> None:
    spot = project(latitude, longitude)
    if spot is not None:
        width, height = (SIZE, SIZE) if spot.area == EUROPE else (Inset.WIDTH, Inset.HEIGHT)
        assert -0.5 <= spot.x <= width + 0.5
        assert -0.5 <= spot.y <= height + 0.5


@pytest.mark.parametrize("code", ["MT", "CY", "IS", "FO", "LU", "LI", "UA", "TR", "XK", "AX", "PT", "FI"])
def test_every_country_of_the_networks_is_drawn(code: str) -> None:
    assert re.search(rf'<path id="{code}" d="M[^"]{{12,}}"', LAND)


@pytest.mark.parametrize(("code", "place"), [("MT", "Valletta"), ("CY", "Nicosia"), ("FI", "Helsinki"), ("UA", "Kyiv")])
def test_the_land_lies_under_its_places(code: str, place: str) -> None:
    spot = project(*CAPITALS[place])
    path = re.search(rf'<path id="{code}" d="([^"]+)"', LAND)[1]
    x, y, points = 0.0, 0.0, []
    for command, numbers in re.findall(r"([Ml])([^Mlz]*)", path):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            x, y = (dx, dy) if command == "M" else (x + dx, y + dy)
            points.append((x, y))
    assert min(hypot(spot.x - px, spot.y - py) for px, py in points) < 80
    assert min(px for px, _ in points) - 3 <= spot.x <= max(px for px, _ in points) + 3
    assert min(py for _, py in points) - 3 <= spot.y <= max(py for _, py in points) + 3


# Clusters


def _spots(*places: tuple[float, float]) -> list[Spot]:
    return [Spot(x, y, EUROPE) for x, y in places]


def test_few_hubs_stay_alone() -> None:
    assert clusters(_spots((10, 10), (11, 10), (12, 10), (13, 10))) == [[0], [1], [2], [3]]


def test_more_than_four_within_reach_become_one() -> None:
    assert clusters(_spots((10, 10), (11, 10), (12, 10), (13, 10), (14, 10), (200, 200))) == [[0, 1, 2, 3, 4], [5]]


def test_a_crowd_over_the_edge_of_a_cell_is_still_a_crowd() -> None:
    assert clusters(_spots((16, 10), (17, 10), (17.5, 10), (18.5, 10), (19, 10))) == [[0, 1, 2, 3, 4]]


def test_regions_are_never_mixed() -> None:
    spots = [*_spots((10, 10), (10, 10), (10, 10), (10, 10)), Spot(10, 10, "reunion")]
    assert clusters(spots) == [[0], [1], [2], [3], [4]]


@given(st.lists(st.tuples(st.floats(0, 620), st.floats(0, 620)), max_size=60))
def test_every_hub_is_in_one_group(places: list[tuple[float, float]]) -> None:
    groups = clusters(_spots(*places))
    assert sorted(index for group in groups for index in group) == list(range(len(places)))
    assert all(len(group) == 1 or len(group) > 4 for group in groups)


def test_twenty_thousand_hubs_are_grouped_at_once() -> None:
    spots = _spots(*(((n * 37) % 620, (n * 101) % 620) for n in range(20_000)))
    assert len(clusters(spots)) < 1_400
