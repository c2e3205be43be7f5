"""What a vocabulary looks like before it is stored: plain values, whatever file they came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hansa.hubs.taxonomy.states import Wording

# Part of every digest: a change in how files are read loads them anew.
LOADER = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptDraft:
    """One concept to store. ``None`` leaves what is stored as it is.

    ``terms`` are (language, wording, text). ``broader`` and ``replaced_by`` are URIs.
    """

    uri: str
    kind: str
    notation: str
    labels: Mapping[str, str]
    terms: tuple[tuple[str, str, str], ...] = ()
    broader: str | None = None
    position: int | None = None
    is_ai_specific: bool | None = None
    is_core: bool | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    retired_in: str | None = ""
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationDraft:
    source: str
    target: str
    link: str
    match: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeDraft:
    """A vocabulary in one version.

    :param is_complete: concepts of the scheme that the draft does not name are retired
    :param retires: kinds of which the draft is the complete list, whatever scheme they came with
    :param retires_much: even where it lacks a fifth of them
    :param keeps_labels: labels and terms of languages the draft does not speak stay
    :param gives_way: where a concept has official labels already, those stay
    :param new_are_retired: concepts that are not stored yet belong to a version gone by
    :param is_refinement: concepts that are not stored yet are not added
    """

    code: str
    title: str
    version: str
    digest: str
    concepts: Iterable[ConceptDraft] = ()
    relations: Iterable[RelationDraft] = ()
    source: str = ""
    licence: str = ""
    attribution: str = ""
    is_complete: bool = True
    retires: frozenset[str] = frozenset()
    retires_much: bool = False
    keeps_labels: bool = False
    gives_way: bool = False
    new_are_retired: str = ""
    is_refinement: bool = False


def digest_of(*parts: bytes | str) -> str:
    """Return the sha256 of some content, and of the way it is read."""
    sha = hashlib.sha256(LOADER.encode())
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        sha.update(len(data).to_bytes(8, "big") + data)
    return sha.hexdigest()


def alternatives(language: str, texts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield terms for further labels, each once."""
    for text in dict.fromkeys(" ".join(text.split()) for text in texts):
        if text:
            yield (language, Wording.ALTERNATIVE, text)
