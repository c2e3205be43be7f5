"""What keeps an assessor from a hub, as reasons."""

from __future__ import annotations

from collections.abc import Iterator

from hansa.engine.allocation.problem import Assessed, Assessor, AssessorRules, RuleName
from hansa.engine.problem import Reason


def conflicts_between(
    hub: Assessed, assessor: Assessor, *, rules: AssessorRules | None = None
) -> tuple[tuple[RuleName, Reason], ...]:
    """Why this assessor may not assess this hub, each with the rule it comes from; empty if they may."""
    held = (rules or AssessorRules()).held
    return tuple((name, reason) for name, reason in _conflicts(hub, assessor) if name in held)


def _conflicts(hub: Assessed, one: Assessor) -> Iterator[tuple[RuleName, Reason]]:
    facts: dict[str, object] = {"person": one.id, "hub": hub.id}
    if hub.country and hub.country == one.country:
        yield "country", Reason("assessor_same_country", facts={**facts, "country": hub.country}, good=False)
    if hub.networks & one.networks:
        names = tuple(sorted(hub.networks & one.networks))
        yield "network", Reason("assessor_same_network", facts={**facts, "names": names}, good=False)
    if hub.id in one.cooperated:
        yield "cooperation", Reason("assessor_cooperated", facts=facts, good=False)
    if hub.id in one.conflicts:
        yield "stated", Reason("assessor_stated", facts=facts, good=False)
    if hub.languages and not hub.languages & one.languages:
        languages = tuple(sorted(hub.languages))
        yield "languages", Reason("assessor_speaks_none", facts={**facts, "languages": languages}, good=False)
