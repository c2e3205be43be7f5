"""Who leads what, checked: by hubs that cover it, within their room, as many and as evenly as can be (maximum flow)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from hansa.engine.consortium.answer import TeamAnswer
from hansa.engine.verify.team_facts import Facts


def lead_problems(facts: Facts, answer: TeamAnswer, team: Sequence[int]) -> Iterator[str]:
    """List what is wrong with who leads what."""
    for want, hub in answer.leads:
        if want not in facts.musts:
            yield f"{want} is led, but is no must-have"
        elif hub is None and not facts.lead[want]:
            yield f"{want} is led by the lead, which does not cover it"
        elif hub is not None and (hub not in team or want not in facts.covers(hub)):
            yield f"{want} is led by hub {hub}, which does not cover it in the team"
    for want, n in Counter(want for want, _ in answer.leads).items():
        if n > 1:
            yield f"{want} is led {n} times"
    for hub, n in Counter(hub for _, hub in answer.leads).items():
        if (hub is None or hub in team) and n > facts.room(hub):
            yield f"{'the lead' if hub is None else f'hub {hub}'} leads {n} must-haves, it has room for {facts.room(hub)}"
    most = n_led(facts, team)
    if len(answer.leads) < most:
        yield f"{len(answer.leads)} must-haves are led, {most} can be"


def load(answer: TeamAnswer) -> int:
    """The most that one partner leads."""
    return max(Counter(hub for _, hub in answer.leads if hub is not None).values(), default=0)


def least_load(facts: Facts, team: Sequence[int]) -> int:
    """The most that one partner has to lead when all that can be led is shared out evenly."""
    most = n_led(facts, team)
    return next((n for n in range(len(facts.musts)) if n_led(facts, team, load=n) == most), len(facts.musts))


def n_led(facts: Facts, team: Sequence[int], *, load: int | None = None) -> int:
    """How many must-haves the hubs of a team can lead at most, each partner no more than ``load``."""
    asked = (tuple(team), load)
    if asked not in facts.led:
        facts.led[asked] = _n_led(facts, team, load)
    return facts.led[asked]


def _n_led(facts: Facts, team: Sequence[int], load: int | None) -> int:
    musts = np.array([want in facts.musts for want in facts.wants], dtype=bool)
    own = np.array([facts.lead[want] > 0 for want in facts.wants], dtype=bool)
    covers = np.vstack([own, facts.market.strength[[facts.row[hub] for hub in team]] >= facts.least])[:, musts]
    if load is None and not facts.has_rooms():
        return int(covers.any(axis=0).sum())
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    n, wants = covers.shape
    room = np.array([facts.room(None), *(facts.room(hub) for hub in team)], dtype=np.int32)
    if load is not None:
        room[1:] = np.minimum(room[1:], load)
    hubs, led = np.nonzero(covers)
    # From a source to the hubs, from hubs to the wants they cover, from there to a drain.
    start = np.concatenate([np.zeros(n, np.int32), 1 + hubs, 1 + n + np.arange(wants)])
    end = np.concatenate([1 + np.arange(n), 1 + n + led, np.full(wants, 1 + n + wants)])
    most = np.concatenate([room, np.ones(len(hubs) + wants, np.int32)]).astype(np.int32)
    size = n + wants + 2
    graph = csr_array((most, (start.astype(np.int32), end.astype(np.int32))), shape=(size, size))
    return int(maximum_flow(graph, 0, size - 1).flow_value)
