"""The matrix of a role: benefits, costs and risks in words, each with what was expected and what came."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import pgettext

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.scenarios.states import Role
from hansa.collaboration.shares.queries.cases import ShareCase, Signed, signed, words_of
from hansa.collaboration.shares.queries.sheets import Estimated, Sheet
from hansa.collaboration.shares.states import PointKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One cost. ``helps`` says what the blueprint proposes against it, such as an incentive."""

    id: str
    words: str
    helps: tuple[str, ...]
    estimate: Estimated | None
    estimated_eur: Decimal | None
    hours: Decimal | None
    spent_eur: Decimal | None
    actual_eur: Decimal | None

    @property
    def difference(self) -> Signed | None:
        """What came on top of the estimate; below 0 is less than expected."""
        return _difference(self.estimated_eur, self.actual_eur)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitLine:
    id: str
    words: str
    estimate: Estimated | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A clause that answers a risk. ``is_agreed``: it stands in the text of this case, not only in the model text."""

    title: str
    is_agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLine:
    id: str
    words: str
    covers: tuple[Cover, ...]
    estimate: Estimated | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """All points of the role of one hub."""

    sheet: Sheet
    costs: tuple[CostLine, ...]
    benefits: tuple[BenefitLine, ...]
    risks: tuple[RiskLine, ...]

    @property
    def difference(self) -> Signed | None:
        return _difference(self.sheet.estimated_eur, self.sheet.actual_eur)

    @property
    def helps(self) -> tuple[str, ...]:
        """What the blueprint proposes against costs of the role, each once."""
        return tuple(dict.fromkeys(words for line in self.costs for words in line.helps))

    @property
    def expected_damage_eur(self) -> Decimal | None:
        known = [line.estimate.expected_eur for line in self.risks if line.estimate]
        amounts = [amount for amount in known if amount is not None]
        return sum(amounts, Decimal(0)) if amounts else None


def _difference(estimated: Decimal | None, actual: Decimal | None) -> Signed | None:
    return None if estimated is None or actual is None else signed(actual - estimated)


def kinds_of(role: Role) -> dict[str, PointKind]:
    """Return the kind of each point of a role by its id."""
    groups = ((PointKind.COST, role.costs), (PointKind.BENEFIT, role.benefits), (PointKind.RISK, role.risks))
    return {point.id: kind for kind, points in groups for point in points}


def matrix_of(case: ShareCase, sheet: Sheet) -> Matrix:
    """Return the matrix of the reader's own role; one query where there is an agreement."""
    covers = _covers(case)
    role = case.role
    helps: dict[str, list[str]] = {}
    for enhancement in case.scenario.enhancements:
        if role.key in enhancement.roles and enhancement.kind != "clause":
            for item in enhancement.answers:
                helps.setdefault(item, []).append(pgettext("content", enhancement.what))
    return Matrix(
        sheet=sheet,
        costs=tuple(
            CostLine(
                id=point.id,
                words=words_of(point),
                helps=tuple(helps.get(point.id, ())),
                estimate=sheet.estimates.get(point.id),
                estimated_eur=sheet.estimated_cost(point.id),
                hours=sheet.hours.get(point.id),
                spent_eur=sheet.spent.get(point.id),
                actual_eur=sheet.actual_cost(point.id),
            )
            for point in role.costs
        ),
        benefits=tuple(
            BenefitLine(id=point.id, words=words_of(point), estimate=sheet.estimates.get(point.id))
            for point in role.benefits
        ),
        risks=tuple(
            RiskLine(
                id=point.id,
                words=words_of(point),
                covers=covers.get(point.id, ()),
                estimate=sheet.estimates.get(point.id),
            )
            for point in role.risks
        ),
    )


def _covers(case: ShareCase) -> dict[str, tuple[Cover, ...]]:
    """Return the clauses that answer each risk: of the text of this case, else of the model text."""
    version = agreements.version_of(case.agreement) if case.agreement is not None else None
    if version is not None:
        return _by_risk([(clause["title"], clause.get("mitigates", ())) for clause in version.clauses], is_agreed=True)
    try:
        model = agreements.instrument_for(case.request)
    except KeyError:
        return {}
    return _by_risk([(clause.title, clause.mitigates) for clause in model.clauses], is_agreed=False)


def _by_risk(clauses: list[tuple[str, Any]], *, is_agreed: bool) -> dict[str, tuple[Cover, ...]]:
    found: dict[str, tuple[Cover, ...]] = {}
    for title, risks in clauses:
        for risk in risks:
            found[risk] = (*found.get(risk, ()), Cover(title=pgettext("content", title), is_agreed=is_agreed))
    return found
