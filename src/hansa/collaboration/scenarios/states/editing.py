"""Changes of a scenario's content, each of which a form of the steward makes. They return new content and touch nothing."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.text import slugify

from hansa.collaboration.scenarios.states.definition import GENERAL_KINDS

Content = dict[str, Any]
_POINTS = {"benefits": "B", "costs": "C", "risks": "R"}


class CannotEdit(ValueError):
    """The change does not fit the scenario: an unknown step, or one that the product needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadEdit:
    """What the scenario is called, when it is for, and the tools that help it along."""

    title: str
    short: str
    when: str
    tools: tuple[str, ...] = ()

    def apply(self, content: Content) -> Content:
        content = copy.deepcopy(content)
        content["scenario"] |= {"title": self.title, "short": self.short, "when": self.when}
        content["tools"] = list(self.tools)
        return content


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEdit:
    """Names and notes of a stage, by audience."""

    key: str
    names: Mapping[str, str]
    notes: Mapping[str, str]

    def apply(self, content: Content) -> Content:
        content = copy.deepcopy(content)
        stage = next((row for row in content["stages"] if row["key"] == self.key), None)
        if stage is None:
            raise CannotEdit(self.key)
        stage["names"], stage["notes"] = dict(self.names), dict(self.notes)
        return content


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEdit:
    """A step as its form says. Of the product's own steps only words, days and documents change; ``key`` empty adds one.

    ``fields`` are rows of ``label kind required choices``; their keys are made from the labels and stay once made.
    """

    key: str = ""
    hub: str
    client: str = ""
    later: str
    does: str
    usual_days: int
    deadline_days: int = 0
    documents: tuple[str, ...] = ()
    kind: str = ""
    state: str = ""
    turn: str = ""
    before: str = ""
    after: tuple[str, ...] = ()
    optional: bool = False
    fields: tuple[Mapping[str, Any], ...] = field(default=())

    def apply(self, content: Content) -> Content:
        content = copy.deepcopy(content)
        words: dict[str, Any] = {
            "names": {"hub": self.hub, "client": self.client, "later": self.later},
            "does": self.does,
            "usual_days": self.usual_days,
            "deadline_days": self.deadline_days,
            "documents": list(self.documents),
        }
        if self.key:
            row = _row(content, self.key)
            row |= words
            if row.get("kind") not in GENERAL_KINDS:
                return content
        else:
            row = {"key": _new_key(content, self.hub), "moves": []} | words
            content["steps"].append(row)
        row |= self._general(row)
        content["steps"].sort(key=_place_of(content))
        return content

    def _general(self, row: Mapping[str, Any]) -> dict[str, Any]:
        if self.kind not in GENERAL_KINDS:
            raise CannotEdit(self.kind)
        known = {one["label"]: one["key"] for one in row.get("fields", ())}
        return {
            "kind": self.kind,
            "state": self.state,
            "turn": self.turn,
            "before": self.before,
            "after": list(self.after),
            "optional": self.optional,
            "fields": [dict(one) | {"key": known.get(one["label"]) or _slug(one["label"])} for one in self.fields],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRemoval:
    """Take out a step that a steward added; steps that waited for it wait no longer."""

    key: str

    def apply(self, content: Content) -> Content:
        content = copy.deepcopy(content)
        if _row(content, self.key).get("kind") not in GENERAL_KINDS:
            raise CannotEdit(self.key)
        content["steps"] = [row for row in content["steps"] if row["key"] != self.key]
        for row in content["steps"]:
            row["after"] = [key for key in row.get("after", ()) if key != self.key]
        return content


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEdit:
    """The words of what a role gains, spends and risks, by id, and new ones. Points of the blueprint keep their id."""

    role: str
    labels: Mapping[str, str]
    added: Mapping[Literal["benefits", "costs", "risks"], tuple[str, ...]]

    def apply(self, content: Content) -> Content:
        content = copy.deepcopy(content)
        if self.role not in content["roles"]:
            raise CannotEdit(self.role)
        role, head = content["roles"][self.role], content["scenario"]
        for kind, letter in _POINTS.items():
            kept = []
            for point in role.get(kind, ()):
                label = self.labels.get(point["id"], "").strip()
                if label or not point.get("added"):
                    kept.append(point | ({"label": label} if label else {}))
            taken = {point["id"] for point in role.get(kind, ())}
            for label in self.added.get(kind, ()):  # type: ignore[call-overload]
                point_id = _free_id(f"{head['id'].upper()}-{self.role.upper()}-{letter}", taken)
                taken.add(point_id)
                kept.append({"id": point_id, "label": label, "added": True, "blueprint_answers": False})
            role[kind] = kept
        return content


Edit = HeadEdit | StageEdit | StepEdit | StepRemoval | RoleEdit


def as_copy(content: Content, *, key: str, version: str, title: str) -> Content:
    """Return the content as the start of another version; its base stays the scenario of the blueprint."""
    content = copy.deepcopy(content)
    head = content["scenario"]
    head |= {"base": head.get("base", head["id"]), "id": key, "version": version, "title": title}
    if head["base"] != key and title != head.get("short"):
        head["short"] = title[:60]
    return content


def slug(title: str, *, taken: frozenset[str]) -> str:
    """Return a key for a title that no scenario has yet."""
    stem = _slug(title)[:30] or "scenario"
    key, n = stem, 2
    while key in taken:
        key, n = f"{stem}-{n}", n + 1
    return key


def _row(content: Content, key: str) -> dict[str, Any]:
    row: dict[str, Any] | None = next((row for row in content["steps"] if row["key"] == key), None)
    if row is None:
        raise CannotEdit(key)
    return row


def _new_key(content: Content, name: str) -> str:
    return slug(name, taken=frozenset({"new", *(row["key"] for row in content["steps"])}))


def _free_id(stem: str, taken: set[str]) -> str:
    n = 1
    while f"{stem}{n}" in taken:
        n += 1
    return f"{stem}{n}"


def _place_of(content: Content) -> Any:
    order = [row["key"] for row in content["steps"]]
    states: dict[str, int] = {}
    for row in content["steps"]:
        if row.get("kind") not in GENERAL_KINDS:
            states.setdefault(row["state"], len(states))
    return lambda row: (states.get(row["state"], len(states)), order.index(row["key"]))


def _slug(text: str) -> str:
    return slugify(text)[:40].strip("-")
