"""Import hubs from a file: read, repair, refuse, save, report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from hansa.exchange.imports.operations.duplicates import duplicates_among
from hansa.exchange.imports.operations.records import Records, records_in
from hansa.exchange.imports.operations.repairs import Refused, Repaired, Repairer
from hansa.exchange.imports.operations.report import ImportReport, Line
from hansa.foundation.actors import Actor
from hansa.hubs.directory import operations as directory
from hansa.hubs.directory import policies
from hansa.hubs.directory import queries as listed

CHUNK = 500


def import_hubs(
    path: Path,
    *,
    by: Actor,
    at: datetime,
    source: str = "",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportReport:
    """Import the hubs of a file and start reading what they say about themselves in the background.

    Each hub is known again by the source and its id there; a second run with the same content writes nothing. Rows
    that cannot be hubs are refused and named in the report, the others come in. Saved in parts of 500: an import that
    is interrupted goes on where it stopped when it is run again.

    :param source: where the file comes from; else its name
    :raises CannotReadFile: the file holds no hubs; nothing was changed
    :raises CannotImport: the actor may not
    """
    policies.can_import_hubs(by).or_raise(directory.CannotImport)
    records = records_in(path)
    source = (source or _source_of(path))[:60]
    report = ImportReport(
        file=str(path),
        source=source,
        kind=records.kind,
        encoding=records.encoding,
        n_read=len(records.rows),
        notes=list(records.notes),
        ignored_columns=list(records.ignored),
    )
    rows = list(_repaired(records, report))
    report.duplicates += duplicates_among(rows, known=listed.known_hubs(other_than=source))
    _save(rows, source, report, by=by, progress=progress)
    report.n_gone = len(listed.refs_of_source(source) - {row.hub.ref for _number, row in rows})
    if report.n_written:
        facts = {"added": report.n_added, "changed": report.n_changed, "refused": len(report.refused)}
        directory.record_import(source=source, by=by, at=at, facts=facts)
        directory.ask_to_read_all()
    return report


def _source_of(path: Path) -> str:
    stem = path.name.split(".", 1)[0]
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "import"


def _repaired(records: Records, report: ImportReport) -> Iterator[tuple[int, Repaired]]:
    """Yield what can be a hub, once per reference; the rest goes to the report."""
    repairer = Repairer()
    first: dict[str, tuple[int, str]] = {}
    for number, record in records.rows:
        name = str(record.get("name", ""))[:80].replace("\x00", "") if isinstance(record, dict) else ""
        try:
            row = repairer.repaired(record)
        except Refused as why:
            report.refused.append(Line(row=number, name=name, kind="refused", text=str(why)))
            continue
        if row.hub.ref in first:
            earlier, digest = first[row.hub.ref]
            text = _("the same as row %(row)s") if digest == row.hub.digest else _("has the id of row %(row)s")
            report.refused.append(Line(row=number, name=row.name, kind="twice", text=text % {"row": earlier}))
            continue
        first[row.hub.ref] = (number, row.hub.digest)
        report.repaired += [Line(row=number, name=row.name, kind=kind, text=text) for kind, text in row.remarks]
        yield number, row


def _save(
    rows: Sequence[tuple[int, Repaired]],
    source: str,
    report: ImportReport,
    *,
    by: Actor,
    progress: Callable[[int, int], None],
) -> None:
    name_of = {row.hub.ref: row.name for _number, row in rows}
    for start in range(0, len(rows), CHUNK):
        part = [row.hub for _number, row in rows[start : start + CHUNK]]
        saved = directory.save_imported(part, source=source, by=by)
        report.n_added += len(saved.added)
        report.n_changed += len(saved.changed)
        report.n_unchanged += len(saved.unchanged)
        report.n_kept += len(saved.kept)
        report.kept += [name_of[ref] for ref in saved.kept]
        progress(start + len(part), len(rows))
