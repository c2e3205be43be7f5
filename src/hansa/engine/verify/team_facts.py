"""The inputs of a team search as plain dictionaries, for its check."""

from __future__ import annotations

import numpy as np

from hansa.engine.problem import LeadCover, Limits, Market, Need


class Facts:
    """The inputs as plain dictionaries."""

    def __init__(self, need: Need, market: Market, limits: Limits, lead: LeadCover | None) -> None:
        self.market, self.limits = market, limits
        self.wants = [want.id for want in need.wants]
        musts = [want.id for want in need.wants if want.must_have] or self.wants
        self.musts = dict.fromkeys(musts)  # in order, and found at once
        self.own = lead.hub_id if lead is not None else None
        self.lead_country = lead.country if lead is not None else ""
        self.least = np.array(
            [limits.min_strength if want.min_strength is None else want.min_strength for want in need.wants], np.float32
        )
        self.backups = {want.id: want.backups or limits.backups for want in need.wants}
        self.row = {hub: row for row, hub in enumerate(market.ids) if hub != self.own}
        self.lead = {
            want: float(lead.strength[column])
            if lead is not None and lead.strength[column] >= self.least[column]
            else 0.0
            for column, want in enumerate(self.wants)
        }
        counts = (market.strength >= self.least).sum(axis=0)
        if self.own in market.ids:
            counts = counts - (market.strength[market.ids.index(self.own)] >= self.least)
        self.offered = dict(zip(self.wants, counts.tolist(), strict=True))
        self.required = limits.required - {self.own}
        self.lead_capacity = lead.capacity if lead is not None else None
        self.looked_up: dict[int, dict[str, float]] = {}
        self.led: dict[tuple[tuple[int, ...], int | None], int] = {}

    def covers(self, hub: int) -> dict[str, float]:
        """Wants the hub covers, with its strength; worked out once."""
        if hub not in self.looked_up:
            strength = zip(self.wants, self.market.strength[self.row[hub]].tolist(), self.least.tolist(), strict=True)
            self.looked_up[hub] = {want: s for want, s, least in strength if s >= least}
        return self.looked_up[hub]

    def room(self, hub: int | None) -> int:
        """How many must-haves a hub can lead at most; None is the lead."""
        most = [len(self.musts)]
        if hub is None:
            most += [] if self.lead_capacity is None else [self.lead_capacity]
        else:
            most += [] if self.limits.max_led is None else [self.limits.max_led]
            most += [] if self.market.capacity is None else [int(self.market.capacity[self.row[hub]])]
        return min(most)

    def has_rooms(self) -> bool:
        """Whether anything bounds how much a hub leads."""
        return any(bound is not None for bound in (self.limits.max_led, self.market.capacity, self.lead_capacity))

    def asked(self, want: str) -> int:
        """Partners the want needs beside the lead, as far as the market offers them."""
        return min(self.backups[want] - (self.lead[want] > 0), self.offered[want]) if want in self.musts else 0
