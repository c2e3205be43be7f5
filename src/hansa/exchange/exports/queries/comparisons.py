"""Hubs side by side as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.exchange.exports.queries.lists import FORMATS, ExportedFile, file_name, safe_cell
from hansa.hubs.directory import queries as directory


def hubs_side_by_side(hub_ids: Sequence[int], *, at: datetime, language: str) -> ExportedFile:
    """Return these hubs as columns of a CSV, and in its last column whether they differ; three statements at most."""
    hubs = directory.profiles(hub_ids)
    covers = {"yes": pgettext("answer", "Yes"), "partly": _("Read in its text"), "no": pgettext("answer", "No")}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["", "", *(safe_cell(hub.hub.name) for hub in hubs), _("Differs")])
    for section in directory.comparison(hubs):
        for line in section.lines:
            texts = (": ".join(part for part in (covers.get(cell.cover), cell.text) if part) for cell in line.cells)
            differs = pgettext("answer", "Yes") if line.differs else ""
            writer.writerow([section.title, line.label, *(safe_cell(text) for text in texts), differs])
    return ExportedFile(
        name=file_name("comparison", kind="csv", at=at, language=language),
        media_type=FORMATS["csv"],
        content=out.getvalue().encode("utf-8-sig"),
    )
