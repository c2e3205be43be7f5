"""How the people of a case estimate and look, for the tests of costs and shares."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cast import acting
from factories import NOW

from hansa.collaboration.shares import operations, queries
from hansa.hubs.models import User

D = Decimal


def seen(request: Any, user: User) -> queries.ShareCase:
    """Return the case as this person's hub sees it."""
    found = queries.case_for(request.ref, actor=acting(user), at=NOW)
    assert found is not None
    return found


def expect(request: Any, user: User, **points: dict[str, Any]) -> int:
    """Estimate some points: ``C1={"hours": 4}`` is the first cost of the person's role."""
    case = seen(request, user)
    role = "D1" if case.is_lead else "D2"
    rows = [operations.Expected(item=f"JD-{role}-{key}", **values) for key, values in points.items()]
    return operations.estimate(case, expected=rows, by=acting(user), at=NOW)


def show_sums(request: Any, user: User, *, shows_money: bool = True) -> None:
    operations.release(seen(request, user), shows_money=shows_money, by=acting(user), at=NOW)
