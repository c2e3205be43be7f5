"""Pages of the directory: the list, a hub, hubs side by side, the own profile."""

from hansa.hubs.directory.views.compare import compare
from hansa.hubs.directory.views.ecosystem import add_organisation, ecosystem, organisation, remove_organisation
from hansa.hubs.directory.views.editing import (
    add_competence,
    add_entry,
    basics,
    competence,
    competences,
    entries,
    entry,
    remove_entry,
)
from hansa.hubs.directory.views.listing import hubs
from hansa.hubs.directory.views.own import confirm_all, decide, own, suggestions
from hansa.hubs.directory.views.profile import profile, profile_json

__all__ = [
    "add_competence",
    "add_entry",
    "add_organisation",
    "basics",
    "compare",
    "competence",
    "competences",
    "confirm_all",
    "decide",
    "ecosystem",
    "entries",
    "entry",
    "hubs",
    "organisation",
    "own",
    "profile",
    "profile_json",
    "remove_entry",
    "remove_organisation",
    "suggestions",
]
