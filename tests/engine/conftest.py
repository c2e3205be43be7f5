"""Property tests of the engine run on busy machines: no deadline per example."""

from hypothesis import settings

settings.register_profile("engine", deadline=None)
settings.load_profile("engine")
