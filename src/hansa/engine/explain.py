"""The vocabulary of reasons: one plain sentence per code, filled with the facts of a ``Reason``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hansa.engine.problem import Reason

Translate = Callable[[str], str]
TranslatePlural = Callable[[str, str, int], str]
Show = Callable[[str, object], str | None]

Sentence = str | tuple[str, str]


# Named as the message extractors of gettext expect, so that these sentences reach the translators.
def gettext_noop(message: str) -> str:
    return message


def ngettext_lazy(one: str, many: str) -> tuple[str, str]:
    return (one, many)


_RANKING: dict[str, Sentence] = {
    "covers_musts": gettext_noop("Must-haves covered, %(n)s of %(of)s: %(wants)s."),
    "covers_nice": ngettext_lazy("Covers %(n)s nice-to-have: %(wants)s.", "Covers %(n)s nice-to-haves: %(wants)s."),
    "only_match": gettext_noop("Only match for %(wants)s among %(hubs)s hubs."),
    "strongest_on": gettext_noop("Strongest evidence on %(wants)s."),
    "checked_by_others": gettext_noop("%(wants)s checked by others."),
    "joint_deliveries": ngettext_lazy("%(n)s joint delivery so far.", "%(n)s joint deliveries so far."),
    "speaks_all": gettext_noop("Speaks %(languages)s."),
    "speaks_some": gettext_noop("Speaks %(languages)s, not %(missing)s."),
    "free_days": ngettext_lazy("%(n)s free day a month.", "%(n)s free days a month."),
    "high_trust": gettext_noop("Trust %(points)s of %(of)s points."),
    "lacks_musts": ngettext_lazy(
        "Does not cover %(n)s must-have: %(wants)s.", "Does not cover %(n)s must-haves: %(wants)s."
    ),
    "covers_nothing_missing": gettext_noop("Covers nothing that is missing."),
    "weak_evidence": gettext_noop("%(wants)s only derived from its own text, not confirmed."),
    "no_joint_deliveries": gettext_noop("No joint delivery yet."),
    "speaks_none": gettext_noop("Speaks none of %(missing)s."),
    "languages_unknown": gettext_noop("Languages not stated. Counted as %(points)s of %(of)s points."),
    "no_free_days": gettext_noop("No free days this month."),
    "few_free_days": ngettext_lazy("Only %(n)s free day a month.", "Only %(n)s free days a month."),
    "capacity_unknown": gettext_noop("Free days not stated. Counted as %(points)s of %(of)s points."),
    "trust_unknown": gettext_noop("Trust not known. Counted as %(points)s of %(of)s points."),
    "low_trust": gettext_noop("Trust only %(points)s of %(of)s points."),
    "evidence_would_lift": gettext_noop(
        "Evidence for %(want)s would add %(points)s points and lift it to place %(place)s."
    ),
    "evidence_would_add": gettext_noop(
        "Evidence for %(want)s would add %(points)s points. It would stay at place %(place)s."
    ),
    "languages_would_lift": gettext_noop(
        "Stated languages could add up to %(points)s points and lift it to place %(place)s."
    ),
    "capacity_would_lift": gettext_noop(
        "Stated free days could add up to %(points)s points and lift it to place %(place)s."
    ),
    "leads_by": gettext_noop("First by %(points)s points. The next is %(hub)s."),
    "shares_first_place": gettext_noop("As many points as %(hub)s. The older entry stands first."),
    "stands_alone": gettext_noop("The only hub in this list."),
    "nothing_would_lift": gettext_noop("Has nearly all points. Only others can change its place."),
}

_TEAM: dict[str, Sentence] = {
    "team_covers_all": ngettext_lazy("Covers the %(n)s must-have.", "Covers all %(n)s must-haves."),
    "team_covers_part": gettext_noop("Covers %(n)s of %(of)s must-haves."),
    "team_covers_nice": gettext_noop("Covers %(n)s of %(of)s nice-to-haves without another partner."),
    "team_is_smallest": ngettext_lazy(
        "%(n)s partner is the fewest that can do it.", "%(n)s partners are the fewest that can do it."
    ),
    "team_cost": gettext_noop("One day of every partner costs %(eur)s EUR."),
    "team_countries": gettext_noop("Partners from %(countries)s."),
    "team_is_single_point": gettext_noop("Only %(hub)s covers %(want)s."),
    "team_is_single_point_backed": gettext_noop("Only %(hub)s covers %(want)s. Could step in: %(backups)s."),
    "lead_covers_all": gettext_noop("You cover every must-have yourself."),
    "nothing_asked": gettext_noop("Nothing is asked for yet."),
    "nobody_covers": gettext_noop("No hub in the network covers %(want)s."),
    "nobody_covers_strongly": gettext_noop(
        "No hub covers %(want)s with enough evidence. The nearest is %(hub)s, not confirmed."
    ),
    "too_few_backups": ngettext_lazy(
        "Only %(n)s hub can cover %(want)s, %(asked)s were asked for.",
        "Only %(n)s hubs can cover %(want)s, %(asked)s were asked for.",
    ),
    "not_proven": gettext_noop("Best team found in the time allowed. A smaller or cheaper one may exist."),
    "swap_for": gettext_noop("%(into)s instead of %(out)s."),
    "swap_adds_partners": ngettext_lazy("Needs %(n)s more partner.", "Needs %(n)s more partners."),
    "swap_loses": gettext_noop("Loses %(wants)s."),
    "swap_costs_more": gettext_noop("Costs %(eur)s EUR more a day."),
    "swap_costs_less": gettext_noop("Costs %(eur)s EUR less a day."),
    "swap_costs_same": gettext_noop("Costs the same."),
}

_CONFLICTS: dict[str, Sentence] = {
    "limits_conflict": gettext_noop("No team covers everything within these limits together: %(limits)s."),
    "language_blocks": ngettext_lazy(
        "No hub covers %(want)s in %(languages)s. Without the language rule %(n)s hub does.",
        "No hub covers %(want)s in %(languages)s. Without the language rule %(n)s hubs do.",
    ),
    "exclusion_blocks": ngettext_lazy(
        "Only the hub you left out covers %(want)s: %(hubs)s.", "Only hubs you left out cover %(want)s: %(hubs)s."
    ),
    "needs_more_partners": ngettext_lazy(
        "%(n)s partner is needed, the limit is %(limit)s.", "%(n)s partners are needed, the limit is %(limit)s."
    ),
    "needs_more_budget": gettext_noop(
        "The cheapest team that covers everything costs %(eur)s EUR a day, the limit is %(limit)s EUR."
    ),
    "needs_more_per_country": gettext_noop("%(n)s hubs from one country are needed, the limit is %(limit)s."),
    "needs_fewer_countries": gettext_noop(
        "A team that covers everything spans at most %(n)s countries, %(limit)s are asked for."
    ),
    "relaxing_helps": gettext_noop("Without the limit on %(limits)s a team covers everything."),
    "relaxing_alone_does_not_help": gettext_noop("Lifting the limit on %(limits)s alone is not enough."),
    "no_team_at_all": gettext_noop("No team meets these limits, even with gaps."),
    "over_partners": gettext_noop("%(n)s partners, the limit is %(limit)s."),
    "over_budget": gettext_noop("%(eur)s EUR a day, the limit is %(limit)s EUR."),
    "over_country": gettext_noop("%(n)s hubs from %(country)s, the limit is %(limit)s."),
    "under_countries": ngettext_lazy(
        "%(n)s country, %(limit)s are asked for.", "%(n)s countries, %(limit)s are asked for."
    ),
    "hub_excluded": gettext_noop("%(hub)s was left out on purpose."),
    "hub_missing": gettext_noop("%(hub)s must be in the team."),
    "hub_speaks_none": gettext_noop("%(hub)s speaks none of %(languages)s."),
}

MESSAGES: dict[str, Sentence] = {**_RANKING, **_TEAM, **_CONFLICTS}

LIMIT_NAMES: dict[str, str] = {
    "max_partners": gettext_noop("number of partners"),
    "budget_eur": gettext_noop("budget"),
    "languages": gettext_noop("languages"),
    "max_per_country": gettext_noop("hubs per country"),
    "min_countries": gettext_noop("number of countries"),
    "excluded": gettext_noop("hubs left out"),
    "required": gettext_noop("hubs that must be in"),
}

LANGUAGE_NAMES: dict[str, str] = {
    "bg": gettext_noop("Bulgarian"),
    "cs": gettext_noop("Czech"),
    "da": gettext_noop("Danish"),
    "de": gettext_noop("German"),
    "el": gettext_noop("Greek"),
    "en": gettext_noop("English"),
    "es": gettext_noop("Spanish"),
    "et": gettext_noop("Estonian"),
    "fi": gettext_noop("Finnish"),
    "fr": gettext_noop("French"),
    "ga": gettext_noop("Irish"),
    "hr": gettext_noop("Croatian"),
    "hu": gettext_noop("Hungarian"),
    "is": gettext_noop("Icelandic"),
    "it": gettext_noop("Italian"),
    "lt": gettext_noop("Lithuanian"),
    "lv": gettext_noop("Latvian"),
    "mt": gettext_noop("Maltese"),
    "nl": gettext_noop("Dutch"),
    "no": gettext_noop("Norwegian"),
    "pl": gettext_noop("Polish"),
    "pt": gettext_noop("Portuguese"),
    "ro": gettext_noop("Romanian"),
    "sk": gettext_noop("Slovak"),
    "sl": gettext_noop("Slovene"),
    "sv": gettext_noop("Swedish"),
    "tr": gettext_noop("Turkish"),
    "uk": gettext_noop("Ukrainian"),
}

_TRANSLATED_FACTS = {"languages": LANGUAGE_NAMES, "missing": LANGUAGE_NAMES, "limits": LIMIT_NAMES}


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
        text = translate_plural(*sentence, _count(reason.facts["n"]))
    else:
        text = translate(sentence)
    shown = {name: show(name, value) or _plain(name, value, translate) for name, value in reason.facts.items()}
    return text % shown


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _plain(name: str, value: object, translate: Translate) -> str:
    if isinstance(value, str):
        names = _TRANSLATED_FACTS.get(name, {})
        return translate(names[value]) if value in names else value
    if isinstance(value, Iterable):
        return ", ".join(_plain(name, part, translate) for part in value)
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)
