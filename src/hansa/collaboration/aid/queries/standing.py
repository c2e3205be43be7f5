"""How much room a client has left under a ceiling, with everything that counts. Source: BP-REC-R14.1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from hansa.collaboration.aid.models import Declaration, DeclaredAid, LinkedUndertaking, ServiceRecord
from hansa.collaboration.aid.queries.bases import DE_MINIMIS, LegalBasis, legal_bases
from hansa.engine.state_aid import Grant, Headroom, headroom, overruns, single_undertaking


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantLine:
    """One grant that counts. ``record_id`` is set for services of the hub itself."""

    on: date
    amount_eur: Decimal
    beneficiary: str
    what: str
    record_id: int | None = None
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one undertaking got on a basis in one Member State, and what is left on a day.

    ``members`` are the names of all undertakings that are one with the client, the client first; ``overruns`` the days
    on which the sum stood above the ceiling, with by how much.
    """

    basis: LegalBasis
    member_state: str
    members: tuple[str, ...]
    grants: tuple[GrantLine, ...]
    room: Headroom
    overruns: tuple[tuple[date, Decimal], ...]
    declared_at: datetime | None
    # Whether the case that was asked for has its service recorded, and so is counted.
    has_case: bool = False

    @property
    def ceiling_eur(self) -> Decimal:
        return self.basis.ceiling_eur or Decimal(0)

    def exceeded_by(self, amount_eur: Decimal) -> Decimal:
        """Return by how much a grant of this amount would exceed the ceiling; zero if it fits."""
        return max(Decimal(0), amount_eur - self.room.free_eur)


def standing(
    client_id: int,
    *,
    client_name: str,
    hub_id: int,
    member_state: str,
    on: date,
    basis_id: str = DE_MINIMIS,
    without: int | None = None,
    case: str = "",
) -> Standing:
    """Return how a client of this hub stands on a day; four statements, however many grants.

    Aid of other hubs and authorities counts as the client declared it: no hub sees another's services.

    :param case: the address of a case, to know whether its service is among what counts
    :param without: the service whose grant is being looked at, which does not count yet
    """
    basis = legal_bases()[basis_id]
    links = list(LinkedUndertaking.objects.filter(client__hub_id=hub_id).select_related("client", "other"))
    group = single_undertaking(client_id, [(row.client_id, row.other_id) for row in links if row.other_id])
    lines = _recorded(group, basis_id, without)
    if basis_id == DE_MINIMIS:
        lines += _declared(group, member_state)
    lines.sort(key=lambda line: (line.on, line.record_id or 0, line.amount_eur), reverse=True)
    grants = [Grant(line.on, line.amount_eur) for line in lines]
    ceiling, years = basis.ceiling_eur or Decimal(0), basis.window_years
    latest = Declaration.objects.filter(client_id=client_id).values_list("at", flat=True).first()
    return Standing(
        basis=basis,
        member_state=member_state,
        members=_members(client_id, client_name, group, links),
        grants=tuple(lines),
        room=headroom(grants, on=on, ceiling_eur=ceiling, years=years),
        overruns=overruns(grants, ceiling_eur=ceiling, years=years),
        declared_at=latest,
        has_case=bool(case) and any(line.case == case for line in lines),
    )


def _recorded(group: frozenset[int], basis_id: str, without: int | None) -> list[GrantLine]:
    rows = ServiceRecord.objects.filter(client_id__in=group, legal_basis=basis_id, aid_eur__gt=0).exclude(pk=without)
    return [
        GrantLine(on=on, amount_eur=amount, beneficiary=name, what=what, record_id=pk, case=ref or "")
        for on, amount, name, what, pk, ref in rows.values_list(
            "granted_on", "aid_eur", "client__name", "description", "pk", "request__ref"
        )
    ]


def _declared(group: frozenset[int], member_state: str) -> list[GrantLine]:
    rows = DeclaredAid.objects.filter(client_id__in=group, member_state=member_state)
    return [
        GrantLine(on=on, amount_eur=amount, beneficiary=name, what=authority)
        for on, amount, name, authority in rows.values_list("granted_on", "amount_eur", "beneficiary", "authority")
    ]


def _members(
    client_id: int, client_name: str, group: frozenset[int], links: list[LinkedUndertaking]
) -> tuple[str, ...]:
    names = [client_name]
    for row in links:
        if row.client_id in group or row.other_id in group:
            names += [row.client.name, row.other.name if row.other else row.name]
    return tuple(dict.fromkeys(names))
