"""Allowed moves between states, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from hansa.foundation.policies import YES, No, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One allowed step: from any of ``sources`` to ``target``."""

    sources: frozenset[str]
    target: str
    refusal: str | Promise  # said when the step is tried from another state


def can_move(moves: Mapping[str, Move], name: str, state: str) -> Verdict:
    """Return whether the move ``name`` is allowed from ``state``.

    :raises KeyError: for a move that does not exist
    """
    move = moves[name]
    return YES if state in move.sources else No(str(move.refusal))
