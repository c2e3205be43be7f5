"""Small markets for the engine's tests, written as tables."""

from __future__ import annotations

import numpy as np

from hansa.engine.problem import LeadCover, Market, Need, Want

NAN = float("nan")


def need_of(musts: str, nice: str = "", *, languages: str = "") -> Need:
    """``need_of("ab", "c")``: two must-haves and one nice-to-have, named by their letters."""
    wants = [Want(id=letter, label=f"want {letter}", must_have=letter in musts) for letter in musts + nice]
    return Need(wants=tuple(wants), languages=frozenset(languages.split()))


def market_of(need: Need, *rows: tuple[int, str] | tuple[int, str, dict[str, object]]) -> Market:
    """One row per hub: id, what it covers ("a" = 0.8, "A" = 1, "a?" = 0.4), and other facts by name."""
    table = [(row[0], row[1], row[2] if len(row) > 2 else {}) for row in rows]

    def column(name: str, default: float) -> np.ndarray:
        return np.array([facts.get(name, default) for _, _, facts in table], dtype=np.float32)

    return Market(
        ids=tuple(hub for hub, _, _ in table),
        names=tuple(f"Hub {hub}" for hub, _, _ in table),
        countries=tuple(str(facts.get("country", "")) for _, _, facts in table),
        languages=tuple(frozenset(str(facts.get("speaks", "en")).split()) for _, _, facts in table),
        strength=np.array(
            [[_strength(covers, want.id) for want in need.wants] for _, covers, _ in table], dtype=np.float32
        ).reshape(len(table), len(need.wants)),
        cost_eur=column("cost", 500),
        distance_km=column("km", NAN),
        trust=column("trust", 0.5),
        free_days=column("free", NAN),
        joint_deliveries=np.array([facts.get("joint", 0) for _, _, facts in table], dtype=np.int32),
        may_be_paid=np.array([facts.get("paid", True) for _, _, facts in table], dtype=np.bool_),
        capacity=np.array([facts.get("leads", 99) for _, _, facts in table], dtype=np.int32),
        worked_together=frozenset((hub, other) for hub, _, facts in table for other in facts.get("with", ())),
    )


def lead_of(need: Need, covers: str, *, hub_id: int | None = None, country: str = "") -> LeadCover:
    strength = np.array([_strength(covers, want.id) for want in need.wants], dtype=np.float32)
    return LeadCover(strength=strength, hub_id=hub_id, country=country, name="Lead")


def _strength(covers: str, want: str) -> float:
    if want.upper() in covers:
        return 1.0
    if f"{want}?" in covers:
        return 0.4
    return 0.8 if want in covers else 0.0
