"""Texts to classify as JSON objects hold them, and the answer to one as a JSON document (docs/formats/)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hansa.engine.problem import BadProblem

MOST_CHARACTERS = 100_000
_LANGUAGE = re.compile(r"[a-z]{2}([-_].*)?", re.IGNORECASE)
_KNOWN = {"id", "lang", "text"}


@dataclass(frozen=True, slots=True)
class Text:
    """One text to classify. ``language`` is a two-letter code, or empty where it is to be detected."""

    id: str | int
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One concept found, as the answer names it. ``matched``: the words that carried the decision."""

    uri: str
    label: str
    score: float
    matched: str


def texts_from(rows: Iterable[tuple[str, Any]]) -> tuple[Text, ...]:
    """Read texts, each with words that say where it stands.

    :raises BadProblem: naming the row and the field
    """
    texts: list[Text] = []
    seen: set[str | int] = set()
    for where, row in rows:
        text = _text(where, row)
        if text.id in seen:
            raise BadProblem(f"{where}: id {text.id!r} is there twice")
        seen.add(text.id)
        texts.append(text)
    return tuple(texts)


def _text(where: str, row: Any) -> Text:
    if not isinstance(row, Mapping):
        raise BadProblem(f"{where} must be an object")
    unknown = sorted(set(map(str, row)) - _KNOWN)
    if unknown:
        raise BadProblem(f"{where}: {unknown[0]} is not known; known are id, lang, text")
    number, words, language = row.get("id"), row.get("text"), row.get("lang") or ""
    if not isinstance(number, str | int) or isinstance(number, bool) or number == "":
        raise BadProblem(f"{where}: id must be a text or a whole number")
    if not isinstance(words, str):
        raise BadProblem(f"{where}: text must be a text")
    if len(words) > MOST_CHARACTERS:
        raise BadProblem(f"{where}: text must have at most {MOST_CHARACTERS:,} characters")
    if not isinstance(language, str) or (language and not _LANGUAGE.fullmatch(language)):
        raise BadProblem(f"{where}: lang must be a two-letter code such as de")
    return Text(number, words, language[:2].lower())


def answer_to(text: Text, found: Sequence[Answer]) -> dict[str, Any]:
    """The answer to one text as a JSON document."""
    return {
        "id": text.id,
        "concepts": [
            {"uri": one.uri, "label": one.label, "score": round(one.score, 4), "matched": one.matched} for one in found
        ],
    }
