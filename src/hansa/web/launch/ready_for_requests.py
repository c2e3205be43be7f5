"""Importing this reads all code that pages need. The application itself is made later: it looks at the static files."""

from django.conf import settings
from django.urls import get_resolver
from django.utils.module_loading import import_string

from hansa.web.launch import ready

__all__ = ["ready"]

_ = get_resolver().url_patterns
for name in settings.MIDDLEWARE:
    import_string(name)
