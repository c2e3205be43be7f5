"""The register of agreements reached in the network. Source: BP-MM-04."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, QuerySet

from hansa.collaboration.matchmaking.models import MatchAuthorisation, Outcome
from hansa.collaboration.matchmaking.queries.gate import register_name_of_match
from hansa.collaboration.matchmaking.states import OutcomeKind
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import Actor

# Fewer amounts than these would tell what one of them is.
LEAST_TOGETHER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One agreement reached. ``client`` and ``match`` are empty unless each side lets the register name it."""

    lead_id: int
    lead: str
    hub_id: int
    hub: str
    kind: str
    partner_kind: str
    summary: str
    client: str
    match: str
    confirmed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts of the network. ``amount_eur`` is the sum of all amounts, None while too few are known to hide each."""

    n: int
    n_without: int
    by_kind: tuple[tuple[str, int], ...]
    amount_eur: Decimal | None


def agreements_reached() -> QuerySet[Outcome]:
    """Return what clients confirmed that something came of, the latest first."""
    rows = Outcome.objects.filter(match__request__collaboration__confirmed_at__isnull=False).exclude(
        kind=OutcomeKind.NONE
    )
    return rows.order_by("-match__request__collaboration__confirmed_at", "-pk")


def reached_lines(rows: QuerySet[Outcome], actor: Actor, *, at: datetime) -> list[Reached]:
    """Put rows of ``agreements_reached`` into words, names only through the gate; three queries for any number."""
    held = MatchAuthorisation.objects.filter(withdrawn_at=None)
    read = rows.select_related(
        "match__request__lead", "match__request__client", "match__request__collaboration",
        "match__request__partner_request", "match__hub", "match__organisation",
    ).prefetch_related(
        Prefetch("match__authorisations", queryset=held, to_attr="held_rows")
    ).annotate(standing=partnering.standing_row(OuterRef("match__request")))  # fmt: skip
    return [_line(row, actor, at=at) for row in read]


def _line(row: Outcome, actor: Actor, *, at: datetime) -> Reached:
    match, request = row.match, row.match.request
    partnering.put_standing(request, row.standing)  # type: ignore[attr-defined]
    return Reached(
        lead_id=request.lead_id,
        lead=request.lead.name,
        hub_id=match.hub_id,
        hub=match.hub.name,
        kind=row.get_kind_display(),
        partner_kind=request.partner_request.get_kind_display(),
        summary=row.summary,
        client=partnering.register_name(request, actor.hub_id, at=at),
        match=register_name_of_match(match, actor.hub_id, at=at),
        confirmed_at=request.collaboration.confirmed_at,
    )


def register_counts() -> Counts:
    """Count what the network reached; one query."""
    rows = Outcome.objects.filter(match__request__collaboration__confirmed_at__isnull=False)
    found = list(rows.values_list("kind", "amount_eur"))
    kinds = Counter(kind for kind, _amount in found)
    amounts = [amount for _kind, amount in found if amount is not None]
    return Counts(
        n=len(found) - kinds[OutcomeKind.NONE],
        n_without=kinds[OutcomeKind.NONE],
        by_kind=tuple(
            (str(kind.label), kinds[kind]) for kind in OutcomeKind if kinds[kind] and kind != OutcomeKind.NONE
        ),
        amount_eur=sum(amounts, Decimal(0)) if len(amounts) >= LEAST_TOGETHER else None,
    )
