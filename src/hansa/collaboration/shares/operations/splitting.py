"""A fair split becomes the fees of the agreement while it is drafted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import operations as agreements
from hansa.collaboration.shares import queries
from hansa.collaboration.shares.operations.log import locked_case
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotUseSplit(Refusal):
    """The split cannot become the fees of the agreement."""


@transaction.atomic
def use_split(
    case: queries.ShareCase,
    *,
    method: str,
    fees: Mapping[int, Decimal],
    base_version: int,
    note: str,
    by: Actor,
    at: datetime,
) -> Any:
    """Make a new version of the agreement with the fees of this method; return it.

    :param fees: what the actor saw, by hub; refused when the numbers are others by now
    :param base_version: the version the actor saw
    """
    case = locked_case(case, by=by, at=at, refusal=CannotUseSplit)
    if not case.is_drafted or case.terms is None:
        raise CannotUseSplit(_("Fees can change while the agreement is drafted. Draft it first."))
    fair = queries.fair_page(case)
    found = next((line for line in fair.methods if line.method == method), None) if fair else None
    if found is None or dict(found.fees) != dict(fees):
        raise CannotUseSplit(_("The numbers changed meanwhile. Look at the new split, then press again."))
    if min(fees.values()) < 0:
        raise CannotUseSplit(_("In this split a hub would pay the others, which the agreement does not provide for."))
    parties = tuple(replace(share, fee_eur=fees[share.hub_id]) for share in case.terms.parties)
    try:
        return agreements.revise(
            case.agreement,
            by=by,
            base_version=base_version,
            change=agreements.NewTerms(terms=replace(case.terms, parties=parties)),
            note=note,
            at=at,
        )
    except agreements.CannotRevise as no:
        raise CannotUseSplit(no.reason) from no
