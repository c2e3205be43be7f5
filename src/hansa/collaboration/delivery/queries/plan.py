"""The plan of a collaboration: milestones with what was decided, and the tasks on the way to each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from hansa.collaboration.delivery.models import Collaboration, Milestone, Task
from hansa.hubs.directory.queries import HubName


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The tasks of a hub: from the first to the last day due."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stone:
    name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One hub of the timeline, with its tasks and the milestones it decides."""

    id: int
    name: str
    bars: tuple[Bar, ...]
    milestones: tuple[Stone, ...]


def milestones_of(collaboration: Collaboration) -> list[Milestone]:
    """Return the milestones by day, with what was decided; two queries, three when anything was."""
    rows = collaboration.milestones.select_related("decider").defer("decider__description", "decider__search")
    found = list(rows.prefetch_related("decisions__by"))
    for milestone in found:
        milestone.collaboration = collaboration
    return found


def milestone_of(collaboration: Collaboration, milestone_id: int) -> Milestone | None:
    return collaboration.milestones.select_related("decider").filter(pk=milestone_id).first()


def milestone_choices(collaboration: Collaboration) -> list[tuple[int, str]]:
    """Return the milestones that are still open, as id and name."""
    return [(row.pk, row.name) for row in collaboration.milestones.all() if row.is_open]


def timeline(hubs: Iterable[HubName], tasks: Iterable[Task], milestones: Iterable[Milestone]) -> list[PlanRow]:
    """Return a row per hub; the lead's row carries what the client decides. Pure."""
    tasks, milestones, rows = list(tasks), list(milestones), []
    for number, hub in enumerate(hubs):
        days = sorted(task.due_on for task in tasks if task.hub_id == hub.id)
        stones = tuple(
            Stone(name=milestone.name, on=milestone.due_on)
            for milestone in milestones
            if milestone.decider_id == hub.id or (milestone.decider_id is None and number == 0)
        )
        rows.append(PlanRow(id=hub.id, name=hub.name, bars=_bars(days), milestones=stones))
    return rows


def _bars(days: list[date]) -> tuple[Bar, ...]:
    if not days:
        return ()
    name = ngettext("%(n)s task", "%(n)s tasks", len(days)) % {"n": len(days)}
    return (Bar(name=name, start=days[0], end=days[-1]),)


def span(collaboration: Collaboration, tasks: Iterable[Task], milestones: Iterable[Milestone]) -> tuple[date, date]:
    """Return the first and the last day of the timeline. Pure."""
    days = [task.due_on for task in tasks] + [milestone.due_on for milestone in milestones]
    days += [day for day in (collaboration.starts_on, collaboration.ends_on) if day]
    return min(days), max(days)
