"""A reason made into its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hansa.engine.explain.allocation import ALLOCATION, RULE_NAMES
from hansa.engine.explain.identity import IDENTITY
from hansa.engine.explain.marking import Sentence
from hansa.engine.explain.names import LANGUAGE_NAMES, LIMIT_NAMES
from hansa.engine.explain.ranking import RANKING
from hansa.engine.explain.recommendation import RECOMMENDATION
from hansa.engine.explain.shares import SHARES
from hansa.engine.explain.teams import CONFLICTS, TEAM
from hansa.engine.explain.timetables import REPAIR, TIMETABLE, UNMET
from hansa.engine.problem import Reason

Translate = Callable[[str], str]
TranslatePlural = Callable[[str, str, int], str]
Show = Callable[[str, object], str | None]

MESSAGES: dict[str, Sentence] = {
    **RANKING,
    **TEAM,
    **CONFLICTS,
    **UNMET,
    **TIMETABLE,
    **REPAIR,
    **IDENTITY,
    **RECOMMENDATION,
    **ALLOCATION,
    **SHARES,
}

_TRANSLATED_FACTS = {"languages": LANGUAGE_NAMES, "missing": LANGUAGE_NAMES, "limits": LIMIT_NAMES, "rules": RULE_NAMES}


def say(
    reason: Reason,
    *,
    translate: Translate = lambda message: message,
    translate_plural: TranslatePlural = lambda one, many, n: one if n == 1 else many,
    show: Show = lambda name, value: None,
) -> str:
    """Turn a reason into its sentence.

    ``translate`` and ``translate_plural`` are gettext's functions. ``show(name, value)`` may render a fact itself
    (a hub as a link, a country by its name) by returning a string; None leaves it to the defaults: lists are joined
    by commas, languages and limits are named, whole numbers lose their decimals.

    :raises KeyError: the code is not in ``MESSAGES``, or a fact its sentence needs is missing.
    """
    sentence = MESSAGES[reason.code]
    if isinstance(sentence, tuple):
        text = translate_plural(*sentence, _count(reason.facts["n"] if "n" in reason.facts else reason.facts["points"]))
    else:
        text = translate(sentence)
    shown = {name: show(name, value) or _plain(name, value, translate) for name, value in reason.facts.items()}
    return text % shown


def _count(value: object) -> int:
    """Return the number that the plural follows: parts of one are many, as in "1.4 points"."""
    if isinstance(value, float) and not round(value, 1).is_integer():
        return max(2, round(value))
    return round(value) if isinstance(value, int | float) else 0


def _plain(name: str, value: object, translate: Translate) -> str:
    if isinstance(value, str):
        names = _TRANSLATED_FACTS.get(name, {})
        return translate(names[value]) if value in names else value
    if isinstance(value, Iterable):
        return ", ".join(_plain(name, part, translate) for part in value)
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)
