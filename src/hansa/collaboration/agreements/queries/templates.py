"""The tasks and KPIs a joint delivery starts with, by function of the classification.

The KPIs stand in the agreement's text (``draft`` takes them from here), so they live in this corner; delivery opens
with what was agreed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTemplate:
    """A task due ``days`` after the start, done by the lead or by the partners who cover the function."""

    key: str
    title: str
    role: Literal["lead", "partner"]
    days: int
    function: str  # empty for the tasks of every delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiTemplate:
    """A KPI with the target proposed. ``computed`` ones are counted by the platform, nobody types them."""

    key: str
    name: str
    unit: str
    better: Literal["higher", "lower"]
    target: Decimal
    computed: bool


@cache
def _content() -> dict[str, Any]:
    path = files("hansa.collaboration.agreements") / "content" / "service_templates.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def task_templates(functions: Iterable[str]) -> tuple[TaskTemplate, ...]:
    """Return the tasks of a delivery that covers these functions (notations such as ``TBI``), by due day."""
    content = _content()
    rows = [("", row) for row in content["common"]["tasks"]]
    rows += [
        (name, row) for name in sorted(set(functions)) for row in content["functions"].get(name, {}).get("tasks", [])
    ]
    tasks = [
        TaskTemplate(key=r["key"], title=r["title"], role=r["role"], days=r["days"], function=name) for name, r in rows
    ]
    return tuple(sorted(tasks, key=lambda task: (task.days, task.key)))


def kpi_templates(functions: Iterable[str]) -> tuple[KpiTemplate, ...]:
    """Return the KPIs proposed for a delivery that covers these functions, common ones first."""
    content = _content()
    rows = list(content["common"]["kpis"])
    for name in sorted(set(functions)):
        rows += content["functions"].get(name, {}).get("kpis", [])
    return tuple(
        KpiTemplate(
            key=row["key"],
            name=row["name"],
            unit=row["unit"],
            better=row["better"],
            target=Decimal(str(row["target"])),
            computed=row["computed"],
        )
        for row in rows
    )
