"""Computes: language, ranking, teams. Pure Python, no Django, no database, no clock, no hidden randomness.

Values in, values out; every answer carries its value, its bound and its reasons, and ``verify`` checks it
independently before anyone sees it.
"""
