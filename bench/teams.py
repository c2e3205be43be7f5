"""Covers and teams: proven optima against HiGHS alone on OR-Library's instances, and generated markets with country rules.

OR-Library (J. E. Beasley), sets 4, 5 and E, read from the folder beside the checkout. HiGHS alone is ``scipy.optimize.milp`` on the whole
model. Processor time of one thread, the least of up to three runs in turn; libraries are loaded before. Generated: 2,000 competences,
each hub covers 5 to 40 of them drawn evenly, costs 20 to 70, comes from one of 27 countries; at most 2 hubs of a country, at least 3
countries; cheapest team that covers the whole need, the dearer of two draws.
"""

from __future__ import annotations

import csv
import os
import tarfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from bench.language import SHARED
from hansa.engine.consortium import best_team
from hansa.engine.consortium.setcover import CoverProblem, cheapest_cover, read_orlib
from hansa.engine.problem import Limits, Market, Need, Want
from hansa.engine.verify import check_team
from hansa.engine.verify.setcover import check_cover

RUNS, LONG = 3, 1.0
N_COMPETENCES = 2000
N_COUNTRIES, MOST_PER_COUNTRY, FEWEST_COUNTRIES = 27, 2, 3
# Hubs, and the seconds within which the best team has to be proven.
MARKS = {500: 0.2, 5_000: 1.0, 50_000: 5.0, 200_000: 20.0}
WANTS = (10, 40)
DRAWS = (1, 2)


