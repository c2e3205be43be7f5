"""When a policy answers."""

from __future__ import annotations

import pytest

from hansa.foundation.policies import YES, No, Refusal, first_no
from hansa.foundation.states import Move, can_move


class CannotSign(Refusal):
    """For the test."""


def test_no_is_false_and_has_a_reason() -> None:
    verdict = No("The legal representative of your hub has to sign.")
    assert not verdict
    assert verdict.reason == "The legal representative of your hub has to sign."
    with pytest.raises(CannotSign) as refused:
        verdict.or_raise(CannotSign)
    assert refused.value.reason == verdict.reason


def test_yes_passes() -> None:
    assert YES
    YES.or_raise(CannotSign)


def test_the_first_refusal_is_the_one_that_is_said() -> None:
    assert first_no(YES, No("first"), No("second")).reason == "first"
    assert first_no(YES, YES) is YES
    assert first_no() is YES


MOVES = {"start": Move(sources=frozenset({"signing"}), target="delivering", refusal="Not signed yet.")}


def test_a_move_is_allowed_from_its_sources_only() -> None:
    assert can_move(MOVES, "start", "signing")
    assert can_move(MOVES, "start", "need").reason == "Not signed yet."


def test_an_unknown_move_is_a_mistake_and_no_refusal() -> None:
    with pytest.raises(KeyError):
        can_move(MOVES, "fly", "need")
