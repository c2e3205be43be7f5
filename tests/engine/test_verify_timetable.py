"""When a timetable is checked before anyone sees it."""

from dataclasses import replace
from datetime import time

import pytest

from engine.events import event_of, talk_at
from hansa.engine.timetable import Break, Change, FixedMeeting, Place, Walk, best_timetable, repair
from hansa.engine.verify import check_repair, check_timetable

EVENT = event_of("ab:2 cd ac bd:3", slots=3, tables=2)
ANSWER = best_timetable(EVENT)


SLOT_OF_AB = next(meeting.slot_id for meeting in ANSWER.meetings if meeting.pair == ("a", "b"))


def problems(answer=ANSWER, **facts):
    return check_timetable(event=replace(EVENT, **facts), answer=answer)


def test_finds_nothing_wrong_with_a_right_answer():
    assert problems() == ()


def with_meeting(**changes):
    return replace(ANSWER, meetings=(replace(ANSWER.meetings[0], **changes), *ANSWER.meetings[1:]))


def with_goal(name, **changes):
    goals = tuple(replace(goal, **changes) if goal.name == name else goal for goal in ANSWER.goals)
    return replace(ANSWER, goals=goals)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (with_meeting(pair=("a", "x")), "are not two participants"),
        (with_meeting(slot_id="9"), "not there"),
        (with_meeting(weight=7.0), "the answer says 7.0"),
        (with_meeting(slot_id=SLOT_OF_AB), "two meetings in"),
        (replace(ANSWER, meetings=ANSWER.meetings * 2), "meet twice"),
        (replace(ANSWER, meetings=ANSWER.meetings[1:]), "weight is"),
        (with_goal("weight", value=9.0, bound=9.0), "weight is 7.0"),
        (with_goal("weight", bound=6.0), "better than its bound"),
        (with_goal("weight", bound=8.0), "called proven"),
        (with_goal("empty_handed", value=1), "empty_handed is 0"),
        (with_goal("gaps", value=5), "gaps is"),
        (replace(ANSWER, unmet=best_timetable(event_of("ab cb", slots=1)).unmet), "called unmet"),
    ],
)
def test_finds_a_planted_fault(answer, said):
    assert any(said in problem for problem in problems(answer))


def test_finds_a_meeting_that_was_forgotten():
    fewer = ANSWER.meetings[1:]
    goals = tuple(
        replace(goal, value=7.0 - ANSWER.meetings[0].weight, bound=7.0 - ANSWER.meetings[0].weight)
        if goal.name == "weight"
        else goal
        for goal in ANSWER.goals
    )
    found = problems(replace(ANSWER, meetings=fewer, goals=goals))
    assert any("yet the weight is called the most" in problem for problem in found)


def everybody(**facts):
    return tuple(replace(person, **facts) for person in EVENT.participants)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"places": (Place(id="hall", capacity=1),)}, "which holds 1"),
        ({"places": (Place(id="hall", capacity=2, closed=frozenset("123")),)}, "closed place"),
        ({"places": (Place(id="hall", capacity=2, kind="online"),), "participants": everybody(attends=frozenset({"on_site"}))}, "does not meet online"),
        ({"participants": everybody(slot_ids=frozenset())}, "is not there"),
        ({"participants": everybody(hours=(time(3), time(4)))}, "outside their hours"),
        ({"participants": everybody(max_meetings=1)}, "at most 1"),
        ({"max_meetings": 0}, "at most 0"),
        ({"participants": everybody(talk_ids=frozenset({"talk"})), "talks": tuple(replace(talk_at(25 * k, ""), id="talk") for k in (0,))}, "is in talk"),
        ({"breaks": (Break(id="rest", slot_ids=frozenset("123")),)}, "meetings in rest"),
        ({"fixed": (FixedMeeting(pair=("a", "d"), slot_id="1"),)}, "not held as fixed"),
    ],
)  # fmt: skip
def test_finds_a_broken_rule(facts, said):
    assert any(said in problem for problem in problems(**facts))


def test_finds_somebody_who_would_have_to_run():
    places = (Place(id="hall", capacity=2), Place(id="annex", capacity=2))
    walks = (Walk(ends=("hall", "annex"), minutes=90),)
    far = with_meeting(place_id="annex")
    assert any("cannot walk" in problem for problem in problems(far, places=places, walks=walks))


def test_finds_a_wrong_repair():
    now, answer = repair(EVENT, ANSWER.meetings, [Change(kind="no_show", participant_id="a")])
    assert check_repair(event=now, before=ANSWER.meetings, answer=answer) == ()
    wrong = (
        (replace(answer, lost=()), "meetings are lost"),
        (replace(answer, added=answer.meetings), "meetings are added"),
        (replace(answer, meetings=ANSWER.meetings), "is not there"),
        (replace(answer, goals=(replace(answer.goals[0], value=99.0, bound=99.0), answer.goals[1])), "kept is"),
    )
    for planted, said in wrong:
        found = check_repair(event=now, before=ANSWER.meetings, answer=planted)
        assert any(said in problem for problem in found), said


def test_never_raises():
    assert check_timetable(event=EVENT, answer=None)[0].startswith("the check failed")
    assert check_repair(event=EVENT, before=(), answer=None)[0].startswith("the check failed")
