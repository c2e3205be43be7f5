"""The sentences of timetables and their repair, by code."""

from __future__ import annotations

from hansa.engine.explain.marking import Sentence, gettext_noop, ngettext_lazy

UNMET: dict[str, Sentence] = {
    "no_kind_in_common": gettext_noop("%(one)s and %(two)s cannot meet: one is on site only, the other online only."),
    "no_slot_in_common": gettext_noop("%(one)s and %(two)s are never there at the same time."),
    "no_place_in_common": gettext_noop("When %(one)s and %(two)s are both there, no place is open to both."),
    "meets_as_many_as_allowed": ngettext_lazy(
        "%(person)s already has %(n)s meeting, as many as allowed.",
        "%(person)s already has %(n)s meetings, as many as allowed.",
    ),
    "places_taken": ngettext_lazy(
        "In the %(n)s slot in which both are still free, all places are taken.",
        "In the %(n)s slots in which both are still free, all places are taken.",
    ),
    "meets_in_every_slot": ngettext_lazy(
        "%(person)s already has a meeting in the %(n)s slot they can come to.",
        "%(person)s already has a meeting in each of the %(n)s slots they can come to.",
    ),
    "never_free_together": ngettext_lazy(
        "In the %(n)s slot they share, %(one)s or %(two)s is busy or cannot get there in time.",
        "In each of the %(n)s slots they share, %(one)s or %(two)s is busy or cannot get there in time.",
    ),
}

TIMETABLE: dict[str, Sentence] = {
    "meetings_held": ngettext_lazy(
        "%(n)s meeting is held. %(met)s of %(of)s wishes are met.",
        "%(n)s meetings are held. %(met)s of %(of)s wishes are met.",
    ),
    "weight_is_most": gettext_noop("They count %(value)s together. No timetable counts more."),
    "weight_is_near": gettext_noop("They count %(value)s together. No timetable counts more than %(bound)s."),
    "nobody_empty_handed": gettext_noop("Everybody who asked for a meeting has one."),
    "fewest_empty_handed": ngettext_lazy(
        "%(n)s participant who asked has no meeting. Fewer would cost meetings that count more.",
        "%(n)s participants who asked have no meeting. Fewer would cost meetings that count more.",
    ),
    "some_empty_handed": ngettext_lazy(
        "%(n)s participant who asked has no meeting. At least %(bound)s cannot have one.",
        "%(n)s participants who asked have no meeting. At least %(bound)s cannot have one.",
    ),
    "waits_in_all": ngettext_lazy(
        "%(n)s time in all, somebody waits a slot between two meetings.",
        "%(n)s times in all, somebody waits a slot between two meetings.",
    ),
}

REPAIR: dict[str, Sentence] = {
    "repair_hit": ngettext_lazy(
        "%(n)s meeting that could not stay has a new time or place, %(lost)s could not be saved.",
        "%(n)s meetings that could not stay have a new time or place, %(lost)s could not be saved.",
    ),
    "repair_moves_fewest": ngettext_lazy(
        "%(n)s other meeting moved. No repair that saves as much moves fewer.",
        "%(n)s other meetings moved. No repair that saves as much moves fewer.",
    ),
    "repair_moves_few": ngettext_lazy(
        "%(n)s other meeting moved. At least %(bound)s must.", "%(n)s other meetings moved. At least %(bound)s must."
    ),
    "repair_adds": ngettext_lazy(
        "%(n)s wish that was not met before is met now.", "%(n)s wishes that were not met before are met now."
    ),
}
