"""Records of organisations as tables and JSON objects hold them, and the answer as a JSON document (docs/formats/)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hansa.engine.identity.answer import IdentityAnswer, Pair
from hansa.engine.identity.record import Record
from hansa.engine.problem import BadProblem, Reason

Say = Callable[[Reason], str]
MOST_LETTERS = 2000

# How sources call the fields of a record, small and without anything but letters.
_CALLED = {
    "id": ("id", "orgid", "organisationid", "organizationid"),
    "name": ("name", "title", "legalname"),
    "other_names": ("othernames", "shortname", "acronym", "shorttitle"),
    "country": ("country", "countrycode"),
    "city": ("city", "place", "town"),
    "website": ("website", "url", "web", "homepage", "organizationurl", "organisationurl"),
    "email": ("email", "mail"),
    "vat": ("vat", "vatnumber"),
    "pic": ("pic",),
    "cluster": ("cluster",),
}
_FIELD = {called: field for field, names in _CALLED.items() for called in names}


def records_from(rows: Iterable[tuple[str, Any]]) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Read records, each with words that say where it stands; return them and the names of fields that were not used.

    A row without id is called by its number, from 1.

    :raises BadProblem: naming the row and the field
    """
    records = []
    unused: dict[str, None] = {}
    for number, (where, row) in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            raise BadProblem(f"{where} must be an object")
        values: dict[str, Any] = {"id": str(number), "name": "", "other_names": ()}
        for called, value in row.items():
            field = _FIELD.get("".join(letter for letter in str(called).lower() if letter.isalpha()))
            if field is None:
                unused[str(called)] = None
            elif value not in (None, ""):
                values[field] = _value(field, value, values, f"{where}: {called}")
        try:
            records.append(Record(**values))
        except BadProblem as bad:
            raise BadProblem(f"{where}: {bad}") from bad
    return tuple(records), tuple(unused)


def _value(field: str, value: Any, values: Mapping[str, Any], where: str) -> Any:
    if field == "other_names":
        names = value if isinstance(value, list) else [value]
        if not all(isinstance(name, str) for name in names):
            raise BadProblem(f"{where} must be text or a list of texts")
        names = [_text(name, where) for name in names if any(letter.isalnum() for letter in name)]
        return (*values["other_names"], *names)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadProblem(f"{where} must be text")
    return _text(str(value), where)


def _text(text: str, where: str) -> str:
    if "\0" in text or len(text) > MOST_LETTERS:
        raise BadProblem(f"{where} must be plain text of at most {MOST_LETTERS} letters")
    return text


def answer_to(answer: IdentityAnswer, *, n_records: int, unused: tuple[str, ...], say: Say) -> dict[str, Any]:
    """Write the pairs with their reasons, the groups to merge and the clusters to take apart."""
    return {
        "n_records": n_records,
        "n_compared": answer.n_compared,
        "unused_fields": list(unused),
        "pairs": [_pair(pair, say) for pair in answer.pairs],
        "merges": [list(group) for group in answer.merges],
        "splits": [
            {
                "cluster": split.cluster,
                "groups": [list(group) for group in split.groups],
                "contradictions": [_pair(pair, say) for pair in split.contradictions],
            }
            for split in answer.splits
        ],
    }


def _pair(pair: Pair, say: Say) -> dict[str, Any]:
    evidence = sorted(pair.evidence, key=lambda one: -abs(one.log_odds))
    return {
        "left": pair.left,
        "right": pair.right,
        "probability": round(pair.probability, 6),
        "verdict": pair.verdict,
        "reasons": [
            {"code": one.reason.code, "text": say(one.reason), "log_odds": round(one.log_odds, 2)} for one in evidence
        ],
    }
