"""Maturity before and after, and the investment that followed. Source: BP-KPI-02."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from hansa.collaboration.delivery.models import Collaboration, Investment, MaturityCheck
from hansa.collaboration.delivery.states import Dimension, Instrument, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturityRow:
    """One dimension with its scores before and after; None where nobody answered yet."""

    name: str
    before: Decimal | None
    after: Decimal | None


@cache
def maturity_instrument(kind: str) -> Instrument:
    """Return the questions for companies (``sme``) or public bodies (``public``)."""
    path = files("hansa.collaboration.delivery") / "content" / "maturity.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Instrument(
        kind=kind,
        version=content["maturity"]["version"],
        title=content[kind]["title"],
        scale=tuple((row["value"], row["label"]) for row in content["scale"]),
        dimensions=tuple(_dimension(row) for row in content[kind]["dimensions"]),
    )


def _dimension(row: dict[str, Any]) -> Dimension:
    questions = tuple(
        Question(
            key=question["key"],
            about=question["about"],
            items=tuple((item["key"], item["label"]) for item in question.get("items", ())),
        )
        for question in row["questions"]
    )
    return Dimension(key=row["key"], name=row["name"], questions=questions)


def instrument_for_client(collaboration: Collaboration) -> Instrument:
    """Return the questions that fit the client of the case."""
    client = collaboration.request.client
    return maturity_instrument("public" if client is not None and client.client_type == "public" else "sme")


def checks_of(collaboration: Collaboration) -> dict[str, MaturityCheck]:
    """Return the answers given so far by their moment (T0, T1); one query."""
    return {check.moment: check for check in collaboration.checks.all()}


def maturity_rows(instrument: Instrument, checks: dict[str, MaturityCheck]) -> list[MaturityRow]:
    """Return the dimensions with their scores before and after. Pure."""

    def score(moment: str, key: str) -> Decimal | None:
        check = checks.get(moment)
        found = check.scores.get(key) if check else None
        return None if found is None else Decimal(found)

    return [
        MaturityRow(name=dimension.name, before=score("T0", dimension.key), after=score("T1", dimension.key))
        for dimension in instrument.dimensions
    ]


def investments_of(collaboration: Collaboration) -> list[Investment]:
    """Return the investments, latest first; one query."""
    return list(collaboration.investments.all())
