"""Importing this makes Django ready; what a background process loads before it is told to go."""

import django

django.setup()
