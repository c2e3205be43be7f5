"""Names of languages and limits, as they stand in sentences."""

from __future__ import annotations

from hansa.engine.explain.marking import gettext_noop

LIMIT_NAMES: dict[str, str] = {
    "max_partners": gettext_noop("number of partners"),
    "budget_eur": gettext_noop("budget"),
    "max_unpaid": gettext_noop("partners not paid directly"),
    "languages": gettext_noop("languages"),
    "max_per_country": gettext_noop("hubs per country"),
    "min_countries": gettext_noop("number of countries"),
    "capacity": gettext_noop("must-haves a hub can lead"),
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
