"""The engine's reasons in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext, pgettext_lazy

from hansa.engine.explain import say
from hansa.engine.problem import Reason
from hansa.engine.ranking import Ranked
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

PART_NAMES = {
    "fit": pgettext_lazy("part of a score", "Fit"),
    "track_record": pgettext_lazy("part of a score", "Track record"),
    "languages": pgettext_lazy("part of a score", "Languages"),
    "nearness": pgettext_lazy("part of a score", "Nearness"),
    "capacity": pgettext_lazy("part of a score", "Free days"),
    "trust": pgettext_lazy("part of a score", "Trust"),
}


def said(reason: Reason) -> str:
    """Return one reason as a sentence."""
    return say(reason, translate=gettext, translate_plural=ngettext, show=_show)


def said_all(reasons: Iterable[Reason]) -> list[str]:
    return [said(reason) for reason in reasons]


def _show(name: str, value: object) -> str | None:
    if name in {"has", "over"}:
        ids = [value] if isinstance(value, int) else list(value)  # type: ignore[call-overload]
        return ", ".join(entry.label for entry in taxonomy.entries(ids).values())
    if name in {"countries", "country"}:
        codes = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
        return ", ".join(country_name(str(code)) for code in codes)
    if isinstance(value, float):
        decimals = 0 if value.is_integer() or name == "eur" else 1
        return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=name == "eur")
    return None


def country_name(code: str) -> str:
    entry = taxonomy.vocabulary(Kind.COUNTRY).get(code)
    return entry.label if entry else code


def scores_of(ranked: Ranked) -> list[tuple[str, float, float]]:
    """Return the parts of a score with their names: points, and how many are possible."""
    return [(str(PART_NAMES[part.name]), round(part.points, 1), part.of) for part in ranked.parts]
