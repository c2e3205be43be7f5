"""What every template knows: the page's frame, language, theme and actor."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.html import conditional_escape as esc
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext

from hansa.foundation.actors import VISITOR, Actor
from hansa.hubs.people.queries import organisations_of
from hansa.web import navigation
from hansa.web.components.icons import avatar, emblem, icon
from hansa.web.components.navigation import count
from hansa.web.components.values import attributes
from hansa.web.frame import frame, head
from hansa.web.tokens import token_of

THEMES = ("light", "dark")
DENSITIES = ("compact",)


class Page:
    """The page being shown. Everything is worked out on first use: fragments use none of it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        # Where the page's breadcrumbs start: the address of its place, should its own not begin like it.
        self.way = ""

    @property
    def actor(self) -> Actor:
        return getattr(self._request, "actor", VISITOR)

    @cached_property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def theme(self) -> str:
        chosen = self._request.COOKIES.get("theme", "")
        if chosen not in THEMES and not self.actor.is_visitor:
            chosen = getattr(self._request.user, "theme", "")
        return chosen if chosen in THEMES else ""

    @cached_property
    def density(self) -> str:
        chosen = self._request.COOKIES.get("density", "")
        return chosen if chosen in DENSITIES else ""

    @property
    def direction(self) -> str:
        return "rtl" if get_language_bidi() else "ltr"

    @cached_property
    def csrf(self) -> str:
        return token_of(self._request)

    @cached_property
    def role(self) -> str:
        return navigation.role_of(self.actor)

    @property
    def demo(self) -> bool:
        return settings.DEMO

    @cached_property
    def html(self) -> SafeString:
        """Return the attributes of ``<html>``."""
        theme = f' data-theme="{self.theme}"' if self.theme else ""
        density = f' data-density="{self.density}"' if self.density else ""
        return mark_safe(f'lang="{navigation.language_tag(self.language)}" dir="{self.direction}"{theme}{density}')

    @cached_property
    def alternates(self) -> SafeString:
        """Return the links to the same page in the other languages; only visitors (and search engines) need them."""
        if self.role != "visitor" or not settings.SITE_URL:
            return mark_safe("")
        path = self._bare_path
        links = [
            f'<link rel="alternate" hreflang="{code}" href="{escape(settings.SITE_URL + navigation.in_language(path, code))}">'
            for code, _ in settings.LANGUAGES
            if code != "qps"
        ]
        return mark_safe("".join(links))

    @property
    def home_links(self) -> dict[str, str]:
        """Return the addresses a visitor starts from."""
        paths = {"need": "/need/", "hubs": "/hubs/", "sign_in": "/sign-in/", "help": "/help/"}
        return {name: navigation.in_language(path, self.language) for name, path in paths.items()}

    @property
    def top(self) -> SafeString:
        return self._frame[0]

    @property
    def bottom(self) -> SafeString:
        return self._frame[1]

    @cached_property
    def _bare_path(self) -> str:
        return self._bare(self._request.path_info)

    def _bare(self, path: str) -> str:
        prefix = f"/{self.language}/"
        return path[len(prefix) - 1 :] if path.startswith(prefix) else path

    @property
    def head(self) -> SafeString:
        return head()

    @cached_property
    def _frame(self) -> tuple[SafeString, SafeString]:
        return frame(self.role, self.language, self.theme, self.density, self._contents())

    @cached_property
    def _badges(self) -> dict[str, int]:
        return navigation.badges(self._request, self.actor)

    @cached_property
    def _token_field(self) -> str:
        return f'<input type="hidden" name="csrfmiddlewaretoken" value="{self.csrf}">'

    def _contents(self) -> dict[str, str]:
        """Return what fills the slots of the frame."""
        contents = {
            "csrf": self._token_field,
            "next": f'<input type="hidden" name="next" value="{escape(self._request.get_full_path())}">',
        }
        places = (*navigation.PLACES[self.role], navigation.HELP)
        for path in (self._bare(self.way), self._bare_path):
            if place := next((place for place in places if path.startswith(place.path)), None):
                contents[f"current:{place.path}"] = ' aria-current="page"'
                break
        if self.role == "visitor":
            return contents
        actor = self.actor
        name = actor.name or actor.email
        contents |= {f"badge:{key}": count(number) for key, number in self._badges.items()}
        contents["avatar"] = avatar(name)
        contents["name"] = f'<b dir="auto">{esc(name)}</b><span dir="auto">{esc(actor.email)}</span>'
        contents["organisation"] = self._fill_organisation()
        return contents

    def _fill_organisation(self) -> str:
        """Return for whom the person acts; with several hubs, a menu to change it."""
        if self.actor.hub_id is None:
            name = gettext("Network") if self.actor.network_roles else ""
            return f'<p class="org"><span><b>{esc(settings.NETWORK_NAME)}</b><span class="meta">{esc(name)}</span></span></p>'
        face = _organisation(self.actor.hub_id, self.actor.hub_name, _role_name(self.actor))
        others = organisations_of(self._request.user)
        if len(others) < 2:
            return f'<p class="org">{face}</p>'
        prefix = navigation.in_language("", self.language)
        rows = "".join(
            f'<form method="post" action="{prefix}/act-for/{other.id}/">{self._token_field}'
            f'<button class="item"{attributes(aria_current="true" if other.id == self.actor.hub_id else "")}>'
            f'{emblem(other.id, "tiny")}<span dir="auto">{esc(other.name)}</span></button></form>'
            for other in others
        )
        return (
            f'<details class="menu org-menu" name="top"><summary class="org">{face}{icon("chevron-down")}'
            f'<span class="sr">{gettext("Change organisation")}</span></summary><div class="pop">{rows}</div></details>'
        )


def _organisation(key: int, name: str, role: str) -> str:
    return f'{emblem(key)}<span><b dir="auto">{esc(name)}</b><span class="meta">{esc(role)}</span></span>'


def _role_name(actor: Actor) -> str:
    if actor.manages_hub:
        return gettext("Hub manager")
    if actor.signs_for_hub:
        return gettext("Signatory")
    return gettext("Hub staff")


def page(request: HttpRequest) -> dict[str, Any]:
    """Add ``page``, ``actor`` and a token shared by all forms of the page."""
    shown = Page(request)
    return {
        "page": shown,
        "actor": shown.actor,
        "csrf_token": SimpleLazyObject(lambda: shown.csrf),
    }
