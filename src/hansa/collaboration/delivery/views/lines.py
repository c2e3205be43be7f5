"""KPIs and files as the components of the page read them: worked out when they are drawn, not for every reader."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import queries
from hansa.collaboration.delivery.states import Scan


@dataclass(frozen=True, slots=True)
class Bullet:
    """A KPI for ``{% bullets %}``."""

    kpi: queries.KpiOutcome

    @property
    def id(self) -> int:
        return self.kpi.id

    @property
    def name(self) -> str:
        return self.kpi.name

    @property
    def unit(self) -> str:
        return self.kpi.unit

    @property
    def text(self) -> str:
        return _number(self.kpi.value)

    @property
    def number(self) -> Decimal | None:
        return _exact(self.kpi.value)

    @property
    def target(self) -> Decimal | None:
        return _exact(self.kpi.target)

    @property
    def note(self) -> str:
        return _("Target %(target)s") % {"target": _number(self.kpi.target)}

    @property
    def lower_is_better(self) -> bool:
        return self.kpi.better == "lower"


def _exact(value: Decimal | None) -> Decimal | None:
    """Return a number without the zeros that the database adds."""
    return None if value is None else value.normalize() if value % 1 else value.quantize(Decimal(1))


def _number(value: Decimal | None) -> str:
    return "" if value is None else number_format(_exact(value), force_grouping=True)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file for ``{% file_row %}``. ``is_mine`` says whether the reader may remove it."""

    file: queries.FileLine
    href: str
    is_mine: bool

    @property
    def id(self) -> int:
        return self.file.id

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def size(self) -> str:
        return filesizeformat(self.file.size)

    @property
    def by(self) -> str:
        return self.file.hub

    @property
    def when(self) -> str:
        return date_format(timezone.localtime(self.file.added_at), "j M Y")

    @property
    def note(self) -> str:
        seen = _("The client sees it") if self.file.for_client else ""
        return " · ".join(filter(None, (seen, str(Scan(self.file.scan).label))))
