"""Take over the services of a reporting sheet that was read: new ones, changed ones; what is the same stays untouched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from hansa.collaboration.aid import policies, queries
from hansa.collaboration.aid.models import AidSettings, Certificate, ServiceRecord, Undertaking
from hansa.collaboration.aid.operations.records import ServiceDraft, put
from hansa.collaboration.aid.operations.refusals import CannotRecord
from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.hubs.directory import operations as directory
from hansa.hubs.directory import queries as listed

# What the sheet says about a customer in its own words.
_WORDS = ("customer_id", "country_words", "region_words", "sector_words", "size_words", "type_words")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetService:
    """One row of a sheet: the customer as it is written there, the service (its ``client_id`` is 0), the hub's name."""

    row: int
    customer: str
    vat_number: str
    client_type: str
    country: str
    words: dict[str, str]
    draft: ServiceDraft
    edih_name: str = ""
    edih_country: str = ""


@dataclass(slots=True)
class Taken:
    """What was, or would be, done, by the numbers of the rows. ``kept`` says why a row was left as it is."""

    added: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    kept: list[tuple[int, str]] = field(default_factory=list)
    new_clients: list[str] = field(default_factory=list)


class _OnlyTried(Exception):
    """Undoes what a dry run wrote."""


def take_over(rows: Sequence[SheetService], *, by: Actor, at: datetime, is_dry_run: bool = False) -> Taken:
    """Save the services of a sheet for the actor's hub; doing it again changes nothing.

    A service is known again by its Content ID, or by having all cells the same. Customers are found by their number, else
    by their name, and become clients of the hub if they are new.

    :param is_dry_run: say what would be done, and do nothing
    :raises CannotRecord: the actor may not
    """
    policies.can_see_services(by).or_raise(CannotRecord)
    taken = Taken()
    try:
        with transaction.atomic():
            _Taking(by, at, taken).run(rows)
            if is_dry_run:
                raise _OnlyTried
    except _OnlyTried:
        pass
    return taken


