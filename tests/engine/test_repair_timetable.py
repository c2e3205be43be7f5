"""When something changes after the timetable was made."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.events import event_of, events
from hansa.engine.problem import BadProblem
from hansa.engine.timetable import Change, Meeting, Participant, Wish, best_timetable, repair
from hansa.engine.verify import check_repair


def meeting(pair, slot, place="hall"):
    return Meeting(pair=tuple(pair), slot_id=slot, place_id=place, weight=1.0)


def seats(meetings):
    return {"".join(m.pair): m.slot_id for m in meetings}


def test_a_no_show_moves_nobody_else():
    event = event_of("ab bc")
    _, answer = repair(event, (meeting("ab", "1"), meeting("bc", "2")), [Change(kind="no_show", participant_id="a")])
    assert seats(answer.meetings) == {"bc": "2"}
    assert (len(answer.lost), answer.moved_others, answer.proven) == (1, (), True)


def test_a_late_arrival_keeps_its_meetings_with_the_fewest_moves():
    event = event_of("ab bc", slots=2, tables=1)
    before = (meeting("ab", "1"), meeting("bc", "2"))
    _, answer = repair(event, before, [Change(kind="late", participant_id="a", slot_id="2")])
    assert seats(answer.meetings) == {"ab": "2", "bc": "1"}
    assert seats(answer.moved_others) == {"bc": "1"}
    assert [(goal.name, goal.value, goal.bound) for goal in answer.goals] == [("kept", 2, 2), ("moved_others", 1, 1)]


def test_what_becomes_free_is_used_without_moving_anybody():
    event = event_of("ab bc", slots=1, tables=1)
    _, answer = repair(event, (meeting("ab", "1"),), [Change(kind="no_show", participant_id="a")])
    assert seats(answer.added) == {"bc": "1"}


def test_new_people_and_wishes_find_room():
    event = event_of("ab", slots=2)
    changes = [
        Change(kind="participant", participant=Participant(id="z")),
        Change(kind="wish", wish=Wish(asker="z", asked="a")),
        Change(kind="cancelled", pair=("a", "b")),
    ]
    now, answer = repair(event, (meeting("ab", "1"),), changes)
    assert len(now.participants) == 3
    assert seats(answer.meetings) == {"az": "1"} or seats(answer.meetings) == {"az": "2"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ([{"kind": "no_show", "participant_id": "x"}], "Change.participant_id names 'x'"),
        ([{"kind": "late", "participant_id": "a", "slot_id": "9"}], "Change.slot_id names '9'"),
        ([{"kind": "late", "participant_id": "a"}], "Change.slot_id must be given"),
        ([{"kind": "closed", "place_id": "x"}], "Change.place_id names 'x'"),
        ([{"kind": "cancelled", "pair": ("a", "x")}], "Change.pair names 'x'"),
        ([{"kind": "rain"}], "Change.kind"),
    ],
)
def test_refuses_a_change_that_makes_no_sense(changes, field):
    with pytest.raises(BadProblem, match=field):
        repair(event_of("ab"), (), [Change(**change) for change in changes])


@pytest.mark.parametrize(
    ("before", "field"),
    [
        (meeting("ax", "1"), r"meetings\[0\].participants"),
        (meeting("ab", "9"), r"meetings\[0\].slot"),
        (meeting("ab", "1", "moon"), r"meetings\[0\].place"),
    ],
)
def test_refuses_meetings_of_another_event(before, field):
    with pytest.raises(BadProblem, match=field):
        repair(event_of("ab"), (before,), [])


@settings(max_examples=40, deadline=None)
@given(event=events(most_people=6, most_pairs=8), data=st.data())
def test_the_independent_check_finds_nothing(event, data):
    try:
        before = best_timetable(event, effort=0.5).meetings
    except BadProblem:
        return
    who = st.sampled_from([person.id for person in event.participants])
    slot = st.sampled_from([slot.id for slot in event.slots])
    place = st.sampled_from([place.id for place in event.places])
    change = st.one_of(
        st.builds(Change, kind=st.just("no_show"), participant_id=who),
        st.builds(Change, kind=st.sampled_from(["late", "leaves"]), participant_id=who, slot_id=slot),
        st.builds(Change, kind=st.just("closed"), place_id=place, slot_ids=slot.map(lambda name: frozenset({name}))),
    )
    try:
        now, answer = repair(event, before, data.draw(st.lists(change, min_size=1, max_size=3)))
    except BadProblem as bad:
        assert "Event.fixed" in str(bad)  # noqa: PT017
        return
    assert check_repair(event=now, before=before, answer=answer) == ()
