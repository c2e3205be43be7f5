"""The model text: an instrument with its clauses and the parameters that may be negotiated. Source: BP-AGR."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml
from django.utils.translation import gettext as _

# The values of the parameters, by name. Amounts are text, so that they survive JSON unrounded.
Values = Mapping[str, Any]
_KINDS = frozenset({"money", "int", "percent", "choice", "list", "bool", "text"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One value the parties negotiate. ``front`` > 0 marks the four asked before everything else, in that order."""

    name: str
    kind: str
    label: str
    help: str
    front: int
    default: Any
    default_from: str
    required: bool
    minimum: int | None
    maximum: int | None
    choices: tuple[Choice, ...]
    when: Mapping[str, tuple[Any, ...]]
    per_party: bool

    def problem(self, value: Any) -> str:
        """Return why ``value`` cannot stand in the text, or nothing."""
        if self.kind == "bool":
            return "" if isinstance(value, bool) else _("Choose yes or no.")
        if self.kind in {"choice", "list"}:
            known = {choice.value for choice in self.choices}
            chosen = value if isinstance(value, list) else [value]
            return "" if set(chosen) <= known and chosen else _("Choose one of the options.")
        if self.kind == "text":
            return "" if isinstance(value, str) and value.strip() else _("Write a few words.")
        return self._number_problem(value)

    def _number_problem(self, value: Any) -> str:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return _("Enter a number.")
        if isinstance(value, bool) or not number.is_finite() or (self.kind == "int" and number != int(number)):
            return _("Enter a number.")
        too_low = self.minimum is not None and number < self.minimum
        if too_low or (self.maximum is not None and number > self.maximum):
            return _("Enter a number from %(low)s to %(high)s.") % {"low": self.minimum, "high": self.maximum}
        return ""

    def wording(self, value: Any) -> str:
        """Return the value as it is printed in the agreement."""
        if self.kind == "money":
            return euro(value)
        if self.kind == "percent":
            return f"{value}%"
        words = {choice.value: choice.wording for choice in self.choices}
        if self.kind == "choice":
            return words[value]
        if self.kind == "list":
            return "; ".join(words[choice.value] for choice in self.choices if choice.value in value)
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    text: str
    when: Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelClause:
    """One clause of the model text. ``mitigates`` are ids of risks of the scenario."""

    key: str
    title: str
    plain_words: str
    mitigates: tuple[str, ...]
    caution: str
    when: Mapping[str, tuple[Any, ...]]
    parameters: tuple[Parameter, ...]
    body: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    id: str
    title: str
    scenario: str
    version: str
    language: str
    notice: str
    clauses: tuple[ModelClause, ...]

    @property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters of the whole text by name; the effort split, which is a table, is left out."""
        return {p.name: p for clause in self.clauses for p in clause.parameters if not p.per_party}

    def clause(self, key: str) -> ModelClause | None:
        return next((clause for clause in self.clauses if clause.key == key), None)

    def prefilled(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values an agreement starts from."""
        return {name: facts.get(p.default_from, p.default) for name, p in self.parameters.items()}

    def problems(self, values: Values) -> dict[str, str]:
        """Return what is wrong with which value."""
        found = {}
        for name, parameter in self.parameters.items():
            if problem := parameter.problem(values.get(name)):
                found[name] = problem
        return found


def holds(when: Mapping[str, tuple[Any, ...]], values: Values) -> bool:
    """Say whether all conditions hold: each names a parameter and the values that fit."""
    return all(values.get(name) in fitting for name, fitting in when.items())


def euro(amount: Any) -> str:
    """Return an amount as legal texts write it: EUR 7,900, with cents only if there are any."""
    number = Decimal(str(amount))
    return f"EUR {number:,.0f}" if number == number.to_integral_value() else f"EUR {number:,.2f}"


def day(value: date | str) -> str:
    """Return a date as written in the text: 11 January 2027."""
    when = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


# The text is English whatever the reader's language, so Django's localised dates will not do.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def instrument(instrument_id: str) -> Instrument:
    """Return the model text of one instrument, such as ``jd-agreement``.

    :raises KeyError: the library has none of this id
    """
    return instruments()[instrument_id]


def instrument_of(agreement: Any) -> Instrument:
    """Return the model text that an agreement was drafted from."""
    return instrument(agreement.instrument)


@cache
def instruments() -> Mapping[str, Instrument]:
    """Return all instruments by id."""
    path = files("hansa.collaboration.agreements").joinpath("content/joint_delivery_agreement.yaml")
    read = _instrument(yaml.safe_load(path.read_text("utf-8")))
    return MappingProxyType({read.id: read})


def _instrument(raw: dict[str, Any]) -> Instrument:
    about = raw["instrument"]
    return Instrument(
        id=about["id"],
        title=about["title"],
        scenario=about["scenario"],
        version=about["version"],
        language=about["language"],
        notice=about["notice"],
        clauses=tuple(_clause(entry) for entry in raw["clauses"]),
    )


def _clause(raw: dict[str, Any]) -> ModelClause:
    return ModelClause(
        key=raw["key"],
        title=raw["title"],
        plain_words=raw["plain_words"],
        mitigates=tuple(raw.get("mitigates", ())),
        caution=" ".join(raw.get("caution", "").split()),
        when=_when(raw),
        parameters=tuple(_parameter(entry) for entry in raw.get("parameters", ())),
        body=tuple(_paragraph(entry) for entry in raw["body"]),
    )


def _paragraph(raw: str | dict[str, Any]) -> Paragraph:
    entry = {"text": raw} if isinstance(raw, str) else raw
    return Paragraph(text=" ".join(entry["text"].split()), when=_when(entry))


def _parameter(raw: dict[str, Any]) -> Parameter:
    if raw["kind"] not in _KINDS:
        raise ValueError(f"Unknown kind {raw['kind']!r} of parameter {raw['name']!r}")
    return Parameter(
        name=raw["name"],
        kind=raw["kind"],
        label=raw["label"],
        help=raw.get("help", ""),
        front=raw.get("front", 0),
        default=str(raw["default"]) if raw["kind"] == "money" and "default" in raw else raw.get("default"),
        default_from=raw.get("default_from", ""),
        required=raw.get("required", False),
        minimum=raw.get("min"),
        maximum=raw.get("max"),
        choices=tuple(
            Choice(value=c["value"], label=c["label"], wording=c.get("wording", "")) for c in raw.get("choices", ())
        ),
        when=_when(raw),
        per_party=raw.get("per") == "party",
    )


def _when(raw: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(value) if isinstance(value, list) else (value,) for name, value in raw.get("when", {}).items()}
