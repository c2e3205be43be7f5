"""Run the benchmarks: ``python -m bench [NAME ...]``."""

from __future__ import annotations

import argparse
import importlib

NAMES = ("weight", "team", "memory", "pages", "imports", "language", "start")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Hansa against its marks.")
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="which benchmarks; all without names")
    for name in parser.parse_args().names or NAMES:
        print(f"\n== {name}: {(importlib.import_module(f'bench.{name}').__doc__ or '').strip().splitlines()[0]}")
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
