"""When an invited hub answers: once, for its own invitation, and the lead goes on when all have. Source: BP-JD-11."""

from datetime import timedelta

import pytest
from cast import Cast
from collaboration.partnering.casework import LATER, acting
from factories import NOW

from hansa.collaboration.models import Invitation, InvitationNote, Request, TeamPick
from hansa.collaboration.partnering import operations
from hansa.foundation.activity import Activity
from hansa.hubs.models import Hub


def test_a_yes_is_kept_with_who_and_when(invited: list[Invitation], cast: Cast) -> None:
    operations.answer(invited[0], is_yes=True, by=acting(cast.jonas), at=LATER)
    row = Invitation.objects.get(pk=invited[0].pk)
    assert (row.state, row.answered_by, row.answered_at) == ("accepted", cast.jonas, LATER)


def test_a_no_keeps_its_reason_and_frees_the_place(invited: list[Invitation], cast: Cast) -> None:
    operations.answer(
        invited[0], is_yes=False, reason="capacity", note="Not before May.", by=acting(cast.jonas), at=LATER
    )
    row = Invitation.objects.get(pk=invited[0].pk)
    assert (row.state, row.decline_reason, row.decline_note) == ("declined", "capacity", "Not before May.")
    assert not TeamPick.objects.filter(hub=cast.isar).exists()


def test_the_reason_is_optional_but_not_invented(invited: list[Invitation], cast: Cast) -> None:
    with pytest.raises(operations.CannotAnswer, match="one of the reasons"):
        operations.answer(invited[0], is_yes=False, reason="mood", by=acting(cast.jonas), at=LATER)
    operations.answer(invited[0], is_yes=False, by=acting(cast.jonas), at=LATER)


def test_it_is_the_leads_turn_when_all_have_answered(invited: list[Invitation], case: Request, cast: Cast) -> None:
    operations.answer(invited[0], is_yes=True, by=acting(cast.jonas), at=LATER)
    case.refresh_from_db()
    assert case.turn_hub_ids == [cast.aarhus.pk]
    operations.answer(invited[1], is_yes=False, by=acting(cast.mette), at=LATER)
    case.refresh_from_db()
    assert case.turn_hub_ids == [cast.ebro.pk]


@pytest.mark.parametrize("second", [True, False])
def test_an_answer_is_final(invited: list[Invitation], cast: Cast, second: bool) -> None:
    operations.answer(invited[0], is_yes=True, by=acting(cast.jonas), at=LATER)
    with pytest.raises(operations.CannotAnswer, match="answered already"):
        operations.answer(invited[0], is_yes=second, by=acting(cast.jonas), at=LATER)
    assert Activity.objects.filter(verb__in=["invitation.accepted", "invitation.declined"]).count() == 1


def test_an_invitation_taken_back_is_not_answered(invited: list[Invitation], cast: Cast) -> None:
    operations.take_back(invited[0], by=acting(cast.lucia), at=NOW)
    with pytest.raises(operations.CannotAnswer, match="taken back"):
        operations.answer(invited[0], is_yes=True, by=acting(cast.jonas), at=LATER)


def test_nobody_says_yes_to_what_the_client_withdrew(invited: list[Invitation], case: Request, cast: Cast) -> None:
    operations.withdraw_authorisation(case, by=acting(cast.mayor), at=NOW)
    with pytest.raises(operations.CannotAnswer):
        operations.answer(invited[0], is_yes=True, by=acting(cast.jonas), at=LATER)


@pytest.mark.parametrize("who", ["mette", "lucia", "stranger", "mayor", "steward"])
def test_no_other_hub_answers(invited: list[Invitation], cast: Cast, who: str) -> None:
    with pytest.raises(operations.CannotAnswer):
        operations.answer(invited[0], is_yes=True, by=acting(getattr(cast, who)), at=LATER)


def test_an_answer_after_the_day_still_counts(invited: list[Invitation], cast: Cast) -> None:
    Invitation.objects.filter(pk=invited[0].pk).update(answer_by=NOW.date())
    late = NOW + timedelta(days=30)
    assert operations.answer(invited[0], is_yes=True, by=acting(cast.jonas), at=late).state == "accepted"


def test_the_directory_learns_how_fast_the_hub_replies(invited: list[Invitation], cast: Cast) -> None:
    operations.answer(invited[0], is_yes=True, by=acting(cast.jonas), at=NOW + timedelta(days=2))
    assert Hub.objects.get(pk=cast.isar.pk).reply_days == 2


class TestQuestions:
    def test_a_question_is_the_leads_turn_until_it_answers(
        self, invited: list[Invitation], case: Request, cast: Cast
    ) -> None:
        operations.ask(invited[0], text="Which lines?", by=acting(cast.jonas), at=LATER)
        case.refresh_from_db()
        assert case.turn_hub_ids == sorted([cast.ebro.pk, cast.isar.pk, cast.aarhus.pk])
        operations.ask(invited[0], text="Packaging.", by=acting(cast.pau), at=LATER)
        case.refresh_from_db()
        assert case.turn_hub_ids == sorted([cast.isar.pk, cast.aarhus.pk])

    def test_the_other_invited_hub_does_not_learn_of_it(self, invited: list[Invitation], cast: Cast) -> None:
        operations.ask(invited[0], text="Which lines?", by=acting(cast.jonas), at=LATER)
        assert Activity.objects.get(verb="invitation.asked").hub_ids == sorted([cast.ebro.pk, cast.isar.pk])

    @pytest.mark.parametrize("who", ["mette", "stranger", "mayor", "steward"])
    def test_nobody_else_writes(self, invited: list[Invitation], cast: Cast, who: str) -> None:
        with pytest.raises(operations.CannotAsk):
            operations.ask(invited[0], text="Hello", by=acting(getattr(cast, who)), at=LATER)

    def test_the_lead_does_not_give_the_client_away(self, invited: list[Invitation], cast: Cast) -> None:
        with pytest.raises(operations.CannotAsk, match="still tells"):
            operations.ask(invited[0], text="It is the Municipality of Elsewhere", by=acting(cast.pau), at=LATER)
        assert not InvitationNote.objects.exists()

    def test_a_thread_that_is_over_is_closed(self, invited: list[Invitation], cast: Cast) -> None:
        operations.answer(invited[0], is_yes=False, by=acting(cast.jonas), at=LATER)
        with pytest.raises(operations.CannotAsk, match="over"):
            operations.ask(invited[0], text="Hello", by=acting(cast.pau), at=LATER)
