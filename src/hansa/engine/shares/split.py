"""The fees of a case split by a method, or as agreed: who gains, who loses, and what would have to be added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Literal, get_args

from hansa.engine.problem import BadProblem, Reason
from hansa.engine.shares.contribution import SAMPLES, Contribution, shapley
from hansa.engine.shares.problem import CENT, Member, ShareProblem

Method = Literal["effort", "cost", "needs", "contribution"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one member gets and what that means to it, against staying away, which brings and costs nothing.

    ``fee_eur`` below 0 is a payment to the others. ``net_eur`` is fee and benefit less cost. ``incentive_eur`` is the
    least amount with which the member does not lose. ``error_eur`` is the standard error of a drawn fee, else 0.
    """

    id: str
    fee_eur: Decimal
    net_eur: Decimal
    incentive_eur: Decimal
    error_eur: Decimal
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """All shares; their fees sum up to the fees of the case to the cent.

    ``incentive_eur`` is the least sum with which nobody loses under this split, ``least_incentive_eur`` the least under
    any split that takes fees from nobody.
    """

    method: str
    shares: tuple[Share, ...]
    incentive_eur: Decimal
    least_incentive_eur: Decimal
    reasons: tuple[Reason, ...]

    @property
    def fees(self) -> dict[str, Decimal]:
        return {share.id: share.fee_eur for share in self.shares}


def fair_shares(problem: ShareProblem, *, method: Method, seed: int = 0, samples: int = SAMPLES) -> Split:
    """Split the fees by one method.

    effort, cost: in proportion; in equal parts where nobody has any. needs: each cost first, what is left in equal
    parts; where the fees fall short, equal losses, but nobody gets less than nothing. contribution: the Shapley value of
    the game in which a group is worth what the client pays for its parts, less its costs, plus its benefits.

    :raises BadProblem: naming the field
    """
    if method not in METHODS:
        raise BadProblem(f"method must be one of {', '.join(METHODS)}")
    drawn: Contribution | None = None
    if method == "needs":
        exact, why = _by_need(problem)
    elif method == "contribution":
        drawn = shapley(len(problem.members), lambda group: _worth(problem, group), seed=seed, samples=samples)
        exact, why = _by_contribution(problem, drawn)
    else:
        exact, why = _in_proportion(problem, method)
    errors = drawn.errors if drawn else (0.0,) * len(problem.members)
    return _split(method, problem, _to_cents(exact), why, errors=errors)


def weigh_split(problem: ShareProblem, *, fees: Mapping[str, Decimal]) -> Split:
    """Say what a given split means to each member.

    :raises BadProblem: naming the field
    """
    ids = [member.id for member in problem.members]
    if sorted(fees) != sorted(ids):
        raise BadProblem("fees must name each member once")
    if any(not isinstance(fee, Decimal) or not fee.is_finite() or fee != fee.quantize(CENT) for fee in fees.values()):
        raise BadProblem("fees must be whole numbers of cents")
    if sum(fees.values()) != problem.fees_eur:
        raise BadProblem("fees must sum up to ShareProblem.fees_eur")
    return _split("agreed", problem, [fees[one] for one in ids], (), errors=(0.0,) * len(ids))


def _in_proportion(problem: ShareProblem, by: str) -> tuple[list[Fraction], tuple[Reason, ...]]:
    weights = [Fraction(member.effort if by == "effort" else member.cost_eur) for member in problem.members]
    total = sum(weights)
    if not total:
        part = Fraction(problem.fees_eur) / len(weights)
        return [part] * len(weights), (Reason("share_in_equal_parts", good=False),)
    code = Reason("share_by_effort") if by == "effort" else Reason("share_by_cost")
    return [Fraction(problem.fees_eur) * weight / total for weight in weights], (code,)


def _by_need(problem: ShareProblem) -> tuple[list[Fraction], tuple[Reason, ...]]:
    costs = [Fraction(member.cost_eur) for member in problem.members]
    left = Fraction(problem.fees_eur) - sum(costs)
    if left >= 0:
        part = left / len(costs)
        facts = {"eur": float(left)}
        return [cost + part for cost in costs], (Reason("share_covers_costs", facts=facts),)
    loss = _equal_loss(costs, Fraction(problem.fees_eur))
    reason = Reason("share_equal_losses", facts={"eur": float(-left)}, good=False)
    return [max(Fraction(0), cost - loss) for cost in costs], (reason,)


