"""When hubs are invited: only with the client's agreement, without its name, and each hub once.

Source: BP-JD-11, BP-AUTH-01.
"""

from decimal import Decimal

import pytest
from cast import Cast
from collaboration.partnering.casework import LATER, acting, allow, invite, proposal
from factories import NOW, make_hub

from hansa.collaboration.models import Invitation, Request, TeamPick
from hansa.collaboration.partnering import operations
from hansa.collaboration.partnering.queries.consent import disclosed
from hansa.foundation.activity import Activity


@pytest.fixture
def clear(case: Request, cast: Cast) -> Request:
    operations.understand(case, by=acting(cast.lucia), at=NOW)
    return case


def test_they_are_asked_and_it_is_their_turn(clear: Request, cast: Cast) -> None:
    allow(clear, cast.mayor)
    want = clear.wants.first()
    asked = proposal(clear, cast.isar, want_ids=(want.pk,), effort_days=5, fee_eur=Decimal(3000), message="Join us?")
    (invitation,) = operations.invite(
        clear,
        proposals=[asked],
        partner_text="Lines stop.",
        working_languages=["es"],
        by=acting(cast.pau),
        at=LATER,
    )
    clear.refresh_from_db()
    assert (clear.state, clear.turn_hub_ids, clear.partner_text) == ("inviting", [cast.isar.pk], "Lines stop.")
    assert (invitation.effort_days, invitation.fee_eur, invitation.message) == (5, 3000, "Join us?")
    assert list(invitation.wants.all()) == [want]


def test_the_text_is_marked_with_its_own_language(clear: Request, cast: Cast) -> None:
    allow(clear, cast.mayor)
    Request.objects.filter(pk=clear.pk).update(language="pl")
    words = "The oven stops twice a month without warning, and nobody in our company knows why it happens."
    invite(clear, cast.lucia, cast.isar, text=words)
    assert disclosed(Request.objects.get(pk=clear.pk), cast.isar.pk, at=LATER).language == "en"


def test_each_invited_hub_is_told_alone(clear: Request, cast: Cast) -> None:
    allow(clear, cast.mayor)
    invite(clear, cast.lucia, cast.isar, cast.aarhus)
    rows = Activity.objects.filter(verb="invitation.sent").order_by("pk")
    assert [row.hub_ids for row in rows] == [[cast.ebro.pk, cast.isar.pk], [cast.ebro.pk, cast.aarhus.pk]]
    assert all(cast.elsewhere.name not in str(row.facts) for row in rows)


@pytest.mark.parametrize("level", [None, "A0"])
def test_nobody_is_invited_without_agreement(clear: Request, cast: Cast, level: str | None) -> None:
    if level:
        allow(clear, cast.mayor, level)
    with pytest.raises(operations.CannotInvite):
        invite(clear, cast.lucia, cast.isar)
    assert not Invitation.objects.exists()


def test_nobody_is_invited_after_withdrawal(clear: Request, cast: Cast) -> None:
    allow(clear, cast.mayor)
    operations.withdraw_authorisation(clear, by=acting(cast.mayor), at=NOW)
    with pytest.raises(operations.CannotInvite):
        invite(clear, cast.lucia, cast.isar)


@pytest.mark.parametrize(
    "text",
    [
        "The Municipality of Elsewhere needs help.",
        "the MUNICIPALITY of elsewhere needs help",
        "Ask Maria Mayor.",
        "Write to mayor@elsewhere.example.",
        "Ring +34 976 123 456.",
        "www.elsewhere.example",
    ],
)
def test_a_text_that_names_the_client_does_not_leave(clear: Request, cast: Cast, text: str) -> None:
    allow(clear, cast.mayor, "A4")
    with pytest.raises(operations.CannotInvite, match="still tells who the client is"):
        invite(clear, cast.lucia, cast.isar, text=text)
    assert not Invitation.objects.exists()


def test_a_personal_line_that_names_the_client_does_not_leave_either(clear: Request, cast: Cast) -> None:
    allow(clear, cast.mayor)
    asked = proposal(clear, cast.isar, message="It is for the Municipality of Elsewhere.")
    with pytest.raises(operations.CannotInvite, match="still tells"):
        operations.invite(clear, proposals=[asked], partner_text="Lines.", by=acting(cast.pau), at=NOW)


