"""Save what an import read: many hubs in a constant number of statements, and nothing when nothing changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from hansa.engine.language import detect
from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import policies
from hansa.hubs.directory.models import DirectoryState, Hub
from hansa.hubs.directory.operations.profile import slug_of
from hansa.hubs.directory.operations.publishing import next_revision, publish
from hansa.hubs.directory.states import Trust

# Characters of a text that tell its language.
_TOLD_BY = 1000


class CannotImport(Refusal):
    """Nobody but a steward imports hubs; or the file cannot be read."""


IMPORTED_FIELDS = (
    "name", "other_names", "summary", "description", "description_language", "hub_type", "country", "region", "city",
    "latitude", "longitude", "website", "languages", "sectors", "technologies",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedHub:
    """One hub as an import read it. ``ref`` is its id at the source, ``values`` some of ``IMPORTED_FIELDS``.

    The language of the description may be left out: it is told from the text, for hubs that are new or changed.
    ``digest`` changes whenever anything of it does. ``notes`` is what the import kept aside.
    """

    ref: str
    digest: str
    values: Mapping[str, Any]
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """References of what was done. ``kept``: hubs that look after their profile themselves, left as they are."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@transaction.atomic
def save_imported(hubs: Sequence[ImportedHub], *, source: str, by: Actor) -> Saved:
    """Add or change hubs of one source, each reference once. Texts that changed are to be read again.

    Nine statements at most, however many hubs; three when nothing changed.

    :raises CannotImport: the actor may not
    """
    policies.can_import_hubs(by).or_raise(CannotImport)
    known = _known(hubs, source)
    if all(hub.ref in known and known[hub.ref].source_digest == hub.digest for hub in hubs):
        return Saved(unchanged=tuple(hub.ref for hub in hubs))
    revision = next_revision()
    # Somebody else may have imported the same meanwhile: the number taken above makes us the only writer.
    known = _known(hubs, source)
    fresh = [hub for hub in hubs if hub.ref not in known]
    differing = [hub for hub in hubs if hub.ref in known and known[hub.ref].source_digest != hub.digest]
    kept = [hub for hub in differing if known[hub.ref].trust != Trust.IMPORTED]
    changed = [hub for hub in differing if known[hub.ref].trust == Trust.IMPORTED]
    added = _add(fresh, source, revision)
    _change(changed, known)
    _note_newer(kept, known)
    publish([*added, *(known[hub.ref].pk for hub in changed)], revision=revision)
    done = {hub.ref for hub in (*fresh, *differing)}
    return Saved(
        added=tuple(hub.ref for hub in fresh),
        changed=tuple(hub.ref for hub in changed),
        unchanged=tuple(hub.ref for hub in hubs if hub.ref not in done),
        kept=tuple(hub.ref for hub in kept),
    )


@transaction.atomic
def record_import(*, source: str, by: Actor, at: datetime, facts: Mapping[str, Any]) -> None:
    """Write one line in the activity log for a whole import. Call it after the last part was saved."""
    next_revision()
    state = DirectoryState.objects.get(pk=1)
    activity.record("hubs.imported", actor=by, subject=state, at=at, facts={"source": source, **facts})


def _with_language(values: Mapping[str, Any]) -> dict[str, Any]:
    text = values.get("description", "")[:_TOLD_BY]
    return {"description_language": (detect(text) or "") if text else "", **values}


def _known(hubs: Sequence[ImportedHub], source: str) -> dict[str, Hub]:
    rows = Hub.objects.filter(source=source, source_ref__in=[hub.ref for hub in hubs])
    return {row.source_ref: row for row in rows.defer("search")}


def _add(hubs: Sequence[ImportedHub], source: str, revision: int) -> list[int]:
    slugs = _free_slugs(hubs)
    rows = Hub.objects.bulk_create(
        [
            Hub(
                slug=slugs[hub.ref],
                source=source,
                source_ref=hub.ref,
                source_digest=hub.digest,
                source_notes=dict(hub.notes),
                trust=Trust.IMPORTED,
                revision=revision,
                **_with_language(hub.values),
            )
            for hub in hubs
        ]
    )
    return [row.pk for row in rows]


def _free_slugs(hubs: Sequence[ImportedHub]) -> dict[str, str]:
    """Return an address nobody has for each hub: from its name, and where that is taken, also from its reference."""
    wanted = {hub.ref: slug_of(hub.values["name"]) for hub in hubs}
    second = {hub.ref: f"{wanted[hub.ref]}-{hashlib.sha256(hub.ref.encode()).hexdigest()[:8]}" for hub in hubs}
    asked = [*wanted.values(), *second.values()]
    taken = set(Hub.objects.filter(slug__in=asked).values_list("slug", flat=True))
    free: dict[str, str] = {}
    for ref, slug in wanted.items():
        number = 1
        choice = slug if slug not in taken else second[ref]
        while choice in taken:
            number += 1
            choice = f"{second[ref]}-{number}"
        taken.add(choice)
        free[ref] = choice
    return free


def _change(hubs: Sequence[ImportedHub], known: Mapping[str, Hub]) -> None:
    rows = []
    for hub in hubs:
        row = known[hub.ref]
        if (row.summary, row.description) != (hub.values.get("summary", ""), hub.values.get("description", "")):
            row.read_digest = ""
        for name, value in _with_language(hub.values).items():
            setattr(row, name, value)
        row.source_digest, row.source_notes = hub.digest, dict(hub.notes)
        rows.append(row)
    Hub.objects.bulk_update(rows, [*IMPORTED_FIELDS, "source_digest", "source_notes", "read_digest"])


def _note_newer(hubs: Sequence[ImportedHub], known: Mapping[str, Hub]) -> None:
    """Keep what the source says now beside the profile, so that its hub can compare; the profile stays."""
    rows = []
    for hub in hubs:
        row = known[hub.ref]
        row.source_digest = hub.digest
        row.source_notes = {**hub.notes, "newer": {k: v for k, v in hub.values.items() if getattr(row, k) != v}}
        rows.append(row)
    Hub.objects.bulk_update(rows, ["source_digest", "source_notes"])
