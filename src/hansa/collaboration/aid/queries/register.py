"""What goes into the national register or the Commission's eAIR, and by when. Source: Regulation (EU) 2023/2831, Article 6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hansa.collaboration.aid.models import ServiceRecord
from hansa.collaboration.aid.queries.bases import DE_MINIMIS
from hansa.engine.state_aid import working_day_after

SINCE = date(2026, 1, 1)
WORKING_DAYS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One grant for the register. ``registered_on`` None: not entered yet."""

    record_id: int
    beneficiary: str
    beneficiary_id: str
    amount_eur: Decimal
    granted_on: date
    granting_authority: str
    sector: str
    due_on: date
    registered_on: date | None
    is_late: bool

    @property
    def instrument(self) -> str:
        """The kind of aid; services below price are nothing else."""
        return "Subsidised services"


def register_lines(hub_id: int, *, granting_authority: str, today: date) -> list[RegisterLine]:
    """Return the hub's grants that belong in the register, what is late first, then by deadline; one query.

    Grants have to be entered within 20 working days, weekends not counted; holidays differ by country and would only
    lengthen the time.
    """
    rows = (
        ServiceRecord.objects.filter(
            hub_id=hub_id, legal_basis=DE_MINIMIS, aid_eur__gt=0, granted_on__range=(SINCE, today)
        )
        .order_by("pk")
        .values_list(
            "pk", "client__name", "client__vat_number", "aid_eur", "granted_on", "client__undertaking__nace",
            "registered_on",
        )
    )  # fmt: skip
    lines = []
    for pk, name, number, amount, granted_on, nace, registered_on in rows:
        due_on = working_day_after(granted_on, WORKING_DAYS)
        lines.append(
            RegisterLine(
                record_id=pk,
                beneficiary=name,
                beneficiary_id=number,
                amount_eur=amount,
                granted_on=granted_on,
                granting_authority=granting_authority,
                sector=nace or "",
                due_on=due_on,
                registered_on=registered_on,
                is_late=registered_on is None and due_on < today,
            )
        )
    return sorted(lines, key=lambda line: (line.registered_on is not None, line.due_on, line.record_id))
