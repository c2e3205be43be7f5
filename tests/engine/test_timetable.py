"""When the timetable of an event is made."""

from datetime import datetime, time
from math import inf, nan

import pytest

from engine.events import NINE, event_of, minutes, slots_of, talk_at
from hansa.engine.explain import say
from hansa.engine.problem import BadProblem
from hansa.engine.timetable import (
    Break,
    Event,
    FixedMeeting,
    Participant,
    Place,
    Slot,
    Talk,
    Walk,
    Wish,
    best_timetable,
)


def held(answer):
    return {"".join(meeting.pair): meeting.slot_id for meeting in answer.meetings}


def why(answer):
    return {unmet.asker + unmet.asked: unmet.reason.code for unmet in answer.unmet}


def test_mutual_wishes_count_more():
    answer = best_timetable(event_of("ab ba ac:2", slots=1))
    assert held(answer) == {"ab": "1"}
    assert (answer.value, answer.bound, answer.proven, answer.gap) == (3.0, 3.0, True, 0)


def test_nobody_who_asked_goes_home_empty_where_the_weight_is_the_same():
    answer = best_timetable(event_of("ab cb ac dc", slots=1, tables=1))
    assert answer.goals[1].value == answer.goals[1].bound
    answer = best_timetable(event_of("ab ac ad db", slots=2, tables=1))
    assert [goal.value for goal in answer.goals[:2]] == [2, 0]


def test_nobody_waits_longer_than_needed():
    answer = best_timetable(event_of("ab ac ad", slots=9))
    assert [goal.value for goal in answer.goals] == [3, 0, 0]


def test_local_hours_decide_for_those_far_away():
    people = (
        Participant(id="a"),
        Participant(id="b", time_zone="America/Halifax", hours=(time(5, 20), time(23))),
    )
    answer = best_timetable(event_of("ab", participants=people))
    assert held(answer) == {"ab": "2"}


def test_walks_and_talks_keep_people_where_they_are():
    places = (Place(id="hall", closed=frozenset({"1"})), Place(id="annex"))
    event = event_of(
        "ab",
        slots=2,
        places=places,
        walks=(Walk(ends=("hall", "annex"), minutes=10),),
        talks=(talk_at(25, "annex"),),
        participants=(Participant(id="a", talk_ids=frozenset({"talk"})), Participant(id="b")),
    )
    answer = best_timetable(event)
    assert [(meeting.slot_id, meeting.place_id) for meeting in answer.meetings] == [("1", "annex")]


def test_fixed_meetings_are_held_even_when_nobody_asked():
    answer = best_timetable(event_of("ab:9", slots=1, fixed=(FixedMeeting(pair=("b", "a"), slot_id="1"),)))
    assert answer.meetings[0].is_fixed
    people = tuple(Participant(id=name) for name in "abc")
    fixed = (FixedMeeting(pair=("b", "c"), slot_id="1", place_id="hall"),)
    assert held(best_timetable(event_of("ab:9", slots=1, participants=people, fixed=fixed))) == {"bc": "1"}


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (event_of("ab", participants=(Participant(id="a", attends=frozenset({"online"})), Participant(id="b", attends=frozenset({"on_site"})))), "no_kind_in_common"),
        (event_of("ab", participants=(Participant(id="a", slot_ids=frozenset("1")), Participant(id="b", slot_ids=frozenset("2")))), "no_slot_in_common"),
        (event_of("ab", places=(Place(id="tv", kind="online"), Place(id="hall", capacity=0)), participants=(Participant(id="a", attends=frozenset({"on_site"})), Participant(id="b"))), "no_slot_in_common"),
        (event_of("ab ac:2", max_meetings=1), "meets_as_many_as_allowed"),
        (event_of("ab cd:2", slots=1, tables=1), "places_taken"),
        (event_of("ab ac:2", slots=1), "meets_as_many_as_allowed"),
    ],
)  # fmt: skip
def test_says_why_a_wish_is_not_met(event, code):
    answer = best_timetable(event)
    assert why(answer)["ab"] == code
    assert all(say(unmet.reason).endswith(".") for unmet in answer.unmet)


def test_an_event_without_wishes_has_an_empty_timetable():
    answer = best_timetable(event_of("", participants=(Participant(id="a"),)))
    assert (answer.meetings, answer.value, answer.proven) == ((), 0, True)


