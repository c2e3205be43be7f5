"""When a corner uses another corner: through its front doors, and never by its furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable

import grimp
import pytest

NOT_CORNERS = {"models", "apps", "migrations", "management", "templatetags", "tasks", "urls"}
ROOMS = {"hubs", "readiness", "gatherings", "collaboration", "backoffice", "exchange", "pulse"}
FRONT_DOORS = {"operations", "queries", "policies", "states"}
# What a room or the street door has to reach in every corner to put the house together.
ASSEMBLY = {"urls", "panels", "tasks", "views", "models"}


def corner_of(module: str) -> str | None:
    """Return ``hansa.<room>.<corner>`` of a module inside a corner, else nothing."""
    parts = module.split(".")
    if len(parts) < 3 or parts[1] in {"web", "engine", "foundation"} or parts[2] in NOT_CORNERS:
        return None
    return ".".join(parts[:3])


def part_of(module: str) -> str:
    parts = module.split(".")
    return parts[3] if len(parts) > 3 else ""


def offence(importer: str, imported: str) -> str | None:
    """Return what is wrong with one import, or nothing. Imports for type hints alone do not count."""
    home, away = corner_of(importer), corner_of(imported)
    if away is None or home == away:
        return None
    part = part_of(imported)
    if home is None:
        allowed = FRONT_DOORS | ASSEMBLY | {""}
    elif part_of(importer) == "models":
        allowed = FRONT_DOORS | {"models", ""}
    else:
        allowed = FRONT_DOORS | {""}
    return None if part in allowed else f"{importer} imports {imported}"


@pytest.fixture(scope="module")
def imports() -> list[tuple[str, str]]:
    graph = grimp.build_graph("hansa", cache_dir=None, exclude_type_checking_imports=True)
    return [
        (module, imported)
        for module in sorted(graph.modules)
        if ".migrations." not in module
        for imported in sorted(graph.find_modules_directly_imported_by(module))
    ]


def test_corners_use_only_their_own_forms_views_and_panels(imports: Iterable[tuple[str, str]]) -> None:
    found = [wrong for importer, imported in imports if (wrong := offence(importer, imported))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("hansa.collaboration.delivery.views", "hansa.collaboration.agreements.forms"),
        ("hansa.collaboration.delivery.views", "hansa.collaboration.agreements.views"),
        ("hansa.collaboration.delivery.panels", "hansa.hubs.directory.panels"),
        ("hansa.collaboration.delivery.operations.closing", "hansa.hubs.directory.models"),
        ("hansa.collaboration.partnering.queries", "hansa.hubs.directory.engine_input"),
        ("hansa.web.cli", "hansa.hubs.people.forms"),
    ],
)
def test_each_way_around_a_front_door_is_seen(importer: str, imported: str) -> None:
    assert offence(importer, imported)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("hansa.collaboration.delivery.operations.closing", "hansa.hubs.directory.queries.snapshot"),
        ("hansa.collaboration.delivery.models", "hansa.hubs.directory.models"),
        ("hansa.collaboration.apps", "hansa.collaboration.delivery.panels"),
        ("hansa.web.urls", "hansa.hubs.directory.urls"),
        ("hansa.hubs.directory.views", "hansa.hubs.directory.forms"),
    ],
)
def test_front_doors_are_open(importer: str, imported: str) -> None:
    assert offence(importer, imported) is None


def test_templates_of_a_corner_use_only_their_own_files_and_the_houses(templates: list[tuple[str, str]]) -> None:
    """What lies outside the rooms (base pages, components) belongs to everybody."""
    used = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"'#]+)""")
    wrong = []
    for name, text in templates:
        own = name.rsplit("/", 1)[0] + "/"
        for other in used.findall(text):
            if name.split("/")[0] in ROOMS and other.split("/")[0] in ROOMS and not other.startswith(own):
                wrong.append(f"{name} uses {other}")
    assert not wrong, "\n".join(wrong)


FLOOR_PLAN = {
    "states",
    "models",
    "policies",
    "queries",
    "engine_input",
    "operations",
    "forms",
    "views",
    "panels",
    "tasks",
    "urls",
}
# What another program calls by its name, and so stands outside the order.
ADAPTERS = {"hansa.hubs.people.accounts"}


def test_a_corner_has_only_the_files_of_the_floor_plan(imports: Iterable[tuple[str, str]]) -> None:
    """A file of another name would stand outside the order that the contracts keep."""
    modules = {module for pair in imports for module in pair if corner_of(module)}
    strange = {".".join(m.split(".")[:4]) for m in modules if part_of(m) and part_of(m) not in FLOOR_PLAN}
    assert strange == ADAPTERS
