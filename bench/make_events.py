"""Made-up events for the benchmark of timetables, from stated parameters and a seed.

Everybody asks for 5 to 20 meetings, few are asked for by many (Pareto 1.5), one in ten comes late and one in ten leaves
early (up to a third of the slots), weights are 1, 2 or 3, and the tables seat 70 % of a full house.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from hansa.engine.timetable import Event, Participant, Place, Slot, Talk, Walk, Wish
from hansa.engine.timetable.changes import Change

NINE = datetime(2027, 3, 2, 9, tzinfo=UTC)
SLOT, BETWEEN = timedelta(minutes=20), timedelta(minutes=5)
FULL_HOUSE = 0.7


def make_event(n_people: int, n_slots: int, *, seed: int) -> Event:
    """One hall, no walks, no talks."""
    rng = np.random.default_rng([seed, n_people, n_slots])
    fame = rng.pareto(1.5, n_people) + 0.3
    wishes = []
    for person in range(n_people):
        share = fame.copy()
        share[person] = 0
        n = min(int(rng.integers(5, 21)), n_people - 1)
        for other in rng.choice(n_people, size=n, replace=False, p=share / share.sum()):
            wishes.append(Wish(asker=f"p{person}", asked=f"p{other}", weight=int(rng.integers(1, 4))))
    slots = tuple(
        Slot(id=f"s{k}", start=NINE + k * (SLOT + BETWEEN), end=NINE + k * (SLOT + BETWEEN) + SLOT)
        for k in range(n_slots)
    )
    people = []
    for person in range(n_people):
        kind, some = rng.random(), int(rng.integers(1, n_slots // 3 + 1))
        first = some if kind < 0.1 else 0
        last = n_slots - some if 0.1 <= kind < 0.2 else n_slots
        people.append(Participant(id=f"p{person}", slot_ids=frozenset(f"s{k}" for k in range(first, last))))
    tables = int(FULL_HOUSE * n_people / 2)
    return Event(
        slots=slots,
        places=(Place(id="hall", capacity=tables),),
        participants=tuple(people),
        wishes=tuple(wishes),
    )


def with_talks(event: Event, *, seed: int) -> Event:
    """Two talks in one hall each, each attended by one in five."""
    rng = np.random.default_rng([seed, 1])
    slots, last = event.slots, event.places[-1].id
    middle = slots[len(slots) // 2]
    talks = (
        Talk(id="keynote", start=slots[2].start, end=slots[3].end, place_id=last),
        Talk(id="panel", start=middle.start, end=middle.end, place_id=event.places[0].id),
    )
    people = tuple(
        replace(person, talk_ids=frozenset(talk.id for talk in talks if rng.random() < 0.2))
        for person in event.participants
    )
    return replace(event, talks=talks, participants=people)


def with_walks(event: Event) -> Event:
    """Two halls eight minutes apart, three more than there are between slots: who changes halls skips a slot."""
    tables = event.places[0].capacity or 0
    places = (Place(id="hall", capacity=tables - tables // 2), Place(id="annex", capacity=tables // 2))
    return replace(event, places=places, walks=(Walk(ends=("hall", "annex"), minutes=8),))


def make_changes(event: Event, n: int, *, seed: int) -> tuple[Change, ...]:
    """No-shows, late arrivals (missing three slots) and early leavers (missing three), in turn."""
    rng = np.random.default_rng([seed, n])
    found = []
    for number, person in enumerate(rng.choice(len(event.participants), size=n, replace=False)):
        who = event.participants[int(person)]
        there = [slot.id for slot in event.slots if slot.id in (who.slot_ids or ())]
        kind = ("late", "no_show", "leaves")[number % 3]
        slot = {"late": there[3], "leaves": there[-4], "no_show": ""}[kind]
        found.append(Change(kind=kind, participant_id=who.id, slot_id=slot))
    return tuple(found)


def greedy_weight(event: Event) -> float:
    """What is held when the dearest meetings are seated first, each in the first slot both are free in."""
    worth: dict[tuple[str, str], list[float]] = {}
    for wish in event.wishes:
        worth.setdefault((min(wish.asker, wish.asked), max(wish.asker, wish.asked)), []).append(wish.weight)
    value = {pair: sum(rows) * (event.mutual_factor if len(rows) == 2 else 1) for pair, rows in worth.items()}
    free = {person.id: set(person.slot_ids or ()) for person in event.participants}
    room = {slot.id: event.places[0].capacity or 0 for slot in event.slots}
    total = 0.0
    for pair in sorted(value, key=lambda pair: -value[pair]):
        for slot in room:
            if room[slot] and slot in free[pair[0]] and slot in free[pair[1]]:
                room[slot] -= 1
                free[pair[0]].discard(slot)
                free[pair[1]].discard(slot)
                total += value[pair]
                break
    return total
