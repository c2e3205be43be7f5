"""A sheet that was sent: tried out first, kept until its hub takes it over or sends another."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from hansa.collaboration.aid import operations as aid
from hansa.collaboration.aid import policies
from hansa.exchange.sheets.operations.reading import CannotReadSheet, Sheet, read_sheet
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import queries as directory

_KEY = re.compile(r"[0-9a-f]{32}")


class CannotTakeOver(Refusal):
    """The sheet is not there any more, or the actor may not."""


def try_out(data: bytes, *, by: Actor, at: datetime) -> tuple[Sheet, aid.Taken, str]:
    """Read a sheet and say what taking it over would do, without doing it.

    :return: what was read, what would be done, and the key under which the file waits; one file waits per hub
    :raises CannotReadSheet: it is no KPI sheet
    """
    sheet = _read(data, by=by, at=at)
    taken = aid.take_over(sheet.rows, by=by, at=at, is_dry_run=True)
    _forget(by)
    key = secrets.token_hex(16)
    default_storage.save(_place(by, key), ContentFile(data))
    return sheet, taken, key


def take_over(key: str, *, by: Actor, at: datetime) -> aid.Taken:
    """Save the services of the sheet that waits under this key.

    :raises CannotTakeOver: it does not wait any more: somebody took it over, or sent another
    """
    policies.can_see_services(by).or_raise(CannotTakeOver)
    data = kept(key, by=by)
    if data is None:
        raise CannotTakeOver(_("This sheet is not waiting any more. Send the file again."))
    taken = aid.take_over(_read(data, by=by, at=at).rows, by=by, at=at)
    _forget(by)
    return taken


def kept(key: str, *, by: Actor) -> bytes | None:
    """Return the file of the actor's hub that waits under this key."""
    if not _KEY.fullmatch(key) or not default_storage.exists(_place(by, key)):
        return None
    with default_storage.open(_place(by, key)) as file:
        return file.read()


def _read(data: bytes, *, by: Actor, at: datetime) -> Sheet:
    policies.can_see_services(by).or_raise(CannotReadSheet)
    hub = directory.hub_by_id(by.hub_id or 0)
    assert hub is not None
    return read_sheet(data, country=hub.country, today=at.date())


def _folder(by: Actor) -> str:
    return f"kpi-sheets/{by.hub_id}"


def _place(by: Actor, key: str) -> str:
    return f"{_folder(by)}/{key}.xlsx"


def _forget(by: Actor) -> None:
    """Delete what waits for the actor's hub: it names clients, so it does not lie about."""
    if default_storage.exists(_folder(by)):
        for name in default_storage.listdir(_folder(by))[1]:
            default_storage.delete(f"{_folder(by)}/{name}")
