"""Run a module in a process that ends with the one that started it, even when that one is killed.

``python -m hansa.web.launch.bound PARENT_PID PRELOAD MODULE ARGUMENT...``

Reading the code takes longer than everything else at a start. So this happens at once and for all processes side by side:
the module ``PRELOAD`` is imported, then the process waits for a line on its standard input before it runs ``MODULE``.
"""

import ctypes
import gc
import importlib
import os
import runpy
import signal
import sys

SET_SIGNAL_AT_PARENTS_DEATH = 1


def main(parent: int, preload: str, module: str, arguments: list[str]) -> None:
    """Bind this process to ``parent`` (Linux only; elsewhere it just runs the module)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(SET_SIGNAL_AT_PARENTS_DEATH, signal.SIGTERM)
    if os.getppid() != parent:
        return
    importlib.import_module(preload)
    # What is loaded stays shared with the processes forked from this one.
    gc.collect()
    gc.freeze()
    if not sys.stdin.readline():
        return
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
