"""The frozen inputs of a timetable: who, when, where, with whom. Validated on construction; errors name the field."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from hansa.engine.problem import BadProblem

Kind = Literal["on_site", "online"]
KINDS: tuple[Kind, ...] = ("on_site", "online")
EVERYWHERE: frozenset[Kind] = frozenset(KINDS)
MOST_WEIGHT = 1_000_000.0


def require(condition: bool, message: str) -> None:
    """Refuse with a sentence that names the field.

    :raises BadProblem: the condition does not hold.
    """
    if not condition:
        raise BadProblem(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time in which one meeting fits. ``start`` and ``end`` carry their offset to UTC."""

    id: str
    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        require(bool(self.id), "Slot.id must not be empty")
        _require_span(f"Slot {self.id}", self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A table, room or video channel: so many meetings at once (None = no limit). ``closed`` names slots it is shut in."""

    id: str
    capacity: int | None = 1
    kind: Kind = "on_site"
    closed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        require(bool(self.id), "Place.id must not be empty")
        require(self.kind in KINDS, f"Place.kind of {self.id} must be one of {', '.join(KINDS)}")
        require(self.capacity is None or self.capacity >= 0, f"Place.capacity of {self.id} must be 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Minutes to walk between two places, either way. Pairs not named take no time."""

    ends: tuple[str, str]
    minutes: float

    def __post_init__(self) -> None:
        require(
            math.isfinite(self.minutes) and self.minutes >= 0,
            f"Walk.minutes of {' to '.join(self.ends)} must be a number of 0 or more",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A fixed session. Who attends it has no meeting meanwhile and walks from and to ``place_id`` (empty = anywhere)."""

    id: str
    start: datetime
    end: datetime
    place_id: str = ""

    def __post_init__(self) -> None:
        require(bool(self.id), "Talk.id must not be empty")
        _require_span(f"Talk {self.id}", self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Of these slots everybody keeps at least ``free`` without a meeting or talk; None = all of them, closed to all."""

    id: str
    slot_ids: frozenset[str]
    free: int | None = None

    def __post_init__(self) -> None:
        require(bool(self.slot_ids), f"Break.slot_ids of {self.id} must name at least one slot")
        require(
            self.free is None or 0 <= self.free <= len(self.slot_ids),
            f"Break.free of {self.id} must lie between 0 and {len(self.slot_ids)}, the number of its slots",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who meets others.

    ``slot_ids``: slots they can come to (None = all). ``hours``: earliest and latest local time of a meeting in
    ``time_zone``; a latest before the earliest runs over midnight. ``attends``: kinds of places they can meet in.
    """

    id: str
    name: str = ""
    slot_ids: frozenset[str] | None = None
    talk_ids: frozenset[str] = frozenset()
    max_meetings: int | None = None
    attends: frozenset[Kind] = EVERYWHERE
    time_zone: str = ""
    hours: tuple[time, time] | None = None

    def __post_init__(self) -> None:
        require(bool(self.id), "Participant.id must not be empty")
        require(
            self.max_meetings is None or self.max_meetings >= 0,
            f"Participant.max_meetings of {self.id} must be 0 or more",
        )
        require(
            bool(self.attends) and self.attends <= EVERYWHERE,
            f"Participant.attends of {self.id} must name at least one of {', '.join(KINDS)}, and nothing else",
        )
        if self.time_zone:
            try:
                ZoneInfo(self.time_zone)
            except (KeyError, ValueError, OSError) as error:
                raise BadProblem(f"Participant.time_zone of {self.id}: {self.time_zone!r} is no time zone") from error

    def zone(self) -> ZoneInfo | None:
        """The time zone, None where none is stated."""
        return ZoneInfo(self.time_zone) if self.time_zone else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One participant asks to meet another. ``weight`` says how much; thousandths count."""

    asker: str
    asked: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        require(self.asker != self.asked, f"Wish.asked of {self.asker} must be somebody else")
        require(
            math.isfinite(self.weight) and 0.001 <= self.weight <= MOST_WEIGHT,
            f"Wish.weight of {self.asker} to {self.asked} must be a number from 0.001 to {MOST_WEIGHT:,.0f}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedMeeting:
    """A meeting that takes place whatever else does, in this slot; at ``place_id`` unless it is empty."""

    pair: tuple[str, str]
    slot_id: str
    place_id: str = ""

    def __post_init__(self) -> None:
        require(self.pair[0] != self.pair[1], f"FixedMeeting.pair must name two participants, not {self.pair[0]} twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Everything a timetable is made from.

    A meeting counts the sum of its wishes; where both asked, times ``mutual_factor``. ``max_meetings`` holds for
    everybody without a smaller number of their own.
    """

    slots: tuple[Slot, ...]
    places: tuple[Place, ...]
    participants: tuple[Participant, ...]
    wishes: tuple[Wish, ...] = ()
    walks: tuple[Walk, ...] = ()
    talks: tuple[Talk, ...] = ()
    breaks: tuple[Break, ...] = ()
    fixed: tuple[FixedMeeting, ...] = ()
    max_meetings: int | None = None
    mutual_factor: float = 1.5

    def __post_init__(self) -> None:
        for name in ("slots", "places", "participants", "talks", "breaks"):
            _require_unique(f"Event.{name}", (item.id for item in getattr(self, name)))
        _require_unique("Event.wishes", (f"{wish.asker} to {wish.asked}" for wish in self.wishes))
        _require_unique("Event.fixed", (" and ".join(sorted(meeting.pair)) for meeting in self.fixed))
        _require_unique("Event.walks", (" and ".join(sorted(walk.ends)) for walk in self.walks))
        require(self.max_meetings is None or self.max_meetings >= 0, "Event.max_meetings must be 0 or more")
        require(
            math.isfinite(self.mutual_factor) and 1 <= self.mutual_factor <= 100,
            "Event.mutual_factor must be a number from 1 to 100",
        )
        ordered = sorted(self.slots, key=lambda slot: slot.start)
        for before, after in pairwise(ordered):
            require(before.end <= after.start, f"Event.slots must not overlap: {before.id} and {after.id} do")
        for message, known, named in self._references():
            for name in named:
                require(name in known, f"{message} names {name!r}, which is not there")

    def _references(self) -> Iterator[tuple[str, set[str], Iterable[str]]]:
        slots, places = {slot.id for slot in self.slots}, {place.id for place in self.places}
        people, talks = {person.id for person in self.participants}, {talk.id for talk in self.talks}
        for place in self.places:
            yield f"Place.closed of {place.id}", slots, place.closed
        for walk in self.walks:
            yield "Walk.ends", places, walk.ends
        for talk in self.talks:
            yield f"Talk.place_id of {talk.id}", places | {""}, (talk.place_id,)
        for pause in self.breaks:
            yield f"Break.slot_ids of {pause.id}", slots, pause.slot_ids
        for person in self.participants:
            yield f"Participant.slot_ids of {person.id}", slots, person.slot_ids or ()
            yield f"Participant.talk_ids of {person.id}", talks, person.talk_ids
        for wish in self.wishes:
            yield "Wish.asker", people, (wish.asker,)
            yield f"Wish.asked of {wish.asker}", people, (wish.asked,)
        for meeting in self.fixed:
            yield "FixedMeeting.pair", people, meeting.pair
            yield f"FixedMeeting.slot_id of {' and '.join(meeting.pair)}", slots, (meeting.slot_id,)
            yield f"FixedMeeting.place_id of {' and '.join(meeting.pair)}", places | {""}, (meeting.place_id,)


def _require_span(what: str, start: datetime, end: datetime) -> None:
    require(
        start.utcoffset() is not None and end.utcoffset() is not None, f"{what}: start and end need an offset to UTC"
    )
    require(start < end, f"{what}: end must be later than start")


def _require_unique(field: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        require(name not in seen, f"{field} must not hold {name} twice")
        seen.add(name)
