"""What an agreement on a new service takes over from the canvas that its hubs wrote. Source: BP-NS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hansa.collaboration.agreements.queries.library import Instrument, day
from hansa.collaboration.agreements.queries.terms import PartyTerms, Terms
from hansa.collaboration.codesign.queries import CanvasTerms
from hansa.collaboration.codesign.states import Ownership

_AFTER_THE_LAST_PILOT = timedelta(weeks=4)
_JOINT, _LICENCE = "ip-joint-ownership", "ip-licence"


def with_canvas(terms: Terms, canvas: CanvasTerms, *, of: Instrument, names: Mapping[int, str]) -> Terms:
    """Return the terms with scope, parts, days, ownership and pilots as they stand on the canvas, where they do.

    :param names: the hubs of the team by id
    """
    days = [pilot.done_by for pilot in canvas.pilots if pilot.done_by]
    clauses, owner = _owned(terms, canvas.ownership)
    values = dict(terms.values) | owner | _pilots(canvas, names)
    ends_on = max([terms.ends_on, *(last + _AFTER_THE_LAST_PILOT for last in days)]) if terms.ends_on else None
    return replace(
        terms,
        clauses=clauses,
        values={name: value for name, value in values.items() if name in of.parameters},
        ends_on=ends_on,
        parties=tuple(_share(share, canvas) for share in terms.parties),
    )


def _share(share: PartyTerms, canvas: CanvasTerms) -> PartyTerms:
    part, days = canvas.parts.get(share.hub_id, ""), canvas.days.get(share.hub_id)
    return replace(share, part=part or share.part, effort_days=share.effort_days if days is None else days)


def _owned(terms: Terms, ownership: str) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Return the clauses and the value for who owns the service: all jointly, the lead, or each its part."""
    if ownership not in {Ownership.LICENCE, Ownership.MAKER}:
        return terms.clauses, {}
    clauses = tuple(_LICENCE if key == _JOINT else key for key in terms.clauses)
    return clauses, {"service_owner": "maker" if ownership == Ownership.MAKER else "lead"}


def _pilots(canvas: CanvasTerms, names: Mapping[int, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if numbers := [pilot.n_clients for pilot in canvas.pilots if pilot.n_clients]:
        found["pilots"] = min(numbers)
    if canvas.go_score:
        found["go_score"] = canvas.go_score
    dated = [pilot for pilot in canvas.pilots if pilot.done_by and pilot.hub_id in names]
    if dated:
        found["gates"] = "; ".join(f"the pilot of {names[p.hub_id]} ({day(p.done_by)})" for p in dated if p.done_by)
    return found
