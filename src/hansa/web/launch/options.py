"""What ``hansa run`` may be told on the command line; each option stands for a setting."""

from __future__ import annotations

import os
from argparse import ArgumentParser


def add_to(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="port of the web server (HANSA_PORT, 8000)")
    parser.add_argument("--host", help="address the web server listens on (HANSA_HOST, 127.0.0.1)")
    demo = parser.add_mutually_exclusive_group()
    demo.add_argument(
        "--demo", action="store_true", default=None, dest="demo", help="with the demo network (HANSA_DEMO)"
    )
    demo.add_argument("--no-demo", action="store_false", default=None, dest="demo", help="without the demo network")


def into_environment(arguments: list[str]) -> None:
    """Turn the options into the environment that settings read, for this process and those it starts."""
    parser = ArgumentParser(prog="hansa run", add_help=False)
    add_to(parser)
    told, _ = parser.parse_known_args(arguments)
    os.environ.setdefault("HANSA_HASHED_STATIC", "1")
    for name in ("port", "host"):
        if getattr(told, name) is not None:
            os.environ[f"HANSA_{name.upper()}"] = str(getattr(told, name))
    if told.demo is not None:
        os.environ["HANSA_DEMO"] = "1" if told.demo else "0"
