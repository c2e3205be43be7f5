"""What the client declares: linked undertakings, aid got elsewhere, and that both lists are whole."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hansa.collaboration.agreements.queries import typesetting
from hansa.collaboration.aid import policies, queries
from hansa.collaboration.aid.models import Declaration, DeclaredAid, LinkedUndertaking, Undertaking
from hansa.collaboration.aid.operations.refusals import CannotDeclare
from hansa.collaboration.aid.states import DeclaredBy
from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.hubs.directory import queries as directory

MOST_LINES = 200


@transaction.atomic
def describe(party: queries.Declarant, *, by: Actor, at: datetime, **facts: object) -> Undertaking:
    """Note what State aid and its reports ask about a client (fields of ``Undertaking``); its hub alone does."""
    policies.can_change(by, party.hub_id).or_raise(CannotDeclare)
    undertaking, _is_new = Undertaking.objects.update_or_create(client_id=party.client_id, defaults=facts)
    _log("undertaking.described", undertaking, party, by=by, at=at)
    return undertaking


@transaction.atomic
def link(
    party: queries.Declarant, *, name: str, identifier: str, kind: str, other_id: int | None, by: Actor, at: datetime
) -> LinkedUndertaking:
    """Say that an undertaking is one with the client. The hub may say which of its other clients that is."""
    _may(by, party)
    other = directory.client_of_hub(party.hub_id, other_id) if other_id and by.hub_id == party.hub_id else None
    if other is not None and other.pk == party.client_id:
        raise CannotDeclare(_("The client is not linked to itself. Choose another undertaking."))
    name = other.name if other is not None else name.strip()
    if not name:
        raise CannotDeclare(_("Write the name of the linked undertaking."))
    _room_for_one_more(LinkedUndertaking.objects.filter(client_id=party.client_id).count())
    row = LinkedUndertaking(client_id=party.client_id, name=name, identifier=identifier.strip(), kind=kind, other=other)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise CannotDeclare(_("“%(name)s” is on the list already.") % {"name": name}) from error
    _log("undertaking.linked", row, party, by=by, at=at)
    return row


@transaction.atomic
def unlink(party: queries.Declarant, pk: int, *, by: Actor, at: datetime) -> None:
    """Take a linked undertaking off the list."""
    _may(by, party)
    row = LinkedUndertaking.objects.filter(client_id=party.client_id, pk=pk).first()
    if row is not None:
        _log("undertaking.unlinked", row, party, by=by, at=at)
        row.delete()


@transaction.atomic
def declare_aid(
    party: queries.Declarant,
    *,
    beneficiary: str,
    authority: str,
    member_state: str,
    granted_on: date,
    amount_eur: Decimal,
    by: Actor,
    at: datetime,
) -> DeclaredAid:
    """Add de minimis aid that the client, or an undertaking linked to it, got elsewhere."""
    _may(by, party)
    if not amount_eur.is_finite() or amount_eur <= 0:
        raise CannotDeclare(_("Enter an amount above zero, in euro."))
    if granted_on > at.date() or granted_on.year < 2000:
        raise CannotDeclare(_("The day of the grant lies in the past. Check the date."))
    _room_for_one_more(DeclaredAid.objects.filter(client_id=party.client_id).count())
    row = DeclaredAid.objects.create(
        client_id=party.client_id,
        beneficiary=beneficiary.strip() or party.name,
        authority=authority.strip(),
        member_state=member_state,
        granted_on=granted_on,
        amount_eur=amount_eur,
    )
    _log("aid.declared", row, party, by=by, at=at)
    return row


@transaction.atomic
def withdraw_aid(party: queries.Declarant, pk: int, *, by: Actor, at: datetime) -> None:
    """Take aid off the list that was declared by mistake."""
    _may(by, party)
    row = DeclaredAid.objects.filter(client_id=party.client_id, pk=pk).first()
    if row is not None:
        _log("aid.withdrawn", row, party, by=by, at=at)
        row.delete()


@transaction.atomic
def declare(party: queries.Declarant, *, name: str, function: str, by: Actor, at: datetime) -> Declaration:
    """Record the client's word that both lists are whole today, with the lists as they stand.

    :raises CannotDeclare: somebody unknown, or letters that cannot be printed
    """
    _may(by, party)
    if not name.strip() or not function.strip():
        raise CannotDeclare(_("Write the name and the function of the person who declares."))
    declared_by = DeclaredBy.CLIENT if party.client_id in by.client_ids else DeclaredBy.HUB
    row = Declaration(
        client_id=party.client_id,
        declared_by=declared_by,
        name=name.strip(),
        function=function.strip(),
        content=queries.declared_content(party, on=at.date()),
        author_id=by.user_id,
        at=at,
    )
    try:
        queries.declaration_pdf(row)
    except typesetting.CannotPrint as no:
        raise CannotDeclare(str(no)) from no
    row.save()
    _log("aid.declaration_made", row, party, by=by, at=at)
    return row


def _may(by: Actor, party: queries.Declarant) -> None:
    policies.can_declare(by, client_id=party.client_id, hub_id=party.hub_id).or_raise(CannotDeclare)


def _room_for_one_more(n: int) -> None:
    if n >= MOST_LINES:
        raise CannotDeclare(_("The list is full. At most %(n)s lines fit.") % {"n": MOST_LINES})


def _log(verb: str, row: object, party: queries.Declarant, *, by: Actor, at: datetime) -> None:
    activity.record(verb, actor=by, subject=row, at=at, hub_ids=[party.hub_id], client_ids=[party.client_id])  # type: ignore[arg-type]
