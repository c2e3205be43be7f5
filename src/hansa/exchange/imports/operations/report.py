"""What an import did, for people and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

# Lists in the printed report end here; the machine-readable one has all of them.
_MOST_PRINTED = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One remark on one row."""

    row: int
    name: str
    kind: str
    text: str

    def __str__(self) -> str:
        return (
            f"{_('row')} {self.row}, {self.name}: {self.text}" if self.name else f"{_('row')} {self.row}: {self.text}"
        )


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What an import did. ``repaired``, ``refused`` and ``duplicates`` name the rows."""

    file: str
    source: str
    kind: str = ""
    encoding: str = ""
    n_read: int = 0
    n_added: int = 0
    n_changed: int = 0
    n_unchanged: int = 0
    n_kept: int = 0
    n_gone: int = 0
    n_suggestions: int = 0
    notes: list[str] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    repaired: list[Line] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    duplicates: list[Line] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def n_written(self) -> int:
        return self.n_added + self.n_changed

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        for name in ("repaired", "refused", "duplicates"):
            plain[name] = [
                {"row": line.row, "name": line.name, "kind": line.kind, "text": line.text} for line in plain[name]
            ]
        plain["repairs_by_kind"] = dict(Counter(line.kind for line in self.repaired))
        return plain

    def lines(self) -> Iterator[str]:
        """Yield the report as lines of text."""
        yield f"{self.file}: {self.kind}{', ' + self.encoding if self.encoding else ''}"
        yield from self.notes
        yield _("%(read)s read: %(added)s added, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused") % {
            "read": self.n_read,
            "added": self.n_added,
            "changed": self.n_changed,
            "unchanged": self.n_unchanged,
            "refused": len(self.refused),
        }
        if self.n_kept:
            yield _("%(n)s left as they are: their hubs look after their own profile") % {"n": self.n_kept}
        if self.n_gone:
            yield _("%(n)s of this source are not in the file any more; they were left as they are") % {
                "n": self.n_gone
            }
        if self.ignored_columns:
            yield _("Columns not used: %(columns)s") % {"columns": ", ".join(self.ignored_columns)}
        for kind, n in Counter(line.kind for line in self.repaired).most_common():
            yield f"  {n} × {_repair_names().get(kind, kind)}"
        yield from _some(_("Refused"), self.refused)
        yield from _some(_("Possible duplicates, not merged"), self.duplicates)


def _some(title: str, lines: list[Line]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
    for line in lines[:_MOST_PRINTED]:
        yield f"  {line}"
    if len(lines) > _MOST_PRINTED:
        yield "  " + _("and %(n)s more") % {"n": len(lines) - _MOST_PRINTED}


def _repair_names() -> dict[str, str]:
    return {
        "country_code": _("country code brought to ISO 3166 (EL to GR, UK to GB)"),
        "country_unknown": _("no country, or one that is not known"),
        "country_conflict": _("country and country code differ; the code counts"),
        "letters_dropped": _("letters with accents were dropped at the source"),
        "other_name": _("second name kept"),
        "mojibake": _("letters garbled by a wrong encoding put right"),
        "whitespace": _("superfluous white space removed"),
        "markup": _("HTML turned into plain text"),
        "website": _("web address completed"),
        "website_unusable": _("web address that cannot be used kept aside"),
        "sector_mapped": _("sector labels translated to the vocabulary"),
        "sector_unknown": _("sector labels nobody knows kept aside"),
        "technology_unknown": _("technologies nobody knows kept aside"),
        "language_unknown": _("languages nobody knows left out"),
        "no_description": _("no description"),
        "too_long": _("text cut to what can be stored"),
        "place_unusable": _("coordinates that cannot be used left out"),
        "region_unusable": _("region code that cannot be used kept aside"),
    }
