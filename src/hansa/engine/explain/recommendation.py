"""The sentences of why an organisation suits a draft as a partner, by code."""

from __future__ import annotations

from hansa.engine.explain.marking import Sentence, gettext_noop, ngettext_lazy

RECOMMENDATION: dict[str, Sentence] = {
    "was_with": ngettext_lazy(
        "Was with %(partner)s in %(n)s project: %(projects)s.",
        "Was with %(partner)s in %(n)s projects, among them %(projects)s.",
    ),
    "took_part_on_topic": ngettext_lazy(
        "Took part in %(n)s of the %(of)s past projects nearest to this topic: %(nearest)s.",
        "Took part in %(n)s of the %(of)s past projects nearest to this topic. The nearest is %(nearest)s.",
    ),
    "topic_shares_words": gettext_noop("The draft and %(nearest)s both speak of %(words)s."),
    "shares_companions": ngettext_lazy(
        "Was with %(n)s organisation that has also been with %(partner)s: %(others)s.",
        "Was with %(n)s organisations that have also been with %(partner)s, among them %(others)s.",
    ),
    "named_in_draft": gettext_noop("The draft speaks of %(words)s, as its name does."),
    "same_city_as": gettext_noop("Sits in the same city as %(partner)s."),
    "same_country_as": gettext_noop("Comes from the same country as %(partner)s: %(country)s."),
    "took_part": ngettext_lazy(
        "Took part in %(n)s past project: %(projects)s.",
        "Took part in %(n)s past projects, among them %(projects)s.",
    ),
    "no_past_project": gettext_noop("No past project of it is known."),
}
