"""Names of hubs and where they are, for other corners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F

from hansa.foundation.prepared import Among, Rows
from hansa.hubs.directory.models import Hub
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class HubInTeam:
    """A hub in the list of a team. ``country`` is its code; ``country_name`` in the reader's language."""

    id: int
    name: str
    country: str

    @property
    def country_name(self) -> str:
        entry = taxonomy.vocabulary(Kind.COUNTRY).get(self.country)
        return entry.label if entry else self.country


@dataclass(frozen=True, slots=True, kw_only=True)
class HubName(HubInTeam):
    """A hub as a line of text names it, with its address."""

    slug: str
    city: str
    is_demo: bool = False


def hub_names(hub_ids: Iterable[int]) -> list[HubName]:
    """Return the hubs of these ids in their order; one query."""
    ids = list(dict.fromkeys(hub_ids))
    if not ids:
        return []
    rows = Hub.objects.filter(pk__in=ids).values_list("pk", "name", "slug", "country", "city", "is_demo")
    found = {
        pk: HubName(id=pk, name=name, slug=slug, country=country, city=city, is_demo=is_demo)
        for pk, name, slug, country, city, is_demo in rows
    }
    return [found[pk] for pk in ids if pk in found]


def day_rates(hub_ids: Iterable[int]) -> dict[int, Decimal | None]:
    """Return what a day of work of each hub costs in euro, None where it does not say; one query."""
    return dict(Hub.objects.filter(pk__in=list(hub_ids)).values_list("pk", "day_rate_eur"))


def rows_of_hubs(ids: Any) -> Rows:
    """Return the hubs of an array of ids as a column of another room's statement; ``hubs_in`` reads it."""
    return Rows(Hub.objects.filter(Among(F("pk"), ids)), "id", "name", "country")


def hubs_in(rows: list[Any] | None, *, order: Sequence[int]) -> tuple[HubInTeam, ...]:
    """Return the hubs of such a column, in the order of these ids."""
    found = {pk: HubInTeam(id=pk, name=name, country=country) for pk, name, country in rows or ()}
    return tuple(found[pk] for pk in order if pk in found)


def countries_of(hub_ids: Iterable[int]) -> list[str]:
    """Return the codes of the countries these hubs are in, in alphabetical order; one query."""
    codes = Hub.objects.filter(pk__in=list(hub_ids)).exclude(country="").values_list("country", flat=True)
    return sorted(set(codes))


def listed_ids(hub_ids: Iterable[int]) -> set[int]:
    """Return those of these hubs that stand in the directory; one query."""
    return set(Hub.objects.filter(pk__in=list(hub_ids), is_listed=True).values_list("pk", flat=True))


def hub_by_slug(slug: str) -> Hub | None:
    """Return a listed hub by its address; one query."""
    return Hub.objects.filter(slug=slug, is_listed=True).defer("search").first()


def hub_by_id(pk: int) -> Hub | None:
    return Hub.objects.filter(pk=pk).defer("search").first()


def has_demo_hubs() -> bool:
    """Return whether the demo network is there; one query."""
    return Hub.objects.filter(is_demo=True, is_listed=True).exists()
