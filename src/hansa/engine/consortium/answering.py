"""From what the search found to the answer: the team, why there is none, or what is left without a proof."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hansa.engine.consortium.alternatives import alternatives_to, next_best_to
from hansa.engine.consortium.answer import Goal, TeamAnswer, TeamEffect
from hansa.engine.consortium.candidates import Rows
from hansa.engine.consortium.conflicts import Case, conflict_of
from hansa.engine.consortium.question import Question
from hansa.engine.consortium.search import OutOfTime, Solution
from hansa.engine.problem import Reason

NOBODY_ELSE: Rows = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """One question, and how much beside the best team is wanted."""

    question: Question
    with_next_best: bool
    n_alternatives: int
    share: float

    def solved(self) -> TeamAnswer:
        """The answer, whichever it is."""
        question = self.question
        if question.demand.is_met and not question.limits.required:
            return self.nothing_to_cover()
        try:
            full = question.search(full=True)
        except OutOfTime:
            return self.unproven()
        return self.answer(full) if full is not None else self.refusal()

    def nothing_to_cover(self) -> TeamAnswer:
        effect = self.question.effect(NOBODY_ELSE)
        reasons = list(self.question.words.gaps())
        if not self.question.need.wants:
            reasons.append(Reason("nothing_asked"))
        elif not effect.gaps:
            reasons.append(Reason("lead_covers_all"))
        return TeamAnswer(
            status="nothing_to_cover",
            gaps=effect.gaps,
            extras_missing=effect.extras_missing,
            single_points_of_failure=effect.single_points_of_failure,
            leads=effect.leads,
            reasons=tuple(reasons),
        )

    def answer(self, solution: Solution) -> TeamAnswer:
        effect = self.question.effect(solution.rows)
        goals = self._goals(solution, effect, proven=True)
        proven = len(goals) == len(self.question.goals) and all(goal.proven for goal in goals)
        words = self.question.words
        reasons = [*words.praise(effect, goals), *words.single_points(effect), *words.gaps()]
        if not proven:
            reasons.append(Reason("not_proven", good=False))
        return TeamAnswer(
            status="optimal" if proven else "feasible",
            members=effect.members,
            goals=goals,
            gaps=effect.gaps,
            extras_missing=effect.extras_missing,
            single_points_of_failure=effect.single_points_of_failure,
            leads=effect.leads,
            next_best=next_best_to(self.question, effect) if self.with_next_best else None,
            alternatives=alternatives_to(self.question, effect, n=self.n_alternatives, share=self.share),
            reasons=tuple(reasons),
        )

    def unproven(self) -> TeamAnswer:
        """What is left when time ran out before the solver had anything: the team built hub by hub."""
        effect = self.question.built_by_hand()
        nobody = self.question.words.nobody()
        goals = self._goals(Solution(rows=NOBODY_ELSE, goals=()), effect, proven=False)
        return TeamAnswer(
            status="feasible",
            members=effect.members,
            goals=goals,
            gaps=tuple(want for want in effect.gaps if want in nobody),
            missed=(*(want for want in effect.gaps if want not in nobody), *effect.unled),
            leads=effect.leads,
            extras_missing=effect.extras_missing,
            single_points_of_failure=effect.single_points_of_failure,
            reasons=(*self.question.words.praise(effect, goals), Reason("not_proven", good=False)),
        )

    def refusal(self) -> TeamAnswer:
        """The fewest limits that stand in the way, and the team that covers most within them."""
        question = self.question
        case = Case(
            need=question.need,
            market=question.market,
            limits=question.limits,
            table=question.table,
            demand=question.demand,
            clock=question.clock,
        )
        conflict, reasons = conflict_of(case)
        most = self._most()
        effect = self.question.effect(NOBODY_ELSE if most is None else most.rows)
        if most is None:
            reasons = (*reasons, Reason("no_team_at_all", good=False))
        else:
            facts = {"n": effect.n_covered, "of": effect.n_must}
            reasons = (*reasons, Reason("team_covers_part", facts=facts, good=False))
        reasons = (*reasons, *(broken for broken in effect.breaks if broken.code == "nobody_can_lead"))
        nobody = self.question.words.nobody()
        return TeamAnswer(
            status="infeasible",
            members=effect.members,
            goals=() if most is None else self._goals(most, effect, proven=False),
            gaps=tuple(want for want in effect.gaps if want in nobody),
            missed=(*(want for want in effect.gaps if want not in nobody), *effect.unled),
            leads=effect.leads,
            extras_missing=effect.extras_missing,
            single_points_of_failure=effect.single_points_of_failure,
            conflicts=conflict,
            reasons=(*reasons, *self.question.words.gaps()),
        )

    def _most(self) -> Solution | None:
        try:
            return self.question.search(full=False)
        except OutOfTime:
            return None

    def _goals(self, solution: Solution, effect: TeamEffect, *, proven: bool) -> tuple[Goal, ...]:
        """Goals in their units; coverage as a count."""
        most = float(effect.n_must - len(self.question.words.nobody()))
        found = {goal.name: goal for goal in solution.goals}
        proven = proven or ("coverage" in found and found["coverage"].proven)
        value = effect.values["coverage"]
        coverage = Goal(name="coverage", value=value, bound=value if proven else most, proven=proven)
        return (coverage, *(goal for goal in solution.goals if goal.name != "coverage"))