class _Taking:
    """One run: what the hub has already, and what is to be written."""

    def __init__(self, by: Actor, at: datetime, taken: Taken) -> None:
        assert by.hub_id is not None
        self.by, self.at, self.taken, self.hub_id = by, at, taken, by.hub_id
        # Two people who take the same sheet over at once must not double it.
        directory.lock_hub(self.hub_id)
        self.settings = AidSettings.objects.filter(hub_id=self.hub_id).first()

    def run(self, rows: Sequence[SheetService]) -> None:
        self._name_hub(rows)
        clients = self._clients(rows)
        known = list(ServiceRecord.objects.filter(hub_id=self.hub_id).select_related("client"))
        cells = list(queries.sheet_rows(known, hub_id=self.hub_id))
        self.by_content = {record.content_id: record for record in known if record.content_id}
        self.cells_by_pk = {record.pk: row for record, row in zip(known, cells, strict=True)}
        self.twins = Counter(cells)
        # The tool gives a service its id; until then all other cells tell which one it is.
        self.without_id = {row[1:]: record for record, row in zip(known, cells, strict=True) if not record.content_id}
        certified = Certificate.objects.filter(record__hub_id=self.hub_id, withdrawn_at=None)
        self.certified = set(certified.values_list("record_id", flat=True))
        new, changed = self._sorted(rows, clients)
        # The driver parses a statement of many thousand values far slower than many statements of some.
        ServiceRecord.objects.bulk_create(new, batch_size=100)
        names = [f.name for f in ServiceRecord._meta.concrete_fields if not f.primary_key]
        ServiceRecord.objects.bulk_update(changed, names, batch_size=100)
        if new or changed:
            self._log(len(new), len(changed))

    def _sorted(
        self, rows: Sequence[SheetService], clients: dict[int, int]
    ) -> tuple[list[ServiceRecord], list[ServiceRecord]]:
        new, changed = [], []
        records = [self._record(row, clients[row.row]) for row in rows]
        loaded = {client.pk: client for client in listed.clients_of(self.hub_id)}
        for record in records:
            record.client = loaded[record.client_id]
        cells = queries.sheet_rows(records, hub_id=self.hub_id)
        for row, record, its_cells in zip(rows, records, cells, strict=True):
            if record.pk is None and record.content_id and its_cells[1:] in self.without_id:
                twin = self.without_id.pop(its_cells[1:])
                self._stand_for(record, twin)
                changed.append(record)
                self.taken.changed.append(row.row)
            elif record.pk is None and self.twins[its_cells]:
                self.twins[its_cells] -= 1
                self.taken.unchanged.append(row.row)
            elif record.pk is None:
                new.append(record)
                self.taken.added.append(row.row)
            elif its_cells == self.cells_by_pk[record.pk]:
                self.taken.unchanged.append(row.row)
            elif record.pk in self.certified:
                self.taken.kept.append((row.row, _("A certificate was issued for this service. Withdraw it first.")))
            else:
                changed.append(record)
                self.taken.changed.append(row.row)
        return new, changed

    def _record(self, row: SheetService, client_id: int) -> ServiceRecord:
        found = self.by_content.get(row.draft.content_id)
        record = ServiceRecord(hub_id=self.hub_id, created_at=self.at)
        draft = replace(row.draft, client_id=client_id)
        put(record, draft, national_share=Decimal(100), at=self.at)
        if found is not None:
            self._stand_for(record, found)
        return record

    def _stand_for(self, record: ServiceRecord, known: ServiceRecord) -> None:
        """Let a row of the sheet stand for a service of the hub. What no sheet says about it stays."""
        record.pk, record.created_at = known.pk, known.created_at
        record.request_id, record.registered_on = known.request_id, known.registered_on
        record.legal_basis = record.legal_basis or known.legal_basis
        record.granted_on, record.other_aid_eur = known.granted_on, known.other_aid_eur

    def _name_hub(self, rows: Sequence[SheetService]) -> None:
        """Keep how the tool calls the hub, if the hub has not said it itself."""
        names = {(row.edih_name, row.edih_country) for row in rows}
        if len(names) != 1 or (self.settings is not None and self.settings.edih_name):
            return
        (name, country), hub = names.pop(), listed.hub_by_id(self.hub_id)
        with override("en"):
            is_known = hub is not None and (name, country) == (hub.name, queries.country_name(hub.country))
        if name and not is_known:
            AidSettings.objects.update_or_create(
                hub_id=self.hub_id, defaults={"edih_name": name, "edih_country": country}
            )

    def _clients(self, rows: Sequence[SheetService]) -> dict[int, int]:
        """Return the client of each row, by the row's number; new customers become clients."""
        known = listed.clients_of(self.hub_id)
        clients = {client.pk: client for client in known}
        by_number = {client.vat_number: client.pk for client in known if client.vat_number}
        by_name = {client.name.casefold(): client.pk for client in known}
        nameless = {client.name.casefold(): client.pk for client in known if not client.vat_number}
        numbers: dict[int, str] = {}
        new: dict[str, directory.ClientDraft] = {}
        for row in rows:
            name, number = row.customer.casefold(), row.vat_number
            if number in by_number or (not number and name in by_name):
                continue
            if number and name in nameless:
                by_number[number] = nameless.pop(name)
                numbers[by_number[number]] = number
            else:
                draft = directory.ClientDraft(
                    name=row.customer, client_type=row.client_type, country=row.country, vat_number=number
                )
                new.setdefault(number or name, draft)
        directory.note_vat_numbers(hub_id=self.hub_id, numbers=numbers)
        for client in directory.add_clients(hub_id=self.hub_id, drafts=list(new.values())):
            self.taken.new_clients.append(client.name)
            clients[client.pk] = client
            by_number |= {client.vat_number: client.pk} if client.vat_number else {}
            by_name.setdefault(client.name.casefold(), client.pk)
        found = {
            row.row: by_number[row.vat_number] if row.vat_number else by_name[row.customer.casefold()] for row in rows
        }
        with override("en"):
            self._note_words({clients[found[row.row]]: row.words for row in rows})
        return found

    def _note_words(self, said: Mapping[Any, Mapping[str, str]]) -> None:
        """Keep the sheet's words about its customers where they differ from ours; the last row of a customer counts."""
        known = {row.client_id: row for row in Undertaking.objects.filter(client__in=said)}
        new, changed = [], []
        for client, words in said.items():
            row = known.get(client.pk) or Undertaking(client_id=client.pk)
            own = queries.customer_words(client)
            wanted = {name: "" if words[name] == own[name] else words[name] for name in _WORDS}
            if any(getattr(row, name) != wanted[name] for name in _WORDS):
                for name in _WORDS:
                    setattr(row, name, wanted[name])
                (changed if row.pk else new).append(row)
        Undertaking.objects.bulk_create(new, batch_size=1000)
        Undertaking.objects.bulk_update(changed, _WORDS, batch_size=1000)

    def _log(self, n_added: int, n_changed: int) -> None:
        hub = listed.hub_by_id(self.hub_id)
        assert hub is not None
        facts = {"added": n_added, "changed": n_changed}
        activity.record("services.imported", actor=self.by, subject=hub, at=self.at, hub_ids=[self.hub_id], facts=facts)
