"""Who can sign in to the demo network."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

PASSWORD = "weaving-hubs-together"  # noqa: S105 - printed on the start page of a demo; it guards nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A demo person. ``role`` is in words."""

    email: str
    name: str
    role: str
    password: str = PASSWORD


def logins() -> list[Login]:
    """Return the people whose log-ins a demo shows, one for each role."""
    return [
        Login(email="client@demo.example", name="Ana Frigo", role=_("client, Frigo Montaña")),
        Login(email="lead@demo.example", name="Lucía Ferrer", role=_("lead hub, Ebro Data Hub")),
        Login(email="partner@demo.example", name="Jonas Weber", role=_("partner hub, Isar Edge Lab")),
        Login(email="partner2@demo.example", name="Mette Holm", role=_("partner hub, Aarhus Food Robotics")),
        Login(email="steward@demo.example", name="Stefan Ilić", role=_("network steward")),
        Login(email="assessor@demo.example", name="Ana Horvat", role=_("assessor")),
        Login(email="observer@demo.example", name="Petra Lang", role=_("policy observer")),
    ]
