"""A good team at once: where the exact search starts, and what is left when its time runs out."""

from __future__ import annotations

import numpy as np

from hansa.engine.consortium.candidates import Demand, Rows, Table
from hansa.engine.problem import Limits


def greedy_team(*, table: Table, demand: Demand, limits: Limits, active: frozenset[str]) -> Rows:
    """Rows of a team built hub by hub: most of what is open, then the cheaper, then the lower id.

    Keeps to the number of partners, the budget and the country cap; may leave gaps, and may span too few countries.
    """
    covers = table.level > 0
    required = np.isin(table.ids, list(limits.required)) if "required" in active else np.zeros(len(table.ids), bool)
    chosen = np.flatnonzero(required).tolist()
    most = limits.max_partners if "max_partners" in active else len(table.ids)
    while len(chosen) < most:
        open_wants = demand.asked > covers[chosen].sum(axis=0)
        gain = covers[:, open_wants].sum(axis=1)
        gain[chosen] = 0
        gain[~_still_fits(table, demand, limits, active, chosen)] = 0
        if not len(gain) or gain.max() == 0:
            break
        chosen.append(int(np.lexsort((table.ids, table.cost, -gain))[0]))
    return np.array(sorted(_without_spare(covers, demand, chosen, set(np.flatnonzero(required)))), dtype=np.intp)


def _still_fits(
    table: Table, demand: Demand, limits: Limits, active: frozenset[str], chosen: list[int]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    fits = np.ones(len(table.ids), dtype=np.bool_)
    if "budget_eur" in active and limits.budget_eur is not None:
        fits &= table.cost + table.cost[chosen].sum() <= int(limits.budget_eur * 100 + 1e-6)
    if "max_unpaid" in active and limits.max_unpaid is not None and table.unpaid[chosen].sum() >= limits.max_unpaid:
        fits &= ~table.unpaid
    if "max_per_country" in active and limits.max_per_country is not None:
        for country in set(table.country[chosen].tolist()) | {_index(table, demand.lead_country)}:
            n = int((table.country[chosen] == country).sum()) + (table.country_name(country) == demand.lead_country)
            if country >= 0 and n >= limits.max_per_country:
                fits &= table.country != country
    return fits


def _index(table: Table, country: str) -> int:
    return table.country_names.index(country) if country in table.country_names else -1


def _without_spare(covers: np.ndarray, demand: Demand, chosen: list[int], required: set[int]) -> list[int]:
    """Drop hubs that later ones have made needless."""
    kept = list(chosen)
    for row in chosen:
        others = [other for other in kept if other != row]
        if (
            row not in required
            and (covers[others].sum(axis=0) >= np.minimum(demand.asked, covers[kept].sum(axis=0))).all()
        ):
            kept = others
    return kept
