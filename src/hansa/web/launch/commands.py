"""Django's commands, told apart from a programmer's: a refusal is a sentence, not ``CommandError: ...``."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.core.management import BaseCommand, ManagementUtility
from django.core.management.base import OutputWrapper


class _Plain(OutputWrapper):
    def write(  # type: ignore[override]
        self, msg: str = "", style_func: Callable[[str], str] | None = None, ending: str | None = None
    ) -> None:
        super().write(msg.removeprefix("CommandError: "), style_func, ending)


class Commands(ManagementUtility):
    """Runs the command that ``argv`` names."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        command = super().fetch_command(subcommand)
        command.stderr = _Plain(sys.stderr)
        return command
