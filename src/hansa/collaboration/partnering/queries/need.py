"""The need as its page shows it: the client's words with what was found in them, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from hansa.collaboration.partnering.models import Request, Want
from hansa.collaboration.partnering.queries.case import requests_visible_to
from hansa.collaboration.partnering.queries.consent import wants_on
from hansa.collaboration.partnering.queries.full import NoteRow, WantRow
from hansa.collaboration.partnering.queries.reading import WANTED_KINDS
from hansa.collaboration.partnering.states import WantState
from hansa.foundation.actors import Actor
from hansa.hubs.directory.states import ClientType
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the client's words. ``want_id`` tells what was found in it."""

    text: str
    want_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantLine:
    """Something the need asks for, as one line of the page. ``own`` is what the lead brings: yes, partly or empty.

    ``weight_words``: the client's words that made it a must-have or a nice-to-have.
    """

    id: int
    concept_id: int
    label: str
    kind: str
    must_have: bool
    state: str
    words: str
    sentence: str
    certainty: str
    weight_words: str = ""
    own: str = ""

    @property
    def is_suggested(self) -> bool:
        return self.state == WantState.SUGGESTED

    @property
    def is_wanted(self) -> bool:
        return self.state != WantState.REJECTED


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedPage:
    """Everything about the need of one request."""

    text: tuple[Piece, ...]
    outcome: tuple[Piece, ...]
    wants: tuple[WantLine, ...]
    removed: tuple[WantLine, ...]
    notes: tuple[NoteRow, ...] = field(default=())


def need_page(request: Request, *, own: Mapping[int, str] | None = None) -> NeedPage:
    """Put the need of a request of ``full_request`` into words; no query.

    :param own: how the lead covers each concept: ``yes`` or ``partly``
    """
    lines = [_line(want, own or {}) for want in wants_on(request)]
    wanted = [line for line in lines if line.is_wanted]
    return NeedPage(
        text=marked(request.text, wanted),
        outcome=marked(request.outcome, wanted),
        wants=tuple(wanted),
        removed=tuple(line for line in lines if not line.is_wanted),
        notes=tuple(request.__dict__["note_rows"]),
    )


def _line(want: WantRow, own: Mapping[int, str]) -> WantLine:
    return WantLine(
        id=want.pk,
        concept_id=want.concept_id,
        label=want.label,
        kind=str(Kind(want.kind).label),
        must_have=want.must_have,
        state=want.state,
        words=want.words,
        sentence=want.sentence,
        certainty=certainty(want.confidence),
        weight_words=want.weight_words,
        own=own.get(want.concept_id, ""),
    )


def certainty(confidence: float | None) -> str:
    """How sure the reading is, in words; empty for what a person added."""
    if confidence is None:
        return ""
    if confidence >= 0.8:
        return _("very likely")
    if confidence >= 0.6:
        return _("likely")
    if confidence >= 0.4:
        return _("perhaps")
    return _("a guess")


def marked(text: str, lines: Iterable[WantLine]) -> tuple[Piece, ...]:
    """Cut a text into pieces, so that the words of each want stand alone. Where words overlap the first want wins."""
    places: list[tuple[int, int, int]] = []
    for line in lines:
        place = _place_of(text, line)
        if place and not any(start < place[1] and place[0] < end for start, end, _want in places):
            places.append((*place, line.id))
    pieces, last = [], 0
    for start, end, want_id in sorted(places):
        if start > last:
            pieces.append(Piece(text=text[last:start]))
        pieces.append(Piece(text=text[start:end], want_id=want_id))
        last = end
    if last < len(text):
        pieces.append(Piece(text=text[last:]))
    return tuple(pieces)


def _place_of(text: str, line: WantLine) -> tuple[int, int] | None:
    """Find the words inside their own sentence, so that the same words elsewhere are not taken for them."""
    if not line.words:
        return None
    around = text.find(line.sentence) if line.sentence else 0
    start = text.find(line.words, around) if around >= 0 else -1
    return (start, start + len(line.words)) if start >= 0 else None


def audience_label(request: Request) -> str:
    """For whom the service of an idea is, in the reader's language; empty for a client's need."""
    entry = taxonomy.vocabulary(Kind.CLIENT_TYPE).get(request.audience)
    return entry.label if entry else request.audience


def known_about_client(actor: Actor) -> dict[str, Any]:
    """What is known already about somebody who states another need, for the form. One query for people signed in."""
    if actor.is_visitor:
        return {}
    known: dict[str, Any] = {"name": actor.name, "email": actor.email}
    latest = requests_visible_to(actor).filter(client_id__in=actor.client_ids).order_by("-pk").first()
    if latest is not None and (client := latest.client) is not None:
        known |= {"organisation": client.name, "country": client.country, "city": client.city}
        known |= {"client_type": client.client_type if client.client_type in ClientType.values else ""}
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickable:
    """A concept that can be added, with its kind and whether the need asks for it already."""

    concept_id: int
    label: str
    kind: str
    is_asked: bool


def pickable(request: Request, text: str, *, language: str, limit: int = 20) -> list[Pickable]:
    """Find activities, competences and technologies by their words or what these mean, in any language."""
    if not text.strip():
        return []
    found = taxonomy.search_concepts(text, kinds=WANTED_KINDS, language=language, limit=limit, meaning=True)
    asked = Want.objects.filter(request=request).exclude(state=WantState.REJECTED)
    have = set(asked.values_list("concept_id", flat=True))
    return [
        Pickable(concept_id=entry.id, label=entry.label, kind=str(Kind(entry.kind).label), is_asked=entry.id in have)
        for entry in found
    ]
