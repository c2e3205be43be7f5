"""What was suggested and said about the clauses of an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.negotiation.models import ClauseComment, ClauseSuggestion
from hansa.collaboration.negotiation.states import SuggestionState
from hansa.foundation.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSuggestion:
    """A suggestion with its redline: pairs of kind (same, ins, del) and text, against the clause as it is now."""

    row: ClauseSuggestion
    parts: tuple[tuple[str, str], ...]
    is_outdated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTalk:
    """Everything about one clause. ``open`` is the suggestion that waits, if there is one."""

    key: str
    number: int
    title: str
    paragraphs: tuple[str, ...]
    open: ShownSuggestion | None
    past: tuple[ShownSuggestion, ...]
    comments: tuple[ClauseComment, ...]


def talk_of(agreement: Any, *, key: str = "") -> list[ClauseTalk]:
    """Return what is said about the clauses of the current version, or about one of them; three queries."""
    version = agreements.version_of(agreement)
    assert version is not None
    about = {"agreement": agreement} | ({"clause": key} if key else {})
    suggestions = list(ClauseSuggestion.objects.filter(**about).select_related("hub", "author", "answered_hub"))
    comments = list(ClauseComment.objects.filter(**about).select_related("hub", "author"))
    clauses = [clause for clause in version.clauses if not key or clause["key"] == key]
    return [_talk(clause, suggestions, comments) for clause in clauses]


def _talk(
    clause: dict[str, Any], suggestions: Sequence[ClauseSuggestion], comments: Sequence[ClauseComment]
) -> ClauseTalk:
    mine = [_shown(row, clause) for row in suggestions if row.clause == clause["key"]]
    waiting = [one for one in mine if one.row.state == SuggestionState.OPEN]
    return ClauseTalk(
        key=clause["key"],
        number=clause["number"],
        title=clause["title"],
        paragraphs=tuple(clause["paragraphs"]),
        open=waiting[0] if waiting else None,
        past=tuple(one for one in mine if one.row.state != SuggestionState.OPEN),
        comments=tuple(row for row in comments if row.clause == clause["key"]),
    )


def _shown(row: ClauseSuggestion, clause: dict[str, Any]) -> ShownSuggestion:
    before = "\n\n".join(clause["paragraphs"])
    pieces = agreements.words_changed(before, row.words)
    return ShownSuggestion(
        row=row,
        parts=tuple((piece.kind, piece.text) for piece in pieces),
        is_outdated=row.state == SuggestionState.OPEN and before == row.words,
    )


def suggestion_for(actor: Actor, agreement: Any, pk: int) -> ClauseSuggestion | None:
    """The suggestion of this agreement, for its parties."""
    rows = ClauseSuggestion.objects.filter(agreement=agreement, pk=pk, agreement__parties__hub_id=actor.hub_id)
    return rows.select_related("hub").first()
