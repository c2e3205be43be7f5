"""When a scenario is checked before it comes into use: each fault is found and named, the shipped ones have none."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from hansa.collaboration.scenarios import queries
from hansa.collaboration.scenarios.states import Problem, problems, read_scenario

Content = dict[str, Any]
OWN = {
    "key": "ethics",
    "state": "shortlist",
    "kind": "approval",
    "turn": "lead",
    "names": {"hub": "Ethics check", "later": "Ethics check"},
    "does": "The ethics body says yes.",
    "usual_days": 5,
    "moves": [],
    "before": "invite",
}


def found(key: str, *, broken: Callable[[Content], object] | None = None) -> tuple[Problem, ...]:
    content = copy.deepcopy(queries.contents()[key])
    if broken is not None:
        broken(content)
    return problems(read_scenario(content, where="here"), base=queries.scenario(key))


def step(content: Content, key: str) -> Content:
    return next(row for row in content["steps"] if row["key"] == key)


def with_own(**changes: Any) -> Callable[[Content], None]:
    return lambda content: content["steps"].append(copy.deepcopy(OWN) | changes)


@pytest.mark.parametrize("key", ["JD", "MM", "NS"])
def test_what_ships_is_sound(key: str) -> None:
    assert found(key) == ()


def test_an_added_step_is_sound() -> None:
    assert found("JD", broken=with_own()) == ()


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda c: c["steps"].remove(step(c, "sign")), "is missing"),
        (lambda c: step(c, "sign").update(moves=["revise"], ends_with=""), "No case ever comes to “Delivery”."),
        (lambda c: step(c, "results").update(moves=[], ends_with=""), "“Results” is a dead end"),
        (
            lambda c: c["gates"].append({"key": "x", "before": "ready", "by": "council", "says": "Yes."}),
            "Nobody can open",
        ),
        (lambda c: c["gates"].append({"key": "x", "before": "fly", "by": "lead", "says": "Up."}), "no step makes"),
        (lambda c: c["stages"].pop(), "must lie in exactly one stage"),
        (lambda c: c["scenario"].update(instrument="mou"), "signed with the agreement"),
        (lambda c: step(c, "deliver").update(moves=["invite"], ends_with="invite"), "not possible there"),
        (lambda c: step(c, "deliver").update(ends_with="close"), "ends with a move that it does not make"),
        (lambda c: step(c, "need").update(names={"hub": " ", "later": "x"}), "needs its names"),
        (with_own(state="moon"), "in a state that no case has"),
        (with_own(kind="form"), "at least one question"),
        (with_own(kind="document"), "which document"),
        (with_own(before=""), "nothing would ever ask for it"),
        (with_own(state="agreeing", before="invite"), "comes earlier than the step itself"),
        (with_own(after=["deliver"]), "waits for a step that comes later"),
        (with_own(after=["nobody"]), "does not exist"),
        (with_own(after=["ethics"]), "waits for itself"),
        (with_own(key="need"), "same key"),
    ],
)
def test_each_fault_is_named(broken: Callable[[Content], object], says: str) -> None:
    assert any(says in problem.says for problem in found("JD", broken=broken))


def test_a_loop_of_several_steps_is_found() -> None:
    def looped(content: Content) -> None:
        content["steps"] += [
            OWN | {"key": "a", "after": ["c"]},
            OWN | {"key": "b", "after": ["a"]},
            OWN | {"key": "c", "after": ["b"]},
        ]

    assert [p.step for p in found("JD", broken=looped) if "waits for itself" in p.says] == ["a", "b", "c"]


def test_the_client_has_no_turn_where_there_is_none() -> None:
    assert any("has no client" in problem.says for problem in found("NS", broken=with_own(turn="client")))


def test_the_drawing_shows_every_step_once_and_arrows_go_down() -> None:
    content = copy.deepcopy(queries.contents()["JD"])
    with_own()(content)
    drawing = queries.drawing_of(read_scenario(content, where="here"))
    assert sorted(box.key for box in drawing.boxes) == sorted(row["key"] for row in content["steps"])
    assert [lane.name for lane in drawing.lanes] == ["Client", "Lead", "Partners"]
    rows = [(box.y, box.x, box.x + box.width) for box in drawing.boxes]
    assert not any(a != b and a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in rows for b in rows)
    assert all(box.x >= 0 and box.x + box.width <= drawing.width for box in drawing.boxes)
    assert len(drawing.arrows) >= len(content["steps"]) - 3
