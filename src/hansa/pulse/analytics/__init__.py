"""Counts results from what really happened. Front door: ``queries``."""
