"""``hansa demo ensure|clear``: fill the demo network, or remove all of it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from hansa.web.demo import operations


class Command(BaseCommand):
    help = "Fill the demo network (ensure) or remove all of it (clear)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["ensure", "clear"])

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "ensure":
            made = operations.ensure(at=timezone.now())
            self.stdout.write("The demo network is there." if made else "The demo network was there already.")
            return
        gone, kept = operations.clear()
        self.stdout.write(f"Removed {gone} demo hubs with their people and cases.")
        self.stdout.write("The next start fills it again, unless it is told not to: make run DEMO=0.")
        if kept:
            self.stdout.write(f"Kept, but no longer listed, because real cases name them: {', '.join(kept)}.")
