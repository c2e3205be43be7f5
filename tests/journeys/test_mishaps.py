"""When something goes wrong on the way, and nothing is lost. Played over HTTP, in the middle of the story.

1. Jonas is to sign for Isar Edge Lab, and leaves. His manager ends his membership and says who takes over. Jonas' open
   browser finds nothing any more; the new signatory signs.
2. A mail scanner opens every link of an invitation, twice, before Jonas does. Nothing happens, and his link still works.
3. Jonas opens the mail again after he used its link, and months later.
4. Aoife of Silent Bay Hub types the address of a case that a colleague elsewhere sent her.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast, acting, make_cast
from django.core import mail
from django.test import Client
from django.utils import timezone
from factories import make_member
from jobs import run_jobs
from journeys.over_http import HttpHand
from web.strangers import make_case

from hansa.collaboration.models import Invitation, Signature
from hansa.collaboration.partnering import operations as partnering
from hansa.foundation.activity import Activity
from hansa.hubs.people.models import SignInLink, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT, settings.SEAL_DIR = tmp_path / "files", tmp_path / "seal"
    return make_cast()


def hand_of(user: User) -> HttpHand:
    hand = HttpHand()
    hand.client.force_login(user)
    return hand


def work() -> None:
    while run_jobs():
        pass


def link_to(user: User, about: str) -> str:
    (message,) = [message for message in mail.outbox if user.email in message.to and about in message.subject]
    return re.search(r"https?://\S+/link/\S+", message.body)[0]


def sign(hand: HttpHand, user: User) -> None:
    hand.press("Send me a code")
    hand.fill("Your function", "Director")
    hand.fill("Code", re.search(r"\d{6}", mail.outbox[-1].subject)[0])
    hand.tick("I have read")
    hand.press("Sign version 1")


class TestSignatoryLeaves:
    @pytest.fixture
    def case(self, cast: Cast) -> str:
        return make_case(cast, "signing").request.ref

    def test_the_manager_hands_over_and_the_new_one_signs(self, cast: Cast, case: str) -> None:
        ida = make_member(cast.isar, "manager", name="Ida Manager")
        jonas, manager = hand_of(cast.jonas), hand_of(ida)
        jonas.open(f"/requests/{case}/agreement/")
        manager.open(f"/profile/people/{cast.jonas.pk}/")
        manager.press("End the membership", status=422)
        manager.see("only signatory of the hub")
        manager.choose("Who takes over", "Ida Manager")
        manager.press("End the membership")
        manager.see("Jonas Weber no longer belongs to the hub.")
        # The page he has open is a page of nobody now.
        jonas.press("Send me a code", status=404)
        jonas.open(f"/requests/{case}/agreement/", status=404)
        manager.open(f"/requests/{case}/agreement/")
        manager.see("Jonas Weber")
        sign(manager, ida)
        manager.see("Signed. Thank you.")
        assert [signature.name for signature in Signature.objects.all()] == ["Ida Manager"]

    def test_who_signed_before_leaving_stays_a_signatory_of_the_text(self, cast: Cast, case: str) -> None:
        ida = make_member(cast.isar, "manager", "signatory", name="Ida Manager")
        jonas = hand_of(cast.jonas)
        jonas.open(f"/requests/{case}/agreement/")
        sign(jonas, cast.jonas)
        jonas.open(f"/profile/people/{cast.jonas.pk}/")
        jonas.press("Leave the hub")
        jonas.open(f"/requests/{case}/agreement/", status=404)
        manager = hand_of(ida)
        manager.open(f"/requests/{case}/agreement/")
        manager.see("Jonas Weber, Director")
        assert "Sign version 1" not in manager.buttons("Sign")


class TestMailedLink:
    @pytest.fixture
    def invitation(self, cast: Cast) -> Invitation:
        """Isar is invited, and the mail is there."""
        case = make_case(cast, "shortlist")
        proposal = partnering.Proposal(hub_id=cast.isar.pk, want_ids=(case.objects["wants"],))
        (invitation,) = partnering.invite(
            case.request, proposals=[proposal], partner_text="Count cars.", by=acting(cast.lucia), at=timezone.now()
        )
        work()
        return invitation

    def test_a_scanner_does_nothing_with_it(self, cast: Cast, invitation: Invitation) -> None:
        link = link_to(cast.jonas, "invites your hub")
        n_activities = Activity.objects.count()
        scanner = Client()
        pages = re.findall(r'href="http://[^/]+([^"]+)"', mail.outbox[-1].alternatives[0].content)
        assert pages
        for path in [*pages, *pages]:
            assert scanner.get(path, follow=True).status_code == 200
            assert scanner.head(path).status_code == 200
        invitation.refresh_from_db()
        assert (invitation.state, invitation.answered_at) == ("sent", None)
        assert Activity.objects.count() == n_activities
        jonas = HttpHand()
        jonas.open(link)
        jonas.press(f"Sign in as {cast.jonas.email}")
        jonas.press("Interested")
        jonas.see("Your hub said yes.")

    def test_it_works_once_and_a_new_one_leads_to_the_same_page(self, cast: Cast, invitation: Invitation) -> None:
        link = link_to(cast.jonas, "invites your hub")
        first = HttpHand()
        first.open(link)
        first.press(f"Sign in as {cast.jonas.email}")
        self._ask_for_a_new_one(cast, link, why="It was already used", page=first.path)

    def test_it_is_too_late_after_two_weeks(self, cast: Cast, invitation: Invitation) -> None:
        link = link_to(cast.jonas, "invites your hub")
        SignInLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
        self._ask_for_a_new_one(cast, link, why="It is too old", page=f"/invitations/{invitation.ref}/")

    def _ask_for_a_new_one(self, cast: Cast, link: str, *, why: str, page: str) -> None:
        again = HttpHand()
        again.open(link, status=410)
        again.see("This link no longer works", why)
        again.press("Send me a new link")
        work()
        again.open(link_to(cast.jonas, "Sign in"))
        again.press(f"Sign in as {cast.jonas.email}")
        assert again.path == page


@pytest.mark.parametrize("page", ["", "shortlist/", "invite/", "agreement/", "delivery/"])
def test_a_guessed_address_looks_like_any_other_wrong_one(cast: Cast, page: str) -> None:
    ref = make_case(cast, "closed").request.ref
    aoife = hand_of(cast.stranger)
    aoife.open(f"/requests/{ref}/{page}", status=404)
    found = aoife.read().replace(ref, "")
    aoife.open(f"/requests/{ref[::-1]}/{page}", status=404)
    wrong = aoife.read().replace(ref[::-1], "")
    reference = re.compile(r"Reference \S+|\b[0-9A-Z]{7}\b")
    assert reference.sub("", found) == reference.sub("", wrong)
