"""An independent check of splits. Shares no code with the methods."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hansa.engine.shares.problem import ShareProblem
from hansa.engine.shares.split import Split

_CENT = Decimal("0.01")


def check_split(problem: ShareProblem, answer: Split) -> tuple[str, ...]:
    """List what is wrong with a split; empty means that nothing was found. Never raises.

    Recomputes sums, gains and incentives, and holds each method against what marks it out: equal prices of effort or
    cost, equal gains or losses, and for contributions the closed form that holds where each part is paid by its effort.
    """
    try:
        return tuple(_problems(problem, answer))
    except Exception as error:  # the check itself must never stop a page
        return (f"the check failed: {type(error).__name__}: {error}",)


def _problems(problem: ShareProblem, answer: Split) -> Iterator[str]:
    members = {member.id: member for member in problem.members}
    if [share.id for share in answer.shares] != list(members):
        yield "the shares are not those of the members"
        return
    total = sum(share.fee_eur for share in answer.shares)
    if total != problem.fees_eur:
        yield f"the fees sum up to {total}, not {problem.fees_eur}"
    for share in answer.shares:
        member = members[share.id]
        net = share.fee_eur - member.cost_eur + member.benefit_eur
        if share.net_eur != net:
            yield f"{share.id} is left with {net}, the answer says {share.net_eur}"
        if (
            share.incentive_eur < 0
            or net + share.incentive_eur < 0
            or (share.incentive_eur and net + share.incentive_eur)
        ):
            yield f"{share.incentive_eur} is not the least incentive of {share.id}"
    if sum(share.incentive_eur for share in answer.shares) != answer.incentive_eur:
        yield "the incentive is not the sum of what each needs"
    if answer.least_incentive_eur > answer.incentive_eur and all(share.fee_eur >= 0 for share in answer.shares):
        yield "the least incentive is more than this split needs"
    yield from _CHECKS[answer.method](problem, answer) if answer.method in _CHECKS else ()


def _proportion(problem: ShareProblem, answer: Split) -> Iterator[str]:
    name = "effort" if answer.method == "effort" else "cost_eur"
    weights = [getattr(member, name) for member in problem.members]
    total = sum(weights)
    for share, weight in zip(answer.shares, weights, strict=True):
        fair = problem.fees_eur * weight / total if total else problem.fees_eur / len(weights)
        if abs(share.fee_eur - fair) >= _CENT:
            yield f"{share.id} gets {share.fee_eur}, its proportion is {fair:.4f}"


def _needs(problem: ShareProblem, answer: Split) -> Iterator[str]:
    over = [share.fee_eur - member.cost_eur for share, member in zip(answer.shares, problem.members, strict=True)]
    enough = problem.fees_eur >= sum(member.cost_eur for member in problem.members)
    if any(share.fee_eur < 0 for share in answer.shares):
        yield "somebody gets less than nothing"
    if enough and min(over) < 0:
        yield "the fees cover the costs, yet somebody loses"
    # Who gets nothing bears its whole cost, and that may be less than the others bear.
    bearing = [gap for gap, share in zip(over, answer.shares, strict=True) if enough or share.fee_eur > 0]
    if bearing and max(bearing) - min(bearing) > _CENT:
        yield "gains or losses are not equal"
    if not enough and bearing and any(-gap > -min(bearing) + _CENT for gap in over):
        yield "somebody without a fee bears more than the others"


def _contribution(problem: ShareProblem, answer: Split) -> Iterator[str]:
    """Where parts are paid by effort, the worth is a sum over members and pairs with the lead, whose value is known."""
    efforts = sum(member.effort for member in problem.members)
    if problem.needs_all or not efforts:
        return
    own = {
        member.id: problem.fees_eur * member.effort / efforts - member.cost_eur + member.benefit_eur
        for member in problem.members
    }
    for share in answer.shares:
        value = own[share.id]
        if problem.lead == share.id:
            value += sum((worth for other, worth in own.items() if other != share.id), Decimal(0)) / 2
        elif problem.lead is not None:
            value /= 2
        # A drawn value may lie some standard errors away.
        if abs(share.net_eur - value) > _CENT + 6 * share.error_eur:
            yield f"{share.id} is left with {share.net_eur}, its value is {value:.4f}"


_CHECKS = {"effort": _proportion, "cost": _proportion, "needs": _needs, "contribution": _contribution}
