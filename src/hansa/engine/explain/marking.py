"""How the sentences are marked for translation."""

from __future__ import annotations

Sentence = str | tuple[str, str]


# Named as the message extractors of gettext expect, so that these sentences reach the translators.
def gettext_noop(message: str) -> str:
    return message


def ngettext_lazy(one: str, many: str) -> tuple[str, str]:
    return (one, many)
