"""When the client withdraws while mails are on their way. Source: BP-AUTH-07."""

import email
import socket
from collections.abc import Iterator
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cast import Cast, acting, make_cast
from factories import NOW, make_authorisation, make_request

from hansa.collaboration.models import Disclosure, Invitation, Request
from hansa.collaboration.partnering import operations as partnering
from hansa.foundation import activity
from hansa.pulse.models import Notice
from hansa.pulse.notices import operations


class _Sink:
    """Keeps what a mail server was given."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 kept"


@pytest.fixture
def sink(settings: Any) -> Iterator[_Sink]:
    sink = _Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield sink
    controller.stop()


@pytest.fixture
def cast(db: Any) -> Cast:
    return make_cast()


def invited(cast: Cast) -> tuple[Request, list[Notice]]:
    """Return a case to which two hubs are invited, and the mails that wait for them."""
    case = make_request(cast.ebro, cast.elsewhere, contact=cast.mayor, state="inviting")
    held = make_authorisation(case, "A2")
    for hub in (cast.isar, cast.aarhus):
        invitation = Invitation.objects.create(request=case, hub=hub, sent_at=NOW)
        Disclosure.objects.create(request=case, hub=hub, authorisation=held, fields=["wants"], at=NOW)
        row = activity.record(
            "invitation.sent",
            actor=acting(cast.lucia),
            subject=invitation,
            at=NOW,
            case_ref=case.ref,
            facts={"hub_id": hub.pk, "invitation": invitation.ref},
            hub_ids=[cast.ebro.pk, hub.pk],
        )
        operations.tell(row, at=NOW)
    return case, list(Notice.objects.order_by("pk"))


def test_what_was_not_sent_yet_is_not_sent(cast: Cast, sink: _Sink) -> None:
    case, (first, second) = invited(cast)

    operations.mail(first, at=NOW)
    partnering.withdraw_authorisation(case, by=acting(cast.mayor), at=NOW)
    operations.mail(second, at=NOW)

    assert [mail["To"] for mail in sink.mails] == [cast.jonas.email]
    second.refresh_from_db()
    assert second.mailed_at is None


def test_each_hub_that_read_something_is_asked_to_delete(cast: Cast, sink: _Sink) -> None:
    case, _notices = invited(cast)
    partnering.withdraw_authorisation(case, by=acting(cast.mayor), at=NOW)
    row = activity.Activity.objects.get(verb="authorisation.withdrawn")

    for notice in operations.tell(row, at=NOW):
        operations.mail(notice, at=NOW)

    asked = {mail["To"] for mail in sink.mails if "withdrew" in mail["Subject"]}
    assert {cast.jonas.email, cast.mette.email, cast.lucia.email} <= asked


def test_a_hub_that_said_no_meanwhile_hears_no_more(cast: Cast, sink: _Sink) -> None:
    _case, (first, _second) = invited(cast)
    Invitation.objects.filter(hub=cast.isar).update(state="declined")

    operations.mail(first, at=NOW)

    assert sink.mails == []
