"""The exact search: CP-SAT over pairs and cells, one goal after the other, each proven before the next.

Used on the whole of a small event, and on a part of a large one while the rest stays as it is. One worker: the same
input gives the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hansa.engine.timetable.grid import Grid, bits
from hansa.engine.timetable.schedule import Schedule

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

Meetings = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Meetings of the whole event, what they reach, what none can beat."""

    meetings: Meetings
    value: int
    bound: int
    proven: bool


@dataclass(slots=True, kw_only=True)
class ExactModel:
    """Who meets where, for some pairs and cells; what else the schedule holds stays.

    ``held``: pairs that must meet, beside the fixed meetings.
    """

    schedule: Schedule
    pairs: Sequence[int]
    cells: int
    held: frozenset[int] = frozenset()
    model: cp_model.CpModel = field(init=False)
    x: dict[tuple[int, int], Any] = field(init=False, default_factory=dict)
    of_person: defaultdict[int, defaultdict[int, list[Any]]] = field(init=False)
    stay: Meetings = field(init=False)

    def __post_init__(self) -> None:
        from ortools.sat.python import cp_model  # heavy: only when it is needed

        self.model = cp_model.CpModel()
        self.of_person = defaultdict(lambda: defaultdict(list))
        free = set(self.pairs)
        self.stay = [
            (pair, cell) for pair, cell in self.schedule.meetings() if pair not in free or not self.cells >> cell & 1
        ]
        staying = {pair for pair, _ in self.stay}
        taken = self._taken()
        for pair in self.pairs:
            if pair not in staying:
                self._add_pair(pair, taken)
        self._add_people()
        self._add_room()

    @property
    def grid(self) -> Grid:
        return self.schedule.grid

    def _taken(self) -> defaultdict[int, int]:
        """Per person, the cells that the meetings that stay make impossible."""
        taken: defaultdict[int, int] = defaultdict(int)
        for pair, cell in self.stay:
            for person in self.grid.pairs.both(pair):
                taken[person] |= self.grid.clash[cell]
        return taken

    def _add_pair(self, pair: int, taken: Mapping[int, int]) -> None:
        one, two = self.grid.pairs.both(pair)
        cells = self.grid.pairs.allowed[pair] & self.cells & ~taken[one] & ~taken[two]
        mine = []
        for cell in bits(cells):
            variable = self.model.new_bool_var("")
            self.x[pair, cell] = variable
            mine.append(variable)
            for person in (one, two):
                self.of_person[person][cell].append(variable)
        if self.grid.pairs.pinned[pair] or pair in self.held:
            self.model.add_exactly_one(mine)
        elif len(mine) > 1:
            self.model.add_at_most_one(mine)

    def _add_people(self) -> None:
        grid = self.grid
        stays: defaultdict[int, list[int]] = defaultdict(list)
        for pair, cell in self.stay:
            for person in grid.pairs.both(pair):
                stays[person].append(cell)
        for person, cells in self.of_person.items():
            for slot in sorted({grid.slot_of(cell) for cell in cells}):
                self.model.add_at_most_one(self._in(cells, grid.slot_cells[slot]))
            for cell in cells:
                for other_slot in sorted(
                    {grid.slot_of(other) for other in bits(grid.clash[cell] & ~grid.slot_cells[grid.slot_of(cell)])}
                ):
                    others = self._in(cells, grid.clash[cell] & grid.slot_cells[other_slot])
                    if others:
                        self.model.add_at_most_one([*cells[cell], *others])
            rules = [(-1, grid.most[person]), *grid.windows[person]]
            for mask, most in rules:
                mine = self._in(cells, mask)
                left = most - sum(1 for cell in stays[person] if mask >> cell & 1)
                if len(mine) > left:
                    self.model.add(sum(mine) <= left)

    def _add_room(self) -> None:
        inside: defaultdict[int, list[Any]] = defaultdict(list)
        for (_, cell), variable in self.x.items():
            inside[cell].append(variable)
        for _, cell in self.stay:
            inside[cell].append(1)
        for cell, variables in inside.items():
            if len(variables) > self.grid.capacity[cell]:
                self.model.add(sum(variables) <= self.grid.capacity[cell])

    def _in(self, cells: Mapping[int, list[Any]], mask: int) -> list[Any]:
        return [variable for cell, variables in cells.items() if mask >> cell & 1 for variable in variables]

    def weight(self) -> Any:
        """What the meetings count, those that stay included."""
        weight = self.grid.pairs.weight
        return sum(weight[pair] * variable for (pair, _), variable in self.x.items()) + sum(
            weight[pair] for pair, _ in self.stay
        )

    def empty_handed(self) -> Any:
        """People who asked and have no meeting."""
        busy = {person for pair, _ in self.stay for person in self.grid.pairs.both(pair)}
        without = 0
        terms = []
        for person, asks in enumerate(self.grid.is_asker):
            if not asks or person in busy:
                continue
            mine = self._in(self.of_person[person], -1) if person in self.of_person else []
            without += 1
            if mine:
                met = self.model.new_bool_var("")
                self.model.add(met <= sum(mine))
                terms.append(met)
        return without - sum(terms)

    def gaps(self) -> Any:
        """Slots in which somebody waits between two meetings; for a model of the whole event only."""
        grid = self.grid
        gaps = []
        for person, cells in self.of_person.items():
            slots = range(len(grid.slot_cells))
            busy = [sum(self._in(cells, grid.slot_cells[slot])) for slot in slots]
            before, after = ([self.model.new_bool_var("") for _ in slots] for _ in range(2))
            for slot in slots[1:]:
                self.model.add(before[slot] >= busy[slot - 1])
                self.model.add(before[slot] >= before[slot - 1])
                self.model.add(after[slot - 1] >= busy[slot])
                self.model.add(after[slot - 1] >= after[slot])
            for slot in slots:
                if grid.slot_cells[slot] & grid.there[person] & grid.unclosed:
                    waits = self.model.new_bool_var("")
                    self.model.add(waits >= before[slot] + after[slot] - 1 - busy[slot])
                    gaps.append(waits)
        return sum(gaps)

    def best(
        self, expression: Any, *, more: bool, effort: float, start: Iterable[tuple[int, int]] | None
    ) -> Outcome | None:
        """Reach one goal, from a first timetable if there is one; None when there is none or none was found.

        ``effort``: deterministic seconds of the solver.
        """
        from ortools.sat.python import cp_model

        self.model.clear_hints()  # type: ignore[no-untyped-call]
        if start is not None:
            chosen = set(start)
            for key, variable in self.x.items():
                self.model.add_hint(variable, key in chosen)
        self.model.clear_objective()  # type: ignore[no-untyped-call]
        if more:
            self.model.maximize(expression)
        else:
            self.model.minimize(expression)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = 2
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_presolve_iterations = 1
        solver.parameters.max_deterministic_time = effort
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        found = [key for key, variable in self.x.items() if solver.boolean_value(variable)]
        return Outcome(
            meetings=[*self.stay, *found],
            value=solver.value(expression),
            bound=round(solver.best_objective_bound),
            proven=status == cp_model.OPTIMAL,
        )

    def hold(self, expression: Any, value: int, *, more: bool) -> None:
        """From here on, let no timetable be worse than this in a goal."""
        self.model.add(expression >= value if more else expression <= value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What no timetable can beat, goal by goal: weight in thousandths, people without a meeting, gaps."""

    weight: int
    empty: int
    gaps: int


def settle(schedule: Schedule, bounds: Bounds, *, effort: float) -> Bounds:
    """Search the whole of a small event goal by goal; leave the best timetable in the schedule, return its bounds."""
    model = ExactModel(schedule=Schedule(schedule.grid), pairs=range(len(schedule.grid.pairs)), cells=-1)
    found: list[int] = []
    best = schedule.meetings()
    goals = ((model.weight(), True), (model.empty_handed(), False), (model.gaps(), False))
    for expression, more in goals:
        outcome = model.best(expression, more=more, effort=effort, start=best)
        if outcome is None:
            break
        best = outcome.meetings
        found.append(outcome.bound)
        model.hold(expression, outcome.value, more=more)
    schedule.become(best)
    return Bounds(
        weight=min([bounds.weight, *found[:1]]),
        empty=found[1] if len(found) > 1 else 0,
        gaps=found[2] if len(found) > 2 else 0,
    )
