"""Run the benchmarks: ``python -m bench [NAME ...]``. Each has a process of its own, so none warms another."""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys

NAMES = (
    "weight",
    "team",
    "teams",
    "leads",
    "timetable",
    "memory",
    "pages",
    "imports",
    "language",
    "linking",
    "speed",
    "identity",
    "recommend",
    "coverage",
    "start",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Hansa against its marks.")
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="which benchmarks; all without names")
    names = parser.parse_args().names or NAMES
    if len(names) > 1:
        raise SystemExit(max(subprocess.call([sys.executable, "-m", "bench", name]) for name in names))
    module = importlib.import_module(f"bench.{names[0]}")
    print(f"\n== {names[0]}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
    module.main()


if __name__ == "__main__":
    main()
