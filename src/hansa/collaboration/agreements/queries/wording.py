"""From model text, facts and terms to the clauses of one version, and to the exact text that people sign."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hansa.collaboration.agreements.queries.library import Instrument, ModelClause, Values, day, euro, holds
from hansa.collaboration.agreements.queries.templates import KpiTemplate

if TYPE_CHECKING:
    from hansa.collaboration.agreements.queries.terms import Terms

Clause = dict[str, Any]
MAX_CLAUSE_CHARS = 20_000
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_NUMBER_BEFORE = re.compile(r"^\s*\d{1,2}\.\d{1,3}\s+")
# Soft hyphen, zero-width space and no-break, byte order mark: invisible, so nobody could say what was signed.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyName:
    """How the text names a party. ``place`` is town and country, in English."""

    hub_id: int
    name: str
    place: str
    is_lead: bool

    @property
    def named(self) -> str:
        return f"{self.name} of {self.place}" if self.place else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the case itself supplies; nothing in it says who the client is. ``parties`` holds the lead first."""

    ref: str
    lead_country: str
    parties: tuple[PartyName, ...]


def facts(case: Case, terms: Terms) -> dict[str, str]:
    """Return the facts as the model text names them. The text is English, whatever the reader's language."""
    lead, *partners = (party.named for party in case.parties)
    names = {party.hub_id: party.name for party in case.parties}
    shares = terms.parties
    total = sum((share.fee_eur for share in shares), Decimal(0))
    return {
        "lead": lead,
        "lead_country": case.lead_country,
        "partners": " and ".join(part for part in ("; ".join(partners[:-1]), partners[-1]) if part),
        "case_ref": case.ref,
        "scope": _inside(terms.scope),
        "task_split": "; ".join(f"{names[share.hub_id]}: {_inside(share.part)}" for share in shares),
        "effort_split": "; ".join(f"{names[share.hub_id]} {_days(share.effort_days)}" for share in shares),
        "fee_split": "; ".join(f"{names[share.hub_id]} {euro(share.fee_eur)}" for share in shares)
        + f"; {euro(total)} in all",
        "kpis": "; ".join(_target(kpi) for kpi in terms.kpis) or "the Parties agreed on none",
        "starts_on": day(terms.starts_on),
        "ends_on": day(terms.ends_on),
    }


def _inside(text: str) -> str:
    """Return a typed text as it stands inside a sentence."""
    return clean(text).rstrip(".;, ")


def _days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"


def _target(kpi: KpiTemplate) -> str:
    bound = "at least" if kpi.better == "higher" else "at most"
    return f"{kpi.name}: {bound} {kpi.target.normalize():f}{'' if kpi.unit[:1] in ('', '%') else ' '}{kpi.unit}"


def compose(instrument: Instrument, *, case: Case, terms: Terms, reworded: Mapping[str, Sequence[str]]) -> list[Clause]:
    """Return the numbered clauses of a version.

    :param reworded: paragraphs by clause key that a party wrote itself; they replace the model's, values included
    """
    values = terms.values
    names = {party.hub_id: party.name for party in case.parties}
    known, parameters = facts(case, terms), instrument.parameters

    def printed(name: str) -> str:
        # Only what a clause prints is put into words: values of clauses that were left out may be anything.
        return known[name] if name in known else parameters[name].wording(values[name], names=names)

    clauses: list[Clause] = []
    for model in instrument.standing(terms.clauses, values):
        own = reworded.get(model.key)
        paragraphs = list(own) if own is not None else model_paragraphs(model, values, printed)
        clauses.append(
            {
                "key": model.key,
                "number": len(clauses) + 1,
                "title": model.title,
                "paragraphs": paragraphs,
                "plain_words": model.plain_words,
                "mitigates": list(model.answers),
                "reworded": own is not None,
            }
        )
    return clauses


def model_paragraphs(model: ModelClause, values: Values, printed: Callable[[str], str]) -> list[str]:
    """Return the paragraphs of a clause that these values ask for, each name put into words by ``printed``."""
    kept = [paragraph.text for paragraph in model.body if holds(paragraph.when, values)]
    return [clean(_PLACE.sub(lambda match: printed(match[1]), text)) for text in kept]


def canonical_text(clauses: Sequence[Clause], *, title: str, case_ref: str, version: int | str) -> str:
    """Return the agreement as plain text: Unicode NFC, LF, one empty line between paragraphs. This is what is signed."""
    parts = [title, f"Case {case_ref}, version {version}"]
    for clause in clauses:
        parts.append(f"{clause['number']}. {clause['title']}")
        parts += [f"{clause['number']}.{n} {text}" for n, text in enumerate(clause["paragraphs"], start=1)]
    return unicodedata.normalize("NFC", "\n\n".join(parts)) + "\n"


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def clean(text: str) -> str:
    """Return one paragraph with nothing in it that cannot be seen: NFC, single spaces, no invisible characters."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def split_paragraphs(wording: str) -> list[str]:
    """Return the paragraphs of a typed wording. Empty lines part them; numbers copied from the text are dropped."""
    blocks = re.split(r"\n\s*\n", wording.replace("\r\n", "\n").replace("\r", "\n"))
    return [paragraph for block in blocks if (paragraph := clean(_NUMBER_BEFORE.sub("", block)))]


def problem_in(text: str) -> str:
    """Return why a typed text cannot stand in an agreement, or nothing.

    Control characters and marks that turn the direction of writing could make the text look other than it is.
    """
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn"} and character not in "\n\r\t":
            if ord(character) in _INVISIBLE:
                continue
            return _("The text holds a hidden character (U+%(code)s). Type it again instead of pasting it.") % {
                "code": f"{ord(character):04X}"
            }
    return ""
