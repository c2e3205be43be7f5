"""The scenarios that cases follow: those that ship with Hansa, and what stewards made of them."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from hansa.collaboration.scenarios.models import ScenarioVersion
from hansa.collaboration.scenarios.states import BadScenario, Scenario, VersionState, read_scenario

# A case may follow a version that is no longer offered, never one that was not published.
_USABLE = (VersionState.PUBLISHED, VersionState.RETIRED)


@cache
def contents() -> MappingProxyType[str, dict[str, Any]]:
    """Return the content of the files that ship with Hansa, by id, in the order of their files.

    :raises BadScenario: two files share an id
    """
    found: dict[str, dict[str, Any]] = {}
    folder = files("hansa.collaboration.scenarios") / "content"
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.endswith(".yaml"):
            continue
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        key = content["scenario"]["id"]
        if key in found:
            raise BadScenario(f"{path.name}: the id {key!r} is taken by another file")
        found[key] = content
    return MappingProxyType(found)


@cache
def scenarios() -> MappingProxyType[str, Scenario]:
    """Return the scenarios that ship with Hansa by id: those of the blueprint.

    :raises BadScenario: a file says something impossible
    """
    return MappingProxyType({key: read_scenario(content, where=key) for key, content in contents().items()})


def scenario(key: str, version: str = "") -> Scenario:
    """Return one scenario, in the version given or else the newest in use.

    No query for what ships with Hansa. A version in use never changes, so it is read once per process.

    :raises KeyError: there is none of this key and version
    """
    shipped = scenarios().get(key)
    if shipped is not None and version in {"", shipped.version}:
        return shipped
    if not version:
        newest = ScenarioVersion.objects.filter(key=key, state__in=_USABLE).order_by("-published_at").first()
        if newest is None:
            raise KeyError(key)
        version = newest.version
    return _kept(key, version)


@lru_cache(maxsize=256)
def _kept(key: str, version: str) -> Scenario:
    row = ScenarioVersion.objects.filter(key=key, version=version, state__in=_USABLE).first()
    if row is None:
        raise KeyError(f"{key} {version}")
    return read_scenario(row.content, where=f"{key} {version}")


def as_scenario(version: ScenarioVersion) -> Scenario:
    """Return what a version says, one being written too."""
    return read_scenario(version.content, where=f"{version.key} {version.version}")
