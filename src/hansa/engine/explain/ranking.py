"""The sentences of rankings, by code."""

from __future__ import annotations

from hansa.engine.explain.marking import Sentence, gettext_noop, ngettext_lazy

RANKING: dict[str, Sentence] = {
    "covers_musts": gettext_noop("Must-haves covered, %(n)s of %(of)s: %(wants)s."),
    "covers_nice": ngettext_lazy("Covers %(n)s nice-to-have: %(wants)s.", "Covers %(n)s nice-to-haves: %(wants)s."),
    "only_match": gettext_noop("Only match for %(wants)s among %(hubs)s hubs."),
    "only_match_of_all": gettext_noop("Only match for %(wants)s among %(of)s."),
    "near_broader": ngettext_lazy(
        "Has “%(has)s”, %(n)s step broader than “%(want)s”.", "Has “%(has)s”, %(n)s steps broader than “%(want)s”."
    ),
    "near_narrower": ngettext_lazy(
        "Has “%(has)s”, %(n)s step narrower than “%(want)s”.", "Has “%(has)s”, %(n)s steps narrower than “%(want)s”."
    ),
    "near_related": gettext_noop("Has “%(has)s”, which is related to “%(want)s”."),
    "near_needed": gettext_noop("Has “%(has)s”, which “%(want)s” needs."),
    "near_needs": gettext_noop("Has “%(has)s”, which needs “%(want)s”."),
    "near_beside": gettext_noop("Has “%(has)s”. It stands beside “%(want)s” under “%(over)s”."),
    "near_owner": gettext_noop("Its hub covers %(wants)s."),
    "near_by_way": gettext_noop("Has “%(has)s”, %(n)s steps from “%(want)s” by way of “%(over)s”."),
    "strongest_on": gettext_noop("Strongest evidence on %(wants)s."),
    "checked_by_others": gettext_noop("%(wants)s checked by others."),
    "joint_deliveries": ngettext_lazy("%(n)s joint delivery so far.", "%(n)s joint deliveries so far."),
    "speaks_all": gettext_noop("Speaks %(languages)s."),
    "speaks_some": gettext_noop("Speaks %(languages)s, not %(missing)s."),
    "free_days": ngettext_lazy("%(n)s free day a month.", "%(n)s free days a month."),
    "high_trust": gettext_noop("Trust %(points)s of %(of)s points."),
    "near_by": gettext_noop("%(km)s km away."),
    "on_conflict_list": gettext_noop("Stands on the list of conflicts of interest."),
    "competes_with_client": gettext_noop("Is a competitor of the client."),
    "may_not_be_paid": gettext_noop("May not be paid by the client directly."),
    "paid_at_home_only": gettext_noop("The client pays nobody abroad. This one sits in %(country)s."),
    "lacks_musts": ngettext_lazy(
        "Does not cover %(n)s must-have: %(wants)s.", "Does not cover %(n)s must-haves: %(wants)s."
    ),
    "covers_nothing_missing": gettext_noop("Covers nothing that is missing."),
    "names_nothing": gettext_noop("Its own words name nothing that is asked for."),
    "shares_nothing": gettext_noop("Shares nothing of what the lead brings."),
    "weak_evidence": gettext_noop("%(wants)s only derived from its own text, not confirmed."),
    "no_joint_deliveries": gettext_noop("No joint delivery yet."),
    "speaks_none": gettext_noop("Speaks none of %(missing)s."),
    "languages_unknown": gettext_noop("Languages not stated. Counted as %(points)s of %(of)s points."),
    "no_free_days": gettext_noop("No free days this month."),
    "few_free_days": ngettext_lazy("Only %(n)s free day a month.", "Only %(n)s free days a month."),
    "capacity_unknown": gettext_noop("Free days not stated. Counted as %(points)s of %(of)s points."),
    "trust_unknown": gettext_noop("Trust not known. Counted as %(points)s of %(of)s points."),
    "distance_unknown": gettext_noop("Place not known. Counted as %(points)s of %(of)s points."),
    "far_away": gettext_noop("%(km)s km away, which is far."),
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
    "leads_by": ngettext_lazy(
        "First by %(points)s point. The next is %(hub)s.", "First by %(points)s points. The next is %(hub)s."
    ),
    "shares_first_place": gettext_noop("As many points as %(hub)s. The older entry stands first."),
    "stands_alone": gettext_noop("The only one in this list."),
    "nothing_would_lift": gettext_noop("Has nearly all points. Only others can change its place."),
}
