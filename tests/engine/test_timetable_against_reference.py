"""When the timetable is held against brute force, and against itself under changes that must not matter."""

from dataclasses import replace

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from engine.events import events
from hansa.engine.problem import BadProblem
from hansa.engine.reference import best_timetable_by_trying
from hansa.engine.timetable import Event, Wish, best_timetable
from hansa.engine.verify import check_timetable


def key(answer):
    weight, empty, gaps = answer.goals
    return round(weight.value * 1000), -int(empty.value), -int(gaps.value)


def solve(event):
    """The answer, None where the fixed meetings exclude each other."""
    try:
        return best_timetable(event, effort=2)
    except BadProblem as bad:
        if not str(bad).startswith("Event.fixed"):
            raise
        return None


@settings(max_examples=100, deadline=None)
@given(event=events())
def test_search_and_brute_force_agree(event):
    answer, expected = solve(event), best_timetable_by_trying(event)
    assert (answer is None) == (expected is None)
    if answer is not None:
        assert key(answer) == expected
        assert all(goal.proven for goal in answer.goals)


@settings(max_examples=40, deadline=None)
@given(event=events(most_people=7, most_pairs=10))
def test_the_independent_check_finds_nothing(event):
    answer = solve(event)
    if answer is not None:
        assert check_timetable(event=event, answer=answer) == ()


@settings(max_examples=50, deadline=None)
@given(event=events(), data=st.data())
def test_another_wish_never_lowers_the_weight(event, data):
    asked = {(wish.asker, wish.asked) for wish in event.wishes}
    people = [person.id for person in event.participants]
    new = [(one, two) for one in people for two in people if one != two and (one, two) not in asked]
    before = solve(event)
    if not new or before is None:
        return
    asker, wanted = data.draw(st.sampled_from(new))
    after = solve(replace(event, wishes=(*event.wishes, Wish(asker=asker, asked=wanted))))
    assert after.value >= before.value


@settings(max_examples=50, deadline=None)
@given(event=events())
def test_other_names_change_nothing(event):
    before, after = solve(event), solve(renamed(event))
    if before is None:
        assert after is None
        return
    assert [(g.value, g.bound) for g in before.goals] == [(g.value, g.bound) for g in after.goals]
    assert [(m.slot_id, m.place_id) for m in before.meetings] == [(m.slot_id, m.place_id) for m in after.meetings]
    assert [tuple(name.removeprefix("other ") for name in m.pair) for m in after.meetings] == [
        m.pair for m in before.meetings
    ]


def renamed(event: Event) -> Event:
    name = "other {}".format
    return replace(
        event,
        participants=tuple(replace(person, id=name(person.id)) for person in event.participants),
        wishes=tuple(replace(wish, asker=name(wish.asker), asked=name(wish.asked)) for wish in event.wishes),
        fixed=tuple(replace(meeting, pair=(name(meeting.pair[0]), name(meeting.pair[1]))) for meeting in event.fixed),
    )


@settings(max_examples=40, deadline=None)
@given(event=events())
def test_another_table_never_lowers_the_weight(event):
    before = solve(event)
    if before is None:
        return
    wider = tuple(
        replace(place, capacity=None if place.capacity is None else place.capacity + 1) for place in event.places
    )
    assert solve(replace(event, places=wider)).value >= before.value


@settings(max_examples=30, deadline=None)
@given(event=events())
def test_the_same_event_gives_the_same_timetable(event):
    assert solve(event) == solve(event)


def everybody(event, **facts):
    return replace(event, participants=tuple(replace(person, **facts) for person in event.participants))


RULES = {
    "slots": lambda event: everybody(event, slot_ids=None),
    "talks": lambda event: everybody(event, talk_ids=frozenset()),
    "max_meetings of one": lambda event: everybody(event, max_meetings=None),
    "kinds": lambda event: everybody(event, attends=frozenset({"on_site", "online"})),
    "hours": lambda event: everybody(event, hours=None),
    "max_meetings of all": lambda event: replace(event, max_meetings=None),
    "breaks": lambda event: replace(event, breaks=()),
    "walks": lambda event: replace(event, walks=()),
    "talk places": lambda event: replace(event, talks=tuple(replace(talk, place_id="") for talk in event.talks)),
    "fixed": lambda event: replace(event, fixed=()),
    "capacity": lambda event: replace(event, places=tuple(replace(place, capacity=None) for place in event.places)),
    "closed": lambda event: replace(event, places=tuple(replace(place, closed=frozenset()) for place in event.places)),
}


def test_the_generator_reaches_every_rule():
    """A rule binds where lifting it makes a better timetable possible."""
    reached = set()

    @settings(max_examples=800, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(event=events())
    def look(event):
        before = best_timetable_by_trying(event)
        if before is not None:
            for name in set(RULES) - reached:
                lifted = RULES[name](event)
                if lifted != event and best_timetable_by_trying(lifted) > before:
                    reached.add(name)

    look()
    assert reached == set(RULES)
