"""The cast of the tests: the same few people and hubs everywhere, instead of numbers."""

from __future__ import annotations

from dataclasses import dataclass

from factories import make_client, make_contact, make_hub, make_member, make_network_person

from hansa.foundation.actors import Actor
from hansa.hubs.models import Client, Hub, User
from hansa.hubs.people.queries import actor_of


@dataclass(frozen=True)
class Cast:
    """Ebro leads, Isar and Aarhus are partners, Silent must see nothing, Elsewhere is the blueprint's municipality."""

    ebro: Hub
    isar: Hub
    aarhus: Hub
    silent: Hub
    elsewhere: Client
    lucia: User  # manager and signatory of Ebro
    pau: User  # staff of Ebro
    jonas: User  # manager and signatory of Isar
    mette: User  # manager and signatory of Aarhus
    stranger: User  # manager and signatory of Silent
    mayor: User  # contact of Elsewhere
    steward: User
    assessor: User
    observer: User


def make_cast() -> Cast:
    ebro = make_hub("Ebro Data Hub", country="ES", city="Zaragoza", languages=["es", "en"])
    isar = make_hub("Isar Edge Lab", country="DE", city="München", languages=["de", "en"])
    aarhus = make_hub("Aarhus Food Robotics", country="DK", city="Aarhus", languages=["da", "en"])
    silent = make_hub("Silent Bay Hub", country="IE", city="Galway", languages=["en"])
    elsewhere = make_client(ebro, "Municipality of Elsewhere", client_type="public")
    return Cast(
        ebro=ebro,
        isar=isar,
        aarhus=aarhus,
        silent=silent,
        elsewhere=elsewhere,
        lucia=make_member(ebro, "manager", "signatory", name="Lucía Ferrer"),
        pau=make_member(ebro, "staff", name="Pau Vidal"),
        jonas=make_member(isar, "manager", "signatory", name="Jonas Weber"),
        mette=make_member(aarhus, "manager", "signatory", name="Mette Holm"),
        stranger=make_member(silent, "manager", "signatory", name="Aoife Byrne"),
        mayor=make_contact(elsewhere, "Maria Mayor"),
        steward=make_network_person("steward", "Stefan Steward"),
        assessor=make_network_person("assessor", "Ana Assessor"),
        observer=make_network_person("policy", "Petra Policy"),
    )


def acting(user: User, hub: Hub | None = None) -> Actor:
    """Return the person as policies see them."""
    return actor_of(user=user, hub_id=hub.pk if hub else None)
