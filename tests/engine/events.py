"""Small events for the engine's tests."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import strategies as st

from hansa.engine.timetable import Break, Event, FixedMeeting, Participant, Place, Slot, Talk, Walk, Wish
from hansa.engine.timetable.event import EVERYWHERE

NINE = datetime(2027, 3, 2, 9, tzinfo=UTC)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def slots_of(n: int, *, pause: int = 5) -> tuple[Slot, ...]:
    """Slots of 20 minutes, named 1, 2, 3."""
    return tuple(
        Slot(id=str(k + 1), start=NINE + minutes(k * (20 + pause)), end=NINE + minutes(k * (20 + pause) + 20))
        for k in range(n)
    )


def event_of(wishes: str, *, slots: int = 3, tables: int = 9, **facts: object) -> Event:
    """``event_of("ab ba:2 bc")``: a asks b, b asks a with weight 2, b asks c; other fields by name."""
    rows = [row.partition(":") for row in wishes.split()]
    people = sorted({letter for pair, _, _ in rows for letter in pair})
    given = {"slots": slots_of(slots), "places": (Place(id="hall", capacity=tables),), **facts}
    given.setdefault("participants", tuple(Participant(id=letter) for letter in people))
    asked = tuple(Wish(asker=pair[0], asked=pair[1], weight=float(weight or 1)) for pair, _, weight in rows)
    return Event(wishes=asked, **given)  # type: ignore[arg-type]


@st.composite
def events(draw, most_people: int = 5, most_pairs: int = 5):
    """Events of every kind, small enough to try everything."""
    n_slots = draw(st.integers(1, 3))
    slots = slots_of(n_slots, pause=draw(st.sampled_from([0, 5])))
    places = tuple(draw(places_of(slots)))
    talks = draw(
        st.lists(st.builds(talk_at, st.integers(-30, 70), st.sampled_from(["", *(p.id for p in places)])), max_size=1)
    )
    people = [f"p{k}" for k in range(draw(st.integers(2, most_people)))]
    all_pairs = [(one, two) for one in people for two in people if one != two]
    pairs = draw(st.lists(st.sampled_from(all_pairs), max_size=most_pairs, unique=True))
    weights = st.sampled_from([1, 1, 2, 3, 0.5])
    fixed = draw(st.lists(st.sampled_from(all_pairs), max_size=1)) if draw(st.booleans()) else []
    return Event(
        slots=slots,
        places=places,
        walks=tuple(draw(walks_of(places))),
        talks=tuple(talks),
        breaks=tuple(draw(breaks_of(slots))),
        participants=tuple(draw(person_of(name, slots, talks)) for name in people),
        wishes=tuple(Wish(asker=one, asked=two, weight=draw(weights)) for one, two in pairs),
        fixed=tuple(
            FixedMeeting(
                pair=pair, slot_id=draw(st.sampled_from(slots)).id, place_id=draw(st.sampled_from(["", places[0].id]))
            )
            for pair in fixed
        ),
        max_meetings=draw(st.sampled_from([None, None, 1, 2])),
        mutual_factor=draw(st.sampled_from([1, 1.5, 2])),
    )


def talk_at(start: int, place: str) -> Talk:
    return Talk(id="talk", start=NINE + minutes(start), end=NINE + minutes(start + 20), place_id=place)


@st.composite
def places_of(draw, slots):
    kinds = draw(st.sampled_from([["on_site"], ["on_site", "on_site"], ["on_site", "on_site"], ["on_site", "online"]]))
    closed = st.sampled_from([frozenset()] * 2 + [frozenset({slots[0].id})])
    return [
        Place(
            id=f"place {k}",
            kind=kind,
            capacity=None if kind == "online" else draw(st.sampled_from([1, 1, 2, 2, 0])),
            closed=draw(closed),
        )
        for k, kind in enumerate(kinds)
    ]


@st.composite
def walks_of(draw, places):
    if len(places) < 2:
        return []
    return [Walk(ends=(places[0].id, places[1].id), minutes=draw(st.sampled_from([4, 10, 40])))]


@st.composite
def breaks_of(draw, slots):
    if draw(st.integers(0, 2)):
        return []
    chosen = draw(st.lists(st.sampled_from([slot.id for slot in slots]), min_size=1, unique=True))
    return [Break(id="break", slot_ids=frozenset(chosen), free=draw(st.sampled_from([None, 1, len(chosen)])))]


@st.composite
def person_of(draw, name, slots, talks):
    ids = [slot.id for slot in slots]
    return Participant(
        id=name,
        slot_ids=draw(st.sampled_from([None] * 5 + [frozenset(ids[1:]), frozenset(ids[:1])])),
        talk_ids=frozenset(talk.id for talk in talks if draw(st.booleans())),
        max_meetings=draw(st.sampled_from([None] * 6 + [0, 1])),
        attends=draw(st.sampled_from([EVERYWHERE] * 5 + [frozenset({"on_site"}), frozenset({"online"})])),
        time_zone=draw(st.sampled_from(["", "Asia/Tokyo", "America/Halifax"])),
        hours=draw(st.sampled_from([None] * 6 + [(time(5), time(9, 45)), (time(18), time(2)), (time(9), time(9, 20))])),
    )
