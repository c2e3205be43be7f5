"""When lead and client talk: the client confirms, corrects, answers; nobody else does."""

from datetime import timedelta

import pytest
from cast import Cast
from collaboration.partnering.casework import LATER, acting
from factories import NOW

from hansa.collaboration.models import Invitation, Request, RequestNote
from hansa.collaboration.partnering import operations
from hansa.foundation.activity import Activity


def test_the_client_says_yes_and_is_done(case: Request, cast: Cast) -> None:
    Request.objects.filter(pk=case.pk).update(turn_client=True)
    operations.confirm_understanding(case, by=acting(cast.mayor), at=LATER)
    case.refresh_from_db()
    assert (case.understood_at, case.turn_client, case.turn_hub_ids) == (LATER, False, [cast.ebro.pk])


def test_confirming_blocks_nothing_and_counts_once(case: Request, cast: Cast) -> None:
    for at in (NOW, LATER):
        operations.confirm_understanding(case, by=acting(cast.mayor), at=at)
    case.refresh_from_db()
    assert case.understood_at == NOW
    assert Activity.objects.filter(verb="request.understood").count() == 1


@pytest.mark.parametrize("who", ["jonas", "stranger", "steward", "mayor"])
def test_the_lead_alone_asks_the_client(invited: list[Invitation], case: Request, cast: Cast, who: str) -> None:
    """Source: BP-JD-12."""
    with pytest.raises(operations.CannotWrite):
        operations.ask_client(case, text="Which lines?", by=acting(getattr(cast, who)), at=LATER)
    assert not RequestNote.objects.exists()


@pytest.mark.parametrize("who", ["lucia", "jonas", "stranger", "steward"])
def test_nobody_confirms_for_the_client(case: Request, cast: Cast, who: str) -> None:
    with pytest.raises(operations.CannotConfirm):
        operations.confirm_understanding(case, by=acting(getattr(cast, who)), at=NOW)
    with pytest.raises(operations.CannotWrite):
        operations.tell(case, text="No.", by=acting(getattr(cast, who)), at=NOW)


def test_a_question_is_the_clients_turn_and_its_answer_the_leads(case: Request, cast: Cast) -> None:
    operations.ask_client(case, text="Which lines?", by=acting(cast.pau), at=NOW)
    case.refresh_from_db()
    assert case.turn_client
    operations.tell(case, text="All three.", by=acting(cast.mayor), at=LATER)
    case.refresh_from_db()
    assert (case.turn_client, case.turn_hub_ids) == (False, [cast.ebro.pk])
    assert list(RequestNote.objects.values_list("text", "from_client")) == [
        ("Which lines?", False),
        ("All three.", True),
    ]


def test_what_they_write_is_not_in_the_log(case: Request, cast: Cast) -> None:
    operations.tell(case, text="PRIVATE", by=acting(cast.mayor), at=NOW)
    assert not [row for row in Activity.objects.all() if "PRIVATE" in str(row.facts)]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_note_is_refused(case: Request, cast: Cast, text: str) -> None:
    with pytest.raises(operations.CannotWrite, match="few words"):
        operations.tell(case, text=text, by=acting(cast.mayor), at=NOW)


def test_a_note_that_is_too_long_is_refused_with_both_numbers(case: Request, cast: Cast) -> None:
    with pytest.raises(operations.CannotWrite, match=r"4000.*4001"):
        operations.ask_client(case, text="x" * 4001, by=acting(cast.pau), at=NOW)


def test_waiting_for_results_is_not_ended_by_a_note(case: Request, cast: Cast) -> None:
    Request.objects.filter(pk=case.pk).update(state="confirming", turn_client=True, turn_hub_ids=[])
    operations.tell(case, text="Almost.", by=acting(cast.mayor), at=NOW)
    case.refresh_from_db()
    assert case.turn_client


def test_a_second_press_writes_no_second_note(case: Request, cast: Cast) -> None:
    for who, say, verb in ((cast.pau, operations.ask_client, "asked"), (cast.mayor, operations.tell, "answered")):
        first = say(case, text="Which lines?", by=acting(who), at=NOW)
        again = say(case, text=" Which lines? ", by=acting(who), at=NOW + timedelta(seconds=2))
        assert first == again
        assert Activity.objects.filter(verb=f"request.{verb}").count() == 1
    operations.tell(case, text="Which lines?", by=acting(cast.mayor), at=LATER)
    assert RequestNote.objects.count() == 3


def test_nor_does_it_in_the_thread_of_an_invitation(invited: list[Invitation], cast: Cast) -> None:
    first, again = (
        operations.ask(invited[0], text="How old?", by=acting(cast.jonas), at=NOW + timedelta(seconds=n))
        for n in (0, 1)
    )
    assert first == again
    assert Activity.objects.filter(verb="invitation.asked").count() == 1
