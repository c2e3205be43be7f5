"""Named reads of scenarios: what cases follow, what pages list, how a scenario is drawn."""

from hansa.collaboration.scenarios.queries.drawing import Drawing, drawing_of
from hansa.collaboration.scenarios.queries.lists import (
    comments_on,
    in_the_making,
    newest_in_use,
    offered,
    proposals_for,
    version_at,
    versions_of,
    versions_visible_to,
)
from hansa.collaboration.scenarios.queries.reading import as_scenario, contents, scenario, scenarios

__all__ = [
    "Drawing",
    "as_scenario",
    "comments_on",
    "contents",
    "drawing_of",
    "in_the_making",
    "newest_in_use",
    "offered",
    "proposals_for",
    "scenario",
    "scenarios",
    "version_at",
    "versions_of",
    "versions_visible_to",
]
