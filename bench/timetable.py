"""Timetables of B2B meetings against their bound, and their repair after changes. All events are made up."""

from __future__ import annotations

import time

from bench.make_events import greedy_weight, make_changes, make_event, with_talks, with_walks
from bench.place import say
from hansa.engine.timetable import Event, TimetableAnswer, best_timetable, repair
from hansa.engine.verify import check_repair, check_timetable

PEOPLE, SLOTS, SEEDS = (50, 200, 500, 1000), (12, 20, 30), (1, 2)
PROVEN, NEAR, SECONDS, REPAIR_SECONDS = 20, 0.9997, 40, 1.0


def main() -> None:
    best_timetable(make_event(20, 6, seed=9))  # loads the solvers
    _plain()
    _richer()
    _repairs()


def _solve(event: Event) -> tuple[TimetableAnswer, float]:
    start = time.process_time()
    answer = best_timetable(event)
    seconds = time.process_time() - start
    faults = check_timetable(event=event, answer=answer)
    if faults:
        raise SystemExit(f"the check refused the answer: {faults[0]}")
    return answer, seconds


def _plain() -> None:
    print("  people slots seed wishes  greedy/bound  value/bound  proven  empty (bound)  gaps  seconds")
    proven, worst, slowest = 0, 1.0, 0.0
    for n in PEOPLE:
        for slots in SLOTS:
            for seed in SEEDS:
                event = make_event(n, slots, seed=seed)
                answer, seconds = _solve(event)
                proven += answer.proven
                worst, slowest = min(worst, answer.value / answer.bound), max(slowest, seconds)
                greedy = greedy_weight(event) / answer.bound
                print(
                    f"  {n:>6} {slots:>5} {seed:>4} {len(event.wishes):>6} {greedy:>13.4f} "
                    f"{answer.value / answer.bound:>12.6f}  {'yes' if answer.proven else 'no':>6} {_rest(answer)} {seconds:>8.1f}",
                    flush=True,
                )
    total = len(PEOPLE) * len(SLOTS) * len(SEEDS)
    say(f"timetables not proven, of {total}", total - proven, total - PROVEN, "")
    say("farthest from the bound", 1 - worst, 1 - NEAR, "")
    say("slowest", slowest, SECONDS, "s")


def _rest(answer: TimetableAnswer) -> str:
    _, empty, gaps = answer.goals
    return f"{empty.value:>6.0f} ({empty.bound:.0f}) {gaps.value:>9.0f}"


def _richer() -> None:
    print("\n  with talks and walks: people slots  value/bound  empty (bound)  gaps  seconds")
    for n in (50, 200, 1000):
        for slots in (12, 20):
            plain = make_event(n, slots, seed=1)
            for name, event in (
                ("talks", with_talks(plain, seed=1)),
                ("walks", with_walks(plain)),
                ("both", with_talks(with_walks(plain), seed=1)),
            ):
                answer, seconds = _solve(event)
                print(
                    f"  {name:<6} {n:>6} {slots:>5}  {answer.value / answer.bound:.5f} {'proven' if answer.proven else '':<6}"
                    f" {_rest(answer)} {seconds:>8.1f}",
                    flush=True,
                )


def _repairs() -> None:
    print("\n  repair at 1,000 people: changes  kept (bound)  others moved (bound)  proven  seconds")
    for slots in (12, 20):
        event = make_event(1000, slots, seed=1)
        before = best_timetable(event, effort=2).meetings
        for n in (1, 10, 50):
            changes = make_changes(event, n, seed=1)
            times = []
            for _ in range(2):
                start = time.process_time()
                now, answer = repair(event, before, changes)
                times.append(time.process_time() - start)
            faults = check_repair(event=now, before=before, answer=answer)
            if faults:
                raise SystemExit(f"the check refused the repair: {faults[0]}")
            kept, moved = answer.goals
            print(
                f"  {slots:>5} slots {n:>4}   {kept.value:.1f} ({kept.bound:.1f})   {moved.value} ({moved.bound})   "
                f"{'yes' if answer.proven else 'no'}   lost {len(answer.lost)}, saved {len(answer.moved)}"
            )
            say(f"repair after {n} changes, {slots} slots", min(times), REPAIR_SECONDS, "s")