def main() -> None:
    """Print both tables."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _covers()
    _teams()


def spent(run: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    answer = run()
    return time.process_time() - begun, answer


def _covers() -> None:
    folder = SHARED / "data/setcover"
    if not folder.is_dir():
        print("  OR-Library's instances are not here. Set HANSA_SHARED to where they lie.")
        return
    with (folder / "best_known.csv").open() as lines:
        known = {row["name"]: float(row["best_known"]) for row in csv.DictReader(lines)}
    print("| Instance | Rows x columns | Value | Bound | Published | Here, s | HiGHS alone, s | Ratio |")
    print("|---|---|---|---|---|---|---|---|")
    ratios, here, there = [], 0.0, 0.0
    _by_highs_alone(read_orlib("1 1 1 1 1"))  # loads the solver
    for name, problem in _instances():
        ours, theirs = float("inf"), float("inf")
        for _ in range(RUNS):
            seconds, answer = spent(lambda problem=problem: cheapest_cover(problem, seconds=60))
            others, value = spent(lambda problem=problem: _by_highs_alone(problem))
            ours, theirs = min(ours, seconds), min(theirs, others)
            if others > LONG:
                break
        assert check_cover(problem, answer) == ()
        assert value == answer.value
        ratios.append(ours / theirs)
        here, there = here + ours, there + theirs
        size = f"{len(problem.rows)} x {len(problem.costs)}"
        print(
            f"| {name} | {size} | {answer.value} | {answer.bound} | {known[name]:.0f} | {ours:.3f} | {theirs:.3f}"
            f" | {ratios[-1]:.2f} |",
            flush=True,
        )
    verdict = "ok" if max(ratios) <= 1 else "SHORT"
    print(
        f"\n  all {len(ratios)}: {here:.2f} s here, {there:.2f} s alone; dearest ratio {max(ratios):.2f}, mark 1  {verdict}\n"
    )


def _instances() -> Iterator[tuple[str, CoverProblem]]:
    with tarfile.open(SHARED / "data/setcover/or_library_sets_4_5_e_25.tar.xz") as archive:
        files = {member.name.rsplit("/", 1)[-1].split(".")[0]: member for member in archive}
        names = [name for name in files if name.startswith("scp")]
        for name in sorted(names, key=lambda name: (name[:4], int(name[4:]))):
            content = archive.extractfile(files[name])
            assert content is not None
            yield name, read_orlib(content.read().decode())


def _by_highs_alone(problem: CoverProblem) -> int:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    ends = np.cumsum([0, *(len(row) for row in problem.rows)])
    n = len(problem.costs)
    covers = csr_array((np.ones(ends[-1]), np.concatenate(problem.rows), ends), shape=(len(problem.rows), n))
    answer = milp(
        problem.costs,
        constraints=LinearConstraint(covers, lb=1),
        bounds=Bounds(0, 1),
        integrality=np.ones(n),
    )
    return round(answer.fun)


def _teams() -> None:
    best_team(**_question(500, 20, 0), goals=("coverage", "cost"))  # loads the solver
    print("| Hubs | Wants | Cost | Bound | Seconds | Mark | Greedy | Gap |")
    print("|---|---|---|---|---|---|---|---|")
    shorts = 0
    for n, mark in MARKS.items():
        for wants in WANTS:
            for draw in DRAWS:
                asked = _question(n, wants, draw)
                seconds, answer = spent(
                    lambda asked=asked: best_team(
                        **asked, goals=("coverage", "cost"), time_limit_s=60, with_next_best=False
                    )
                )
                assert check_team(**asked, lead=None, answer=answer) == ()
                cost = answer.goals[1]
                shorts += seconds > mark or not cost.proven
                greedy = _greedy(asked["market"])
                beside = "no team" if greedy is None else f"{greedy:.0f} | {greedy / cost.value - 1:.1%}"
                print(
                    f"| {n:,} | {wants} | {cost.value:.0f} | {cost.bound:.0f} | {seconds:.2f} | {mark:g} | {beside} |",
                    flush=True,
                )
    print(f"\n  not proven within the mark: {shorts}  {'SHORT' if shorts else 'ok'}")


def _question(n: int, wants: int, draw: int) -> dict[str, Any]:
    """A market of n hubs as far as a need of so many wants is concerned."""
    numbers = np.random.default_rng([draw, n, wants])
    strength = np.zeros((n, wants), np.float32)
    n_covered = numbers.hypergeometric(wants, N_COMPETENCES - wants, numbers.integers(5, 41, size=n))
    for hub in np.flatnonzero(n_covered):
        strength[hub, numbers.choice(wants, n_covered[hub], replace=False)] = 0.8
    return {
        "need": Need(wants=tuple(Want(id=f"want {want}", label=f"want {want}") for want in range(wants))),
        "market": Market(
            ids=tuple(range(1, n + 1)),
            names=tuple(f"hub {hub}" for hub in range(1, n + 1)),
            countries=tuple(f"country {country}" for country in numbers.integers(N_COUNTRIES, size=n)),
            languages=(frozenset(),) * n,
            strength=strength,
            cost_eur=numbers.integers(20, 71, size=n).astype(np.float32),
            distance_km=np.full(n, np.nan, np.float32),
            trust=np.full(n, np.nan, np.float32),
            free_days=np.full(n, np.nan, np.float32),
            joint_deliveries=np.zeros(n, np.int32),
        ),
        "limits": Limits(max_partners=wants, max_per_country=MOST_PER_COUNTRY, min_countries=FEWEST_COUNTRIES),
    }


def _greedy(market: Market) -> float | None:
    """What the textbook's greedy team costs: the least cost per want newly covered comes next. None when it breaks a rule."""
    covers, countries = market.strength > 0, np.array(market.countries)
    is_open = covers.any(axis=0)
    chosen: list[int] = []
    may = np.ones(len(covers), dtype=bool)
    while is_open.any():
        gain = covers[:, is_open].sum(axis=1) * may
        if not gain.any():
            return None
        best = int(np.where(gain > 0, market.cost_eur / np.maximum(gain, 1), np.inf).argmin())
        chosen.append(best)
        is_open &= ~covers[best]
        if (countries[chosen] == countries[best]).sum() >= MOST_PER_COUNTRY:
            may &= countries != countries[best]
    enough = len(set(countries[chosen])) >= FEWEST_COUNTRIES
    return float(market.cost_eur[chosen].sum()) if enough else None


if __name__ == "__main__":
    main()
