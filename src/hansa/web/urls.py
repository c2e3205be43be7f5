"""Addresses. Pages stand under the language's prefix (none for English); acts of the frame and machine addresses do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from hansa.hubs.people import urls as people
from hansa.web.views import demo, display, errors, help, palette, today
from hansa.web.views.gallery import gallery

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken

# One line per corner: path("", include("hansa.hubs.directory.urls")).
# Addresses are tried in this order: what is asked for most comes early. People and exports have words
# where the directory has names of hubs and of parts, so they come before it.
CORNERS: list[URLPattern | URLResolver] = [
    path("", include("hansa.collaboration.delivery.urls")),
    path("", include("hansa.collaboration.steps.urls")),
    path("", include("hansa.collaboration.partnering.urls")),
    path("", include("hansa.collaboration.codesign.urls")),
    path("", include("hansa.collaboration.matchmaking.urls")),
    path("", include("hansa.hubs.people.urls")),
    path("", include("hansa.exchange.exports.urls")),
    path("", include("hansa.exchange.sheets.urls")),
    path("", include("hansa.collaboration.aid.urls")),
    path("", include("hansa.hubs.directory.urls")),
    *people.allauth_patterns,
    path("", include("hansa.collaboration.negotiation.urls")),
    path("", include("hansa.collaboration.agreements.urls")),
    path("", include("hansa.collaboration.scenarios.urls")),
    path("", include("hansa.collaboration.shares.urls")),
    path("", include("hansa.pulse.analytics.urls")),
]

PAGES: list[URLPattern | URLResolver] = [
    path("", help.home, name="home"),
    path("today/", today.today, name="today"),
    path("today/seen/", today.mark_seen, name="mark_seen"),
    path("help/", help.help_page, name="help"),
    path("accessibility/", help.accessibility, name="accessibility"),
    path("demo/", demo.demo, name="demo"),
    path("palette/", palette.palette, name="palette"),
    path("_ui/", gallery, name="gallery"),
]

urlpatterns = [
    path("settings/display/", display.set_display, name="set_display"),
    path("settings/language/", display.set_language, name="set_language"),
    *i18n_patterns(*PAGES, *CORNERS, prefix_default_language=False),
]
