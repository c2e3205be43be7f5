"""What a hub expects of each point of its role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.shares import policies, queries
from hansa.collaboration.shares.models import Estimate
from hansa.collaboration.shares.operations.log import locked_case, log
from hansa.collaboration.shares.states import BEST_SCORE, MOST_EUR, MOST_HOURS, PointKind
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

_FIELDS = {
    PointKind.COST: {"hours", "amount_eur"},
    PointKind.BENEFIT: {"amount_eur", "score"},
    PointKind.RISK: {"likelihood", "amount_eur"},
}


class CannotEstimate(Refusal):
    """An estimate cannot be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is expected of one point; all None takes an earlier estimate back."""

    item: str
    hours: Decimal | None = None
    amount_eur: Decimal | None = None
    score: int | None = None
    likelihood: int | None = None

    @property
    def values(self) -> dict[str, Decimal | int | None]:
        return {name: getattr(self, name) for name in ("hours", "amount_eur", "score", "likelihood")}


@transaction.atomic
def estimate(case: queries.ShareCase, *, expected: Sequence[Expected], by: Actor, at: datetime) -> int:
    """Keep what the actor's hub expects; return how many points changed. Earlier estimates stay in their rows."""
    case = locked_case(case, by=by, at=at, refusal=CannotEstimate)
    policies.can_estimate(by, case.request, case.hub_ids).or_raise(CannotEstimate)
    kinds = queries.kinds_of(case.role)
    known = {
        row.item: {name: getattr(row, name) for name in ("hours", "amount_eur", "score", "likelihood")}
        for row in queries.newest_estimates(request_id=case.request.pk, hub_id=case.hub_id)
    }
    rows = []
    for one in expected:
        if one.item not in kinds:
            raise CannotEstimate(
                _("This is no cost, benefit or risk of your hub's role any more. Load the page again.")
            )
        _check(one, kinds[one.item])
        if known.get(one.item, dict.fromkeys(one.values)) != one.values:
            rows.append(
                Estimate(
                    request=case.request,
                    hub_id=case.hub_id,
                    kind=kinds[one.item],
                    item=one.item,
                    entered_by_id=by.user_id,
                    at=at,
                    **one.values,
                )
            )
    if rows:
        Estimate.objects.bulk_create(rows)
        log("estimate.entered", by=by, subject=rows[0], ref=case.ref, at=at, items=[row.item for row in rows])
    return len(rows)


def _check(one: Expected, kind: PointKind) -> None:
    wrong = {name for name, value in one.values.items() if value is not None} - _FIELDS[kind]
    if wrong:
        raise CannotEstimate(_("This number does not belong to this point. Load the page again."))
    _check_amount(one.hours, MOST_HOURS, _("Enter hours from 0 to %(n)s."))
    _check_amount(one.amount_eur, MOST_EUR, _("Enter an amount from 0 to %(n)s euro."))
    _check_amount(one.score, BEST_SCORE, _("Choose a value from 0 to %(n)s."))
    _check_amount(one.likelihood, 100, _("Enter a likelihood from 0 to %(n)s per cent."))
    if kind == PointKind.BENEFIT and one.amount_eur is not None and one.score is not None:
        raise CannotEstimate(_("State a benefit in euro or from 0 to 5, not both."))


def _check_amount(value: Decimal | int | None, most: int, words: str) -> None:
    if value is None:
        return
    number = Decimal(value)
    if not number.is_finite() or not 0 <= number <= most or number != round(number, 2):
        raise CannotEstimate(words % {"n": f"{most:,}"})
