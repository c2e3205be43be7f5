"""Other teams: the one that does without a partner at the least loss, and some that really differ."""

from __future__ import annotations

import math

import numpy as np

from hansa.engine.consortium.answer import Alternative, TeamEffect
from hansa.engine.consortium.candidates import Apart
from hansa.engine.consortium.question import Question
from hansa.engine.consortium.search import OutOfTime, Solution

MOST_ALTERNATIVES = 3


def next_best_to(question: Question, effect: TeamEffect) -> Alternative | None:
    """The best team without at least one of the partners that must-haves rest on; None without one or without time."""
    asked = {question.need.wants[want].id for want in np.flatnonzero(question.demand.asked > 0)}
    essential = frozenset(
        member.hub_id
        for member in effect.members
        if member.hub_id not in question.limits.required and asked & {want for want, _ in member.covers}
    )
    if not essential:
        return None
    found = _found(question, (Apart(hub_ids=essential, most=len(essential) - 1),))
    return None if found is None else _alternative(question, effect, found)


def alternatives_to(question: Question, effect: TeamEffect, *, n: int, share: float) -> tuple[Alternative, ...]:
    """Up to ``n`` teams, best first. At least ``share`` of the partners of each team before one are not in it.

    Required partners do not count: they are in all of them.
    """
    apart = [_apart(question, frozenset(member.hub_id for member in effect.members), share)]
    found: list[Alternative] = []
    while len(found) < n and apart[-1].hub_ids:
        other = _found(question, tuple(apart))
        if other is None:
            break
        found.append(_alternative(question, effect, other))
        apart.append(_apart(question, frozenset(found[-1].hub_ids), share))
    return tuple(found)


def n_that_differ(n: int, share: float) -> int:
    """How many of n partners another team has to do without: the share of them, rounded up, one at least."""
    return max(1, math.ceil(round(share * 1000) * n / 1000))


def _apart(question: Question, hub_ids: frozenset[int], share: float) -> Apart:
    free = hub_ids - question.limits.required
    return Apart(hub_ids=free, most=len(free) - n_that_differ(len(free), share))


def _found(question: Question, apart: tuple[Apart, ...]) -> Solution | None:
    try:
        return question.search(full=True, apart=apart)
    except OutOfTime:
        return None


def _alternative(question: Question, effect: TeamEffect, other: Solution) -> Alternative:
    after = question.effect(other.rows)
    ids, other_ids = [member.hub_id for member in effect.members], question.table.ids[other.rows]
    out = tuple(np.setdiff1d(ids, other_ids).tolist())
    into = tuple(np.setdiff1d(other_ids, ids).tolist())
    return Alternative(
        hub_ids=tuple(other_ids.tolist()),
        out=out,
        into=into,
        values=after.values,
        proven=len(other.goals) >= len(question.goals) - 1 and all(goal.proven for goal in other.goals),
        reasons=tuple(question.words.swap(effect, after, out=out, into=into)),
    )
