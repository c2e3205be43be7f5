"""When an installation starts with the real hubs of Europe, as imported, instead of invented ones. Source: BP-JD.

1. Stefan (steward) imports the 214 hubs that lie beside the checkout. Hansa reads what they write about themselves.
2. Petra of a German hub types in what a client told her, in German.
3. Hansa reads it, ranks the real hubs, and proposes the smallest team, with reasons. Petra takes it.
"""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.utils import timezone
from journeys.over_http import HttpHand
from shared import shared_path

from hansa.collaboration.models import Request
from hansa.hubs.directory import operations as directory
from hansa.hubs.models import Hub
from hansa.hubs.people import operations as people

pytestmark = pytest.mark.model

# Reading all 214 takes minutes; these write about robots and printing.
READ = (
    *("Bavarian Robotic Network (BaRoN)", "MAMTeC (Metal Additive Manufacturing Technology Centre)", "Robotdalen"),
    *(
        "Innovation Cluster Drachten (ICD)",
        "Sustainability factory",
        "TValley",
        "MaDIH: Manufacturing Digital Innovation Hub",
    ),
    "Institute of Production Management, Technology and Machine Tools (PTW)",
)
LEAD = "Institute of Production Management, Technology and Machine Tools (PTW)"
NEED = (
    "Wir suchen einen Roboter, der Teile in unsere Fräsmaschine einlegt, und jemanden, der ihn wartet. "
    "Ersatzteile wollen wir im 3D-Druck aus Metall herstellen."
)


@pytest.fixture(scope="module")
def hubs(place):
    """Import the real hubs, and return what the import reports."""
    report = io.StringIO()
    call_command("import", "hubs", str(shared_path("data/hubs/dih_sample_214.json.gz")), stdout=report)
    for hub in Hub.objects.filter(name__in=READ):
        directory.read_description(hub, at=timezone.now())
    return report.getvalue()


@pytest.fixture
def petra(hubs):
    """Return the browser of somebody who works for the lead."""
    lead = Hub.objects.get(name=LEAD)
    user = people.create_person(email="petra@ptw.example", name="Petra Prinz", hub=lead, roles=["manager", "signatory"])
    hand = HttpHand()
    hand.client.force_login(user)
    return hand


def test_all_are_read_and_stand_in_the_directory(hubs):
    assert "214 read: 214 added" in hubs
    visitor = HttpHand()
    visitor.open("/hubs/?q=robot")
    visitor.see("Bavarian Robotic Network (BaRoN)")


def test_a_team_is_found_among_them(petra):
    petra.open("/requests/new/")
    petra.fill("What does the client want to solve?", NEED)
    petra.fill("Organisation", "Zahnradwerk Spessart")
    petra.choose("Country", "Germany")
    petra.choose("What may leave your hub?", "The need in checked words")
    petra.fill("Who agreed for the client?", "Udo Zahn")
    petra.fill("How do you know?", "Mail of 18 November")
    petra.press("Read the need")
    petra.see("Robotics", "Where it came from")
    petra.press("See shortlist")
    petra.see("Why these hubs", "Proposed team")
    petra.press("Use the proposed team")
    team = Hub.objects.filter(pk__in=Request.objects.get().picks.values("hub"))
    assert team
    assert all(hub.source and not hub.is_demo for hub in team)
    petra.see(*(hub.name for hub in team))
    (invite,) = set(petra.links("Invite "))
    petra.follow(invite)
    petra.see("Text for the hubs", *(f"Invite {hub.name}" for hub in team))
