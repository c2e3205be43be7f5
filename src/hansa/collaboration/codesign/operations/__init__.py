"""The only writers of canvas, launch and uptake."""

from hansa.collaboration.codesign.operations.launching import (
    CannotCount,
    CannotLaunch,
    Version,
    count_uptake,
    launch,
    remove_count,
)
from hansa.collaboration.codesign.operations.writing import (
    CannotApproveCanvas,
    CannotWriteCanvas,
    Typed,
    Written,
    approve,
    comment,
    settle,
    write,
)

__all__ = [
    "CannotApproveCanvas",
    "CannotCount",
    "CannotLaunch",
    "CannotWriteCanvas",
    "Typed",
    "Version",
    "Written",
    "approve",
    "comment",
    "count_uptake",
    "launch",
    "remove_count",
    "settle",
    "write",
]
