"""A name taken apart: legal form, words in one spelling and one language, short names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from hansa.engine.identity.letters import dropped, fold, sound

_SPLIT = re.compile(r"[^0-9a-z]+")
_DOTTED = re.compile(r"\b(?:[a-z0-9]\.\s?){2,}(?:[a-z0-9]\b)?")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]?")
_DASH = re.compile(r"\s[-–—|:]\s|,\s|\s/\s")
_LONGEST_PHRASE = 8
_LONGEST_PREFIX = 24
_SHORT_NAME = 12  # letters; longer ones are names of their own
_MOST_FORMS = 6


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name. ``key`` is what words are compared by: the meaning for known words, else the sound."""

    key: str
    plain: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name: its words without the legal form, and the legal form's own name, or empty.

    ``glued``: all letters in a row, small words too, for names that are joined or split differently. ``is_main``: the whole name, as opposed to a part of it or another name of the same organisation.
    """

    words: tuple[Word, ...]
    legal: str
    glued: str
    is_main: bool = True


@dataclass(frozen=True, slots=True)
class Name:
    """All that a record is called. The first form is the whole name; ``short`` are acronyms stated,
    ``initials`` those its words would make."""

    forms: tuple[Form, ...]
    short: frozenset[str]
    initials: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Tables:
    legal: Mapping[tuple[str, ...], str]
    legal_anywhere: frozenset[str]
    meanings: Mapping[str, str]
    prefixes: Mapping[str, str]
    stop_words: frozenset[str]
    kinds: frozenset[str]
    rates: Mapping[str, float]


@cache
def tables() -> _Tables:
    """Read the word lists once."""
    raw = yaml.safe_load(files(__package__).joinpath("words.yaml").read_text(encoding="utf-8"))
    meanings: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    rates: dict[str, float] = {}
    groups = [(name, row["rate"], row["forms"]) for name, row in raw["words"].items()]
    groups += [(f"in {code}", 0.01, forms) for code, forms in raw["countries"].items()]
    for name, rate, forms in groups:
        key = f"={name}"
        rates[key] = rate
        for form in map(str, forms):
            (prefixes if form.endswith("*") else meanings).setdefault(form.rstrip("*"), key)
    legal = {tuple(str(form).split()): name for name, forms in raw["legal_forms"].items() for form in forms}
    anywhere = frozenset(raw["legal_anywhere"])
    kinds = frozenset(f"={kind}" for kind in raw["kinds"])
    return _Tables(legal, anywhere, meanings, prefixes, frozenset(map(str, raw["stop_words"])), kinds, rates)


@lru_cache(maxsize=200_000)
def meaning(word: str) -> str:
    """What a folded word is compared by: ``=university`` for known words of any language, else its sound."""
    known = tables()
    if word in known.meanings:
        return known.meanings[word]
    for length in range(min(len(word), _LONGEST_PREFIX), 2, -1):
        if word[:length] in known.prefixes:
            return known.prefixes[word[:length]]
    return sound(word)


def split(folded: str) -> list[str]:
    """Words of a folded name; dotted and spaced single letters are one word ("S. p. A.")."""
    joined = _DOTTED.sub(lambda match: match.group().replace(".", "").replace(" ", "") + " ", folded)
    words: list[str] = []
    run: list[str] = []
    for word in filter(None, _SPLIT.split(joined)):
        if len(word) == 1 and word.isalpha():
            run.append(word)
            continue
        words += _run(run)
        run = []
        words.append(word)
    return words + _run(run)


def _run(letters: list[str]) -> list[str]:
    return ["".join(letters)] if len(letters) > 1 else letters


def form_of(text: str, *, is_main: bool = True) -> Form:
    """Take one name apart."""
    words = split(fold(text))
    kept, legal = _without_legal_form(words)
    known = tables()
    meant = [word for word in kept if word not in known.stop_words] or kept or words
    return Form(tuple(Word(meaning(word), word) for word in meant), legal, "".join(kept), is_main)


def is_legal_form(text: str) -> bool:
    """Whether a text is nothing but a legal form."""
    return tuple(split(fold(text))) in tables().legal


def _without_legal_form(words: list[str]) -> tuple[list[str], str]:
    """The words that are no legal form, and the form. A name that is nothing else keeps its words."""
    known = tables()
    kept = list(words)
    legal = ""
    while kept:
        length = next((n for n in range(min(_LONGEST_PHRASE, len(kept)), 0, -1) if tuple(kept[-n:]) in known.legal), 0)
        if not length:
            break
        legal = known.legal[tuple(kept[-length:])]
        del kept[-length:]
    first = next((n for n in range(min(_LONGEST_PHRASE, len(kept) - 1), 0, -1) if tuple(kept[:n]) in known.legal), 0)
    if first:
        legal = legal or known.legal[tuple(kept[:first])]
        del kept[:first]
    inside = [word for word in kept if word in known.legal_anywhere]
    if inside:
        legal = legal or known.legal[inside[0],]
        kept = [word for word in kept if word not in known.legal_anywhere]
    return (kept, legal) if any(len(word) > 1 for word in kept) else (words, "")


def name_of(name: str, others: tuple[str, ...] = ()) -> Name:
    """All forms and short names of a record: its name, what stands in brackets or behind a dash, its other names."""
    forms: list[Form] = []
    short: set[str] = set()
    initials: set[str] = set()
    for text in (name, *others):
        for part, is_whole in _parts(text):
            form = form_of(part, is_main=is_whole and text is name)
            letters = form.glued
            own_words = sum(not word.key.startswith("=") for word in form.words)
            is_short = own_words > 0 and 2 <= len(letters) <= _SHORT_NAME and len(form.words) <= 2
            if is_short:
                short.add(letters)
            is_name = own_words > 0 and len(form.words) > 1 and not is_short and not is_legal_form(part)
            if form.words and form not in forms and (form.is_main or is_name):
                forms.append(form)
        initials |= set(_initials(text))
    return Name(tuple(forms[:_MOST_FORMS]), frozenset(short), frozenset(initials - short))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The name, the name without what is in brackets, and its parts; False for parts."""
    yield text, True
    if not text.isascii():
        bare = " ".join(word if meaning(fold(word)).startswith("=") else dropped(word) for word in text.split())
        if len(bare) * 2 > len(text):
            yield bare, True
    outside = _BRACKETS.sub(" ", text).strip()
    if outside != text.strip():
        if len(outside) > 3:
            yield outside, True
        yield from ((inside, False) for inside in _BRACKETS.findall(text))
    pieces = [piece.strip() for piece in _DASH.split(outside) if len(piece.strip()) > 1]
    if len(pieces) == 2:
        # "ITG - Instituto Tecnologico de Galicia" is the institute's whole name.
        for acronym, rest in (pieces, reversed(pieces)):
            if "".join(split(fold(acronym))) in _initials(rest):
                yield rest, True
    if 2 <= len(pieces) <= 3:
        yield from ((pieces[0], False), (pieces[-1], False))


def _initials(text: str) -> Iterator[str]:
    """Acronyms the words would make, with and without the small words."""
    words = [word for word in split(fold(_BRACKETS.sub(" ", text))) if word]
    kept, _ = _without_legal_form(words)
    stops = tables().stop_words
    for chosen in (kept, [word for word in kept if word not in stops]):
        if len(chosen) >= 3:
            yield "".join(word[0] for word in chosen)