def test_a_second_click_sends_nothing(clear: Request, cast: Cast) -> None:
    allow(clear, cast.mayor)
    assert len(invite(clear, cast.lucia, cast.isar)) == 1
    assert invite(clear, cast.lucia, cast.isar) == []
    assert Invitation.objects.count() == 1
    assert Activity.objects.filter(verb="invitation.sent").count() == 1


def test_more_hubs_can_follow(clear: Request, cast: Cast) -> None:
    allow(clear, cast.mayor)
    invite(clear, cast.lucia, cast.isar)
    invite(clear, cast.lucia, cast.isar, cast.aarhus)
    clear.refresh_from_db()
    assert clear.turn_hub_ids == sorted([cast.isar.pk, cast.aarhus.pk])


def test_the_own_hub_is_not_invited(clear: Request, cast: Cast) -> None:
    allow(clear, cast.mayor)
    with pytest.raises(operations.CannotInvite, match="Your own hub"):
        invite(clear, cast.lucia, cast.ebro)


def test_a_hub_that_left_the_directory_is_not_invited(clear: Request, cast: Cast) -> None:
    allow(clear, cast.mayor)
    with pytest.raises(operations.CannotInvite, match="no longer in the directory"):
        invite(clear, cast.lucia, make_hub(is_listed=False))


def test_something_is_asked_of_each_hub(clear: Request, cast: Cast) -> None:
    allow(clear, cast.mayor)
    with pytest.raises(operations.CannotInvite, match="what it is asked for"):
        operations.invite(
            clear,
            proposals=[proposal(clear, cast.isar, want_ids=())],
            partner_text="Lines.",
            by=acting(cast.pau),
            at=NOW,
        )


@pytest.mark.parametrize("who", ["mayor", "jonas", "stranger", "steward"])
def test_only_the_lead_invites(clear: Request, cast: Cast, who: str) -> None:
    allow(clear, cast.mayor)
    with pytest.raises(operations.CannotInvite):
        invite(clear, getattr(cast, who), cast.isar)


def test_an_invitation_can_be_taken_back_until_it_is_answered(
    invited: list[Invitation], case: Request, cast: Cast
) -> None:
    operations.take_back(invited[0], by=acting(cast.pau), at=LATER)
    operations.answer(invited[1], is_yes=True, by=acting(cast.mette), at=LATER)
    with pytest.raises(operations.CannotTakeBack, match="answered already"):
        operations.take_back(invited[1], by=acting(cast.pau), at=LATER)
    case.refresh_from_db()
    assert case.turn_hub_ids == [cast.ebro.pk]
    assert not TeamPick.objects.filter(hub=cast.isar).exists()


def test_a_hub_that_said_yes_can_be_let_go_before_the_agreement(
    invited: list[Invitation], case: Request, cast: Cast
) -> None:
    operations.answer(invited[0], is_yes=True, by=acting(cast.jonas), at=LATER)
    operations.let_go(invited[0], by=acting(cast.lucia), at=LATER)
    invited[0].refresh_from_db()
    assert invited[0].state == "withdrawn"
    Request.objects.filter(pk=case.pk).update(state="agreeing")
    Invitation.objects.filter(pk=invited[1].pk).update(state="accepted")
    with pytest.raises(operations.CannotTakeBack, match="agreement is drafted"):
        operations.let_go(Invitation.objects.get(pk=invited[1].pk), by=acting(cast.lucia), at=LATER)


@pytest.mark.parametrize("who", ["jonas", "mette", "stranger", "mayor", "steward"])
def test_nobody_else_takes_it_back(invited: list[Invitation], cast: Cast, who: str) -> None:
    with pytest.raises(operations.CannotTakeBack):
        operations.take_back(invited[0], by=acting(getattr(cast, who)), at=LATER)


def test_a_hub_can_be_invited_again_after_it_was_taken_back(
    invited: list[Invitation], case: Request, cast: Cast
) -> None:
    operations.take_back(invited[0], by=acting(cast.pau), at=LATER)
    assert len(invite(case, cast.lucia, cast.isar)) == 1


def test_the_lead_looks_for_further_hubs_while_others_still_answer(
    invited: list[Invitation], case: Request, cast: Cast
) -> None:
    operations.back_to_shortlist(case, by=acting(cast.pau), at=LATER)
    case.refresh_from_db()
    assert (case.state, case.turn_hub_ids) == ("shortlist", [cast.ebro.pk])
    operations.answer(invited[0], is_yes=True, by=acting(cast.jonas), at=LATER)
    case.refresh_from_db()
    assert case.turn_hub_ids == [cast.ebro.pk]
