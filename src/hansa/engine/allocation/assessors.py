"""Who assesses which hub: without conflict of interest, within everybody's load, as evenly as can be, proven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hansa.engine.allocation.answer import AssessorAnswer, AssessorGoal, Status, Team
from hansa.engine.allocation.problem import Assessed, Assessor, AssessorRules, RuleName, require_distinct
from hansa.engine.allocation.question import Question, blockers, is_possible
from hansa.engine.allocation.solving import Clock, OutOfTime
from hansa.engine.problem import Reason


def assign_assessors(
    hubs: Iterable[Assessed],
    assessors: Iterable[Assessor],
    *,
    rules: AssessorRules | None = None,
    time_limit_s: float = 10.0,
) -> AssessorAnswer:
    """Give every hub its assessors. Goals in order: places filled, largest load small, smallest load large, expertise.

    Where not every place can be filled, as many as possible are, and the answer names the fewest rules and the hubs that
    make it impossible. The smallest load counts those who may assess at least one hub.

    :raises BadProblem: an id is empty or occurs twice
    """
    question = Question(tuple(hubs), tuple(assessors), (rules or AssessorRules()).held)
    require_distinct((hub.id for hub in question.hubs), "Assessed.id")
    require_distinct((one.id for one in question.assessors), "Assessor.id")
    clock = Clock(left_s=time_limit_s)
    try:
        can_all = is_possible(question, clock)
    except OutOfTime:
        can_all = True
    chosen, goals = question.solve(clock)
    in_the_way: tuple[RuleName, ...] = ()
    blocked: tuple[str, ...] = ()
    lifting: tuple[RuleName, ...] = ()
    if not can_all:
        in_the_way, lifting, blocked = blockers(question, clock)
    teams = tuple(_teams(question, chosen))
    loads = {one.id: sum(person == at for _, person in chosen) for at, one in enumerate(question.assessors)}
    is_proven = all(goal.proven for goal in goals)
    status: Status = "infeasible" if not can_all else "optimal" if is_proven else "feasible"
    return AssessorAnswer(
        status=status,
        teams=teams,
        loads=loads,
        goals=goals,
        blocking_rules=in_the_way,
        blocked_hubs=blocked,
        reasons=(*_summary(teams, loads, goals), *_in_the_way(status, in_the_way, lifting, blocked)),
    )


def _teams(question: Question, chosen: tuple[tuple[int, int], ...]) -> Iterator[Team]:
    for at, hub in enumerate(question.hubs):
        people = [question.assessors[person] for here, person in chosen if here == at]
        yield Team(
            hub=hub.id,
            assessors=tuple(one.id for one in people),
            missing=hub.n_assessors - len(people),
            reasons=tuple(reason for one in people for reason in _fits(hub, one)),
        )


def _fits(hub: Assessed, one: Assessor) -> Iterator[Reason]:
    known = tuple(sorted(hub.expertise & one.expertise))
    spoken = tuple(sorted(hub.languages & one.languages))
    if known:
        yield Reason("assessor_knows", facts={"person": one.id, "words": known})
    if spoken:
        yield Reason("assessor_speaks", facts={"person": one.id, "languages": spoken})


def _summary(teams: tuple[Team, ...], loads: Mapping[str, int], goals: tuple[AssessorGoal, ...]) -> Iterator[Reason]:
    filled = sum(len(team.assessors) for team in teams)
    places = filled + sum(team.missing for team in teams)
    yield Reason("assessors_assigned", facts={"n": filled, "of": places, "hubs": len(teams)}, good=filled == places)
    if loads:
        yield Reason("assessor_loads", facts={"least": min(loads.values()), "most": max(loads.values())})
    if not all(goal.proven for goal in goals):
        yield Reason("assessors_not_proven", good=False)


def _in_the_way(
    status: Status, rules: tuple[RuleName, ...], lifting: tuple[RuleName, ...], blocked: tuple[str, ...]
) -> Iterator[Reason]:
    if status != "infeasible":
        return
    if rules:
        yield Reason("assessors_rules_conflict", facts={"rules": rules}, good=False)
    else:
        yield Reason("assessors_too_few", good=False)
    if blocked:
        yield Reason("assessors_hubs_blocked", facts={"n": len(blocked), "names": blocked}, good=False)
    for name in lifting:
        yield Reason("assessors_lifting_helps", facts={"rules": (name,)})
