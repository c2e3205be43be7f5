"""Partners of later projects, learnt from earlier ones. Data: CORDIS, (c) European Union, CC BY 4.0."""

from __future__ import annotations

import csv
import gzip
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("HANSA_SHARED") or ROOT.parent / "shared")
LATER = 0.25  # share of the projects, by start date, that are asked for
MARK = 2.0  # times the best floor
AT = (20, 50)
GIVEN: dict[str, Callable[[int], int]] = {
    "none": lambda n: 0,
    "one": lambda n: 1,
    "two": lambda n: min(2, n - 1),
    "half": lambda n: max(1, n // 2),
    "all but one": lambda n: n - 1,
}


def main() -> None:
    folder = SHARED / "data/cordis"
    if not folder.is_dir():
        print("  The CORDIS sample is not here. Set HANSA_SHARED to where it lies.")
        return
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from hansa.engine.recommendation import Recommender
    from hansa.engine.recommendation.tables import history_from

    projects, rows = _table(folder / "projects.csv.gz"), _table(folder / "participants.csv.gz")
    split = sorted(project["startDate"] for project in projects)[round((1 - LATER) * len(projects))]
    earlier = [project for project in projects if project["startDate"] < split]
    later = sorted((p for p in projects if p["startDate"] >= split), key=lambda project: project["id"])
    begun = time.process_time()
    recommender = Recommender(history_from(enumerate(earlier, 2), enumerate(rows, 2)))
    print(
        f"  {len(earlier)} projects before {split}, {len(later)} from then on, {recommender.network.size:,} candidates"
    )
    print(f"  learnt in {time.process_time() - begun:.1f} s of processor time")
    _ask(recommender, later, _members(recommender, rows))


def _table(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10**9)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _members(recommender: Any, rows: list[dict[str, str]]) -> dict[str, list[int]]:
    """The organisations of each project in the order of the consortium: the coordinator, then its partners."""
    members: dict[str, list[int]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["role"] != "coordinator", float(row["order"] or 999), row["name"])):
        place = recommender.network.place[recommender.same_as(row["name"])]
        if place not in members[row["projectID"]]:
            members[row["projectID"]].append(place)
    return members


def _ask(recommender: Any, later: list[dict[str, str]], members: dict[str, list[int]]) -> None:
    met = recommender.signals.projects_of > 0
    asked = [(p, [place for place in members[p["id"]] if met[place]]) for p in later]
    asked = [(project, known) for project, known in asked if len(known) >= 2]
    true = sum(len(members[project["id"]]) for project, _ in asked)
    share = sum(len(known) for _, known in asked) / true
    print(f"  {len(asked)} later projects have two partners or more that were met before; these are {share:.2f} of all")
    print(
        "  their partners, so no list learnt from the past can hold a larger share of all. Recall over partners met before:"
    )
    print(
        f"  {'partners given':<14} {'popular':>13} {'nearest 20':>13} {'x log pop.':>13} {'Hansa':>13}   times the best floor @20"
    )
    for name, given in GIVEN.items():
        _say(name, [(project, known, given(len(known))) for project, known in asked], recommender)
    _by_experience([(project, known, 1) for project, known in asked], recommender)


def _say(name: str, asked: list[tuple[dict[str, str], list[int], int]], recommender: Any) -> None:
    found: dict[str, list[list[float]]] = defaultdict(list)
    begun = time.process_time()
    own = list(_own(recommender, asked))
    spent = (time.process_time() - begun) / len(asked)
    for (project, known, n), best in zip(asked, own, strict=True):
        rest = set(known[n:])
        for method, score in _floors(recommender, project):
            score[known[:n]] = -1
            found[method].append(_recall(np.argsort(-score, kind="stable").tolist(), rest))
        found["hansa"].append(_recall(best, rest))
    recall = {method: np.mean(values, axis=0) for method, values in found.items()}
    times = recall["hansa"][0] / max(recall[method][0] for method in recall if method != "hansa")
    shown = " ".join(f"{value[0]:>6.3f} {value[1]:.3f} " for value in recall.values())
    verdict = "ok" if times >= MARK else "SHORT"
    print(f"  {name:<14} {shown}  {times:.2f} (mark {MARK:g}) {verdict}, {1000 * spent:.0f} ms a draft")


def _by_experience(asked: list[tuple[dict[str, str], list[int], int]], recommender: Any) -> None:
    """Why the figure is what it is: most partners were met once, and nothing tells them from thousands like them."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for (_, known, n), best in zip(asked, _own(recommender, asked), strict=True):
        for place in known[n:]:
            times = recommender.signals.projects_of[place]
            hits["1" if times < 2 else "2 to 4" if times < 5 else "5 to 9" if times < 10 else "10 or more"].append(
                place in best[: AT[0]]
            )
    print("  with one partner given, by the number of earlier projects of the partner to be found:")
    for times in ("1", "2 to 4", "5 to 9", "10 or more"):
        print(f"    {times:<12} found @20 {np.mean(hits[times]):.2f} of {len(hits[times])}")


def _own(recommender: Any, asked: list[tuple[dict[str, str], list[int], int]]) -> Iterator[list[int]]:
    from hansa.engine.recommendation import Draft

    names = recommender.network.names
    drafts = [
        Draft(
            id=project["id"],
            title=project["title"],
            objective=project["objective"],
            partners=tuple(names[place] for place in known[:n]),
        )
        for project, known, n in asked
    ]
    for best in recommender.recommend(drafts, top=max(AT)):
        yield [recommender.network.place[recommender.same_as(one.name)] for one in best]


def _floors(recommender: Any, project: dict[str, str]) -> Iterator[tuple[str, np.ndarray]]:
    signals, network = recommender.signals, recommender.network
    near = signals.nearness(network.texts.read([(project["title"], project["objective"])]))[0]
    nearest = np.where(near >= np.sort(near)[-20], near, 0) @ network.members
    yield "popular", signals.projects_of.copy()
    yield "nearest", nearest
    yield "nearest x log popular", nearest * np.log1p(signals.projects_of)


def _recall(order: list[int], rest: set[int]) -> list[float]:
    return [len(rest & set(order[:at])) / len(rest) for at in AT]
