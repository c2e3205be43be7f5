"""Assessors and hubs as a model, and what stands in the way where it has no answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from hansa.engine.allocation.answer import AssessorGoal
from hansa.engine.allocation.conflicts import conflicts_between
from hansa.engine.allocation.problem import RULES, Assessed, Assessor, AssessorRules, RuleName
from hansa.engine.allocation.solving import Clock, Model, OutOfTime, maximise

Pair = tuple[int, int]  # position of the hub, position of the assessor


@dataclass(frozen=True, slots=True)
class Question:
    """Hubs, assessors, and the rules that hold."""

    hubs: tuple[Assessed, ...]
    assessors: tuple[Assessor, ...]
    held: frozenset[RuleName]

    def pairs(self) -> list[Pair]:
        """Who may assess whom."""
        rules = AssessorRules(lifted=frozenset(RULES) - self.held)
        return [
            (hub, person)
            for hub, one in enumerate(self.hubs)
            for person, other in enumerate(self.assessors)
            if not conflicts_between(one, other, rules=rules)
        ]

    def model(self, pairs: list[Pair], *, is_full: bool) -> Model:
        """Places, loads and expertise. A hub with an open place may lack expertise; a full one may not."""
        model = Model(len(pairs))
        for at, hub in enumerate(self.hubs):
            rows = [row for row, (here, _) in enumerate(pairs) if here == at]
            model.add_at_most(rows, hub.n_assessors)
            if is_full:
                model.add_at_least(rows, hub.n_assessors)
            for tag in sorted(hub.expertise) if "expertise" in self.held else ():
                # Filled places minus those that bring the tag: one place at least is open or brings it.
                others = [row for row in rows if tag not in self.assessors[pairs[row][1]].expertise]
                model.add_at_most(others, hub.n_assessors - 1)
        if "load" in self.held:
            for at, one in enumerate(self.assessors):
                model.add_at_most([row for row, (_, person) in enumerate(pairs) if person == at], one.max_load)
        return model

    def solve(self, clock: Clock) -> tuple[tuple[Pair, ...], tuple[AssessorGoal, ...]]:
        """Reach the goals one after the other, each proven before the next."""
        pairs = self.pairs()
        model = self.model(pairs, is_full=False)
        objectives = self._objectives(model, pairs)
        chosen: tuple[int, ...] = ()
        goals: list[AssessorGoal] = []
        for name, (objective, sign) in objectives.items():
            try:
                found = maximise(model, objective, clock=clock, start=chosen) if clock.is_left else None
            except OutOfTime:
                found = None
            if found is None:
                break
            chosen = found.chosen
            goals.append(
                AssessorGoal(name=name, value=sign * found.value, bound=sign * found.bound, proven=found.is_proven)  # type: ignore[arg-type]
            )
            if not found.is_proven:
                break
            model.cp.add(objective >= found.value)
        return tuple(pairs[row] for row in chosen), tuple(goals)

    def _objectives(self, model: Model, pairs: list[Pair]) -> dict[str, tuple[Any, int]]:
        """What to maximise, and the sign of the number that is told."""
        by_person: dict[int, list[int]] = {}
        for row, (_, person) in enumerate(pairs):
            by_person.setdefault(person, []).append(row)
        most = model.cp.new_int_var(0, len(self.hubs), "")
        least = model.cp.new_int_var(0, len(self.hubs), "")
        able = [one for one in by_person if self.assessors[one].max_load or "load" not in self.held]
        for person, rows in by_person.items():
            model.cp.add(model.sum(rows) <= most)
            if person in able:
                model.cp.add(model.sum(rows) >= least)
        if not able:
            model.cp.add(least == 0)
        known = [len(self.hubs[hub].expertise & self.assessors[person].expertise) for hub, person in pairs]
        return {
            "places": (model.sum(range(len(pairs))), 1),
            "most": (-1 * most, -1),
            "least": (1 * least, 1),
            "match": (model.sum(range(len(pairs)), known), 1),
        }


def is_possible(question: Question, clock: Clock) -> bool:
    """Whether every hub can have all its assessors.

    :raises OutOfTime: neither an assignment nor a proof
    """
    model = question.model(question.pairs(), is_full=True)
    return maximise(model, model.sum([]), clock=clock) is not None


def blockers(question: Question, clock: Clock) -> tuple[tuple[RuleName, ...], tuple[RuleName, ...], tuple[str, ...]]:
    """The fewest rules that are impossible together; which of the held ones is enough to lift alone; hubs of which none can be left out.

    What is not known when time runs out stays empty.
    """
    rules: tuple[RuleName, ...] = ()
    lifting: tuple[RuleName, ...] = ()
    try:
        rules = _fewest_rules(question, clock)
        lifting = tuple(name for name in rules if is_possible(replace(question, held=question.held - {name}), clock))
        return rules, lifting, _needed_hubs(question, clock)
    except OutOfTime:
        return rules, lifting, ()


def _fewest_rules(question: Question, clock: Clock) -> tuple[RuleName, ...]:
    held = [name for name in RULES if name in question.held]
    for size in range(len(held) + 1):
        for some in combinations(held, size):
            if not is_possible(replace(question, held=frozenset(some)), clock):
                return some
    return tuple(held)


def _needed_hubs(question: Question, clock: Clock) -> tuple[str, ...]:
    """Leave out one hub after the other as long as it stays impossible."""
    kept: Iterable[Assessed] = question.hubs
    for hub in question.hubs:
        fewer = tuple(one for one in kept if one is not hub)
        if not is_possible(replace(question, hubs=fewer), clock):
            kept = fewer
    return tuple(hub.id for hub in kept)
