"""The vocabulary of reasons: one plain sentence per code, filled with the facts of a ``Reason``."""

from hansa.engine.explain.names import LANGUAGE_NAMES, LIMIT_NAMES
from hansa.engine.explain.saying import MESSAGES, Show, Translate, TranslatePlural, say

__all__ = ["LANGUAGE_NAMES", "LIMIT_NAMES", "MESSAGES", "Show", "Translate", "TranslatePlural", "say"]
