"""When the search meets published set covering problems (OR-Library), made into needs and hubs."""

import csv
import tarfile

import numpy as np
import pytest
from shared import shared_path

from hansa.engine.consortium import best_team
from hansa.engine.consortium.setcover import CoverProblem, cheapest_cover, read_orlib
from hansa.engine.problem import Limits, Market, Need, Want
from hansa.engine.verify import check_team
from hansa.engine.verify.setcover import check_cover

NAMES = ("scp41", "scp42", "scp410", "scp51", "scpe1")
ALL = [f"scp{group}{number}" for group, n in (("4", 10), ("5", 10), ("e", 5)) for number in range(1, n + 1)]


def instance(name: str) -> CoverProblem:
    with tarfile.open(shared_path("data/setcover/or_library_sets_4_5_e_25.tar.xz")) as archive:
        member = next((entry for entry in archive if entry.name.rsplit("/", 1)[-1].split(".")[0] == name), None)
        if member is None:
            pytest.skip(f"The archive holds no {name}.")
        return read_orlib(archive.extractfile(member).read().decode())


def best_known(name: str) -> float:
    with shared_path("data/setcover/best_known.csv").open() as lines:
        return next(float(row["best_known"]) for row in csv.DictReader(lines) if row["name"] == name)


@pytest.mark.parametrize("name", NAMES)
def test_the_team_search_proves_the_published_optimum(name):
    problem = instance(name)
    n_rows, n = len(problem.rows), len(problem.costs)
    strength = np.zeros((n, n_rows), np.float32)
    for row, columns in enumerate(problem.rows):
        strength[columns, row] = 1
    need = Need(wants=tuple(Want(id=f"row {row}", label=f"row {row}") for row in range(n_rows)))
    market = Market(
        ids=tuple(range(1, n + 1)),
        names=tuple(f"column {column}" for column in range(1, n + 1)),
        countries=("",) * n,
        languages=(frozenset(),) * n,
        strength=strength,
        cost_eur=problem.costs.astype(np.float32),
        distance_km=np.zeros(n, np.float32),
        trust=np.ones(n, np.float32),
        free_days=np.zeros(n, np.float32),
        joint_deliveries=np.zeros(n, np.int32),
    )
    limits = Limits(max_partners=n)
    answer = best_team(
        need=need, market=market, limits=limits, goals=("coverage", "cost"), time_limit_s=60, with_next_best=False
    )
    assert answer.status == "optimal"
    assert next(goal.value for goal in answer.goals if goal.name == "cost") == best_known(name)
    assert check_team(need=need, market=market, limits=limits, lead=None, answer=answer) == ()


@pytest.mark.parametrize("name", ALL)
def test_the_cover_search_proves_the_published_optimum(name):
    problem = instance(name)
    answer = cheapest_cover(problem)
    assert (answer.value, answer.bound) == (best_known(name), best_known(name))
    assert check_cover(problem, answer) == ()
