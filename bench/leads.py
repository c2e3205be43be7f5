"""Teams in which each want is led by one hub: capacities, backups, languages and pairs that worked together.

Made up: 20 wants of 2,000 competences, each hub covers 5 to 40 of them drawn evenly, costs 20 to 70; five wants need a backup. A hub
can lead 1 to 3 wants, speaks 1 to 3 of 24 languages, of which 16 will do, and has worked with about ten others, half of them among
the hubs that cover something of this need. At most 25 partners. Two orders of goals, three draws each. Processor time of one thread,
libraries loaded before, without the check. Beside it HiGHS alone on the whole model, for the least cost only.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from bench.teams import N_COMPETENCES, spent
from hansa.engine.consortium import GoalName, TeamAnswer, best_team
from hansa.engine.problem import Limits, Market, Need, Want
from hansa.engine.verify import check_team

MARKS = {500: 0.2, 5_000: 2.0, 50_000: 20.0}
ORDERS: tuple[tuple[GoalName, ...], ...] = (
    ("coverage", "cost", "together", "load"),
    ("coverage", "number", "together", "cost", "load"),
)
DRAWS = (1, 2, 3)
N_WANTS, N_WITH_BACKUP, MOST_PARTNERS = 20, 5, 25
N_LANGUAGES, N_ASKED_LANGUAGES = 24, 16
N_FRIENDS = 10
HIGHS_SECONDS = 60.0


def main() -> None:
    """Print the table."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    small = _question(200, 0)
    best_team(**small, goals=ORDERS[0])  # loads the solvers
    _by_highs_alone(**small)
    print("| Hubs | Goals after coverage | Values | Seconds | Mark | HiGHS alone: cost, s |")
    print("|---|---|---|---|---|---|")
    shorts = 0
    for n, mark in MARKS.items():
        for draw in DRAWS:
            asked = _question(n, draw)
            others, cost = spent(lambda asked=asked: _by_highs_alone(**asked))
            for goals in ORDERS:
                seconds, answer = spent(
                    lambda asked=asked, goals=goals: best_team(
                        **asked, goals=goals, time_limit_s=120, with_next_best=False
                    )
                )
                assert check_team(**asked, lead=None, answer=answer) == ()
                shorts += seconds > mark or answer.status == "feasible"
                beside = "" if goals[1] != "cost" else f"{_said(cost)}, {others:.2f}"
                assert goals[1] != "cost" or answer.status != "optimal" or cost in (None, answer.goals[1].value)
                print(
                    f"| {n:,} | {', '.join(goals[1:])} | {_values(answer)} | {seconds:.2f} | {mark:g} | {beside} |",
                    flush=True,
                )
    print(f"\n  not proven within the mark: {shorts}  {'SHORT' if shorts else 'ok'}")


def _said(cost: float | None) -> str:
    return "not proven" if cost is None else f"{cost:.0f}"


def _values(answer: TeamAnswer) -> str:
    if answer.status == "infeasible":
        return f"proven that none can: {', '.join(answer.conflicts)}"
    return ", ".join(
        f"{goal.value:.0f}" if goal.proven else f"{goal.value:.0f} (bound {goal.bound:.0f})"
        for goal in answer.goals[1:]
    )


def _question(n: int, draw: int) -> dict[str, Any]:
    """A need and a market of n hubs."""
    numbers = np.random.default_rng([draw, n, 3])
    strength = np.zeros((n, N_WANTS), np.float32)
    n_covered = numbers.hypergeometric(N_WANTS, N_COMPETENCES - N_WANTS, numbers.integers(5, 41, size=n))
    for hub in np.flatnonzero(n_covered):
        strength[hub, numbers.choice(N_WANTS, n_covered[hub], replace=False)] = 0.8
    near = 1 + np.flatnonzero(n_covered)
    friends = np.concatenate(
        [
            numbers.integers(1, n + 1, size=(n * N_FRIENDS // 4, 2)),
            numbers.choice(near, size=(len(near) * N_FRIENDS // 4, 2)),
        ]
    )
    return {
        "need": Need(
            wants=tuple(
                Want(id=f"want {want}", label=f"want {want}", backups=2 if want < N_WITH_BACKUP else 1)
                for want in range(N_WANTS)
            )
        ),
        "market": Market(
            ids=tuple(range(1, n + 1)),
            names=tuple(f"hub {hub}" for hub in range(1, n + 1)),
            countries=("",) * n,
            languages=tuple(
                frozenset(map(str, numbers.choice(N_LANGUAGES, size=numbers.integers(1, 4), replace=False)))
                for _ in range(n)
            ),
            strength=strength,
            cost_eur=numbers.integers(20, 71, size=n).astype(np.float32),
            distance_km=np.full(n, np.nan, np.float32),
            trust=np.full(n, np.nan, np.float32),
            free_days=np.full(n, np.nan, np.float32),
            joint_deliveries=np.zeros(n, np.int32),
            capacity=numbers.integers(1, 4, size=n).astype(np.int32),
            worked_together=frozenset((low, high) for low, high in np.sort(friends, axis=1).tolist() if low < high),
        ),
        "limits": Limits(
            max_partners=MOST_PARTNERS, languages=frozenset(str(language) for language in range(N_ASKED_LANGUAGES))
        ),
    }


def _by_highs_alone(need: Need, market: Market, limits: Limits) -> float | None:
    """The least cost, or None without a proof or a team: hubs, and which want each leads."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    assert market.capacity is not None
    speaks = np.array([bool(spoken & limits.languages) for spoken in market.languages])
    covers = market.strength >= limits.min_strength
    asked = np.minimum([want.backups or 1 for want in need.wants], covers.sum(axis=0))
    rows = np.flatnonzero(speaks & covers.any(axis=1))
    covers = covers[rows]
    n, wants = covers.shape
    hubs, led = np.nonzero(covers)
    leads = n + np.arange(len(hubs))
    # Rows: backups of each want, one lead for each want, room of each hub, each lead in the team, number of partners.
    entries = [
        (led, hubs, 1.0),
        (wants + led, leads, 1.0),
        (2 * wants + hubs, leads, 1.0),
        (2 * wants + np.arange(n), np.arange(n), -market.capacity[rows].astype(float)),
        (2 * wants + n + np.arange(len(hubs)), leads, 1.0),
        (2 * wants + n + np.arange(len(hubs)), hubs, -1.0),
        (np.full(n, 2 * wants + n + len(hubs)), np.arange(n), 1.0),
    ]
    at = np.concatenate([row for row, _, _ in entries]), np.concatenate([column for _, column, _ in entries])
    weights = np.concatenate([np.broadcast_to(weight, row.shape) for row, _, weight in entries])
    least = np.concatenate([asked, np.ones(wants), np.full(n + len(hubs) + 1, -np.inf)])
    most = np.concatenate([np.full(wants, np.inf), np.ones(wants), np.zeros(n + len(hubs)), [limits.max_partners]])
    answer = milp(
        np.concatenate([market.cost_eur[rows], np.zeros(len(hubs))]),
        constraints=LinearConstraint(csr_array((weights, at)), least, most),
        bounds=Bounds(0, 1),
        integrality=np.ones(n + len(hubs)),
        options={"time_limit": HIGHS_SECONDS},
    )
    return float(round(answer.fun)) if answer.status == 0 else None


if __name__ == "__main__":
    main()
