"""What a WSGI server runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hansa.web.settings")
application = get_wsgi_application()
# The addresses bring in every page: read them at the start, not when the first visitor waits.
_ = get_resolver().url_patterns
