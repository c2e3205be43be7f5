"""When a case follows a scenario with steps of the network's own: they are answered in order, and moves wait for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from cast import Cast, acting
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from factories import NOW

from hansa.collaboration.models import Request, StepEntry
from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.partnering import policies as cases
from hansa.collaboration.steps import operations, queries
from hansa.hubs.models import User

YES = {"may-it-begin": "yes"}


def shown(case: Request, user: User) -> dict[str, queries.ShownStep]:
    case.refresh_from_db()
    return {step.step.key: step for step in queries.steps_of(case, acting(user), at=NOW)}


def answer(case: Request, user: User, key: str, **given: object) -> StepEntry:
    return operations.answer(case, key=key, **({"answers": {}, "by": acting(user), "at": NOW} | given))  # type: ignore[arg-type]


def test_a_move_waits_and_says_for_what(case: Request, cast: Cast) -> None:
    with pytest.raises(partnering.CannotMove, match="Ethics form, Second look"):
        partnering.move(case, "invite", by=acting(cast.lucia), at=NOW)
    assert not cases.can_go_on(case, "invite")


def test_it_goes_on_when_all_is_done(case: Request, cast: Cast) -> None:
    answer(case, cast.mayor, "ethics-form", answers=YES)
    answer(case, cast.lucia, "second-look")
    partnering.move(case, "invite", by=acting(cast.lucia), at=NOW)
    assert case.state == "inviting"


def test_a_step_that_comes_after_another_waits_for_it(case: Request, cast: Cast) -> None:
    assert [key for key, step in shown(case, cast.lucia).items() if step.is_open] == ["ethics-form"]
    with pytest.raises(operations.CannotAnswerStep, match="others come first"):
        answer(case, cast.lucia, "second-look")
    answer(case, cast.mayor, "ethics-form", answers=YES)
    assert shown(case, cast.lucia)["second-look"].is_mine


def test_only_whose_turn_it_is_answers(case: Request, cast: Cast) -> None:
    for user in (cast.lucia, cast.jonas, cast.stranger, cast.steward):
        with pytest.raises(operations.CannotAnswerStep):
            answer(case, user, "ethics-form", answers=YES)


@pytest.mark.parametrize("answers", [{}, {"may-it-begin": ""}, {"cost": "5"}])
def test_what_is_required_must_be_answered(case: Request, cast: Cast, answers: dict[str, str]) -> None:
    with pytest.raises(operations.CannotAnswerStep, match="May it begin"):
        answer(case, cast.mayor, "ethics-form", answers=answers)


def test_a_step_for_all_is_done_when_the_last_hub_has_answered(case: Request, cast: Cast) -> None:
    Request.objects.filter(pk=case.pk).update(state="inviting", done_steps=["ethics-form", "second-look"])
    answer(case, cast.lucia, "rules-of-the-house", upload=SimpleUploadedFile("rules.pdf", b"%PDF"))
    step = shown(case, cast.lucia)["rules-of-the-house"]
    assert (step.is_done, step.waiting) == (False, ("Isar Edge Lab",))
    with pytest.raises(operations.CannotAnswerStep, match="Choose the file"):
        answer(case, cast.jonas, "rules-of-the-house")
    answer(case, cast.jonas, "rules-of-the-house", upload=SimpleUploadedFile("own.pdf", b"%PDF"))
    assert shown(case, cast.lucia)["rules-of-the-house"].is_done


def test_a_second_answer_takes_the_place_of_the_first(case: Request, cast: Cast) -> None:
    answer(case, cast.mayor, "ethics-form", answers={"may-it-begin": "no"})
    answer(case, cast.mayor, "ethics-form", answers=YES)
    entries = StepEntry.objects.filter(taken_back_at=None)
    assert [entry.answers for entry in entries] == [YES]


def test_taking_back_opens_it_again_until_the_case_has_gone_on(case: Request, cast: Cast) -> None:
    answer(case, cast.mayor, "ethics-form", answers=YES)
    operations.take_back(case, key="ethics-form", by=acting(cast.mayor), at=NOW)
    assert shown(case, cast.mayor)["ethics-form"].is_mine
    answer(case, cast.mayor, "ethics-form", answers=YES)
    Request.objects.filter(pk=case.pk).update(state="inviting")
    with pytest.raises(operations.CannotAnswerStep, match="gone on"):
        operations.take_back(case, key="ethics-form", by=acting(cast.mayor), at=NOW)


def test_a_partner_reads_nothing_that_the_client_or_the_lead_wrote(case: Request, cast: Cast) -> None:
    answer(case, cast.mayor, "ethics-form", answers=YES, note="We are Elsewhere.")
    answer(case, cast.lucia, "second-look", note="Only for us.")
    assert set(shown(case, cast.jonas)) == {"rules-of-the-house", "get-to-know-each-other"}
    assert set(shown(case, cast.mayor)) == {"ethics-form"}
    assert queries.case_for(acting(cast.stranger), case.ref) is None


def test_what_the_lead_writes_for_all_does_not_name_the_client(case: Request, cast: Cast) -> None:
    Request.objects.filter(pk=case.pk).update(state="inviting", done_steps=["ethics-form", "second-look"])
    upload = SimpleUploadedFile("rules.pdf", b"%PDF")
    with pytest.raises(operations.CannotAnswerStep, match="Municipality of Elsewhere"):
        answer(case, cast.lucia, "rules-of-the-house", note="For the Municipality of Elsewhere.", upload=upload)


def test_a_deadline_passes(case: Request, cast: Cast) -> None:
    Request.objects.filter(pk=case.pk).update(state_since=NOW - timedelta(days=9))
    step = shown(case, cast.mayor)["ethics-form"]
    assert (step.due_on, step.is_late) == ((NOW - timedelta(days=2)).date(), True)


def test_it_waits_on_the_page_of_today(case: Request, cast: Cast) -> None:
    assert [item.name for item in queries.waiting_for(acting(cast.mayor), at=NOW)] == ["Ethics form"]
    assert queries.waiting_for(acting(cast.stranger), at=NOW) == []


class TestFollow:
    def test_a_case_follows_another_before_hubs_are_invited(self, case: Request, cast: Cast) -> None:
        answer(case, cast.mayor, "ethics-form", answers=YES)
        partnering.follow(case, key="JD", version="2026.1", by=acting(cast.lucia), at=NOW)
        case.refresh_from_db()
        assert (case.scenario, case.done_steps) == ("JD", [])
        partnering.move(case, "invite", by=acting(cast.lucia), at=NOW)
        with pytest.raises(partnering.CannotMove, match="keeps its scenario"):
            partnering.follow(case, key="with-ethics", version="1", by=acting(cast.lucia), at=NOW)

    @pytest.mark.parametrize(("key", "number"), [("NS", "2026.1"), ("JD", "1"), ("nothing", "1")])
    def test_only_one_that_is_offered_for_such_a_case(self, case: Request, cast: Cast, key: str, number: str) -> None:
        with pytest.raises(partnering.CannotMove, match="not offered"):
            partnering.follow(case, key=key, version=number, by=acting(cast.lucia), at=NOW)


class TestPages:
    def test_the_client_answers_and_the_lead_goes_on(
        self, case: Request, cast: Cast, browse: Callable[[User], Browser]
    ) -> None:
        at = f"/requests/{case.ref}/steps/"
        client, lead = browse(cast.mayor), browse(cast.lucia)
        assert "Ethics form" in client.get("/today/").content.decode()
        refused = client.post(f"{at}ethics-form/", {"ethics-form-cost": "-3", "ethics-form-note": "kept"})
        assert refused.status_code == 422
        assert "kept" in refused.content.decode()
        assert client.post(f"{at}ethics-form/", {"ethics-form-may-it-begin": "yes"}).status_code == 303
        assert "May it begin" in lead.get(at).content.decode()
        assert lead.post(f"{at}second-look/", {}).status_code == 303
        assert "A step is done: Second look" in lead.get(f"/requests/{case.ref}/history/").content.decode()

    def test_files_are_for_those_who_may_read_them(
        self, case: Request, cast: Cast, browse: Callable[[User], Browser]
    ) -> None:
        Request.objects.filter(pk=case.pk).update(state="inviting", done_steps=["ethics-form", "second-look"])
        upload = SimpleUploadedFile("rules.html", b"<script>alert(1)</script>", "text/html")
        entry = answer(case, cast.lucia, "rules-of-the-house", upload=upload)
        at = f"/requests/{case.ref}/steps/handed-in/{entry.pk}/"
        answered = browse(cast.jonas).get(at)
        assert answered.headers["Content-Disposition"] == 'attachment; filename="rules.html"'
        assert answered.headers["X-Content-Type-Options"] == "nosniff"
        assert browse(cast.stranger).get(at).status_code == 404
        assert browse(cast.mayor).get(at).status_code == 404

    def test_a_case_without_such_steps_has_no_such_page(
        self, case: Request, cast: Cast, browse: Callable[[User], Browser]
    ) -> None:
        Request.objects.filter(pk=case.pk).update(scenario="JD", scenario_version="2026.1")
        assert browse(cast.lucia).get(f"/requests/{case.ref}/steps/").status_code == 404
        assert "Further steps" not in browse(cast.lucia).get(f"/requests/{case.ref}/").content.decode()

    def test_the_lead_chooses_the_scenario(self, case: Request, cast: Cast, browse: Callable[[User], Browser]) -> None:
        lead, at = browse(cast.lucia), f"/requests/{case.ref}/scenario/"
        assert "With ethics" in lead.get(at).content.decode()
        assert lead.post(at, {"scenario": "NS/2026.1"}).status_code == 422
        assert lead.post(at, {"scenario": "JD/2026.1"}).status_code == 303
        assert browse(cast.jonas).get(at).status_code == 404
