"""Sentences about a split of fees."""

from __future__ import annotations

from hansa.engine.explain.marking import Sentence, gettext_noop, ngettext_lazy

SHARES: dict[str, Sentence] = {
    "share_by_effort": gettext_noop("The fees are split in proportion to effort."),
    "share_by_cost": gettext_noop("The fees are split in proportion to cost."),
    "share_in_equal_parts": gettext_noop("Nothing is known to split the fees by, so all get the same."),
    "share_covers_costs": gettext_noop(
        "The cost of each hub is covered first. The %(eur)s EUR that are left are split in equal parts."
    ),
    "share_equal_losses": gettext_noop(
        "The fees are %(eur)s EUR less than the costs. All bear the same loss, and nobody gets less than nothing."
    ),
    "share_by_contribution": gettext_noop(
        "Each hub gets what it adds to the team, on average over all orders of joining."
    ),
    "share_drawn": ngettext_lazy(
        "%(n)s order of joining was drawn, so an amount can be off by %(eur)s EUR.",
        "%(n)s orders of joining were drawn, so an amount can be off by %(eur)s EUR.",
    ),
    "share_gains": gettext_noop("%(hub)s gains %(eur)s EUR."),
    "share_loses": gettext_noop("%(hub)s loses %(eur)s EUR against staying away."),
    "share_even": gettext_noop("%(hub)s neither gains nor loses."),
    "share_pays": gettext_noop(
        "%(hub)s would pay %(eur)s EUR to the others, because it gains so much besides the fees."
    ),
    "incentive_not_needed": gettext_noop("Nobody loses, so no incentive is needed."),
    "incentive_needed": gettext_noop("An incentive of %(eur)s EUR in all is needed so that nobody loses."),
    "incentive_by_split": gettext_noop(
        "Another split of the fees would do as well: then nobody loses without an incentive."
    ),
    "incentive_less_by_split": gettext_noop("With the best split of the fees %(eur)s EUR would do."),
}
