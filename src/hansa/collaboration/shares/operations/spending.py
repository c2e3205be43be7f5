"""What a hub spent on a case besides hours."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.shares import policies, queries
from hansa.collaboration.shares.models import Expense
from hansa.collaboration.shares.operations.log import locked_case, log
from hansa.collaboration.shares.states import MOST_EUR
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotSpend(Refusal):
    """An expense cannot be entered or removed."""


@transaction.atomic
def record_expense(
    case: queries.ShareCase,
    *,
    item: str,
    amount_eur: Decimal,
    on: date,
    by: Actor,
    at: datetime,
    note: str = "",
    receipt: UploadedFile | None = None,
) -> Expense:
    """Enter what the actor's hub spent under one cost of its role, with the receipt if there is one."""
    case = locked_case(case, by=by, at=at, refusal=CannotSpend)
    policies.can_spend(by, case.collaboration).or_raise(CannotSpend)
    if item not in {point.id for point in case.role.costs}:
        raise CannotSpend(_("Choose one of the costs of your hub's role."))
    if not amount_eur.is_finite() or not 0 < amount_eur <= MOST_EUR or amount_eur != round(amount_eur, 2):
        raise CannotSpend(_("Enter an amount of more than 0 and at most %(n)s euro.") % {"n": f"{MOST_EUR:,}"})
    _check_day(on, case, at=at)
    expense = Expense(
        collaboration=case.collaboration,
        hub_id=case.hub_id,
        item=item,
        amount_eur=amount_eur,
        on=on,
        note=note,
        entered_by_id=by.user_id,
        at=at,
    )
    if receipt is not None:
        _attach(expense, receipt)
    expense.save()
    log("expense.entered", by=by, subject=expense, ref=case.ref, at=at, item=item)
    return expense


def _check_day(on: date, case: queries.ShareCase, *, at: datetime) -> None:
    first: Any = case.request.created_at.date()
    if on > at.date():
        raise CannotSpend(_("The day lies in the future. Enter an expense once it is made."))
    if on < first:
        raise CannotSpend(_("The case began on %(day)s. Enter a day from then on.") % {"day": first.isoformat()})


def _attach(expense: Expense, receipt: UploadedFile) -> None:
    """Keep the receipt under its hash: the user's file name never becomes a path, and it is only sent as a download."""
    if not receipt.size:
        raise CannotSpend(_("The file is empty. Choose another one."))
    if receipt.size > settings.MAX_DOCUMENT_BYTES:
        limit = settings.MAX_DOCUMENT_BYTES // 1_000_000
        raise CannotSpend(_("The file is larger than %(limit)s MB. Choose a smaller one.") % {"limit": limit})
    digest = hashlib.sha256()
    for chunk in receipt.chunks():
        digest.update(chunk)
    expense.file_name = PurePath(receipt.name or "receipt").name[:255]
    expense.size = receipt.size
    expense.file.save(digest.hexdigest(), receipt, save=False)


@transaction.atomic
def remove_expense(expense: Expense, *, by: Actor, at: datetime) -> None:
    """Take back an expense of the actor's own hub with its receipt; the log keeps that it was entered."""
    case = queries.case_for(expense.collaboration.request.ref, actor=by, at=at)
    if case is None or expense.hub_id != by.hub_id:
        raise CannotSpend(_("Only the hub that entered this expense can remove it."))
    case = locked_case(case, by=by, at=at, refusal=CannotSpend)
    policies.can_spend(by, case.collaboration).or_raise(CannotSpend)
    log("expense.removed", by=by, subject=expense, ref=case.ref, at=at, item=expense.item)
    stored = expense.file
    expense.delete()
    if stored:
        transaction.on_commit(lambda: stored.storage.delete(stored.name))
