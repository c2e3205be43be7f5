"""Must-have or nice-to-have, as the words beside a want say it."""

from hansa.engine.language.weighing.reading import Weighing, weigh

__all__ = ["Weighing", "weigh"]
