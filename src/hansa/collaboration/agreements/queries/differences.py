"""What changed between two versions, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from hansa.collaboration.agreements.queries.wording import Clause

Kind = Literal["same", "ins", "del"]
Presence = Literal["same", "new", "gone"]
_WORDS = re.compile(r"\S+\s*")
# Two versions of a paragraph that share less than this are shown as one gone and one new.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedClause:
    """One clause in both versions. ``kind`` says whether the whole clause is new or gone."""

    key: str
    number: int
    title: str
    kind: Presence
    is_changed: bool
    paragraphs: tuple[tuple[Piece, ...], ...]


def changed_clauses(before: Sequence[Clause], after: Sequence[Clause]) -> list[ChangedClause]:
    """Return all clauses of both versions in the order of the text, each with what changed in it."""
    old = {clause["key"]: clause for clause in before}
    new = {clause["key"]: clause for clause in after}
    return [_changed(old.get(key), new.get(key)) for key in _merged(list(old), list(new))]


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of two texts, word by word, so that *same + del* reads as the first and *same + ins* as the second."""
    if before == after:
        return (Piece("same", after),) if after else ()
    # Each word carries its space, the last one too: else two last words could run together.
    old, new = _WORDS.findall(f"{before} "), _WORDS.findall(f"{after} ")
    pieces: list[Piece] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, _bare(old), _bare(new)).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(new[new_start:new_end])))
            continue
        pieces += [Piece("del", "".join(old[start:end]))] if end > start else []
        pieces += [Piece("ins", "".join(new[new_start:new_end]))] if new_end > new_start else []
    return tuple(pieces)


def redlined(clause: ChangedClause) -> list[tuple[str, str]]:
    """Return the numbered wording of a clause as (kind, text) pairs, paragraphs parted by empty lines."""
    parts: list[tuple[str, str]] = []
    number = 0
    for paragraph in clause.paragraphs:
        parts += [("same", "\n\n")] if parts else []
        if any(piece.kind != "del" for piece in paragraph):
            number += 1
            parts.append(("same", f"{clause.number}.{number} "))
        parts += [(piece.kind, piece.text) for piece in paragraph]
    return parts


def _bare(tokens: Sequence[str]) -> list[str]:
    return [token.rstrip() for token in tokens]


def _changed(before: Clause | None, after: Clause | None) -> ChangedClause:
    shown = after or before
    assert shown is not None
    kind: Presence = "same" if before and after else "new" if after else "gone"
    paragraphs = tuple(_paragraphs(before["paragraphs"] if before else [], after["paragraphs"] if after else []))
    return ChangedClause(
        key=shown["key"],
        number=shown["number"],
        title=shown["title"],
        kind=kind,
        is_changed=any(piece.kind != "same" for paragraph in paragraphs for piece in paragraph),
        paragraphs=paragraphs,
    )


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = list(before[start:end]), list(after[new_start:new_end])
        if tag == "equal":
            yield from ((Piece("same", text),) for text in new)
        else:
            yield from _replaced(old, new)


def _replaced(old: list[str], new: list[str]) -> Iterator[tuple[Piece, ...]]:
    """Pair each old paragraph with the next new one that resembles it; the rest is gone or new."""
    for text in old:
        match = next((n for n, other in enumerate(new) if _alike(text, other)), None)
        if match is None:
            yield (Piece("del", text),)
            continue
        yield from ((Piece("ins", other),) for other in new[:match])
        yield words(text, new[match])
        del new[: match + 1]
    yield from ((Piece("ins", other),) for other in new)


def _alike(before: str, after: str) -> bool:
    old, new = _bare(_WORDS.findall(before)), _bare(_WORDS.findall(after))
    return SequenceMatcher(None, old, new).quick_ratio() >= _ALIKE


def _merged(old: list[str], new: list[str]) -> list[str]:
    """Return the keys of both, those of ``new`` in their order and each gone one after its old neighbour."""
    merged = list(new)
    for position, key in enumerate(old):
        if key not in merged:
            neighbour = next((k for k in reversed(old[:position]) if k in merged), None)
            merged.insert(merged.index(neighbour) + 1 if neighbour else 0, key)
    return merged
