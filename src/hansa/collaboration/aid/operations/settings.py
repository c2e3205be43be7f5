"""How the hub gives aid, and its price list."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hansa.collaboration.aid import policies, queries
from hansa.collaboration.aid.models import AidSettings, PriceItem
from hansa.collaboration.aid.operations.refusals import CannotSetUp
from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.hubs.directory import queries as directory


@transaction.atomic
def set_up(
    *,
    national_share: Decimal,
    default_basis: str,
    granting_authority: str,
    edih_name: str,
    edih_country: str,
    by: Actor,
    at: datetime,
) -> AidSettings:
    """Say how the actor's hub gives aid. Services recorded earlier keep their amounts."""
    policies.can_set_up(by).or_raise(CannotSetUp)
    assert by.hub_id is not None
    if not 0 <= national_share <= 100:
        raise CannotSetUp(_("The national share lies between 0 and 100 per cent."))
    _known_basis(default_basis, hub_id=by.hub_id, at=at)
    settings, _is_new = AidSettings.objects.update_or_create(
        hub_id=by.hub_id,
        defaults={
            "national_share": national_share,
            "default_basis": default_basis,
            "granting_authority": granting_authority.strip(),
            "edih_name": edih_name.strip(),
            "edih_country": edih_country.strip(),
        },
    )
    activity.record("aid.set_up", actor=by, subject=settings, at=at, hub_ids=[by.hub_id])
    return settings


@transaction.atomic
def put_price(
    item: PriceItem | None, *, name: str, category: str, price_eur: Decimal, legal_basis: str, by: Actor, at: datetime
) -> PriceItem:
    """Add a line to the hub's price list, or change one. Services recorded earlier keep their price."""
    policies.can_set_up(by).or_raise(CannotSetUp)
    assert by.hub_id is not None
    if price_eur < 0:
        raise CannotSetUp(_("A price is zero or more, in euro."))
    _known_basis(legal_basis, hub_id=by.hub_id, at=at)
    item = PriceItem(hub_id=by.hub_id) if item is None else item
    if item.hub_id != by.hub_id:
        raise CannotSetUp(_("Only a manager of that hub can change its price list."))
    item.name, item.category, item.price_eur, item.legal_basis = name.strip(), category, price_eur, legal_basis
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise CannotSetUp(_("“%(name)s” is on the list already. Change that line.") % {"name": item.name}) from error
    activity.record("price.set", actor=by, subject=item, at=at, hub_ids=[by.hub_id])
    return item


@transaction.atomic
def drop_price(item: PriceItem, *, by: Actor, at: datetime) -> None:
    """Take a line off the price list."""
    policies.can_set_up(by).or_raise(CannotSetUp)
    if item.hub_id != by.hub_id:
        raise CannotSetUp(_("Only a manager of that hub can change its price list."))
    activity.record("price.dropped", actor=by, subject=item, at=at, hub_ids=[item.hub_id])
    item.delete()


def _known_basis(basis_id: str, *, hub_id: int, at: datetime) -> None:
    if not basis_id:
        return
    hub = directory.hub_by_id(hub_id)
    if hub is None or basis_id not in {basis.id for basis in queries.bases_on(at.date(), country=hub.country)}:
        raise CannotSetUp(_("This legal basis does not apply in your country today. Choose another one."))
