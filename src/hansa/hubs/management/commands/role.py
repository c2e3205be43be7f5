"""``hansa role``: who is steward, assessor or policy observer of the network."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from hansa.hubs.people import operations, queries
from hansa.hubs.people.states import NETWORK_ROLES


class Command(BaseCommand):
    help = "Make somebody steward, assessor or policy observer of the network; end it; list who is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        give = acts.add_parser("give", help="give a role, and print an address that signs the person in once")
        end = acts.add_parser("end", help="take a role away")
        acts.add_parser("list", help="list who has a role")
        for act in (give, end):
            act.add_argument("role", choices=sorted(map(str, NETWORK_ROLES)))
            act.add_argument("email")
        give.add_argument("--name", default="", help="needed for somebody who has no account yet")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['act']}")(**options)

    def _give(self, *, role: str, email: str, name: str, **options: Any) -> None:
        address = operations.appoint(email=email, name=name, role=role, at=timezone.now())
        self.stdout.write(f"{email} is {role} now. This address signs them in, once, within 14 days:\n{address}")
        if settings.SITE_URL.startswith("http://localhost"):
            self.stdout.write("HANSA_SITE_URL is not set: if Hansa runs at another port or name, change the beginning.")

    def _end(self, *, role: str, email: str, **options: Any) -> None:
        operations.dismiss(email=email, role=role, at=timezone.now())
        self.stdout.write(f"{email} is no longer {role}.")

    def _list(self, **options: Any) -> None:
        for person in queries.network_people():
            self.stdout.write(f"{person.email}  {person.name}  {', '.join(person.roles)}")
