"""Hubs side by side, row by row, with the rows in which they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hansa.hubs.directory.queries.asking import label_of
from hansa.hubs.directory.queries.profile import Profile
from hansa.hubs.directory.states import Trust
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

YES, READ, NO = "yes", "partly", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one hub has: ``text`` in words, ``cover`` where the row asks whether it has a thing, ``best`` of the row."""

    text: str
    cover: str = ""
    best: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    label: str
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    lines: tuple[Line, ...]


def comparison(hubs: Sequence[Profile]) -> list[Section]:
    """Return what hubs have, section by section; no query."""
    services = [(entry.id, entry.label) for entry in taxonomy.vocabulary(Kind.ACTIVITY).values()]
    skills = {part["skill"].id: part["skill"].label for hub in hubs for part in hub.competences}
    technologies = [(code, label_of("technology", code)) for code in taxonomy.vocabulary(Kind.TECHNOLOGY)]
    sectors = [(code, label_of("sector", code)) for code in taxonomy.vocabulary(Kind.SECTOR)]
    sections = [
        Section(title=_("At a glance"), lines=tuple(_glance(hubs))),
        _having(_("Services"), hubs, services, _offered, _read),
        _having(_("Competences"), hubs, sorted(skills.items(), key=lambda pair: pair[1]), _skilled, _read),
        _having(_("Technologies"), hubs, technologies, lambda hub: dict.fromkeys(hub.hub.technologies, ""), _nothing),
        _having(_("Sectors"), hubs, sectors, lambda hub: dict.fromkeys(hub.hub.sectors, ""), _nothing),
    ]
    return [section for section in sections if section.lines]


def _glance(hubs: Sequence[Profile]) -> Iterable[Line]:
    yield _words(_("Country"), hubs, lambda hub: label_of("country", hub.hub.country))
    yield _words(_("City"), hubs, lambda hub: hub.hub.city)
    yield _words(_("Type"), hubs, lambda hub: label_of("type", hub.hub.hub_type))
    yield _words(_("Trust"), hubs, lambda hub: str(Trust(hub.hub.trust).label))
    yield _words(_("Languages"), hubs, lambda hub: ", ".join(label_of("language", code) for code in hub.hub.languages))
    yield _numbers(_("Joint deliveries"), hubs, lambda hub: hub.hub.joint_deliveries, max, _("most"))
    yield _numbers(_("Days to reply"), hubs, lambda hub: hub.hub.reply_days, min, _("quickest"))
    yield _numbers(_("Price of a day, EUR"), hubs, lambda hub: hub.hub.day_rate_eur, min, _("lowest"))
    yield _numbers(_("Free days a month"), hubs, lambda hub: hub.hub.free_days_per_month, max, _("most"))
    yield _words(_("Facilities"), hubs, lambda hub: ", ".join(part["name"] for part in hub.facilities))


def _words(label: str, hubs: Sequence[Profile], words: Callable[[Profile], str]) -> Line:
    texts = [words(hub) for hub in hubs]
    return Line(label=label, cells=tuple(Cell(text=text) for text in texts), differs=len(set(texts)) > 1)


def _numbers(
    label: str, hubs: Sequence[Profile], number: Callable[[Profile], Any], best_of: Callable[..., Any], praise: str
) -> Line:
    """Compare numbers. A hub that states none is not the best, and praise needs somebody who has less."""
    numbers = [number(hub) for hub in hubs]
    stated = [one for one in numbers if one is not None]
    best = best_of(stated) if len(set(stated)) > 1 else None
    cells = tuple(
        Cell(text="" if one is None else f"{float(one):.4g}", best=praise if best is not None and one == best else "")
        for one in numbers
    )
    return Line(label=label, cells=cells, differs=len(set(numbers)) > 1)


def _having(
    title: str,
    hubs: Sequence[Profile],
    things: Iterable[tuple[Any, str]],
    said: Callable[[Profile], dict[Any, str]],
    read: Callable[[Profile], dict[Any, str]],
) -> Section:
    """Compare what hubs have; things that none of them has are left out."""
    have = [(said(hub), read(hub)) for hub in hubs]
    lines = []
    for key, label in things:
        cells = tuple(_cell(key, own, derived) for own, derived in have)
        covers = {cell.cover for cell in cells}
        if covers != {NO}:
            lines.append(Line(label=label, cells=cells, differs=len(covers) > 1))
    return Section(title=title, lines=tuple(lines))


def _cell(key: Any, own: dict[Any, str], derived: dict[Any, str]) -> Cell:
    if key in own:
        return Cell(text=own[key], cover=YES)
    if key in derived:
        return Cell(text=derived[key], cover=READ)
    return Cell(text="", cover=NO)


def _offered(hub: Profile) -> dict[Any, str]:
    return {offer["activity"].id: offer["evidence"] or offer["title"] for offer in hub.offers}


def _skilled(hub: Profile) -> dict[Any, str]:
    return {part["skill"].id: part["evidence"] for part in hub.competences}


def _read(hub: Profile) -> dict[Any, str]:
    return {part["concept"].id: part["sentence"] for part in hub.derived}


def _nothing(hub: Profile) -> dict[Any, str]:
    return {}
