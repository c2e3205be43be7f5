"""What a canvas is made of: its sections and their fields. Source: BP-NS."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MAX_TEXT = 4_000
# What the agreement takes over is as short as its own fields.
MAX_TERM = 800
SCORES = frozenset("12345")


class Section(models.TextChoices):
    """A part of the canvas, saved on its own."""

    TARGET = "target", _("For whom")
    CONTENT = "content", _("What the service is")
    PARTS = "parts", _("Who does what")
    OWNERSHIP = "ownership", _("Who owns it")
    PILOTS = "pilots", _("Where it is tried")
    DATA = "data", _("Data and tools")


class Ownership(models.TextChoices):
    """Who holds the rights in the new service. Source: BP-NS, NS-E3."""

    JOINT = "joint", _("All hubs own it together|Each may offer it; nobody sells it alone.")
    LICENCE = "licence", _("The lead owns it|The other hubs get a licence to offer it.")
    MAKER = "maker", _("Each part stays with its maker|The hubs give each other the right to use it.")


FieldKind = Literal["text", "line", "choice", "whole", "score", "day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasField:
    """One field of the canvas. ``per_hub``: each hub of the team has one. ``needed`` before hubs can agree to it."""

    key: str
    section: Section
    kind: FieldKind
    label: Any
    hint: Any = ""
    per_hub: bool = False
    needed: bool = False
    most: int = MAX_TEXT


FIELDS: Mapping[str, CanvasField] = {
    field.key: field
    for field in (
        CanvasField(
            key="target",
            section=Section.TARGET,
            kind="text",
            label=_("Who uses it, and in which situation"),
        ),
        CanvasField(key="gain", section=Section.TARGET, kind="text", label=_("What they can do afterwards")),
        CanvasField(
            key="scope",
            section=Section.CONTENT,
            kind="line",
            label=_("The service in one sentence"),
            hint=_("The agreement takes this over."),
            needed=True,
            most=MAX_TERM,
        ),
        CanvasField(key="content", section=Section.CONTENT, kind="text", label=_("What happens, step by step")),
        CanvasField(
            key="part",
            section=Section.PARTS,
            kind="line",
            label=_("What the hub does"),
            hint=_("The agreement takes this over."),
            per_hub=True,
            needed=True,
            most=MAX_TERM,
        ),
        CanvasField(key="days", section=Section.PARTS, kind="whole", label=_("Days of work"), per_hub=True),
        CanvasField(
            key="ownership", section=Section.OWNERSHIP, kind="choice", label=_("Who owns the service"), needed=True
        ),
        CanvasField(
            key="conditions",
            section=Section.OWNERSHIP,
            kind="text",
            label=_("Conditions"),
            hint=_("Shares, fees, countries: what each hub may do with the service."),
        ),
        CanvasField(
            key="clients",
            section=Section.PILOTS,
            kind="whole",
            label=pgettext_lazy("pilot of a service", "Clients who try it"),
            per_hub=True,
        ),
        CanvasField(
            key="pilot_on",
            section=Section.PILOTS,
            kind="day",
            label=_("Pilot done by"),
            hint=_("Becomes a milestone of the development."),
            per_hub=True,
        ),
        CanvasField(
            key="go_score",
            section=Section.PILOTS,
            kind="score",
            label=_("Go on from this score"),
            hint=_("What the clients of the pilots give on average, from 1 (poor) to 5 (very good)."),
        ),
        CanvasField(key="data", section=Section.DATA, kind="text", label=_("Data that the service needs")),
        CanvasField(key="tools", section=Section.DATA, kind="text", label=_("Tools and platforms")),
    )
}


def fields_of(section: str) -> tuple[CanvasField, ...]:
    return tuple(field for field in FIELDS.values() if field.section == section)


def print_of(text: str) -> str:
    """Return a short print of a text, by which a form says which words its reader had before them."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def cleaned(field: CanvasField, text: str) -> str:
    """Return a value as it is kept.

    :raises ValueError: it does not fit the field; the reason is fit for the user's eyes
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text or field.kind in {"text", "line"}:
        if len(text) > field.most:
            raise ValueError(
                _("At most %(limit)s characters fit here. Your text has %(n)s.") % {"limit": field.most, "n": len(text)}
            )
        return " ".join(text.split()) if field.kind == "line" else text
    return _VALUES[field.kind](text)


def _choice(text: str) -> str:
    if text not in Ownership.values:
        raise ValueError(_("Choose one of the options."))
    return text


def _whole(text: str) -> str:
    if not text.isdecimal() or int(text) > 2000:
        raise ValueError(_("Write a whole number from 0 to 2,000."))
    return str(int(text))


def _score(text: str) -> str:
    if text not in SCORES:
        raise ValueError(_("Write a score from 1 to 5."))
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(_("Write a day such as 2027-03-31.")) from None


_VALUES = {"choice": _choice, "whole": _whole, "score": _score, "day": _day}


def missing(
    texts: Mapping[tuple[str, int | None], str], hub_ids: Iterable[int]
) -> list[tuple[CanvasField, int | None]]:
    """Return the needed fields that are still empty, by field and hub."""
    team = list(hub_ids)
    places = [(field, hub) for field in FIELDS.values() if field.needed for hub in (team if field.per_hub else [None])]
    return [(field, hub) for field, hub in places if not texts.get((field.key, hub))]
