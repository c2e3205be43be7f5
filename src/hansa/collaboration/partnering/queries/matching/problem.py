"""What the engine is asked: the need, the market, what the lead brings, the limits."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from hansa.collaboration.partnering.queries.full import WantRow
from hansa.collaboration.partnering.queries.matching.keeping import kept
from hansa.engine.consortium import MOST_ALTERNATIVES, TeamAnswer, best_team
from hansa.engine.problem import Floats, LeadCover, Limits, Market, Need, Want
from hansa.engine.ranking import Mode, Weights
from hansa.engine.verify import check_team
from hansa.hubs.directory import queries as directory
from hansa.hubs.directory.queries import Catalogue, Row

log = logging.getLogger(__name__)

# From here on a mark says yes, with evidence; below it, and from Limits.min_strength on, partly. What a hub only says of
# itself is 0.8. A hub needs no evidence towards itself.
WITH_EVIDENCE = 0.85
BY_ITS_OWN_WORD = 0.7
WEIGHTS = Weights()
TEAM_SECONDS = 3.0
_KNOWN_LIMITS = {field.name for field in fields(Limits)}
_SETS = ("languages", "excluded", "required")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One need put to the engine. ``concept_ids`` are in the order of the wants."""

    need: Need
    market: Market
    lead: LeadCover | None
    limits: Limits
    concept_ids: tuple[int, ...]
    directory: Catalogue
    mode: Mode = "complementary"
    has_client: bool = True

    @cached_property
    def rows(self) -> dict[int, int]:
        """Where each hub stands in the market."""
        return {hub_id: row for row, hub_id in enumerate(self.market.ids)}

    @property
    def lead_id(self) -> int | None:
        return self.lead.hub_id if self.lead is not None else None

    @property
    def place(self) -> tuple[float, float] | None:
        """Where the lead is: latitude and longitude, if they are known."""
        hub = self.hub(self.lead_id) if self.lead_id is not None else None
        if hub is None or hub.latitude is None or hub.longitude is None:
            return None
        return hub.latitude, hub.longitude

    def knows(self, hub_id: int) -> bool:
        return hub_id in self.rows

    def hub(self, hub_id: int) -> Row | None:
        """The hub as the directory lists it, whether it covers anything or not."""
        position = self.directory.by_id.get(hub_id)
        return self.directory.rows[position] if position is not None else None

    def name_of(self, hub_id: int) -> str:
        hub = self.hub(hub_id)
        return hub.name if hub is not None else ""

    def strength_of(self, hub_id: int | None) -> Floats:
        """How strongly a hub covers each want; None is the lead."""
        row = self.rows.get(hub_id) if hub_id is not None else None
        if row is not None:
            return self.market.strength[row]
        if self.lead is not None and hub_id in {None, self.lead.hub_id}:
            return self.lead.strength
        return np.zeros(len(self.need.wants), dtype=np.float32)

    def mark(self, strength: float) -> str:
        """Say ``yes`` (with evidence), ``partly`` or ``no``."""
        if strength >= WITH_EVIDENCE:
            return "yes"
        return "partly" if strength >= self.limits.min_strength else "no"


def limits_from(stored: Mapping[str, Any]) -> Limits:
    """Read stored limits; names the engine does not know are left out.

    :raises BadProblem: for values that make no sense
    """
    known = {name: value for name, value in stored.items() if name in _KNOWN_LIMITS and value not in (None, [])}
    for name in _SETS:
        if name in known:
            known[name] = frozenset(known[name])
    return Limits(**known)


def question(
    wants: Sequence[Want],
    concept_ids: Sequence[int],
    *,
    lead_id: int | None,
    limits: Mapping[str, Any],
    languages: Iterable[str] = (),
    listed: Catalogue | None = None,
    mode: Mode = "complementary",
    has_client: bool = True,
) -> Question:
    """Put wants to the whole market of the directory. One query, whatever its size, when nothing changed in it.

    :param lead_id: the hub that leads; what it covers is not missing, and it is no partner of itself
    :param listed: the directory, where the caller has it already; no query then
    :param mode: whether hubs are ranked by what the lead lacks or by what both have
    :param has_client: whether the need is a client's; else it is the lead's own idea
    """
    listed = listed or directory.catalogue()
    market = directory.market(list(concept_ids), directory=listed)
    lead = _lead_in(market, lead_id, listed)
    need = Need(wants=tuple(wants), languages=frozenset(languages), country=lead.country if lead else "")
    return Question(
        need=need,
        market=market,
        lead=lead,
        limits=limits_from(limits),
        concept_ids=tuple(concept_ids),
        directory=listed,
        mode=mode,
        has_client=has_client,
    )


def _lead_in(market: Market, lead_id: int | None, listed: Catalogue) -> LeadCover | None:
    """What the lead brings; nothing, when its profile covers nothing that is asked for."""
    if lead_id is None:
        return None
    strength = np.zeros(market.strength.shape[1], dtype=np.float32)
    if lead_id in market.ids:
        strength = market.strength[market.ids.index(lead_id)]
    position = listed.by_id.get(lead_id)
    if position is None:
        return LeadCover(strength=strength, hub_id=lead_id)
    hub = listed.rows[position]
    return LeadCover(strength=strength, hub_id=lead_id, name=hub.name, country=hub.country)


def engine_wants(rows: Iterable[WantRow]) -> tuple[tuple[Want, ...], tuple[int, ...]]:
    """Return the wants that count as the engine reads them (the id is the want's own), and their concepts."""
    rows = [row for row in rows if row.is_wanted]
    wants = tuple(Want(id=str(row.pk), label=row.label, must_have=row.must_have) for row in rows)
    return wants, tuple(row.concept_id for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTeam:
    """The best team, and what an independent check found wrong with it (nothing, if all is well)."""

    answer: TeamAnswer
    problems: tuple[str, ...]

    @property
    def is_proven(self) -> bool:
        return self.answer.status in {"optimal", "nothing_to_cover"} and not self.problems


def checked_team(asked: Question) -> CheckedTeam:
    """Find the best team and check it independently; a problem is logged, and the team no longer called proven.

    :raises BadProblem: the limits make no sense for this market
    """

    def compute() -> CheckedTeam:
        answer = best_team(
            need=asked.need,
            market=asked.market,
            limits=asked.limits,
            lead=asked.lead,
            time_limit_s=TEAM_SECONDS,
            with_next_best=False,
            n_alternatives=MOST_ALTERNATIVES,
        )
        problems = check_team(need=asked.need, market=asked.market, limits=asked.limits, lead=asked.lead, answer=answer)
        for problem in problems:
            log.error("The team for lead %s did not pass its check: %s", asked.lead and asked.lead.hub_id, problem)
        return CheckedTeam(answer=answer, problems=problems)

    return kept(asked.directory, ("team", asked.need, asked.limits, asked.lead_id), compute)
