"""The scenarios of this installation, read once per process."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from hansa.collaboration.scenarios.states import BadScenario, Scenario, read_scenario


@cache
def scenarios() -> MappingProxyType[str, Scenario]:
    """Return all scenarios by id, in the order of their files.

    :raises BadScenario: a file says something impossible, or two files share an id
    """
    found: dict[str, Scenario] = {}
    folder = files("hansa.collaboration.scenarios") / "content"
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.endswith(".yaml"):
            continue
        scenario = read_scenario(yaml.safe_load(path.read_text(encoding="utf-8")), where=path.name)
        if scenario.id in found:
            raise BadScenario(f"{path.name}: the id {scenario.id!r} is taken by another file")
        found[scenario.id] = scenario
    return MappingProxyType(found)


def scenario(scenario_id: str, version: str = "") -> Scenario:
    """Return one scenario, in the version given or else the newest.

    :raises KeyError: there is none of this id and version
    """
    found = scenarios()[scenario_id]
    if version and found.version != version:
        raise KeyError(f"{scenario_id} {version}")
    return found
