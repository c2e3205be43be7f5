"""First load of a page, compressed: HTML, style, scripts, htmx, fonts."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from bench import place
from bench.place import say

MARK_KB = 70.0
_NEEDED = re.compile(r'(?:<link rel="(?:preload|stylesheet)"|<script)[^>]*?(?:href|src)="(/static/[^"]+)"')


def main() -> None:
    place.prepare("pages")
    from django.contrib.staticfiles import finders
    from django.test import Client
    from django.utils import timezone

    from bench.pages import _story
    from hansa.hubs.models import User
    from hansa.web.demo import operations as demo

    demo.ensure(at=timezone.now())
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="lead@demo.example"))
    paths, _cookies = _story()
    for name, path in {**paths, "today": "/today/", "public need form": "/need/"}.items():
        html = client.get(path).content
        total = len(gzip.compress(html, 9))
        parts = [f"html {total / 1024:.1f}"]
        for address in dict.fromkeys(_NEEDED.findall(html.decode())):
            file = finders.find(address.removeprefix("/static/"))
            raw = Path(file).read_bytes()
            size = len(raw) if address.endswith(".woff2") else len(gzip.compress(raw, 9))
            total += size
            parts.append(f"{address.rsplit('/', 1)[1]} {size / 1024:.1f}")
        say(name, total / 1024, MARK_KB, "KB", more=", ".join(parts))
