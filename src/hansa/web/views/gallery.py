"""The living page of components: every part in every state, in any theme, direction, density and role."""

from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hansa.foundation.actors import VISITOR, Actor
from hansa.foundation.pages import reads
from hansa.web.context import Page
from hansa.web.views import gallery_examples as examples

_ACTORS = {
    "hub": Actor(
        user_id=1, name="Lucía Ferrer", email="lucia@example.org", hub_id=7, hub_name="Ebro Data Hub",
        hub_roles=frozenset({"manager"}),
    ),
    "client": Actor(user_id=2, name="Marta Gil", email="marta@example.org", client_ids=frozenset({1})),
    "steward": Actor(user_id=3, name="Ida Holm", email="ida@example.org", network_roles=frozenset({"steward"})),
    "observer": Actor(user_id=4, name="Jan Novák", email="jan@example.org", network_roles=frozenset({"policy"})),
    "visitor": VISITOR,
}  # fmt: skip
PARTS = ("basics", "forms", "matching", "work")


class ShownPage(Page):
    """A page seen as the query string asks."""

    def _asked(self, name: str, allowed: tuple[str, ...]) -> str:
        wanted = self._request.GET.get(name, "")
        return wanted if wanted in allowed else allowed[0]

    @property
    def actor(self) -> Actor:
        return _ACTORS[self._asked("as", tuple(_ACTORS))]

    @cached_property
    def theme(self) -> str:
        return self._asked("theme", ("", "light", "dark"))

    @cached_property
    def density(self) -> str:
        return self._asked("density", ("", "compact"))

    @property
    def direction(self) -> str:
        return self._asked("dir", ("ltr", "rtl"))

    @cached_property
    def _badges(self) -> dict[str, int]:
        return {"requests": 2, "today": 4}

    @property
    def part(self) -> str:
        return self._asked("part", ("", *PARTS))


@login_not_required
@reads
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the parts. ``as``, ``theme``, ``dir``, ``density`` and ``part`` of the query string choose how."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    page = ShownPage(request)
    context = examples.context(request)
    return render(
        request,
        "gallery.html",
        {
            "page": page,
            "actor": page.actor,
            "parts": [f"gallery/{part}.html" for part in PARTS if page.part in {"", part}],
            "switches": [
                ("as", "Role", tuple(_ACTORS)),
                ("theme", "Theme", ("light", "dark")),
                ("dir", "Direction", ("ltr", "rtl")),
                ("density", "Rows", ("comfortable", "compact")),
                ("part", "Part", PARTS),
            ],
            **context,
        },
    )
