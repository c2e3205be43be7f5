"""The sentences of teams and their limits, by code."""

from __future__ import annotations

from hansa.engine.explain.marking import Sentence, gettext_noop, ngettext_lazy

TEAM: dict[str, Sentence] = {
    "team_covers_all": ngettext_lazy("Covers the %(n)s must-have.", "Covers all %(n)s must-haves."),
    "team_covers_part": gettext_noop("Covers %(n)s of %(of)s must-haves."),
    "team_covers_nice": gettext_noop("Covers %(n)s of %(of)s nice-to-haves without another partner."),
    "team_is_smallest": ngettext_lazy(
        "%(n)s partner is the fewest that can do it.", "%(n)s partners are the fewest that can do it."
    ),
    "team_cost": gettext_noop("One day of every partner costs %(eur)s EUR."),
    "team_countries": gettext_noop("Partners from %(countries)s."),
    "team_worked_together": ngettext_lazy(
        "%(n)s pair of the team has worked together.", "%(n)s pairs of the team have worked together."
    ),
    "team_load": ngettext_lazy(
        "No partner leads more than %(n)s must-have.", "No partner leads more than %(n)s must-haves."
    ),
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
    "swap_saves_partners": ngettext_lazy("Needs %(n)s partner less.", "Needs %(n)s partners less."),
    "swap_knows_more": ngettext_lazy("%(n)s more pair has worked together.", "%(n)s more pairs have worked together."),
    "swap_knows_less": ngettext_lazy(
        "%(n)s pair fewer has worked together.", "%(n)s pairs fewer have worked together."
    ),
    "swap_loses": gettext_noop("Loses %(wants)s."),
    "swap_costs_more": gettext_noop("Costs %(eur)s EUR more a day."),
    "swap_costs_less": gettext_noop("Costs %(eur)s EUR less a day."),
    "swap_costs_same": gettext_noop("Costs the same."),
    "cover_found": ngettext_lazy(
        "%(n)s column covers all %(of)s rows at a cost of %(value)s.",
        "%(n)s columns cover all %(of)s rows at a cost of %(value)s.",
    ),
    "cover_is_cheapest": gettext_noop("No cover costs less."),
    "cover_not_proven": gettext_noop("Best cover found in the time allowed. No cover costs less than %(bound)s."),
}

CONFLICTS: dict[str, Sentence] = {
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
    "needs_more_unpaid": ngettext_lazy(
        "%(n)s partner that may not be paid directly is needed, the limit is %(limit)s.",
        "%(n)s partners that may not be paid directly are needed, the limit is %(limit)s.",
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
    "over_unpaid": ngettext_lazy(
        "%(n)s partner may not be paid directly, the limit is %(limit)s.",
        "%(n)s partners may not be paid directly, the limit is %(limit)s.",
    ),
    "over_country": gettext_noop("%(n)s hubs from %(country)s, the limit is %(limit)s."),
    "under_countries": ngettext_lazy(
        "%(n)s country, %(limit)s are asked for.", "%(n)s countries, %(limit)s are asked for."
    ),
    "nobody_can_lead": gettext_noop("Nobody in the team has room to lead %(wants)s."),
    "hub_excluded": gettext_noop("%(hub)s was left out on purpose."),
    "hub_missing": gettext_noop("%(hub)s must be in the team."),
    "hub_speaks_none": gettext_noop("%(hub)s speaks none of %(languages)s."),
}
