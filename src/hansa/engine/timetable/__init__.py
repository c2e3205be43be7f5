"""Meetings at an event: who meets whom, when and where, with a bound, reasons, and repair after changes.

Front doors: ``best_timetable`` and ``repair``; ``document`` reads and writes them as JSON. Goals in order, none traded
for a later one: what the meetings count together, that nobody who asked goes home empty-handed, few gaps.
"""

from hansa.engine.timetable.answer import Goal, Meeting, RepairAnswer, RepairGoal, TimetableAnswer, Unmet
from hansa.engine.timetable.changes import Change, changed
from hansa.engine.timetable.event import Break, Event, FixedMeeting, Participant, Place, Slot, Talk, Walk, Wish
from hansa.engine.timetable.making import best_timetable
from hansa.engine.timetable.repairing import repair

__all__ = [
    "Break",
    "Change",
    "Event",
    "FixedMeeting",
    "Goal",
    "Meeting",
    "Participant",
    "Place",
    "RepairAnswer",
    "RepairGoal",
    "Slot",
    "Talk",
    "TimetableAnswer",
    "Unmet",
    "Walk",
    "Wish",
    "best_timetable",
    "changed",
    "repair",
]
