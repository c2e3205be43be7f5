"""When the network looks at how its cases go: days, hours and reasons of many, nothing about few. Source: BP-JD."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from cast import Cast
from django.test import Client as Browser
from factories import NOW, make_client, make_hub, make_request

from hansa.collaboration.models import Collaboration, Invitation, Request, TimeEntry
from hansa.collaboration.partnering import operations
from hansa.collaboration.scenarios import operations as scenarios
from hansa.collaboration.steps import queries
from hansa.foundation.actors import SYSTEM
from hansa.hubs.models import User


def play(n: int, *, at_need: int = 2, dropped: int = 0) -> list[Request]:
    """``n`` cases of as many hubs, each ``at_need`` + its number days in need; the first ``dropped`` end there."""
    cases = []
    for number in range(n):
        hub = make_hub(f"Hub {number}")
        case = make_request(hub, make_client(hub, f"Client {number}"), created_at=NOW, state_since=NOW)
        at = NOW + timedelta(days=at_need + number)
        operations.move(case, "cancel" if number < dropped else "understand", by=SYSTEM, at=at)
        cases.append(case)
    return cases


def of(state: str) -> queries.StepFigures:
    return next(step for step in queries.statistics_of("JD").steps if step.state == state)


@pytest.mark.django_db
class TestFigures:
    def test_the_middle_and_the_middle_half(self) -> None:
        play(5)
        step = of("need")
        assert (step.n_cases, step.days, step.days_from, step.days_to, step.n_dropped) == (5, 4.0, 3.0, 5.0, 0)

    def test_fewer_than_five_cases_say_nothing(self) -> None:
        play(4)
        assert (of("need").n_cases, of("need").days, queries.statistics_of("JD").n_cases) == (None, None, None)

    def test_many_cases_of_few_hubs_say_nothing_either(self) -> None:
        cases = play(6)
        Request.objects.filter(pk__in=[case.pk for case in cases[:3]]).update(lead=cases[0].lead)
        assert of("need").n_cases is None

    def test_few_that_ended_there_are_not_counted_out(self) -> None:
        play(9, dropped=3)
        assert of("need").n_dropped is None

    def test_many_that_ended_there_are(self) -> None:
        play(9, dropped=6)
        assert of("need").n_dropped == 6

    def test_a_case_that_came_back_stayed_both_times(self) -> None:
        for case in play(5, at_need=1):
            operations.move(case, "reopen", by=SYSTEM, at=NOW + timedelta(days=20))
            operations.move(case, "understand", by=SYSTEM, at=NOW + timedelta(days=23))
        assert of("need").days == 6.0

    def test_other_scenarios_do_not_count(self) -> None:
        Request.objects.filter(pk__in=[case.pk for case in play(5)]).update(scenario="MM")
        assert queries.statistics_of("JD").n_cases is None

    def test_hours_count_for_the_state_in_which_their_day_began(self) -> None:
        for case in play(5):
            collaboration = Collaboration.objects.create(request=case, starts_on=NOW.date())
            for days, hours in ((1, "2.00"), (300, "7.00")):
                TimeEntry.objects.create(
                    collaboration=collaboration,
                    hub=case.lead,
                    person=(user := User.objects.create(email=f"{case.pk}-{days}@example.org")),
                    entered_by=user,
                    on=(NOW + timedelta(days=days)).date(),
                    hours=Decimal(hours),
                    cost_item="JD-D1-C1",
                    at=NOW,
                )
        assert of("need").hours == 2.0

    def test_reasons_given_often_stand_by_name_and_the_others_together(self) -> None:
        cases = play(3)
        reasons = ["capacity"] * 5 + ["money"] * 3 + ["language"] * 2
        for number, reason in enumerate(reasons):
            hub = make_hub(f"Asked {number}")
            case = cases[number % 3]
            Invitation.objects.create(request=case, hub=hub, state="declined", decline_reason=reason, sent_at=NOW)
        assert queries.statistics_of("JD").reasons == (("No free capacity", 5), ("", 5))


def test_hubs_read_it_and_clients_do_not(cast: Cast, browse: Callable[[User], Browser]) -> None:
    scenarios.keep_shipped(at=NOW)
    assert "too few" in browse(cast.lucia).get("/scenarios/JD/how-it-goes/").content.decode()
    assert browse(cast.mayor).get("/scenarios/JD/how-it-goes/").status_code == 404
    assert browse(cast.lucia).get("/scenarios/nothing/how-it-goes/").status_code == 404


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow(django_assert_num_queries: Any) -> None:
    play(12)
    with django_assert_num_queries(4):
        queries.statistics_of("JD")
