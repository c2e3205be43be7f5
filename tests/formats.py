"""Checks a value against a JSON Schema of docs/formats, as far as those schemas go."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "formats"
KINDS = {
    "object": dict, "array": list, "string": str, "number": (int, float), "integer": int, "boolean": bool,
    "null": type(None),
}  # fmt: skip
SAYS_NOTHING = {"$schema", "title", "description"}
READ = {
    "type", "properties", "required", "additionalProperties", "items", "anyOf", "minItems", "minLength", "maxLength",
    "minimum", "maximum",
}  # fmt: skip


def schema(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def faults(value: Any, schema: dict[str, Any], path: str = "$") -> Iterator[str]:
    """Yield what does not fit. A keyword this reader does not know is a fault of its own."""
    yield from (f"{path}: {word} is not checked" for word in set(schema) - READ - SAYS_NOTHING)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, KINDS[kind]) for kind in kinds):
        yield f"{path}: is not {kinds}"
        return
    if "anyOf" in schema and all(list(faults(value, one, path)) for one in schema["anyOf"]):
        yield f"{path}: fits none of the alternatives"
    yield from _faults_of_size(value, schema, path)
    if isinstance(value, dict):
        yield from _faults_of_object(value, schema, path)
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from faults(part, schema.get("items", {}), f"{path}[{number}]")


def _faults_of_object(value: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{path}: {name} is missing" for name in schema.get("required", []) if name not in value)
    for name, part in value.items():
        if name in known:
            yield from faults(part, known[name], f"{path}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{path}: {name} is not known"


def _faults_of_size(value: Any, schema: dict[str, Any], path: str) -> Iterator[str]:
    if isinstance(value, list) and len(value) < schema.get("minItems", 0):
        yield f"{path}: too few"
    if isinstance(value, str) and not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"{path}: too short or too long"
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{path}: out of bounds"
