"""Pages of the directory: the list, a hub, hubs side by side, the own profile."""

from hansa.hubs.directory.views.compare import compare
from hansa.hubs.directory.views.listing import hubs
from hansa.hubs.directory.views.profile import profile, profile_json

__all__ = ["compare", "hubs", "profile", "profile_json"]
