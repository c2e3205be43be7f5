"""The jobs of this room, found here by the worker."""

from hansa.hubs.people import tasks as people

__all__ = ["people"]
