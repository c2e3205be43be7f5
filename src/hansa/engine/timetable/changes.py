"""What happens after a timetable was made, and the event as it is then."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from hansa.engine.timetable.event import Event, FixedMeeting, Participant, Wish, require

ChangeKind = Literal["no_show", "late", "leaves", "away", "closed", "cancelled", "wish", "participant"]
KINDS_OF_CHANGE: tuple[ChangeKind, ...] = (
    "no_show", "late", "leaves", "away", "closed", "cancelled", "wish", "participant",
)  # fmt: skip
_NEEDS: dict[ChangeKind, tuple[str, ...]] = {
    "no_show": ("participant_id",),
    "late": ("participant_id", "slot_id"),
    "leaves": ("participant_id", "slot_id"),
    "away": ("participant_id", "slot_ids"),
    "closed": ("place_id",),
    "cancelled": ("pair",),
    "wish": ("wish",),
    "participant": ("participant",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. ``kind`` says which fields count.

    no_show: the participant does not come. late: their first slot is ``slot_id``. leaves: their last slot is
    ``slot_id``. away: not there in ``slot_ids``. closed: the place is shut in ``slot_ids`` (empty = all). cancelled:
    the two in ``pair`` no longer want to meet. wish, participant: a new one.
    """

    kind: ChangeKind
    participant_id: str = ""
    slot_id: str = ""
    slot_ids: frozenset[str] = frozenset()
    place_id: str = ""
    pair: tuple[str, str] = ("", "")
    wish: Wish | None = None
    participant: Participant | None = None

    def __post_init__(self) -> None:
        require(self.kind in KINDS_OF_CHANGE, f"Change.kind must be one of {', '.join(KINDS_OF_CHANGE)}")
        for name in _NEEDS[self.kind]:
            found = getattr(self, name)
            require(bool(found) and found != ("", ""), f"Change.{name} must be given for {self.kind}")


def changed(event: Event, changes: Iterable[Change]) -> Event:
    """The event after these changes, in their order; fixed meetings that became impossible are dropped.

    :raises BadProblem: a change names somebody or something that is not there.
    """
    draft = _Draft(event)
    for change in changes:
        draft.take_in(change)
    return draft.event()


class _Draft:
    """An event that changes; made into one, and so checked, once at the end."""

    def __init__(self, event: Event) -> None:
        self.before = event
        self.slots = [slot.id for slot in sorted(event.slots, key=lambda slot: slot.start)]
        self.people = {person.id: person for person in event.participants}
        self.places = {place.id: place for place in event.places}
        self.joined: list[Participant] = []
        self.wished: list[Wish] = []
        self.cancelled: set[frozenset[str]] = set()

    def take_in(self, change: Change) -> None:
        """Take in one change."""
        if change.participant is not None:
            self.joined.append(change.participant)
        elif change.wish is not None:
            self.wished.append(change.wish)
        elif change.kind == "cancelled":
            for name in change.pair:
                self._require_known(name, self.people, "pair")
            self.cancelled.add(frozenset(change.pair))
        elif change.kind == "closed":
            self._require_known(change.place_id, self.places, "place_id")
            place = self.places[change.place_id]
            self.places[place.id] = replace(place, closed=place.closed | (change.slot_ids or set(self.slots)))
        else:
            self._require_known(change.participant_id, self.people, "participant_id")
            person = self.people[change.participant_id]
            there = frozenset(self.slots if person.slot_ids is None else person.slot_ids)
            self.people[person.id] = replace(person, slot_ids=there - self._gone(change))

    def _gone(self, change: Change) -> set[str]:
        for name in filter(None, (change.slot_id, *sorted(change.slot_ids))):
            self._require_known(name, self.slots, "slot_id")
        if change.kind == "no_show":
            return set(self.slots)
        if change.kind == "late":
            return set(self.slots[: self.slots.index(change.slot_id)])
        if change.kind == "leaves":
            return set(self.slots[self.slots.index(change.slot_id) + 1 :])
        return set(change.slot_ids)

    def _require_known(self, name: str, known: Container[str], field: str) -> None:
        require(name in known, f"Change.{field} names {name!r}, which is not there")

    def event(self) -> Event:
        """The event as it is now."""
        wishes = [wish for wish in self.before.wishes if frozenset((wish.asker, wish.asked)) not in self.cancelled]
        return replace(
            self.before,
            participants=(*self.people.values(), *self.joined),
            places=tuple(self.places.values()),
            wishes=(*wishes, *self.wished),
            fixed=tuple(meeting for meeting in self.before.fixed if self._is_possible(meeting)),
        )

    def _is_possible(self, meeting: FixedMeeting) -> bool:
        if frozenset(meeting.pair) in self.cancelled:
            return False
        if meeting.place_id and meeting.slot_id in self.places[meeting.place_id].closed:
            return False
        there = (self.people[name].slot_ids for name in meeting.pair)
        return all(slots is None or meeting.slot_id in slots for slots in there)
