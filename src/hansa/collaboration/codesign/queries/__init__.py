"""Named reads of this corner."""

from hansa.collaboration.codesign.queries.canvas import (
    CanvasPage,
    CanvasTerms,
    Pilot,
    canvas_page,
    canvas_terms,
    field_name,
    history_of,
    ready_to_draft,
)
from hansa.collaboration.codesign.queries.launching import (
    LaunchPage,
    VersionLine,
    activities_asked,
    delivery_address,
    launch_page,
    n_offering,
    version_to_start_from,
)
from hansa.collaboration.codesign.queries.team import has_canvas, services_visible_to, team_of

__all__ = [
    "CanvasPage",
    "CanvasTerms",
    "LaunchPage",
    "Pilot",
    "VersionLine",
    "activities_asked",
    "canvas_page",
    "canvas_terms",
    "delivery_address",
    "field_name",
    "has_canvas",
    "history_of",
    "launch_page",
    "n_offering",
    "ready_to_draft",
    "services_visible_to",
    "team_of",
    "version_to_start_from",
]
