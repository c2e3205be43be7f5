"""What the identity question is asked about: records and the two thresholds. Validated on construction."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hansa.engine.problem import BadProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One mention of an organisation, as a source wrote it. All but ``id`` and ``name`` may be empty.

    ``other_names``: acronyms, names in other languages, former names. ``country``: code or name in any usual form.
    ``website`` and ``email`` are read for their domain only. ``cluster``: the organisation this record is taken to belong to
    now; records of one cluster that contradict each other are proposed for un-merging.
    """

    id: str
    name: str
    other_names: tuple[str, ...] = ()
    country: str = ""
    city: str = ""
    website: str = ""
    email: str = ""
    vat: str = ""
    pic: str = ""
    cluster: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            raise BadProblem("Record.id must not be empty")
        if not any(letter.isalnum() for letter in self.name):
            raise BadProblem(f"Record.name of {self.id} must hold a letter or a digit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which probability two records are proposed as one (``merge``), and from which somebody should look
    (``review``). 0 < review <= merge < 1."""

    merge: float = 0.97
    review: float = 0.5

    def __post_init__(self) -> None:
        for name in ("merge", "review"):
            value = getattr(self, name)
            if not (isinstance(value, int | float) and math.isfinite(value) and 0 < value < 1):
                raise BadProblem(f"Thresholds.{name} must lie between 0 and 1")
        if self.review > self.merge:
            raise BadProblem("Thresholds.review must not be above Thresholds.merge")


def require_distinct(records: tuple[Record, ...]) -> None:
    """Refuse two records of one id.

    :raises BadProblem: naming the id
    """
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            raise BadProblem(f"Record.id {record.id} occurs twice")
        seen.add(record.id)
