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
    held = {want for hub in team for want in facts.covers(hub)} | {want for want in facts.musts if facts.lead[want]}
    wants = [want for want in facts.musts if want in held]
    if load is None and not facts.has_rooms():
        return len(wants)
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    hubs: list[int | None] = [None, *team]
    rooms = [facts.room(hub) if hub is None or load is None else min(load, facts.room(hub)) for hub in hubs]
    first = 1 + len(hubs)
    links = [(0, 1 + number, room) for number, room in enumerate(rooms)]
    for column, want in enumerate(wants):
        links.append((first + column, first + len(wants), 1))
        for number, hub in enumerate(hubs):
            if facts.lead[want] if hub is None else want in facts.covers(hub):
                links.append((1 + number, first + column, 1))
    start, end, most = np.array(links, dtype=np.int32).T
    size = first + len(wants) + 1
    graph = csr_array((most, (start, end)), shape=(size, size))
    return int(maximum_flow(graph, 0, size - 1).flow_value)
