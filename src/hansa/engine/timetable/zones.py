"""Places that nobody can tell apart by walking, taken together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from hansa.engine.timetable.event import Event, Kind, Slot, Talk

Minutes = dict[tuple[int, int], float]
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """``of_place``: the zone of each place. ``minutes``: walks between zones that can be too long, others left out."""

    n: int
    of_place: tuple[int, ...]
    kind: tuple[Kind, ...]
    minutes: Minutes
    from_talk: Minutes  # (talk, zone)

    def clash(self, slots: tuple[Slot, ...], cell: int) -> int:
        """The cells of other slots that cannot be reached from this one in time, or this one from them."""
        slot, zone = divmod(cell, self.n)
        mask = 0
        for other_slot in range(len(slots)):
            if other_slot == slot:
                continue
            first, second = sorted((slot, other_slot))
            between = (slots[second].start - slots[first].end) / _MINUTE
            for other in range(self.n):
                if self.minutes.get((zone, other), 0) > between:
                    mask |= 1 << (other_slot * self.n + other)
        return mask

    def in_time(self, talk: Talk, number: int, slot: Slot, zone: int) -> bool:
        """Whether somebody gets from the talk to the zone before the slot, or back after it."""
        between = slot.start - talk.end if talk.end <= slot.start else talk.start - slot.end
        return self.from_talk.get((number, zone), 0) <= between / _MINUTE


def zones_of(event: Event, slots: tuple[Slot, ...]) -> Zones:
    """Group the places of an event; at least one zone."""
    number = {place.id: position for position, place in enumerate(event.places)}
    shortest = _shortest_between(event, slots)
    walks: Minutes = {}
    for walk in event.walks:
        one, two = number[walk.ends[0]], number[walk.ends[1]]
        if walk.minutes > shortest:
            walks[one, two] = walks[two, one] = walk.minutes
    rows = [{two: minutes for (one, two), minutes in walks.items() if one == place} for place in number.values()]
    of_place: list[int] = []
    first: list[int] = []
    for place, row in enumerate(rows):
        for zone, other in enumerate(first):
            if rows[other] == row and event.places[other].kind == event.places[place].kind:
                of_place.append(zone)
                break
        else:
            of_place.append(len(first))
            first.append(place)
    return Zones(
        n=max(1, len(first)),
        of_place=tuple(of_place),
        kind=tuple(event.places[place].kind for place in first) or ("on_site",),
        minutes={
            (of_place[one], of_place[two]): minutes
            for (one, two), minutes in walks.items()
            if one in first and two in first
        },
        from_talk={
            (talk, zone): walks[number[event.talks[talk].place_id], place]
            for talk in range(len(event.talks))
            for zone, place in enumerate(first)
            if event.talks[talk].place_id and (number[event.talks[talk].place_id], place) in walks
        },
    )


def _shortest_between(event: Event, slots: tuple[Slot, ...]) -> float:
    """Least minutes between two engagements that follow each other: shorter walks never matter."""
    between = [(after.start - before.end) / _MINUTE for before, after in pairwise(slots)]
    for talk in event.talks:
        for slot in slots:
            between += [gap / _MINUTE for gap in (slot.start - talk.end, talk.start - slot.end) if gap >= timedelta()]
    return min(between, default=float("inf"))
