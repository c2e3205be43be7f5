"""When two people act at the same moment: one of them wins, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from cast import Cast, make_cast
from collaboration.partnering.casework import LATER, acting, allow, invite, proposal
from django.db import connection
from factories import NOW, make_concept, make_request

from hansa.collaboration.models import ClientAuthorisation, Invitation, Request, TeamPick, Want
from hansa.collaboration.partnering import operations
from hansa.foundation.activity import Activity
from hansa.foundation.policies import Refusal
from hansa.hubs.directory.operations import ClientDraft
from hansa.hubs.models import Client

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at the same moment, each on its own connection; a refusal is an answer, any other error is not."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return act()
        except Refusal as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def case(cast: Cast) -> Request:
    request = make_request(cast.ebro, cast.elsewhere, contact=cast.mayor)
    Want.objects.create(request=request, concept=make_concept("technology", "edge-ai", "Edge AI"))
    allow(request, cast.mayor)
    operations.understand(request, by=acting(cast.lucia), at=NOW)
    return request


def test_two_clicks_on_send_make_one_request(cast: Cast) -> None:
    def send() -> Request:
        return operations.receive_need(
            hub_id=cast.ebro.pk,
            sender=operations.Sender(
                organisation=ClientDraft(name="Bakery", client_type="sme"), name="Nora", email="nora@example.org"
            ),
            words=operations.NeedWords(text="Our oven stops."),
            consent=operations.Consent(level="A2", granted_by="Nora", evidence="Ticked."),  # type: ignore[arg-type]
            at=NOW,
            key="k" * 32,
        )

    requests = at_once(send, send, send)
    assert len({request.pk for request in requests}) == 1
    assert Request.objects.count() == Client.objects.filter(name="Bakery").count() == 1
    assert Activity.objects.filter(verb="request.stated").count() == 1
    assert ClientAuthorisation.objects.count() == 1


def test_two_clicks_of_the_hub_make_one_request(cast: Cast) -> None:
    def send() -> Request:
        return operations.state_need_for_client(
            choice=operations.ClientChoice(client_id=cast.elsewhere.pk),
            words=operations.NeedWords(text="Our oven stops."),
            consent=None,
            by=acting(cast.lucia),
            at=NOW,
            key="k" * 32,
        )

    assert len({request.pk for request in at_once(send, send)}) == 1


def test_two_people_who_invite_the_same_hub_send_one_invitation(case: Request, cast: Cast) -> None:
    at_once(lambda: invite(case, cast.lucia, cast.isar), lambda: invite(case, cast.pau, cast.isar))
    assert Invitation.objects.count() == 1
    assert Activity.objects.filter(verb="invitation.sent").count() == 1


def test_picking_and_inviting_at_once_loses_nothing(case: Request, cast: Cast) -> None:
    at_once(
        lambda: operations.pick_team(case, add=[cast.aarhus.pk], by=acting(cast.pau), at=NOW),
        lambda: invite(case, cast.lucia, cast.isar),
    )
    assert set(TeamPick.objects.values_list("hub_id", flat=True)) == {cast.isar.pk, cast.aarhus.pk}
    case.refresh_from_db()
    assert case.state == "inviting"


def test_dropping_and_inviting_the_same_hub_ends_in_one_of_both(case: Request, cast: Cast) -> None:
    operations.pick_team(case, add=[cast.isar.pk], by=acting(cast.pau), at=NOW)
    dropped, _invited = at_once(
        lambda: operations.pick_team(case, drop=[cast.isar.pk], by=acting(cast.pau), at=NOW),
        lambda: invite(case, cast.lucia, cast.isar),
    )
    assert isinstance(dropped, operations.CannotPick) or dropped == []
    assert Invitation.objects.filter(state="sent").count() == TeamPick.objects.count() == 1


def test_answering_and_taking_back_at_once_ends_in_one_of_both(case: Request, cast: Cast) -> None:
    (invitation,) = invite(case, cast.lucia, cast.isar)
    answers = at_once(
        lambda: operations.answer(invitation, is_yes=True, by=acting(cast.jonas), at=LATER),
        lambda: operations.take_back(invitation, by=acting(cast.lucia), at=LATER),
    )
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    verbs = ["invitation.accepted", "invitation.withdrawn"]
    assert Activity.objects.filter(verb__in=verbs).count() == 1


def test_yes_and_no_at_once_is_one_answer(case: Request, cast: Cast) -> None:
    (invitation,) = invite(case, cast.lucia, cast.isar)
    answers = at_once(
        lambda: operations.answer(invitation, is_yes=True, by=acting(cast.jonas), at=LATER),
        lambda: operations.answer(invitation, is_yes=False, by=acting(cast.jonas), at=LATER),
    )
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1


def test_the_last_two_answers_at_once_hand_the_turn_to_the_lead(case: Request, cast: Cast) -> None:
    first, second = invite(case, cast.lucia, cast.isar, cast.aarhus)
    at_once(
        lambda: operations.answer(first, is_yes=True, by=acting(cast.jonas), at=LATER),
        lambda: operations.answer(second, is_yes=True, by=acting(cast.mette), at=LATER),
    )
    case.refresh_from_db()
    assert case.turn_hub_ids == [cast.ebro.pk]


def test_inviting_while_the_client_withdraws_never_shows_what_was_withdrawn(case: Request, cast: Cast) -> None:
    at_once(
        lambda: invite(case, cast.lucia, cast.isar),
        lambda: operations.withdraw_authorisation(case, by=acting(cast.mayor), at=NOW),
    )
    from hansa.collaboration.partnering import queries

    assert not queries.disclosed(Request.objects.get(pk=case.pk), cast.isar.pk, at=LATER).is_open


def test_two_agreements_at_once_leave_one_in_force(case: Request, cast: Cast) -> None:
    at_once(lambda: allow(case, cast.mayor, "A1"), lambda: allow(case, cast.lucia, "A3"))
    assert ClientAuthorisation.objects.filter(withdrawn_at=None).count() == 1


def test_one_of_two_moves_is_refused(case: Request, cast: Cast) -> None:
    Request.objects.filter(pk=case.pk).update(state="signing")
    answers = at_once(
        lambda: operations.move(case, "start", by=acting(cast.lucia), at=LATER),
        lambda: operations.move(Request.objects.get(pk=case.pk), "cancel", by=acting(cast.lucia), at=LATER),
    )
    assert sum(isinstance(answer, operations.CannotMove) for answer in answers) == 1


def test_adding_the_same_competence_at_once_asks_once(case: Request, cast: Cast) -> None:
    concept = make_concept("skill", "x", "X")
    add = lambda: operations.add_want(case, concept.pk, by=acting(cast.lucia), at=NOW)  # noqa: E731
    at_once(add, add)
    assert Want.objects.filter(concept=concept).count() == 1


def test_proposals_are_kept_apart(case: Request, cast: Cast) -> None:
    """Two different hubs invited at once are both invited."""
    send = lambda hub: operations.invite(  # noqa: E731
        case, proposals=[proposal(case, hub)], partner_text="Lines stop.", by=acting(cast.lucia), at=NOW
    )
    at_once(lambda: send(cast.isar), lambda: send(cast.aarhus))
    case.refresh_from_db()
    assert case.turn_hub_ids == sorted([cast.isar.pk, cast.aarhus.pk])
