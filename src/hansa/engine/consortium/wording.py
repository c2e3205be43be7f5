"""The reasons of a team, in the vocabulary of ``explain``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hansa.engine.consortium.answer import Goal, TeamEffect
from hansa.engine.consortium.candidates import Demand, Table
from hansa.engine.problem import Limits, Market, Need, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is needed to name hubs and wants."""

    need: Need
    market: Market
    limits: Limits
    table: Table
    demand: Demand

    def praise(self, effect: TeamEffect, goals: tuple[Goal, ...]) -> Iterator[Reason]:
        """What the team covers, that it is the smallest, what it costs, where it is from."""
        if effect.n_covered < effect.n_must:
            yield Reason("team_covers_part", facts={"n": effect.n_covered, "of": effect.n_must}, good=False)
        else:
            yield Reason("team_covers_all", facts={"n": effect.n_must})
        n_extras = len(self.need.wants) - effect.n_must
        if n_extras:
            facts = {"n": n_extras - len(effect.extras_missing), "of": n_extras}
            yield Reason("team_covers_nice", facts=facts, good=not effect.extras_missing)
        if any(goal.name == "number" and goal.proven for goal in goals[:2]):
            yield Reason("team_is_smallest", facts={"n": len(effect.members)})
        yield Reason("team_cost", facts={"eur": effect.cost_eur})
        if effect.countries:
            yield Reason("team_countries", facts={"countries": effect.countries})
        asked_about = {goal.name for goal in goals}
        if "together" in asked_about and (n := int(effect.values["together"])):
            yield Reason("team_worked_together", facts={"n": n})
        if "load" in asked_about and (n := int(effect.values["load"])):
            yield Reason("team_load", facts={"n": n})

    def single_points(self, effect: TeamEffect) -> Iterator[Reason]:
        """Must-haves that rest on one partner, and who could step in."""
        labels = {want.id: want.label for want in self.need.wants}
        for point in effect.single_points_of_failure:
            if point.hub_id is None:
                continue
            facts: dict[str, object] = {"hub": self.hubs((point.hub_id,))[0], "want": labels[point.want_id]}
            if point.backups:
                facts["backups"] = self.hubs(point.backups)
                yield Reason("team_is_single_point_backed", facts=facts, good=False)
            else:
                yield Reason("team_is_single_point", facts=facts, good=False)

    def gaps(self) -> Iterator[Reason]:
        """Must-haves that no hub of the market covers, or too few."""
        nobody = self.nobody()
        for position, want in enumerate(self.need.wants):
            if want.id in nobody:
                yield self._gap(position)
            elif self.demand.short[position] > 0:
                covering = int((self.table.level[:, position] > 0).sum() + (self.demand.lead[position] > 0))
                facts = {"n": covering, "want": want.label, "asked": self.limits.backups_for(want)}
                yield Reason("too_few_backups", facts=facts, good=False)

    def nobody(self) -> frozenset[str]:
        """Ids of the must-haves that no hub of the market covers, the lead included."""
        covered = (self.table.level > 0).any(axis=0) | (self.demand.lead > 0)
        return frozenset(self.need.wants[want].id for want in np.flatnonzero(self.demand.must & ~covered))

    def swap(
        self, before: TeamEffect, after: TeamEffect, *, out: tuple[int, ...], into: tuple[int, ...]
    ) -> Iterator[Reason]:
        """What it means to take the next best team instead."""
        yield Reason("swap_for", facts={"out": self.hubs(out), "into": self.hubs(into)})
        if (n := len(after.members) - len(before.members)) > 0:
            yield Reason("swap_adds_partners", facts={"n": n}, good=False)
        elif n < 0:
            yield Reason("swap_saves_partners", facts={"n": -n})
        lost = set(after.extras_missing) - set(before.extras_missing)
        if lost:
            labels = tuple(want.label for want in self.need.wants if want.id in lost)
            yield Reason("swap_loses", facts={"wants": labels}, good=False)
        difference = after.cost_eur - before.cost_eur
        if difference > 0.004:
            yield Reason("swap_costs_more", facts={"eur": difference}, good=False)
        elif difference < -0.004:
            yield Reason("swap_costs_less", facts={"eur": -difference})
        else:
            yield Reason("swap_costs_same")
        together = int(after.values["together"] - before.values["together"])
        if together:
            code = "swap_knows_more" if together > 0 else "swap_knows_less"
            yield Reason(code, facts={"n": abs(together)}, good=together > 0)

    def hubs(self, hub_ids: tuple[int, ...]) -> tuple[str, ...]:
        """Names of hubs of the table."""
        rows = np.searchsorted(self.table.ids, list(hub_ids))
        return tuple(self.market.names[self.table.rows[row]] for row in rows)

    def _gap(self, want: int) -> Reason:
        label = self.need.wants[want].label
        strength = self.market.strength[self.table.rows, want]
        if len(strength) and strength.max() > 0:
            hub = self.market.names[self.table.rows[int(strength.argmax())]]
            return Reason("nobody_covers_strongly", facts={"want": label, "hub": hub}, good=False)
        return Reason("nobody_covers", facts={"want": label}, good=False)
