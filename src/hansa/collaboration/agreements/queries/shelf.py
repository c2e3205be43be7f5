"""The library of clauses and the instruments made of them, read once per process from ``content``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

import yaml

from hansa.collaboration.agreements.queries.library import (
    KINDS,
    Choice,
    Instrument,
    ModelClause,
    Paragraph,
    Parameter,
    Void,
)

_BLUEPRINT: dict[Any, Literal["yes", "partly", "no"]] = {True: "yes", False: "no", "partly": "partly"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Clauses that belong together, as the library shows them."""

    key: str
    title: str
    clauses: tuple[str, ...]


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
    """Return all instruments by id, those of scenarios first."""
    content = _read("instruments.yaml")
    return MappingProxyType({row["id"]: _instrument(row, content) for row in content["instruments"]})


@cache
def families() -> tuple[Family, ...]:
    """Return the families of clauses, in the order in which a text usually has them."""
    return tuple(
        Family(key=row["family"]["key"], title=row["family"]["title"], clauses=tuple(c["key"] for c in row["clauses"]))
        for row in _raw()
    )


def _read(path: str) -> Any:
    return yaml.safe_load((files("hansa.collaboration.agreements") / "content" / path).read_text("utf-8"))


@cache
def _raw() -> tuple[Any, ...]:
    return tuple(_read(f"clauses/{name}.yaml") for name in _read("instruments.yaml")["families"])


@cache
def _clauses() -> dict[str, dict[str, Any]]:
    """Return the clauses as their files have them, each with its family."""
    return {row["key"]: {**row, "family": content["family"]["key"]} for content in _raw() for row in content["clauses"]}


def _instrument(row: dict[str, Any], content: dict[str, Any]) -> Instrument:
    entries = [{"key": entry} if isinstance(entry, str) else entry for entry in row["clauses"]]
    keys = [entry["key"] for entry in entries]
    asked = {p["name"] for key in keys for p in _for(_clauses()[key].get("parameters", ()), row["id"])}
    about = content["library"]
    return Instrument(
        id=row["id"],
        title=row["title"],
        summary=row["summary"],
        scenario=row["scenario"],
        version=about["version"],
        language=about["language"],
        notice=about["notice"],
        clauses=tuple(_clause(_clauses()[key], row, keys, asked) for key in keys),
        fixed=frozenset(row["fixed"]),
        optional=frozenset(entry["key"] for entry in entries if entry.get("optional")),
        added=frozenset(entry["key"] for entry in entries if entry.get("added")),
        blanks={fact["name"]: fact["blank"] for fact in content["facts"]},
    )


def _for(rows: Iterable[Any], instrument_id: str) -> list[dict[str, Any]]:
    """Return the rows that this instrument has."""
    return [row for row in rows if instrument_id in row.get("for", (instrument_id,))]


def _clause(raw: dict[str, Any], of: dict[str, Any], keys: list[str], asked: set[str]) -> ModelClause:
    words = {**raw, **next(iter(row for row in raw.get("variants", ()) if of["id"] in row["for"]), {})}
    body = [{"text": row} if isinstance(row, str) else row for row in raw["body"]]
    required = [{"key": row} if isinstance(row, str) else row for row in raw.get("requires", ())]
    return ModelClause(
        key=raw["key"],
        family=raw["family"],
        title=words["title"],
        plain_words=words["plain_words"],
        mitigates=_risks(raw.get("mitigates", ()), of["scenario"]),
        adds=_risks(raw.get("adds", ()), of["scenario"]),
        blueprint=_BLUEPRINT[raw["blueprint"]],
        caution=_one_line(raw.get("caution", "")),
        when={name: fitting for name, fitting in _when(raw).items() if name in asked},
        requires=tuple(row["key"] for row in _for(required, of["id"]) if row["key"] in keys),
        alternative_of=raw["alternative_of"] if raw.get("alternative_of") in keys else "",
        conflicts={row["with"]: row["says"] for row in raw.get("conflicts", ()) if row["with"] in keys},
        void=_void(raw.get("void_without")),
        parameters=tuple(_parameter(row) for row in _for(raw.get("parameters", ()), of["id"])),
        body=tuple(Paragraph(text=_one_line(row["text"]), when=_when(row)) for row in _for(body, of["id"])),
    )


def _risks(ids: Iterable[str], scenario: str) -> tuple[str, ...]:
    return tuple(risk for risk in ids if scenario and risk.startswith(f"{scenario}-"))


def _void(row: dict[str, Any] | None) -> Void | None:
    return Void(parameters=tuple(row["parameters"]), says=_one_line(row["says"])) if row else None


def _parameter(raw: dict[str, Any]) -> Parameter:
    if raw["kind"] not in KINDS:
        raise ValueError(f"Unknown kind {raw['kind']!r} of parameter {raw['name']!r}")
    return Parameter(
        name=raw["name"],
        kind=raw["kind"],
        label=raw["label"],
        help=raw.get("help", ""),
        front=raw.get("front", 0),
        default=str(raw["default"]) if raw["kind"] == "money" and "default" in raw else raw.get("default"),
        default_from=raw.get("default_from", ""),
        minimum=raw.get("min"),
        maximum=raw.get("max"),
        choices=tuple(
            Choice(value=c["value"], label=c["label"], wording=c.get("wording", "")) for c in raw.get("choices", ())
        ),
        when=_when(raw),
        after=raw.get("after", ""),
    )


def _when(raw: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(value) if isinstance(value, list) else (value,) for name, value in raw.get("when", {}).items()}


def _one_line(text: str) -> str:
    return " ".join(text.split())
