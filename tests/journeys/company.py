"""The people of the story, their browsers and their mails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jobs import run_jobs
from journeys.hands import Hand, NewHand
from journeys.mailbox import Mailbox

LUCIA, JONAS, METTE = "lead@demo.example", "partner@demo.example", "partner2@demo.example"
STEFAN = "steward@demo.example"
TEAM = {JONAS: "Isar Edge Lab", METTE: "Aarhus Food Robotics"}
WANTED = (
    *("predictive maintenance", "cyber security", "Internet of Things", "food safety principles", "data protection"),
    *("Technology concept development / Proof of Concept (PoC)", "On-site company tailored training / Boot-camps"),
)
NEED = (
    "Somos Verduras Roncal, de Tudela. Las tres líneas de envasado paran dos veces al mes y solo nos enteramos cuando "
    "el rodamiento chilla. Queremos mantenimiento predictivo con sensores. Los datos no deben salir a internet sin "
    "protección: hace falta ciberseguridad. Y la máquina tiene que seguir cumpliendo con la seguridad alimentaria. "
    "Llamen a Ana Roncal, 948 555 012."
)
SECRETS = ("Roncal", "Tudela", "948 555 012")


@dataclass
class Company:
    """One play of the story.

    ``hand`` gives each person a browser, ``client`` is the address Ana leaves, ``managers`` names them by their hubs.
    """

    hand: NewHand
    mailbox: Mailbox
    client: str
    managers: Mapping[str, str]
    hands: dict[str, Hand] = field(default_factory=dict)
    case: str = ""

    def of(self, person: str) -> Hand:
        if person not in self.hands:
            self.hands[person] = self.hand(person)
        return self.hands[person]

    def work(self) -> None:
        """Let the worker do what waits, and what that starts."""
        while run_jobs():
            pass

    def arrive(self, person: str, about: str) -> Hand:
        """Follow the link of the latest mail about something, and sign in with it."""
        self.work()
        hand = self.of(person)
        hand.open(self.mailbox.link(person, about))
        hand.press(f"Sign in as {person}")
        return hand

    def page(self, person: str, name: str = "") -> Hand:
        self.work()
        hand = self.of(person)
        hand.open(f"/requests/{self.case}/{name}")
        return hand

    def see_no_client(self, hand: Hand) -> None:
        self.keep_secret(hand.read())

    def keep_secret(self, text: str) -> None:
        told = [secret for secret in SECRETS if secret in text]
        assert not told, f"{told} in:\n{text[:3000]}"
