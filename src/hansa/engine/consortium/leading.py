"""Who leads what. Each must-have is led by one hub that covers it; no hub leads more than it has room for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hansa.engine.consortium.candidates import Bools, Demand, Longs, Rows, Table

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

NOBODY = -1


def led_terms(
    model: cp_model.CpModel, x: list[Any], *, table: Table, demand: Demand, require_time: Callable[[], None]
) -> dict[int, list[Any]]:
    """Add who leads what to a CP-SAT model. Only hubs that may run out of room get variables of their own.

    :returns: by want, what must add up to one or more for the want to be led; a want that is led as soon as it is
        covered is not in it
    """
    tight = table.room < table.breadth
    led = {
        want: [x[row] for row in np.flatnonzero((table.level[:, want] > 0) & ~tight)]
        for want in _contested(table, demand, tight)
    }
    for row in np.flatnonzero(tight):
        require_time()
        wants = [want for want in led if table.level[row, want] > 0]
        _give(model, led, wants, x=x[row], room=int(table.room[row]))
    if demand.lead_is_short:
        _give(model, led, [want for want in led if demand.lead[want]], x=1, room=demand.lead_room)
    return led


def _give(model: cp_model.CpModel, led: dict[int, list[Any]], wants: list[int], *, x: Any, room: int) -> None:
    """Let one hub lead as many of the wants as it has room for, when it is in the team."""
    mine = [model.new_bool_var("") for _ in wants]
    for want, one in zip(wants, mine, strict=True):
        model.add_implication(one, x)
        led[want].append(one)
    if room < len(mine):
        model.add(sum(mine) <= room * x)


def _contested(table: Table, demand: Demand, tight: Bools) -> Iterable[int]:
    """Must-haves that may be covered without being led."""
    by_lead = (demand.lead > 0) & (not demand.lead_is_short)
    offered = (table.level > 0).any(axis=0) | (demand.lead > 0)
    held_back = (table.level[tight] > 0).any(axis=0) | (demand.lead > 0)
    return [int(want) for want in np.flatnonzero(demand.must & offered & held_back & ~by_lead)]


def leaders_of(*, rows: Rows, table: Table, demand: Demand, balanced: bool) -> Longs:
    """Say who leads each want: 0 is the lead, 1 the first of ``rows`` and so on, -1 nobody.

    As many must-haves as the room allows; the lead first, then the strongest evidence, then the lower id. When
    ``balanced``, the most that one partner leads is as little as possible.
    """
    level = np.concatenate([demand.lead[None, :], table.level[rows]]).astype(np.int64)
    level[:, ~demand.must] = 0
    level[0, level[0] > 0] = 11  # before any partner
    room = np.concatenate([[demand.lead_room], table.room[rows]]).astype(np.int64)
    leaders = _seated(level, room)
    if not balanced or not len(rows):
        return leaders
    n_led = int((leaders != NOBODY).sum())
    for most in range(load_of(leaders)):
        fair = _seated(level, np.concatenate([room[:1], np.minimum(room[1:], most)]))
        if (fair != NOBODY).sum() == n_led:
            return fair
    return leaders


def load_of(leaders: Longs) -> int:
    """The most must-haves that one partner leads."""
    return int(np.bincount(leaders[leaders > 0]).max(initial=0))


def _seated(level: Longs, room: Longs) -> Longs:
    """Most wants led within the room: one after the other, making room along alternating paths."""
    leaders = np.full(level.shape[1], NOBODY, dtype=np.int64)
    free = room.copy()
    for want in np.flatnonzero(level.max(axis=0) > 0):
        _seat(int(want), level, leaders, free)
    return leaders


def _seat(want: int, level: npt.NDArray[np.int64], leaders: Longs, free: Longs) -> None:
    before: dict[int, tuple[int, int]] = {}  # hub to the want it would take over, and that want's hub
    queue = [(want, NOBODY)]
    for open_want, giver in queue:
        strength = level[:, open_want]
        for hub in np.argsort(-strength, kind="stable"):
            if not strength[hub]:
                break
            if int(hub) in before:
                continue
            before[int(hub)] = (open_want, giver)
            if free[hub] > 0:
                free[hub] -= 1
                taker = int(hub)
                while taker != NOBODY:
                    taken, giver_of = before[taker]
                    leaders[taken] = taker
                    taker = giver_of
                return
            queue.extend((int(other), int(hub)) for other in np.flatnonzero(leaders == hub))
