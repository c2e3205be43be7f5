"""The sentences of grants, assessors and samples, by code, and the names of the rules for assessors."""

from __future__ import annotations

from hansa.engine.explain.marking import Sentence, gettext_noop, ngettext_lazy

ALLOCATION: dict[str, Sentence] = {
    "grants_chosen": gettext_noop("%(n)s of %(of)s applications are granted: %(eur)s EUR of %(limit)s EUR."),
    "grants_are_best": gettext_noop("No other choice within the rules is worth more than its %(points)s points."),
    "grants_not_proven": gettext_noop(
        "Best choice found in the time allowed: %(points)s points. No choice is worth more than %(bound)s."
    ),
    "grant_above_budget": gettext_noop("Asks for %(eur)s EUR, the whole budget is %(limit)s EUR."),
    "grant_not_in_budget": gettext_noop("Asks for %(asked)s EUR, beside the grants only %(eur)s EUR are left."),
    "grant_hub_limit": ngettext_lazy(
        "%(hub)s has its %(n)s grant already.", "%(hub)s has its %(n)s grants already, more are not allowed."
    ),
    "grant_country_limit": ngettext_lazy(
        "%(country)s has its %(n)s grant already.", "%(country)s has its %(n)s grants already, more are not allowed."
    ),
    "grant_share": gettext_noop("With it, less than %(percent)s percent of the money would go to %(group)s."),
    "grant_adds_nothing": gettext_noop("Would fit, but adds no points."),
    "grant_needs_points": gettext_noop("With %(points)s more points it would be granted instead of %(names)s."),
    "grant_lost_a_tie": gettext_noop("As many points as %(names)s. The cheaper and the earlier came first."),
    "grant_never": gettext_noop("No number of points is enough, the rules do not allow it."),
    "grant_needs_budget": gettext_noop("With %(eur)s EUR more in the budget it would be granted as well."),
    "assessors_assigned": gettext_noop("%(n)s of %(of)s places are filled, in %(hubs)s hubs."),
    "assessor_loads": gettext_noop("Everybody assesses between %(least)s and %(most)s hubs."),
    "assessors_not_proven": gettext_noop("Best assignment found in the time allowed. A fairer one may exist."),
    "assessor_knows": gettext_noop("%(person)s knows %(words)s."),
    "assessor_speaks": gettext_noop("%(person)s speaks %(languages)s."),
    "assessor_same_country": gettext_noop("%(person)s is from %(country)s, as is %(hub)s."),
    "assessor_same_network": gettext_noop("%(person)s and %(hub)s are in the same network: %(names)s."),
    "assessor_cooperated": gettext_noop("%(person)s worked with %(hub)s before."),
    "assessor_stated": gettext_noop("%(person)s stated a conflict of interest with %(hub)s."),
    "assessor_speaks_none": gettext_noop("%(person)s speaks none of %(languages)s, the languages of %(hub)s."),
    "assessors_too_few": gettext_noop("There are fewer assessors than a hub needs, whatever the rules."),
    "assessors_rules_conflict": gettext_noop("Not every place can be filled. These rules stand in the way: %(rules)s."),
    "assessors_hubs_blocked": ngettext_lazy(
        "%(names)s cannot have its assessors.", "These hubs cannot all have their assessors: %(names)s."
    ),
    "assessors_lifting_helps": gettext_noop("Without the rule on %(rules)s every place can be filled."),
    "sample_drawn": gettext_noop("%(n)s of %(of)s drawn from the words “%(seed)s”."),
    "sample_stratum": gettext_noop("%(n)s of %(of)s from the stratum %(group)s."),
}

RULE_NAMES: dict[str, str] = {
    "country": gettext_noop("the same country"),
    "network": gettext_noop("the same network"),
    "cooperation": gettext_noop("past cooperation"),
    "stated": gettext_noop("stated conflicts"),
    "languages": gettext_noop("languages"),
    "expertise": gettext_noop("expertise"),
    "load": gettext_noop("load"),
}
