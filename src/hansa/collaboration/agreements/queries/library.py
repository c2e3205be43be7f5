"""The model text as values: instruments, their clauses, and the parameters that may be negotiated. Source: BP-AGR."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from django.utils.translation import gettext as _

# The values of the parameters, by name. Amounts and days are text, so that they survive JSON unchanged.
Values = Mapping[str, Any]
When = Mapping[str, tuple[Any, ...]]
KINDS = frozenset({"money", "int", "percent", "choice", "list", "bool", "text", "date", "shares"})
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One value the parties negotiate. ``front`` > 0 marks those asked before everything else, in that order.

    ``after`` names the day that must come before this one.
    """

    name: str
    kind: str
    label: str
    help: str
    front: int
    default: Any
    default_from: str
    minimum: int | None
    maximum: int | None
    choices: tuple[Choice, ...]
    when: When
    after: str

    @property
    def unit(self) -> str:
        """What the value is counted in; empty for words."""
        of_kind = {"money": _("euro"), "percent": "%", "shares": _("% per party"), "date": _("day")}
        of_name = {
            "days": _("days"),
            "weeks": _("weeks"),
            "months": _("months"),
            "years": _("years"),
            "hours": _("hours"),
        }
        return of_kind.get(self.kind) or of_name.get(self.name.rsplit("_", 1)[-1], "")

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
        if self.kind == "date":
            return "" if _as_day(value) else _("Enter a day.")
        return _shares_problem(value) if self.kind == "shares" else self._number_problem(value)

    def _number_problem(self, value: Any) -> str:
        number = _as_number(value)
        if number is None or isinstance(value, bool) or (self.kind == "int" and number != int(number)):
            return _("Enter a number.")
        too_low = self.minimum is not None and number < self.minimum
        if too_low or (self.maximum is not None and number > self.maximum):
            return _("Enter a number from %(low)s to %(high)s.") % {"low": self.minimum, "high": self.maximum}
        return ""

    def wording(self, value: Any, *, names: Mapping[int, str]) -> str:
        """Return the value as it is printed in the agreement. ``names`` are those of the parties by hub."""
        if self.kind == "money":
            return euro(value)
        if self.kind == "percent":
            return f"{value}%"
        if self.kind == "date":
            return day(value)
        if self.kind == "shares":
            return "; ".join(f"{name} {value.get(str(hub_id), '0')}%" for hub_id, name in names.items())
        words = {choice.value: choice.wording for choice in self.choices}
        if self.kind == "choice":
            return words[value]
        if self.kind == "list":
            return "; ".join(words[choice.value] for choice in self.choices if choice.value in value)
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    text: str
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """The parameters without which a clause would be void, and the sentence that says so."""

    parameters: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelClause:
    """One clause as an instrument has it.

    ``mitigates`` are ids of risks by the blueprint, ``adds`` those it answers besides by our reading; ``blueprint`` says
    whether the blueprint itself asks for the clause. ``conflicts`` maps clauses it cannot stand beside to the sentence
    that says why; ``alternative_of`` names one that does the same in another way.
    """

    key: str
    family: str
    title: str
    plain_words: str
    mitigates: tuple[str, ...]
    adds: tuple[str, ...]
    blueprint: Literal["yes", "partly", "no"]
    caution: str
    when: When
    requires: tuple[str, ...]
    alternative_of: str
    conflicts: Mapping[str, str]
    void: Void | None
    parameters: tuple[Parameter, ...]
    body: tuple[Paragraph, ...]

    @property
    def answers(self) -> tuple[str, ...]:
        """All risks it answers."""
        return self.mitigates + self.adds


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One text to be agreed on, as a list of clauses.

    ``scenario`` is empty for one that stands alone. ``fixed`` clauses cannot be left out, ``optional`` ones are taken
    in only when the parties want them, ``added`` ones are not in the blueprint's list.
    """

    id: str
    title: str
    summary: str
    scenario: str
    version: str
    language: str
    notice: str
    clauses: tuple[ModelClause, ...]
    fixed: frozenset[str]
    optional: frozenset[str]
    added: frozenset[str]
    blanks: Mapping[str, str]

    @property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters of the whole text by name."""
        return {p.name: p for clause in self.clauses for p in clause.parameters}

    @property
    def default_keys(self) -> tuple[str, ...]:
        """The clauses an agreement starts with."""
        return tuple(clause.key for clause in self.clauses if clause.key not in self.optional)

    def clause(self, key: str) -> ModelClause | None:
        return next((clause for clause in self.clauses if clause.key == key), None)

    def standing(self, keys: Collection[str], values: Values) -> tuple[ModelClause, ...]:
        """Return the clauses that stand in the text: chosen, and not switched off by a question."""
        return tuple(clause for clause in self.clauses if clause.key in keys and holds(clause.when, values))

    def uses(self, fact: str) -> bool:
        """Whether some clause prints this fact."""
        place = f"{{{{ {fact} }}}}"
        return any(place in paragraph.text for clause in self.clauses for paragraph in clause.body)

    def prefilled(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values an agreement starts from."""
        return {name: facts.get(p.default_from, p.default) for name, p in self.parameters.items()}


def holds(when: When, values: Values) -> bool:
    """Say whether all conditions hold: each names a parameter and the values that fit."""
    return all(values.get(name) in fitting for name, fitting in when.items())


def _as_number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _as_day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _shares_problem(value: Any) -> str:
    if not isinstance(value, Mapping) or not value:
        return _("Enter the share of each party.")
    numbers = [_as_number(share) for share in value.values()]
    if any(number is None or not 0 <= number <= _HUNDRED for number in numbers):
        return _("Each share is a number from 0 to 100.")
    total = sum((number for number in numbers if number is not None), Decimal(0))
    if total != _HUNDRED:
        return _("The shares make %(total)s%% together. Change them so that they make 100%%.") % {
            "total": f"{total.normalize():f}"
        }
    return ""


def equal_shares(hub_ids: Collection[int]) -> dict[str, str]:
    """Return the same share for each hub, in percent; the first take what cannot be divided."""
    if not hub_ids:
        return {}
    cents, rest = divmod(10_000, len(hub_ids))
    parts = [Decimal(cents + (position < rest)) / 100 for position in range(len(hub_ids))]
    return {str(hub_id): f"{part.normalize():f}" for hub_id, part in zip(hub_ids, parts, strict=True)}


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
