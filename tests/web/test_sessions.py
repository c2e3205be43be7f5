"""A browser comes back with its session's cookie."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cast import Cast, acting, make_cast
from django.test import Client
from django.utils import timezone
from factories import make_client, make_contact, make_request

from hansa.collaboration.models import Request
from hansa.collaboration.partnering import queries as partnering
from hansa.hubs.models import Membership, Session, User
from hansa.web.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/account/").status_code == 200


def read(user: User) -> SessionStore:
    """Return the person's session as the next request finds it."""
    store = SessionStore(signed_in(user).session.session_key)
    assert store.person == user
    return store


class TestWho:
    def test_the_session_names_its_person(self, cast: Cast) -> None:
        assert is_in(signed_in(cast.lucia))
        assert Session.objects.get().user == cast.lucia

    def test_a_session_of_nobody_names_nobody(self, cast: Cast) -> None:
        store = SessionStore()
        store["draft"] = "kept"
        store.save()
        again = SessionStore(store.session_key)
        assert (again["draft"], again.person, again.roles_of(cast.lucia)) == ("kept", None, None)

    def test_signing_out_and_in_as_somebody_else(self, cast: Cast) -> None:
        browser = signed_in(cast.lucia)
        browser.force_login(cast.jonas)
        assert "Jonas Weber" in browser.get("/account/").content.decode()
        assert Session.objects.get().user == cast.jonas
        browser.logout()
        assert not is_in(browser)

    def test_closed_account(self, cast: Cast) -> None:
        browser = signed_in(cast.lucia)
        User.objects.filter(pk=cast.lucia.pk).update(is_active=False)
        assert not is_in(browser)

    @pytest.mark.parametrize("change", [{"password": "!another"}, {"session_epoch": 7}])
    def test_changed_proof_ends_the_session(self, cast: Cast, change: dict[str, Any]) -> None:
        browser = signed_in(cast.lucia)
        User.objects.filter(pk=cast.lucia.pk).update(**change)
        assert not is_in(browser)

    def test_backend_that_is_gone(self, cast: Cast, settings: Any) -> None:
        browser = signed_in(cast.lucia)
        settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
        assert not is_in(browser)

    def test_row_and_contents_that_disagree(self, cast: Cast) -> None:
        """The signed contents decide, whoever the row names."""
        browser = signed_in(cast.lucia)
        Session.objects.update(user=cast.stranger)
        html = browser.get("/account/").content.decode()
        assert "Lucía Ferrer" in html
        assert "Ebro Data Hub" in html
        assert "Silent Bay Hub" not in html

    def test_session_that_ran_out(self, cast: Cast) -> None:
        browser = signed_in(cast.lucia)
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
        assert not is_in(browser)

    def test_a_person_taken_out_takes_their_sessions_along(self, cast: Cast) -> None:
        browser = signed_in(cast.observer)
        cast.observer.delete()
        assert not Session.objects.exists()
        assert not is_in(browser)

    def test_roles_are_those_of_now(self, cast: Cast) -> None:
        browser = signed_in(cast.pau)
        assert browser.get("/requests/").status_code == 200
        Membership.objects.filter(user=cast.pau).update(ended_at=timezone.now())
        assert "Ebro Data Hub" not in browser.get("/account/").content.decode()


class TestHowMuchWaits:
    """The count that comes with the session is the one that the pages make."""

    def test_for_every_hub_of_the_person(self, cast: Cast) -> None:
        Membership.objects.create(user=cast.lucia, hub=cast.isar, role="staff")
        for hubs in ([cast.ebro.pk], [cast.ebro.pk, cast.isar.pk], [cast.isar.pk], []):
            Request.objects.filter(pk=make_request(cast.ebro, cast.elsewhere).pk).update(turn_hub_ids=hubs)
        closed = make_request(cast.ebro, cast.elsewhere)
        Request.objects.filter(pk=closed.pk).update(turn_hub_ids=[cast.ebro.pk], state="closed")
        store = read(cast.lucia)
        for hub, n in ((cast.ebro, 2), (cast.isar, 2)):
            assert store.n_waiting(hub.pk) == partnering.n_waiting(acting(cast.lucia, hub)) == n

    def test_for_a_client_and_for_one_who_also_works_for_a_hub(self, cast: Cast) -> None:
        other = make_client(cast.isar, "Other Town")
        make_contact(other, "Maria Mayor")
        mine = make_request(cast.ebro, cast.elsewhere)
        Request.objects.filter(pk=mine.pk).update(turn_client=True, turn_hub_ids=[cast.silent.pk])
        theirs = make_request(cast.isar, other)
        Request.objects.filter(pk=theirs.pk).update(turn_client=True, turn_hub_ids=[])
        assert read(cast.mayor).n_waiting(None) == partnering.n_waiting(acting(cast.mayor)) == 1
        Membership.objects.create(user=cast.mayor, hub=cast.silent, role="staff")
        both = acting(cast.mayor, cast.silent)
        assert read(cast.mayor).n_waiting(cast.silent.pk) == partnering.n_waiting(both) == 1

    def test_nothing_for_people_of_the_network(self, cast: Cast) -> None:
        assert read(cast.steward).n_waiting(None) == 0

    def test_without_a_session_nothing_is_known(self) -> None:
        assert SessionStore().n_waiting(None) is None
