"""The library as pages show it: instruments, their text with blanks, and clauses that can be searched. Source: BP-AGR."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import pgettext

from hansa.collaboration.agreements.queries import evidence
from hansa.collaboration.agreements.queries.composing import title_of
from hansa.collaboration.agreements.queries.library import Instrument, ModelClause, Parameter
from hansa.collaboration.agreements.queries.shelf import families, instruments
from hansa.collaboration.agreements.queries.wording import Clause, canonical_text, fingerprint, model_paragraphs
from hansa.collaboration.scenarios.queries import scenarios

# Where a text stands alone, this takes the place of the reference of a case.
NO_CASE = "model text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One parameter: what is asked, in which unit, and what stands there from the start."""

    label: str
    unit: str
    help: str
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One clause of an instrument, for a reader who is new to it; also what the component ``clause`` shows."""

    key: str
    id: str
    number: int
    title: str
    original: str
    plain: str
    text: str
    language: str
    caution: str
    risks: tuple[str, ...]
    asked: tuple[Asked, ...]
    needs: tuple[str, ...]
    not_with: tuple[str, ...]
    is_optional: bool
    is_added: bool
    note: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One clause of the library: its entry and the instruments that have it, as (id, title)."""

    entry: Entry
    used_in: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The clauses of one family that fit what was searched."""

    title: str
    clauses: tuple[Found, ...]


def entries(of: Instrument) -> list[Entry]:
    """Return all clauses of an instrument with their text, optional ones too, in the order of the text."""
    words = _risk_words()
    return [_entry(of, clause, number, words) for number, clause in enumerate(of.clauses, start=1)]


def shelves(*, text: str = "") -> list[Shelf]:
    """Return the clauses of the library by family, those that hold every word of ``text``."""
    found = {}
    for of in instruments().values():
        for entry in entries(of):
            used = found[entry.key].used_in if entry.key in found else ()
            first = found[entry.key].entry if entry.key in found else entry
            title = pgettext("content", of.title)
            found[entry.key] = Found(entry=first, used_in=(*used, (of.id, title)))
    wanted = text.casefold().split()
    rows = [
        Shelf(
            title=pgettext("content", family.title),
            clauses=tuple(found[key] for key in family.clauses if _holds(found[key].entry, wanted)),
        )
        for family in families()
    ]
    return [row for row in rows if row.clauses]


def _holds(entry: Entry, wanted: Iterable[str]) -> bool:
    said = [entry.title, entry.original, entry.plain, entry.caution, entry.text, *entry.risks]
    said += [asked.label for asked in entry.asked]
    everything = " ".join(said).casefold()
    return all(word in everything for word in wanted)


def _risk_words() -> Mapping[str, str]:
    return {
        risk.id: pgettext("content", risk.label)
        for scenario in scenarios().values()
        for role in scenario.roles.values()
        for risk in role.risks
    }


def _entry(of: Instrument, clause: ModelClause, number: int, words: Mapping[str, str]) -> Entry:
    alternatives = {c.alternative_of: c.key for c in of.clauses if c.alternative_of}
    beside = (*clause.conflicts, clause.alternative_of, alternatives.get(clause.key, ""))
    return Entry(
        key=clause.key,
        id=clause.key,
        number=number,
        title=pgettext("content", clause.title),
        original=clause.title,
        plain=pgettext("content", clause.plain_words),
        text="\n\n".join(f"{number}.{n} {words}" for n, words in enumerate(_paragraphs(of, clause), start=1)),
        language=of.language,
        caution=pgettext("content", clause.caution) if clause.caution else "",
        risks=tuple(words[risk] for risk in clause.answers if risk in words),
        asked=tuple(_asked(of, parameter) for parameter in clause.parameters),
        needs=tuple(title_of(of, key) for key in clause.requires),
        not_with=tuple(title_of(of, key) for key in dict.fromkeys(filter(None, beside))),
        is_optional=clause.key in of.optional,
        is_added=clause.key in of.added,
    )


def _asked(of: Instrument, parameter: Parameter) -> Asked:
    labels = {choice.value: pgettext("content", choice.label) for choice in parameter.choices}
    start = parameter.default
    if parameter.default_from:
        start = of.blanks[parameter.default_from]
    elif parameter.kind == "list":
        start = "; ".join(labels[value] for value in start)
    elif parameter.kind == "bool":
        start = ""
    return Asked(
        label=pgettext("content", parameter.label),
        unit=parameter.unit,
        help=pgettext("content", parameter.help),
        start=str(labels.get(start, start) if isinstance(start, str) else start),
    )


def _paragraphs(of: Instrument, clause: ModelClause) -> list[str]:
    """Return the words of a clause with the values of the start, and blanks for what only a case knows."""
    values = of.prefilled({})

    def printed(name: str) -> str:
        parameter = of.parameters.get(name)
        if parameter is None or parameter.default_from:
            return of.blanks[parameter.default_from if parameter else name]
        return parameter.wording(values[name], names={})

    return model_paragraphs(clause, values, printed)


def _standing(of: Instrument) -> list[Clause]:
    values = of.prefilled({})
    return [
        {"key": clause.key, "number": number, "title": clause.title, "paragraphs": _paragraphs(of, clause)}
        for number, clause in enumerate(of.standing(of.default_keys, values), start=1)
    ]


def as_text(of: Instrument) -> str:
    """Return the text an agreement of this kind starts from, with blanks, and what it is."""
    text = canonical_text(_standing(of), title=of.title, case_ref=NO_CASE, version=of.version)
    return f"{of.notice}\n\n{text}"


def as_document(of: Instrument) -> dict[str, Any]:
    """Return the same for printing, marked as a draft."""
    return evidence.model_document(of, _standing(of), case_ref=NO_CASE, sha256=fingerprint(as_text(of)))
