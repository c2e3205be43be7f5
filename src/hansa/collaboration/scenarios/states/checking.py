"""What must be true of a scenario before hubs run cases by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hansa.collaboration.scenarios.states.definition import Kind, Scenario, ScenarioStep
from hansa.collaboration.scenarios.states.process import MOVES, OPEN_STATES, RequestState

_ORDER: list[RequestState] = list(RequestState)
_RUNNING: list[RequestState] = [state for state in _ORDER if state != RequestState.CANCELLED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong, and with which step; ``step`` is empty for what concerns the whole."""

    step: str
    says: str


def problems(scenario: Scenario, *, base: Scenario) -> tuple[Problem, ...]:
    """Return everything that keeps the scenario from being published; nothing for a sound one.

    Every state is reached and leads on to the end, whoever must act takes part, branches do not wait for each other, and
    what a move waits for can be done before it.

    :param base: the scenario of the blueprint that it was made from
    """
    found = [*_whole(scenario, base), *_flow(scenario)]
    for step in scenario.steps:
        found += [Problem(step=step.key, says=says) for says in _of_step(scenario, step)]
    return tuple(found)


def _whole(scenario: Scenario, base: Scenario) -> Iterator[Problem]:
    keys = [step.key for step in scenario.steps]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Problem(step=key, says=_("Two steps have the same key."))
    for step in base.steps:
        if step.kind == Kind.CORE and scenario.step(step.key) is None:
            yield Problem(step=step.key, says=_("This step of the scenario it was made from is missing."))
    spanned = [state for stage in scenario.stages for state in stage.states]
    for state in sorted(OPEN_STATES, key=_ORDER.index):
        if spanned.count(state) != 1:
            yield Problem(step="", says=_("“%(state)s” must lie in exactly one stage.") % {"state": state.label})
    if scenario.instrument != base.instrument:
        yield Problem(step="", says=_("It must be signed with the agreement of the scenario it was made from."))
    actors = _actors(scenario)
    for gate in scenario.gates:
        if gate.by not in actors:
            yield Problem(step="", says=_("Nobody can open the gate “%(gate)s”.") % {"gate": gate.says})
        if not any(gate.before in step.moves for step in scenario.steps):
            facts = {"gate": gate.says}
            yield Problem(step="", says=_("The gate “%(gate)s” stands before a move that no step makes.") % facts)


def _actors(scenario: Scenario) -> frozenset[str]:
    return frozenset({"lead", "partners", "all"} | ({"client"} if scenario.has_client else set()))


def _flow(scenario: Scenario) -> Iterator[Problem]:
    """Follow the moves that the steps make: nothing unreached, no dead end."""
    leads_to: dict[str, set[str]] = {state: set() for state in _ORDER}
    for step in scenario.steps:
        for name in step.moves:
            if name in MOVES and step.state in MOVES[name].sources:
                leads_to[step.state].add(MOVES[name].target)
    reached = _closure({RequestState.NEED.value}, leads_to)
    comes_from = {state: {source for source in leads_to if state in leads_to[source]} for state in leads_to}
    ending = _closure({RequestState.CLOSED.value}, comes_from)
    for state in _RUNNING:
        facts = {"state": state.label}
        if state not in reached:
            yield Problem(step="", says=_("No case ever comes to “%(state)s”.") % facts)
        elif state not in ending:
            yield Problem(step="", says=_("“%(state)s” is a dead end: no case can be closed from there.") % facts)
        if not scenario.steps_in(state):
            yield Problem(step="", says=_("Nobody has anything to do in “%(state)s”.") % facts)


def _closure(start: set[str], leads_to: dict[str, set[str]]) -> set[str]:
    found, fresh = set(start), set(start)
    while fresh:
        fresh = {further for state in fresh for further in leads_to[state]} - found
        found |= fresh
    return found


def _of_step(scenario: Scenario, step: ScenarioStep) -> Iterator[str]:
    if step.state not in _RUNNING:
        yield _("It is worked on in a state that no case has.")
        return
    if not (step.names.hub.strip() and step.names.later.strip() and step.does.strip()):
        yield _("It needs its names and a sentence that says what is done.")
    if step.turn not in _actors(scenario):
        yield _("It is the client's turn, but this scenario has no client.")
    if step.ends_with and step.ends_with not in step.moves:
        yield _("It ends with a move that it does not make.")
    if any(name not in MOVES or step.state not in MOVES[name].sources for name in step.moves):
        yield _("It makes a move that is not possible there.")
    yield from _of_general_step(scenario, step)
    yield from _of_order(scenario, step)


def _of_general_step(scenario: Scenario, step: ScenarioStep) -> Iterator[str]:
    if step.kind == Kind.FORM and not step.fields:
        yield _("A form needs at least one question.")
    if step.kind == Kind.DOCUMENT and not step.documents:
        yield _("Say which document is asked for.")
    keys = [field.key for field in step.fields]
    if len(keys) != len(set(keys)):
        yield _("Two of its questions have the same key.")
    if step.before and not (step.before in MOVES and MOVES[step.before].sources & set(_from(step.state))):
        yield _("The move that waits for it comes earlier than the step itself.")
    if step.is_general and not step.optional and not step.before:
        yield _("Say what waits for it, or make it optional: nothing would ever ask for it.")


def _from(state: str) -> list[RequestState]:
    return _RUNNING[_RUNNING.index(RequestState(state)) :]


def _up_to(state: str) -> list[RequestState]:
    return _RUNNING[: _RUNNING.index(RequestState(state)) + 1]


def _of_order(scenario: Scenario, step: ScenarioStep) -> Iterator[str]:
    known = {other.key: other for other in scenario.steps}
    for key in step.after:
        if key not in known:
            yield _("It waits for a step that does not exist.")
        elif known[key].state in _RUNNING and known[key].state not in _up_to(step.state):
            yield _("It waits for a step that comes later.")
    if _waits_for_itself(step, known):
        yield _("It waits for itself, by way of other steps.")


def _waits_for_itself(step: ScenarioStep, known: dict[str, ScenarioStep]) -> bool:
    seen: set[str] = set()
    ahead = list(step.after)
    while ahead:
        key = ahead.pop()
        if key == step.key:
            return True
        if key not in seen and key in known:
            seen.add(key)
            ahead += known[key].after
    return False