TALK = Talk(id="t", start=NINE, end=NINE + minutes(20))
AB = (Participant(id="a"), Participant(id="b"))


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: Wish(asker="a", asked="b", weight=nan), "Wish.weight of a to b"),
        (lambda: Wish(asker="a", asked="b", weight=-1), "Wish.weight of a to b"),
        (lambda: Wish(asker="a", asked="b", weight=inf), "Wish.weight of a to b"),
        (lambda: Wish(asker="a", asked="a"), "Wish.asked of a"),
        (lambda: Walk(ends=("a", "b"), minutes=nan), "Walk.minutes of a to b"),
        (lambda: Place(id="p", capacity=-1), "Place.capacity of p"),
        (lambda: Place(id="p", kind="orbit"), "Place.kind of p"),
        (lambda: Participant(id=""), "Participant.id"),
        (lambda: Participant(id="a", max_meetings=-1), "Participant.max_meetings of a"),
        (lambda: Participant(id="a", attends=frozenset()), "Participant.attends of a"),
        (lambda: Participant(id="a", time_zone="Mars/Base"), "Participant.time_zone of a"),
        (lambda: Slot(id="s", start=datetime(2027, 1, 1), end=NINE), "Slot s: start and end need an offset"),
        (lambda: Slot(id="s", start=NINE, end=NINE), "Slot s: end must be later"),
        (lambda: Break(id="b", slot_ids=frozenset("1"), free=2), "Break.free of b"),
        (lambda: Break(id="b", slot_ids=frozenset()), "Break.slot_ids of b"),
        (lambda: FixedMeeting(pair=("a", "a"), slot_id="1"), "FixedMeeting.pair"),
        (lambda: event_of("ab ab"), "Event.wishes must not hold a to b twice"),
        (lambda: event_of("ab", participants=(*AB, Participant(id="a"))), "Event.participants must not hold a twice"),
        (lambda: event_of("ab", participants=AB[:1]), "Wish.asked of a names 'b'"),
        (lambda: event_of("ab", fixed=(FixedMeeting(pair=("a", "b"), slot_id="9"),)), "FixedMeeting.slot_id of a and b"),
        (lambda: event_of("ab", talks=(TALK, TALK)), "Event.talks must not hold t twice"),
        (lambda: event_of("ab", max_meetings=-1), "Event.max_meetings"),
        (lambda: event_of("ab", mutual_factor=nan), "Event.mutual_factor"),
        (lambda: event_of("ab", mutual_factor=0.5), "Event.mutual_factor"),
        (lambda: Event(slots=(*slots_of(1), Slot(id="x", start=NINE, end=NINE + minutes(5))), places=(), participants=()), "Event.slots must not overlap"),
    ],
)  # fmt: skip
def test_refuses_what_makes_no_sense_and_names_the_field(build, field):
    with pytest.raises(BadProblem, match=field):
        build()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"fixed": (FixedMeeting(pair=("a", "b"), slot_id="1"), FixedMeeting(pair=("a", "c"), slot_id="1"))}, "a cannot be in two fixed meetings"),
        ({"fixed": (FixedMeeting(pair=("a", "b"), slot_id="1"), FixedMeeting(pair=("a", "c"), slot_id="2")), "max_meetings": 1}, "max_meetings is 1"),
        ({"fixed": (FixedMeeting(pair=("a", "b"), slot_id="1", place_id="hall"), FixedMeeting(pair=("c", "d"), slot_id="1", place_id="hall"))}, "which holds 1"),
        ({"fixed": (FixedMeeting(pair=("a", "b"), slot_id="1"), FixedMeeting(pair=("c", "d"), slot_id="1"))}, "too few places"),
        ({"fixed": (FixedMeeting(pair=("a", "b"), slot_id="1"),), "breaks": (Break(id="x", slot_ids=frozenset("1")),)}, "a and b cannot meet in 1"),
    ],
)  # fmt: skip
def test_refuses_fixed_meetings_that_contradict_each_other(facts, said):
    with pytest.raises(BadProblem, match=f"Event.fixed: .*{said}"):
        best_timetable(event_of("ab cd", tables=1, **facts))
