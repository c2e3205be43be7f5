"""When the search meets published set covering problems (OR-Library), made into needs and hubs."""

import csv
import tarfile

import numpy as np
import pytest
from shared import shared_path

from hansa.engine.consortium import best_team
from hansa.engine.problem import Limits, Market, Need, Want
from hansa.engine.verify import check_team

NAMES = ("scp41", "scp42", "scp410", "scp51", "scpe1")


def instance(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Costs (columns,) and cover, bool (rows, columns)."""
    with tarfile.open(shared_path("data/setcover/or_library_sets_4_5_e_25.tar.xz")) as archive:
        member = next((entry for entry in archive if entry.name.rsplit("/", 1)[-1].split(".")[0] == name), None)
        if member is None:
            pytest.skip(f"The archive holds no {name}.")
        numbers = [int(word) for word in archive.extractfile(member).read().split()]
    n_rows, n_columns = numbers[:2]
    costs = np.array(numbers[2 : 2 + n_columns], dtype=np.float32)
    cover = np.zeros((n_rows, n_columns), dtype=bool)
    position = 2 + n_columns
    for row in range(n_rows):
        n = numbers[position]
        cover[row, np.array(numbers[position + 1 : position + 1 + n]) - 1] = True
        position += n + 1
    return costs, cover


def best_known(name: str) -> float:
    with shared_path("data/setcover/best_known.csv").open() as lines:
        return next(float(row["best_known"]) for row in csv.DictReader(lines) if row["name"] == name)


@pytest.mark.parametrize("name", NAMES)
def test_proves_the_published_optimum(name):
    costs, cover = instance(name)
    n_rows, n = cover.shape
    need = Need(wants=tuple(Want(id=f"row {row}", label=f"row {row}") for row in range(n_rows)))
    market = Market(
        ids=tuple(range(1, n + 1)),
        names=tuple(f"column {column}" for column in range(1, n + 1)),
        countries=("",) * n,
        languages=(frozenset(),) * n,
        strength=cover.T.astype(np.float32),
        cost_eur=costs,
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
