"""Where the pages of a case stand: every page of a case names a dozen of them."""

from __future__ import annotations

from functools import lru_cache

from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import get_language

# What stands in an address until the ref of a case is known.
STAND_IN = "0-stands-for-the-ref-0"


def address(page: str, ref: str = "") -> str:
    """Return the address of a page by its name, for the case at ``ref`` or for none; empty when there is no such page."""
    pattern = _pattern(page, bool(ref), get_language(), get_script_prefix())
    return pattern.replace(STAND_IN, ref)


@lru_cache(maxsize=2048)
def _pattern(page: str, of_case: bool, language: str | None, prefix: str) -> str:
    """Work an address out once: looking it up costs Django more than all the rest of a link."""
    if not page:
        return ""
    try:
        return reverse(page, args=[STAND_IN] if of_case else [])
    except NoReverseMatch:
        return ""
