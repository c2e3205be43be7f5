"""Which applications get a grant: the most points the budget and the rules allow, proven, and why the others do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from hansa.engine.allocation.answer import GrantAnswer, Unfunded
from hansa.engine.allocation.problem import Application, GrantRules, require_distinct
from hansa.engine.allocation.solving import Clock, Found, Model, OutOfTime, maximise
from hansa.engine.problem import BadProblem, Reason

CENTS, THOUSANDTHS, SHARES = 100, 1000, 10_000
MOST_APPLICATIONS = 5000  # beyond, sums could leave the whole numbers of the solver
OUT_OF_TIME = Found(chosen=(), value=0, bound=0, is_proven=False)


def choose_grants(
    applications: Iterable[Application], *, rules: GrantRules, time_limit_s: float = 10.0, with_reasons: bool = True
) -> GrantAnswer:
    """Choose the applications that are worth most together within the rules.

    Amounts count in cents, values in thousandths of a point, shares in hundredths of a percent. With
    ``with_reasons`` each refusal is worked out by solving again with that application granted.

    :raises BadProblem: an id is empty or occurs twice, or a share is asked for a group nobody belongs to
    """
    everything = tuple(applications)
    require_distinct((one.id for one in everything), "Application.id")
    if len(everything) > MOST_APPLICATIONS:
        raise BadProblem(f"applications must be at most {MOST_APPLICATIONS}, not {len(everything)}")
    known = {group for one in everything for group in one.groups}
    for group, share in rules.min_shares.items():
        if share > 0 and group not in known:
            raise BadProblem(f"GrantRules.min_shares names {group}, to which no application belongs")
    clock = Clock(left_s=time_limit_s)
    grants = _Grants(everything, rules)
    found = grants.solve(clock)
    chosen = set(found.chosen)
    unfunded = tuple(grants.refusals(found, clock)) if with_reasons else ()
    spent = sum(grants.cents[row] for row in chosen)
    return GrantAnswer(
        status="optimal" if found.is_proven else "feasible",
        funded=tuple(everything[row].id for row in sorted(chosen)),
        value=found.value / THOUSANDTHS,
        bound=found.bound / THOUSANDTHS,
        proven=found.is_proven,
        spent_eur=spent / CENTS,
        unfunded=unfunded,
        reasons=tuple(_summary(len(everything), len(chosen), spent, rules, found)),
    )


def _summary(n: int, n_funded: int, spent: int, rules: GrantRules, found: Found) -> Iterator[Reason]:
    facts = {"n": n_funded, "of": n, "eur": spent / CENTS, "limit": rules.budget_eur}
    yield Reason("grants_chosen", facts=facts)
    points = {"points": found.value / THOUSANDTHS}
    if found.is_proven:
        yield Reason("grants_are_best", facts=points)
    else:
        yield Reason("grants_not_proven", facts={**points, "bound": found.bound / THOUSANDTHS}, good=False)


@dataclass(slots=True)
class _Grants:
    """The question in whole numbers."""

    applications: tuple[Application, ...]
    rules: GrantRules
    cents: list[int] = field(init=False)
    points: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.cents = [round(one.amount_eur * CENTS) for one in self.applications]
        self.points = [round(one.value * THOUSANDTHS) for one in self.applications]

    @property
    def budget(self) -> int:
        return round(self.rules.budget_eur * CENTS)

    def model(self, *, granted: int | None = None) -> Model:
        """All rules as constraints; one application granted, if asked."""
        model = Model(len(self.applications))
        model.add_at_most(range(len(self.cents)), self.budget, self.cents)
        for rows, limit in self._counted():
            model.add_at_most(rows, limit)
        for weights in self._shares():
            model.add_at_least(range(len(weights)), 0, weights)
        if granted is not None:
            model.add_at_least([granted], 1)
        return model

    def _counted(self) -> Iterator[tuple[list[int], int]]:
        for name, limit in (("hub", self.rules.max_per_hub), ("country", self.rules.max_per_country)):
            if limit is not None:
                members: defaultdict[str, list[int]] = defaultdict(list)
                for row, one in enumerate(self.applications):
                    if getattr(one, name):
                        members[getattr(one, name)].append(row)
                yield from ((rows, limit) for rows in members.values())

    def _shares(self) -> Iterator[list[int]]:
        """For each group: what it gets beyond its share of all that is granted, per application."""
        for group, share in sorted(self.rules.min_shares.items()):
            part = Fraction(round(share * SHARES), SHARES)
            yield [
                cents * ((part.denominator if group in one.groups else 0) - part.numerator)
                for cents, one in zip(self.cents, self.applications, strict=True)
            ]

    def solve(self, clock: Clock) -> Found:
        """The most points; of equal ones the cheapest; of those the one with the smallest sum of places in the list."""
        model = self.model()
        everything = range(len(self.points))
        try:
            found = maximise(model, model.sum(everything, self.points), clock=clock)
        except OutOfTime:
            return Found(chosen=(), value=0, bound=sum(self.points), is_proven=False)
        assert found is not None  # granting nothing keeps every rule
        best = found
        model.add_at_least(everything, found.value, self.points)
        for weights in ([-cents for cents in self.cents], [-place for place, _ in enumerate(self.cents, 1)]):
            if not best.is_proven or not clock.is_left:
                break
            finer = maximise(model, model.sum(everything, weights), clock=clock, start=best.chosen)
            assert finer is not None  # the choice before keeps every rule
            model.add_at_least(everything, finer.value, weights)
            best = finer
        return Found(chosen=best.chosen, value=found.value, bound=found.bound, is_proven=found.is_proven)

    def refusals(self, found: Found, clock: Clock) -> Iterator[Unfunded]:
        """Why each of the others has no grant, and what would change it."""
        chosen = frozenset(found.chosen)
        for row, one in enumerate(self.applications):
            if row in chosen:
                continue
            short: float | None = None
            instead: tuple[str, ...] = ()
            reasons = [*self._stands_in_the_way(row, chosen)]
            forced = self._forced(row, clock) if found.is_proven else OUT_OF_TIME
            if forced is not None and forced.is_proven:
                short = (found.value - forced.value) / THOUSANDTHS
                instead = tuple(self.applications[other].id for other in sorted(chosen - set(forced.chosen)))
                reasons += self._needs_points(short, instead)
            elif forced is None:
                reasons.append(Reason("grant_never", good=False))
            reasons += self._needs_budget(row, chosen)
            yield Unfunded(id=one.id, points_short=short, instead_of=instead, reasons=tuple(reasons))

    def _forced(self, row: int, clock: Clock) -> Found | None:
        """The best choice with this application in it; None when no choice within the rules has it."""
        if not clock.is_left:
            return OUT_OF_TIME
        model = self.model(granted=row)
        try:
            return maximise(model, model.sum(range(len(self.points)), self.points), clock=clock)
        except OutOfTime:
            return OUT_OF_TIME

    def _stands_in_the_way(self, row: int, chosen: frozenset[int]) -> Iterator[Reason]:
        """Which rules adding it to the choice would break; if none, it is worth nothing more."""
        one, rules = self.applications[row], self.rules
        per_hub = Counter(self.applications[other].hub for other in chosen)
        per_country = Counter(self.applications[other].country for other in chosen)
        left = self.budget - sum(self.cents[other] for other in chosen)
        is_blocked = False
        if self.cents[row] > self.budget:
            is_blocked = True
            facts = {"eur": one.amount_eur, "limit": rules.budget_eur}
            yield Reason("grant_above_budget", facts=facts, good=False)
        elif self.cents[row] > left:
            is_blocked = True
            yield Reason("grant_not_in_budget", facts={"eur": left / CENTS, "asked": one.amount_eur}, good=False)
        if rules.max_per_hub is not None and per_hub[one.hub] >= rules.max_per_hub:
            is_blocked = True
            yield Reason("grant_hub_limit", facts={"hub": one.hub, "n": rules.max_per_hub}, good=False)
        if rules.max_per_country is not None and one.country and per_country[one.country] >= rules.max_per_country:
            is_blocked = True
            facts_ = {"country": one.country, "n": rules.max_per_country}
            yield Reason("grant_country_limit", facts=facts_, good=False)
        for (group, share), weights in zip(sorted(rules.min_shares.items()), self._shares(), strict=True):
            if sum(weights[other] for other in chosen) + weights[row] < 0:
                is_blocked = True
                yield Reason("grant_share", facts={"group": group, "percent": share * 100}, good=False)
        if not is_blocked:
            yield Reason("grant_adds_nothing", good=False)

    def _needs_points(self, short: float, instead: tuple[str, ...]) -> Iterator[Reason]:
        if short > 0:
            yield Reason("grant_needs_points", facts={"points": short, "names": instead})
        elif instead:
            yield Reason("grant_lost_a_tie", facts={"names": instead})

    def _needs_budget(self, row: int, chosen: frozenset[int]) -> Iterator[Reason]:
        missing = self.cents[row] + sum(self.cents[other] for other in chosen) - self.budget
        if missing > 0 and self._keeps_other_rules({*chosen, row}):
            yield Reason("grant_needs_budget", facts={"eur": missing / CENTS})

    def _keeps_other_rules(self, rows: set[int]) -> bool:
        """Whether a choice keeps every rule but the budget."""
        return all(len(rows & set(members)) <= limit for members, limit in self._counted()) and all(
            sum(weights[row] for row in rows) >= 0 for weights in self._shares()
        )
