"""The floor: a bare Django view with one query that renders 20 rows, under the same server and database."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.floor_settings")

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

application = get_wsgi_application()

_TEMPLATE = """<!doctype html><title>Hubs</title><table>{% for hub in hubs %}<tr><td>{{ hub.name }}</td><td>{{ hub.city }}</td>
<td>{{ hub.country }}</td><td>{{ hub.summary }}</td></tr>{% endfor %}</table>"""


def rows(request: HttpRequest) -> HttpResponse:
    from hansa.hubs.models import Hub

    hubs = Hub.objects.order_by("pk").only("name", "city", "country", "summary")[:20]
    return HttpResponse(_template.render({"hubs": hubs}, request))


_template = engines["django"].from_string(_TEMPLATE)


urlpatterns = [path("", rows)]
