"""What the hubs of an invented case expect, work and spend, entered through the same operations as real ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hansa.collaboration.delivery import operations as delivery
from hansa.collaboration.shares import operations as shares
from hansa.collaboration.shares import queries as shared
from hansa.web.demo.operations.hubs import Member

_A_STRETCH = Decimal(4)


class Sheets:
    """The sheets of one case; ``row`` may have none."""

    def __init__(self, request: Any, row: Mapping[str, Any], hubs: Mapping[str, Member]) -> None:
        self.request, self.lead = request, row["lead"]
        self.sheets = {hubs[name]: sheet for name, sheet in row.get("sheets", {}).items()}

    def _id(self, member: Member, key: str) -> str:
        role = "D1" if member.hub.name == self.lead else "D2"
        return f"{self.request.scenario}-{role}-{key}"

    def _case(self, member: Member, at: datetime) -> shared.ShareCase:
        found = shared.case_for(self.request.ref, actor=member.acting, at=at)
        assert found is not None
        return found

    def estimate(self, *, at: datetime) -> None:
        """Enter what each hub expects, and show the sums of those that want it."""
        for member, sheet in self.sheets.items():
            expected = [
                shares.Expected(
                    item=self._id(member, key), hours=Decimal(hours), amount_eur=_decimal(*(other or [None]))
                )
                for key, (hours, *other) in sheet["costs"].items()
            ]
            expected += [
                shares.Expected(
                    item=self._id(member, key), score=gain.get("score"), amount_eur=_decimal(gain.get("eur"))
                )
                for key, gain in sheet["benefits"].items()
            ]
            expected += [
                shares.Expected(item=self._id(member, key), likelihood=likelihood, amount_eur=Decimal(damage))
                for key, (likelihood, damage) in sheet["risks"].items()
            ]
            shares.estimate(self._case(member, at), expected=expected, by=member.acting, at=at)
            if sheet.get("shows"):
                shares.release(self._case(member, at), shows_money=True, by=member.acting, at=at)

    def work(self, collaboration: Any, *, at: datetime) -> None:
        """Enter hours in stretches, each on its own day since the case began, and what was spent."""
        first = self.request.created_at.date()
        for member, sheet in self.sheets.items():
            days = _days(first, at.date())
            for key, hours in sheet.get("worked", {}).items():
                left = Decimal(hours)
                while left > 0:
                    delivery.log_time(
                        collaboration,
                        person_id=member.manager.pk,
                        on=next(days),
                        hours=min(left, _A_STRETCH),
                        cost_item=self._id(member, key),
                        by=member.acting,
                        at=at,
                    )
                    left -= _A_STRETCH
            for key, (amount, note) in sheet.get("spent", {}).items():
                shares.record_expense(
                    self._case(member, at),
                    item=self._id(member, key),
                    amount_eur=Decimal(amount),
                    on=at.date(),
                    note=note,
                    by=member.acting,
                    at=at,
                )


def _decimal(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def _days(first: date, last: date) -> Any:
    """Yield the days in turn, from the first to the last and over again."""
    n = (last - first).days + 1
    step = 0
    while True:
        yield first + timedelta(days=step % n)
        step += 1
