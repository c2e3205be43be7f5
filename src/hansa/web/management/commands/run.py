from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from hansa.web.launch import options
from hansa.web.launch.launch import launch


class Command(BaseCommand):
    help = "Start Hansa: database, tables, vocabularies, web server, worker. Ctrl-C stops all of it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        options.add_to(parser)

    def handle(self, *args: Any, **told: Any) -> None:
        code = launch(self.stdout)
        if code:
            raise SystemExit(code)
