"""When a case moves: along the table, one step at a time, and everybody sees whose turn it is."""

import pytest
from cast import Cast
from collaboration.partnering.casework import LATER, acting
from factories import NOW, make_request

from hansa.collaboration.models import Invitation, Request, RequestNote
from hansa.collaboration.partnering import operations, queries
from hansa.collaboration.partnering.states import MOVES, RequestState
from hansa.foundation.activity import Activity


@pytest.mark.parametrize("name", sorted(MOVES))
@pytest.mark.parametrize("state", RequestState.values)
def test_only_the_moves_of_the_table_are_possible(cast: Cast, name: str, state: str) -> None:
    request = make_request(cast.ebro, cast.elsewhere, state=state)
    by = acting(cast.lucia)
    if state not in MOVES[name].sources:
        with pytest.raises(operations.CannotMove):
            operations.move(request, name, by=by, at=LATER)
        return
    moved = operations.move(request, name, by=by, at=LATER, turn_hub_ids=[2, 1, 2], turn_client=True)
    assert moved.state == MOVES[name].target == request.state
    assert (request.turn_hub_ids, request.turn_client) == ([1, 2], True)


def test_a_move_that_does_not_exist_is_a_mistake(case: Request, cast: Cast) -> None:
    with pytest.raises(KeyError):
        operations.move(case, "teleport", by=acting(cast.lucia), at=NOW)


def test_every_step_is_in_the_log_once(case: Request, cast: Cast) -> None:
    operations.move(case, "understand", by=acting(cast.lucia), at=LATER)
    operations.move(case, "understand", by=acting(cast.lucia), at=LATER)
    row = Activity.objects.get(verb="request.moved")
    assert row.facts == {"move": "understand", "from": "need", "to": "shortlist"}


def test_the_team_stands_when_the_agreement_is_drafted(cast: Cast) -> None:
    request = make_request(cast.ebro, cast.elsewhere, state="inviting")
    operations.move(request, "draft", by=acting(cast.lucia), at=LATER)
    assert request.team_at == LATER


class TestProgress:
    def test_the_steps_before_are_done(self, case: Request) -> None:
        case.state = RequestState.SIGNING
        steps = queries.progress(case, audience="hub")
        assert [step.state for step in steps] == ["done", "done", "done", "now", "later", "later"]
        assert steps[4].note == "Usually 10 weeks"

    def test_a_closed_case_is_all_done(self, case: Request) -> None:
        case.state = RequestState.CLOSED
        assert {step.state for step in queries.progress(case)} == {"done"}

    def test_a_cancelled_case_leads_nowhere(self, case: Request) -> None:
        case.state = RequestState.CANCELLED
        assert {(step.state, step.href) for step in queries.progress(case)} == {("later", "")}

    def test_the_client_gets_no_link_to_the_shortlist(self, case: Request) -> None:
        case.state = RequestState.DELIVERING
        links = {step.key: step.href for step in queries.progress(case, audience="client")}
        assert links["need"] == f"/requests/{case.ref}/"
        assert (links["shortlist"], links["inviting"]) == ("", "")

    def test_it_asks_the_database_nothing(self, case: Request, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
        with django_assert_num_queries(0):
            queries.progress(case)


class TestWhoseTurn:
    def test_each_reader_gets_its_own_sentence(self, invited: list[Invitation], case: Request, cast: Cast) -> None:
        case.refresh_from_db()
        said = {who: str(queries.whose_turn(case, acting(getattr(cast, who)))) for who in ["lucia", "jonas", "mayor"]}
        assert said == {
            "lucia": "Waiting for Aarhus Food Robotics, Isar Edge Lab.",
            "jonas": "It is your turn.",
            "mayor": "Waiting for the partner hubs.",
        }

    def test_the_client_hears_that_its_hub_works(self, case: Request, cast: Cast) -> None:
        assert str(queries.whose_turn(case, acting(cast.mayor))) == "Waiting for Ebro Data Hub."


class TestCancel:
    def test_everybody_concerned_is_told_and_the_reason_stays_inside(
        self, invited: list[Invitation], case: Request, cast: Cast
    ) -> None:
        operations.cancel(case, by=acting(cast.lucia), at=LATER, reason="Elsewhere has no money.")
        row = Activity.objects.get(verb="request.cancelled")
        assert row.hub_ids == sorted([cast.ebro.pk, cast.isar.pk, cast.aarhus.pk])
        assert row.client_ids == [cast.elsewhere.pk]
        assert "money" not in str(row.facts)
        assert RequestNote.objects.get().text == "Elsewhere has no money."
        assert set(Invitation.objects.values_list("state", flat=True)) == {"withdrawn"}
        assert (case.state, case.turn_hub_ids) == ("cancelled", [])

    def test_the_client_may_cancel_too(self, case: Request, cast: Cast) -> None:
        assert operations.cancel(case, by=acting(cast.mayor), at=NOW, reason="Solved.").state == "cancelled"

    @pytest.mark.parametrize("who", ["jonas", "stranger", "steward"])
    def test_nobody_else_may(self, case: Request, cast: Cast, who: str) -> None:
        with pytest.raises(operations.CannotCancel):
            operations.cancel(case, by=acting(getattr(cast, who)), at=NOW, reason="Because.")

    def test_a_reason_is_needed(self, case: Request, cast: Cast) -> None:
        with pytest.raises(operations.CannotCancel, match="Say why"):
            operations.cancel(case, by=acting(cast.lucia), at=NOW, reason=" ")

    @pytest.mark.parametrize("state", ["delivering", "confirming", "closed", "cancelled"])
    def test_a_running_delivery_is_not_cancelled_here(self, case: Request, cast: Cast, state: str) -> None:
        Request.objects.filter(pk=case.pk).update(state=state)
        with pytest.raises(operations.CannotCancel):
            operations.cancel(case, by=acting(cast.lucia), at=NOW, reason="Because.")
