"""The reasons of a timetable, in the vocabulary of ``explain``."""

from __future__ import annotations

from collections.abc import Iterator

from hansa.engine.problem import Reason
from hansa.engine.timetable.answer import Goal, Unmet
from hansa.engine.timetable.grid import Grid, bits
from hansa.engine.timetable.schedule import Schedule


def unmet_wishes(schedule: Schedule) -> Iterator[Unmet]:
    """Every wish that is not met, with the first reason that applies, the hardest first."""
    grid = schedule.grid
    people = {person.id: number for number, person in enumerate(grid.event.participants)}
    pair_of = {grid.pairs.both(pair): pair for pair in range(len(grid.pairs))}
    for wish in grid.event.wishes:
        one, two = sorted((people[wish.asker], people[wish.asked]))
        pair = pair_of[one, two]
        if schedule.cell[pair] < 0:
            yield Unmet(asker=wish.asker, asked=wish.asked, reason=_why(schedule, pair, people[wish.asked]))


def _why(schedule: Schedule, pair: int, asked: int) -> Reason:
    grid = schedule.grid
    one, two = grid.pairs.both(pair)
    names = {"one": name_of(grid, one), "two": name_of(grid, two)}
    never = _never(grid, one, two)
    if never:
        return Reason(never, facts=names, good=False)
    for person in (asked, two if asked == one else one):
        if len(schedule.at[person]) >= grid.most[person]:
            facts = {"person": name_of(grid, person), "n": grid.most[person]}
            return Reason("meets_as_many_as_allowed", facts=facts, good=False)
    slots = grid.n_slots_in(grid.pairs.allowed[pair])
    free = schedule.fits(pair)
    if free:
        return Reason("places_taken", facts={"n": grid.n_slots_in(free)}, good=False)
    for person in (asked, two if asked == one else one):
        if len({grid.slot_of(cell) for cell in schedule.at[person]}) >= grid.n_slots_in(grid.there[person]):
            facts = {"person": name_of(grid, person), "n": len(schedule.at[person])}
            return Reason("meets_in_every_slot", facts=facts, good=False)
    return Reason("never_free_together", facts={**names, "n": slots}, good=False)


def _never(grid: Grid, one: int, two: int) -> str:
    """Why two could not meet in any timetable; empty when they could."""
    if grid.there[one] & grid.there[two]:
        return ""
    people = grid.event.participants
    if not people[one].attends & people[two].attends:
        return "no_kind_in_common"
    slots = [{grid.slot_of(cell) for cell in bits(grid.there[person])} for person in (one, two)]
    return "no_place_in_common" if slots[0] & slots[1] else "no_slot_in_common"


def name_of(grid: Grid, person: int) -> str:
    """The name of a participant, the id where there is none."""
    found = grid.event.participants[person]
    return found.name or found.id


def summary(goals: tuple[Goal, ...], *, n_meetings: int, n_met: int, n_wishes: int) -> Iterator[Reason]:
    """What the timetable holds, how good it is, and who goes home empty-handed."""
    weight, empty, gaps = goals
    yield Reason("meetings_held", facts={"n": n_meetings, "met": n_met, "of": n_wishes})
    if weight.proven:
        yield Reason("weight_is_most", facts={"value": weight.value})
    else:
        yield Reason("weight_is_near", facts={"value": weight.value, "bound": weight.bound}, good=False)
    if not empty.value:
        yield Reason("nobody_empty_handed")
    elif empty.proven:
        yield Reason("fewest_empty_handed", facts={"n": int(empty.value)}, good=False)
    else:
        yield Reason("some_empty_handed", facts={"n": int(empty.value), "bound": int(empty.bound)}, good=False)
    yield Reason("waits_in_all", facts={"n": int(gaps.value)}, good=not gaps.value)
