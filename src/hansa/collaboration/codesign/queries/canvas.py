"""The canvas as its page shows it, and what of it later corners take over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hansa.collaboration.codesign.models import Canvas, CanvasApproval, CanvasComment, CanvasText
from hansa.collaboration.codesign.queries.team import has_canvas, team_of
from hansa.collaboration.codesign.states import FIELDS, CanvasField, Ownership, Section, fields_of, missing, print_of
from hansa.foundation.policies import YES, No, Verdict
from hansa.hubs.directory import queries as hubs

Place = tuple[str, int | None]


def standing(canvas: Canvas) -> dict[Place, CanvasText]:
    """Return the text that stands, by field and hub; one query."""
    rows = canvas.texts.select_related("author").order_by("key", "hub_id", "-number").distinct("key", "hub_id")
    return {(row.key, row.hub_id): row for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """One field of the page. ``seen`` says which words the reader has before them.

    ``over``: it was written over words of somebody else; ``theirs`` are those, by ``their_name``.
    """

    name: str
    field: CanvasField
    hub_id: int | None
    hub_name: str
    text: str
    seen: str
    by: str = ""
    at: datetime | None = None
    over: bool = False
    theirs: str = ""
    their_name: str = ""
    their_at: datetime | None = None

    @property
    def shown(self) -> str:
        return shown(self.field, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    key: str
    title: str
    fields: tuple[FieldLine, ...]
    comments: tuple[Any, ...]
    changed_by: str = ""
    changed_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not any(line.text for line in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLine:
    """A hub of the team and since when it agrees to the canvas as it stands."""

    id: int
    name: str
    slug: str
    country: str
    approved_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasPage:
    revision: int
    sections: tuple[SectionLine, ...]
    hubs: tuple[HubLine, ...]
    missing: tuple[str, ...]

    @property
    def is_agreed(self) -> bool:
        return len(self.hubs) > 1 and all(hub.approved_at for hub in self.hubs)


def field_name(key: str, hub_id: int | None) -> str:
    """Return the name of a field in a form."""
    return key if hub_id is None else f"{key}-{hub_id}"


def canvas_page(request: Any) -> CanvasPage:
    """Return the whole canvas; six queries, however much was written."""
    names = hubs.hub_names(team_of(request))
    canvas = Canvas.objects.filter(request=request).first()
    texts = standing(canvas) if canvas else {}
    before = _written_over(canvas, texts) if canvas else {}
    comments = list(canvas.comments.select_related("author", "hub")) if canvas else []
    approved = dict(_approvals(canvas)) if canvas else {}
    return CanvasPage(
        revision=canvas.revision if canvas else 0,
        sections=tuple(_section(section, names, texts, before, comments) for section in Section),
        hubs=tuple(
            HubLine(id=hub.id, name=hub.name, slug=hub.slug, country=hub.country_name, approved_at=approved.get(hub.id))
            for hub in names
        ),
        missing=tuple(_missing_words(texts, names)),
    )


def _approvals(canvas: Canvas) -> Any:
    return CanvasApproval.objects.filter(canvas=canvas, revision=canvas.revision).values_list("hub_id", "at")


def _written_over(canvas: Canvas, texts: Mapping[Place, CanvasText]) -> dict[Place, CanvasText]:
    """Return the texts that others had written just before those that stand over them; one query at most."""
    over = {place: row for place, row in texts.items() if row.is_over}
    found: dict[Place, CanvasText] = {}
    if over:
        rows = canvas.texts.filter(key__in={key for key, _hub in over}).select_related("author")
        for row in rows.order_by("number"):
            place = (row.key, row.hub_id)
            if place in over and row.number < over[place].number:
                found[place] = row
    return found


def _section(
    section: Section,
    names: Sequence[Any],
    texts: Mapping[Place, CanvasText],
    before: Mapping[Place, CanvasText],
    comments: Sequence[CanvasComment],
) -> SectionLine:
    places = [(field, hub) for hub in names for field in fields_of(section) if field.per_hub] + [
        (field, None) for field in fields_of(section) if not field.per_hub
    ]
    lines = tuple(
        _field(field, hub, texts.get((field.key, hub.id if hub else None)), before.get((field.key, hub and hub.id)))
        for field, hub in places
    )
    last = max((line for line in lines if line.at), key=lambda line: line.at, default=None)  # type: ignore[arg-type, return-value]
    return SectionLine(
        key=section.value,
        title=str(section.label),
        fields=lines,
        comments=tuple(comment for comment in comments if comment.section == section),
        changed_by=last.by if last else "",
        changed_at=last.at if last else None,
    )


def _field(field: CanvasField, hub: Any, row: CanvasText | None, before: CanvasText | None) -> FieldLine:
    hub_id = hub.id if hub else None
    text = row.text if row else ""
    return FieldLine(
        name=field_name(field.key, hub_id),
        field=field,
        hub_id=hub_id,
        hub_name=hub.name if hub else "",
        text=text,
        seen=print_of(text),
        by=_name(row),
        at=row.at if row else None,
        over=before is not None,
        theirs=before.text if before else "",
        their_name=_name(before),
        their_at=before.at if before else None,
    )


def _name(row: CanvasText | None) -> str:
    if row is None or row.author is None:
        return ""
    return row.author.name or row.author.email


def _missing_words(texts: Mapping[Place, CanvasText], names: Sequence[Any]) -> list[str]:
    by_id = {hub.id: hub.name for hub in names}
    plain = {place: row.text for place, row in texts.items()}
    words = []
    for field, hub_id in missing(plain, by_id):
        label = str(field.label)
        words.append(f"{label} ({by_id[hub_id]})" if hub_id else label)
    return words


def missing_words(request: Any, canvas: Canvas) -> list[str]:
    """Return what must still be written before hubs can agree to the canvas, in words; three queries."""
    return _missing_words(standing(canvas), hubs.hub_names(team_of(request)))


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierText:
    """A text that a field had, for the history of a section."""

    label: str
    hub_name: str
    text: str
    by: str
    at: datetime


def history_of(request: Any, section: str) -> list[EarlierText]:
    """Return all texts that the fields of a section had, newest first; one query."""
    keys = [field.key for field in fields_of(section)]
    rows = CanvasText.objects.filter(canvas__request=request, key__in=keys).select_related("author", "hub")
    return [
        EarlierText(
            label=str(FIELDS[row.key].label),
            hub_name=row.hub.name if row.hub else "",
            text=shown(FIELDS[row.key], row.text),
            by=_name(row),
            at=row.at,
        )
        for row in rows.order_by("-at", "-pk")
    ]


def shown(field: CanvasField, text: str) -> str:
    """Return a value as people read it."""
    if field.kind == "choice" and text:
        return str(Ownership(text).label).partition("|")[0]
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot:
    """A hub tries the service with so many clients by a day; empty where the canvas does not say."""

    hub_id: int
    n_clients: int
    done_by: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasTerms:
    """What an agreement takes over from the canvas: empty where nothing was written."""

    scope: str
    parts: Mapping[int, str]
    days: Mapping[int, int]
    ownership: str
    go_score: int | None
    pilots: tuple[Pilot, ...]


def canvas_terms(request_id: int) -> CanvasTerms | None:
    """Return what the hubs wrote on the canvas of this case; None without one. At most two queries."""
    canvas = Canvas.objects.filter(request_id=request_id).first()
    if canvas is None:
        return None
    texts = {place: row.text for place, row in standing(canvas).items() if row.text}
    per_hub = {key: {hub: text for (k, hub), text in texts.items() if k == key and hub} for key in FIELDS}
    score = texts.get(("go_score", None))
    return CanvasTerms(
        scope=texts.get(("scope", None), ""),
        parts=per_hub["part"],
        days={hub: int(text) for hub, text in per_hub["days"].items()},
        ownership=texts.get(("ownership", None), ""),
        go_score=int(score) if score else None,
        pilots=tuple(
            Pilot(
                hub_id=hub,
                n_clients=int(per_hub["clients"].get(hub, 0)),
                done_by=date.fromisoformat(per_hub["pilot_on"][hub]) if hub in per_hub["pilot_on"] else None,
            )
            for hub in sorted(per_hub["clients"].keys() | per_hub["pilot_on"].keys())
        ),
    )


def ready_to_draft(request: Any) -> Verdict:
    """Whether every hub of the team agrees to the canvas as it stands; YES where the case has none. At most three queries."""
    if not has_canvas(request):
        return YES
    canvas = Canvas.objects.filter(request=request).first()
    agreed = set(dict(_approvals(canvas))) if canvas else set()
    if agreed >= set(team_of(request)):
        return YES
    return No(_("The agreement is drafted when every hub that said yes agrees to the canvas."))