def _equal_loss(costs: Sequence[Fraction], fees: Fraction) -> Fraction:
    """Return the loss that each bears so that the fees suffice; who costs less than it gets nothing."""
    falling = sorted(costs, reverse=True)
    known = Fraction(0)
    for n, cost in enumerate(falling, start=1):
        known += cost
        loss = (known - fees) / n
        following = falling[n] if n < len(falling) else Fraction(0)
        if loss >= following:
            return loss
    raise AssertionError("the fees suffice")


def _worth(problem: ShareProblem, group: int) -> Fraction:
    """What a group is worth by itself: what the client pays for its parts, less its costs, plus its benefits."""
    members = [member for place, member in enumerate(problem.members) if group >> place & 1]
    if not members or (problem.lead is not None and problem.lead not in {member.id for member in members}):
        return Fraction(0)
    own = sum((Fraction(member.benefit_eur) - Fraction(member.cost_eur) for member in members), Fraction(0))
    return own + Fraction(problem.fees_eur) * _part_delivered(problem, members)


def _part_delivered(problem: ShareProblem, members: Sequence[Member]) -> Fraction:
    if len(members) == len(problem.members):
        return Fraction(1)
    total = sum(Fraction(member.effort) for member in problem.members)
    if problem.needs_all or not total:
        return Fraction(0)
    return Fraction(sum(Fraction(member.effort) for member in members), total)


def _by_contribution(problem: ShareProblem, drawn: Contribution) -> tuple[list[Fraction], tuple[Reason, ...]]:
    """The fee that leaves each member with its value after its cost and with its benefit."""
    fees = [
        value + Fraction(member.cost_eur) - Fraction(member.benefit_eur)
        for value, member in zip(drawn.values, problem.members, strict=True)
    ]
    why = [Reason("share_by_contribution")]
    if not drawn.is_exact:
        facts = {"n": drawn.n_drawn, "eur": round(2 * max(drawn.errors), 2)}
        why.append(Reason("share_drawn", facts=facts, good=False))
    return fees, tuple(why)


def _to_cents(exact: Sequence[Fraction]) -> list[Decimal]:
    """Round so that the sum stays: down to cents, then a cent more where most was cut off, the earlier member first."""
    cents = [amount * 100 for amount in exact]
    whole = [floor(amount) for amount in cents]
    missing = round(sum(cents)) - sum(whole)
    by_rest = sorted(range(len(cents)), key=lambda place: (whole[place] - cents[place], place))
    for place in by_rest[:missing]:
        whole[place] += 1
    return [Decimal(amount) / 100 for amount in whole]


def _split(
    method: str,
    problem: ShareProblem,
    fees: Sequence[Decimal],
    why: tuple[Reason, ...],
    *,
    errors: Sequence[float],
) -> Split:
    shares = tuple(
        _share(member, fee.quantize(CENT), error) for member, fee, error in zip(problem.members, fees, errors, strict=True)
    )  # fmt: skip
    needed = sum((share.incentive_eur for share in shares), Decimal(0))
    bare = sum((max(Decimal(0), one.cost_eur - one.benefit_eur) for one in problem.members), Decimal(0))
    least = max(Decimal(0), bare - problem.fees_eur)
    return Split(
        method=method,
        shares=shares,
        incentive_eur=needed,
        least_incentive_eur=least,
        reasons=(*why, *_about_incentive(needed, least)),
    )


def _share(member: Member, fee: Decimal, error: float) -> Share:
    net = fee + member.benefit_eur - member.cost_eur
    facts = {"hub": member.id, "eur": float(abs(net))}
    if net:
        said = Reason("share_gains", facts=facts) if net > 0 else Reason("share_loses", facts=facts, good=False)
    else:
        said = Reason("share_even", facts=facts)
    pays = (Reason("share_pays", facts={"hub": member.id, "eur": float(-fee)}, good=False),) if fee < 0 else ()
    return Share(
        id=member.id,
        fee_eur=fee,
        net_eur=net,
        incentive_eur=max(Decimal(0), -net),
        error_eur=Decimal(str(round(error, 2))),
        reasons=(said, *pays),
    )


def _about_incentive(needed: Decimal, least: Decimal) -> tuple[Reason, ...]:
    if not needed:
        return (Reason("incentive_not_needed"),)
    first = Reason("incentive_needed", facts={"eur": float(needed)}, good=False)
    if not least:
        return first, Reason("incentive_by_split")
    if least < needed:
        return first, Reason("incentive_less_by_split", facts={"eur": float(least)}, good=False)
    return (first,)
