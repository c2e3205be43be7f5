"""The clauses of a version as its page shows them: what changed, what was said, which risks they answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.agreements.queries.differences import changed_clauses, redlined
from hansa.collaboration.agreements.queries.library import Instrument
from hansa.collaboration.agreements.queries.shelf import instrument
from hansa.collaboration.scenarios.queries import scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClause:
    """One clause for the component of that name. ``risks`` are what it answers, in words.

    Title, plain words and risks are in the reader's language; ``original`` is the title as it stands in the text.
    """

    key: str
    id: str
    number: int
    title: str
    original: str
    text: str
    plain: str
    note: str
    language: str
    parts: list[tuple[str, str]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    risks: list[str] = field(default_factory=list)
    is_changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody said about a clause when changing it in a version."""

    clause: str
    by: str
    hub: str
    text: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A version's text, with what is to be marked in it; clauses as JSON, read when they are shown.

    ``instrument_id`` names the model text, ``before`` is the version compared with, empty for none.
    """

    current: str
    instrument_id: str
    before: str = ""
    said: tuple[Comment, ...] = ()

    @property
    def opened(self) -> OpenText:
        before = json.loads(self.before) if self.before else None
        clauses = shown_clauses(json.loads(self.current), before, self.said, of=instrument(self.instrument_id))
        return OpenText(clauses=clauses, changed=[clause for clause in clauses if clause.is_changed])


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenText:
    """All clauses, and those that differ from the version before."""

    clauses: list[ShownClause]
    changed: list[ShownClause]


def shown_clauses(
    current: list[dict[str, Any]],
    before: list[dict[str, Any]] | None = None,
    said: Sequence[Comment] = (),
    *,
    of: Instrument,
) -> list[ShownClause]:
    """Return the clauses of a text, with what changed since ``before``, what was said, and which risks they answer."""
    risks = _risks(of)
    comments = _comments(said)
    texts = {clause["key"]: clause for clause in [*(before or ()), *current]}
    changes = changed_clauses(current if before is None else before, current)
    return [
        ShownClause(
            key=change.key,
            id=change.key,
            number=change.number,
            title=pgettext("content", change.title),
            original=change.title,
            text=_numbered(texts[change.key]),
            plain=pgettext("content", texts[change.key]["plain_words"]),
            language=of.language,
            note=_note(texts[change.key], change.kind, is_changed=change.is_changed),
            parts=redlined(change) if change.is_changed else [],
            comments=[*_caution(of, change.key), *comments.get(change.key, [])],
            risks=[risks[risk] for risk in texts[change.key]["mitigates"] if risk in risks],
            is_changed=change.is_changed,
        )
        for change in changes
    ]


def _numbered(clause: dict[str, Any]) -> str:
    return "\n\n".join(f"{clause['number']}.{n} {text}" for n, text in enumerate(clause["paragraphs"], start=1))


def _note(clause: dict[str, Any], kind: str, *, is_changed: bool) -> str:
    if kind == "new":
        return _("New in this version.")
    if kind == "gone":
        return _("Left out in this version.")
    if clause["reworded"]:
        return _("A party wrote this clause itself.")
    return _("Changed in this version.") if is_changed else ""


def _caution(instrument: Instrument, key: str) -> list[dict[str, Any]]:
    model = instrument.clause(key)
    if model is None or not model.caution:
        return []
    return [{"by": _("Caution"), "text": pgettext("content", model.caution), "tone": "f4"}]


def _comments(said: Sequence[Comment]) -> dict[str, list[dict[str, Any]]]:
    """Return what was said by the clause it is about."""
    found: dict[str, list[dict[str, Any]]] = {}
    for comment in said:
        when = _("version %(n)s") % {"n": comment.version}
        shown = {"by": comment.by, "hub": comment.hub, "text": comment.text, "when": when}
        found.setdefault(comment.clause, []).append(shown)
    return found


def _risks(of: Instrument) -> dict[str, str]:
    roles = scenario(of.scenario).roles.values()
    return {risk.id: pgettext("content", risk.label) for role in roles for risk in role.risks}
