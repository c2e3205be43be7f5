"""``hansa processes``: draw every scenario as a page with a diagram; ``--check`` tells whether the pages are true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hansa.collaboration.partnering.states import MOVES, RequestState
from hansa.collaboration.scenarios.queries import scenarios
from hansa.collaboration.scenarios.states import Scenario

_TURNS = {"client": "the client", "lead": "the lead", "partners": "the partners", "all": "all of them"}


class Command(BaseCommand):
    help = "Write docs/processes/*.md from the scenarios and the moves of a request."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is not fresh")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder = Path(settings.CHECKOUT_DIR) / "docs" / "processes"
        stale = []
        for scenario in scenarios().values():
            path, text = folder / f"{scenario.short.lower().replace(' ', '-')}.md", "\n".join(_page(scenario)) + "\n"
            if path.is_file() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(path.name)
            if not check:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        if check and stale:
            raise CommandError(f"Not fresh: {', '.join(stale)}. Run `make docs`.")
        self.stdout.write(f"{len(stale)} pages written." if stale else "The pages are fresh.")


def _page(scenario: Scenario) -> Iterator[str]:
    yield f"# {scenario.short}"
    yield ""
    yield f"<!-- Written by `hansa processes` from {scenario.id} {scenario.version}. Change the scenario, not this page. -->"
    yield ""
    yield f"{scenario.when} {scenario.source}"
    yield ""
    yield from _diagram()
    yield from _steps(scenario)
    yield from _gates(scenario)
    yield from _roles(scenario)


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"  [*] --> {RequestState.NEED}"
    for name, move in MOVES.items():
        for source in sorted(move.sources, key=list(RequestState).index):
            if source != move.target:
                yield f"  {source} --> {move.target}: {name}"
    for end in (RequestState.CLOSED, RequestState.CANCELLED):
        yield f"  {end} --> [*]"
    yield "```"
    yield ""


def _steps(scenario: Scenario) -> Iterator[str]:
    yield "| Step | State | Whose turn | For the hub | For the client | Usual days | Ends with |"
    yield "|---|---|---|---|---|---|---|"
    for step in scenario.steps:
        name = f"{step.key} (optional)" if step.optional else step.key
        days = str(step.usual_days) if step.usual_days else ""
        client = step.names.client or "not shown"
        yield f"| {name} | {step.state} | {_TURNS[step.turn]} | {step.names.hub} | {client} | {days} | {step.ends_with} |"
    yield ""


def _gates(scenario: Scenario) -> Iterator[str]:
    yield "## Gates"
    yield ""
    for gate in scenario.gates:
        yield f"- Before `{gate.before}`: {gate.says}"
    yield ""


def _roles(scenario: Scenario) -> Iterator[str]:
    yield "## What each role gains, spends and risks"
    for role in scenario.roles.values():
        yield ""
        yield f"### {role.key.capitalize()}"
        yield ""
        for title, points in (("Gains", role.benefits), ("Spends", role.costs), ("Risks", role.risks)):
            yield f"- {title}: " + "; ".join(f"{point.label} ({point.id})" for point in points)
