"""A scenario drawn: one lane per actor, the steps from top to bottom, arrows for what leads on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.scenarios.states import Scenario, ScenarioStep

_WIDTH, _BOX, _HIGH, _GAP, _TOP = 720, 196, 52, 30, 34


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """``x`` is the middle, in units of the drawing."""

    name: str
    x: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A step. ``lines`` is its name, broken; ``line_y`` where the first of them stands."""

    key: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[int, str], ...]
    middle: int
    is_general: bool
    is_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    path: str
    is_wait: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """``says`` tells the whole in one sentence, for those who do not see it."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    says: str


def drawing_of(scenario: Scenario) -> Drawing:
    """Return the drawing of a scenario; it is the same for the same scenario and language."""
    lanes = _lanes(scenario)
    ranks = _ranks(scenario)
    boxes: dict[str, Box] = {}
    y = _TOP
    for rank in sorted(set(ranks.values())):
        steps = [step for step in scenario.steps if ranks[step.key] == rank]
        used: dict[tuple[int, int], int] = {}
        deepest = 0
        for step in steps:
            x, width = _place(step, lanes)
            depth = max((n for (left, right), n in used.items() if left < x + width and x < right), default=0)
            boxes[step.key] = _box(step, x, y + depth * (_HIGH + 8), width)
            used[x, x + width] = depth + 1
            deepest = max(deepest, depth)
        y += (deepest + 1) * (_HIGH + 8) - 8 + _GAP
    names = [pgettext("content", step.names.hub) for step in scenario.steps if not step.optional]
    return Drawing(
        width=_WIDTH,
        height=y - _GAP + 8,
        lanes=tuple(Lane(name=name, x=x) for _turn, name, x in lanes),
        boxes=tuple(boxes.values()),
        arrows=tuple(_arrows(scenario, boxes, ranks)),
        says=_("The steps in order: %(steps)s.") % {"steps": ", ".join(names)},
    )


def _lanes(scenario: Scenario) -> list[tuple[str, str, int]]:
    names = [("lead", _("Lead")), ("partners", _("Partners"))]
    if scenario.has_client:
        names.insert(0, ("client", _("Client")))
    return [(turn, name, _WIDTH * (2 * n + 1) // (2 * len(names))) for n, (turn, name) in enumerate(names)]


def _place(step: ScenarioStep, lanes: list[tuple[str, str, int]]) -> tuple[int, int]:
    if step.turn == "all":
        hubs = [x for turn, _name, x in lanes if turn != "client"]
        return hubs[0] - _BOX // 2, hubs[-1] - hubs[0] + _BOX
    middle = next((x for turn, _name, x in lanes if turn == step.turn), lanes[0][2])
    return middle - _BOX // 2, _BOX


def _box(step: ScenarioStep, x: int, y: int, width: int) -> Box:
    lines = wrap(pgettext("content", step.names.hub), max(12, width // 9))[:2]
    first = y + _HIGH // 2 + 5 - (len(lines) - 1) * 9
    return Box(
        key=step.key,
        x=x,
        y=y,
        width=width,
        height=_HIGH,
        lines=tuple((first + n * 18, line) for n, line in enumerate(lines)),
        middle=x + width // 2,
        is_general=step.is_general,
        is_optional=step.optional,
    )


def _ranks(scenario: Scenario) -> dict[str, int]:
    """Return the row of each step: after what it waits for; a step beside the main line as early as its state allows."""
    ranks: dict[str, int] = {}
    main = [step for step in scenario.steps if not step.is_general and not step.optional]
    for n, step in enumerate(main):
        ranks[step.key] = 2 * n
    for _round in scenario.steps:
        for step in scenario.steps:
            if step in main:
                continue
            own = next((ranks[other.key] for other in main if other.state == step.state), 0)
            ranks[step.key] = max([own + 1, *(ranks.get(key, 0) + 1 for key in step.after)])
    return ranks


def _arrows(scenario: Scenario, boxes: dict[str, Box], ranks: dict[str, int]) -> list[Arrow]:
    main = [step for step in scenario.steps if not step.is_general and not step.optional]
    pairs = [(before.key, after.key, False) for before, after in pairwise(main)]
    for step in scenario.steps:
        pairs += [(key, step.key, True) for key in step.after if key in boxes]
        if step.before:
            target = next(
                (other for other in main if other.state != step.state and ranks[other.key] > ranks[step.key]), None
            )
            if target is not None:
                pairs.append((step.key, target.key, True))
    return [
        Arrow(path=_path(boxes[source], boxes[target]), is_wait=is_wait)
        for source, target, is_wait in dict.fromkeys(pairs)
        if boxes[source].y < boxes[target].y
    ]


def _path(source: Box, target: Box) -> str:
    start, end = source.y + source.height, target.y
    x = min(max(source.middle, target.x + 20), target.x + target.width - 20)
    if source.x + 8 <= x <= source.x + source.width - 8:
        return f"M{x} {start}V{end - 7}"
    turn = end - _GAP // 2
    return f"M{source.middle} {start}V{turn}H{x}V{end - 7}"
