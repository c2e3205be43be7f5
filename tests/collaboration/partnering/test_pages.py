"""When the lead works on a request: the pages do what the operations say, with and without scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from collaboration.partnering.casework import acting, allow, invite
from django.test import Client as Browser
from django.utils import timezone
from factories import NOW, make_client, make_concept, make_hub, make_request
from openpyxl import load_workbook

from hansa.collaboration.models import Invitation, Request, Want
from hansa.collaboration.partnering import operations
from hansa.hubs.models import Competence, User
from hansa.hubs.taxonomy import queries as taxonomy

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lead(cast: Cast, browse: Callable[[User], Browser]) -> Browser:
    return browse(cast.lucia)


@pytest.fixture
def skills(case: Request, cast: Cast) -> list[Want]:
    """Isar proves the first want, Aarhus claims the second, Silent proves the second."""
    first, second = case.wants.all()
    Competence.objects.create(hub=cast.isar, skill=first.concept, evidence="Three projects on edge devices.")
    Competence.objects.create(hub=cast.aarhus, skill=second.concept)
    Competence.objects.create(hub=cast.silent, skill=second.concept, evidence="A test bench since 2021.")
    return [first, second]


class TestNeed:
    def test_the_words_that_were_found_are_marked(self, lead: Browser, case: Request) -> None:
        Request.objects.filter(pk=case.pk).update(text="We need Edge AI now.")
        page = lead.get(f"/requests/{case.ref}/").content.decode()
        want = case.wants.first()
        assert f'We need <mark id="words-{want.pk}">Edge AI</mark> now.' in page

    def test_the_words_that_weigh_a_want_are_shown_until_somebody_weighs_it(self, lead: Browser, case: Request) -> None:
        want = case.wants.first()
        Want.objects.filter(pk=want.pk).update(must_have=False, weight_words="if <possible>")
        shown = 'nice to have because of <q dir="auto">if &lt;possible&gt;</q>'
        assert shown in lead.get(f"/requests/{case.ref}/").content.decode()
        lead.post(f"/requests/{case.ref}/wants/{want.pk}/weigh/", {"must_have": "1"})
        assert "because of" not in lead.get(f"/requests/{case.ref}/").content.decode()

    def test_it_says_when_the_words_were_read_without_the_model(
        self, lead: Browser, case: Request, settings: Any
    ) -> None:
        said = "Read by words alone"
        settings.LANGUAGE_MODEL = False
        assert said in lead.get(f"/requests/{case.ref}/").content.decode()

    def test_one_click_keeps_or_removes(self, lead: Browser, case: Request) -> None:
        first, second = case.wants.all()
        answer = lead.post(f"/requests/{case.ref}/wants/{first.pk}/keep/")
        assert (answer.status_code, answer["Location"]) == (303, f"/requests/{case.ref}/#wants")
        lead.post(f"/requests/{case.ref}/wants/{second.pk}/remove/")
        assert list(case.wants.values_list("state", flat=True)) == ["accepted", "rejected"]

    def test_with_scripts_the_answer_is_the_parts_of_the_page_that_change(self, lead: Browser, case: Request) -> None:
        want = case.wants.first()
        headers = HTMX | {"HX-Target": "wants"}
        answer = lead.post(f"/requests/{case.ref}/wants/{want.pk}/keep/", headers=headers).content.decode().strip()
        part, words = (piece.strip() for piece in answer.split("</form>"))
        assert part.startswith('<form class="card" id="wants"')
        assert words.startswith('<section class="card " id="words"')
        page = lead.get(f"/requests/{case.ref}/").content.decode()
        announced = part.replace(part[part.index(" data-announce") : part.index(">", part.index(" data-announce"))], "")
        assert _without_tokens(announced) in _without_tokens(page)
        assert _without_tokens(words) in _without_tokens(page)

    def test_a_refused_click_says_why(self, lead: Browser, case: Request) -> None:
        Request.objects.filter(pk=case.pk).update(state="agreeing")
        answer = lead.post(f"/requests/{case.ref}/wants/{case.wants.first().pk}/keep/")
        assert answer.status_code == 422
        assert "invited already" in answer.content.decode()

    def test_a_competence_is_found_by_its_words_and_added(self, lead: Browser, case: Request) -> None:
        operations.remove_want(case, case.wants.last().pk, by=acting(User.objects.get(name="Pau Vidal")), at=NOW)
        concept = make_concept("technology", "twins", "Digital twins")
        operations_before = case.wants.count()
        lead.post(f"/requests/{case.ref}/wants/add/", {"concept": concept.pk, "must_have": "0"})
        assert case.wants.count() == operations_before + 1
        assert not case.wants.get(concept=concept).must_have

    @pytest.mark.parametrize("concept", ["", "x", "-1", "9" * 30])
    def test_a_concept_that_is_none_is_refused(self, lead: Browser, case: Request, concept: str) -> None:
        assert lead.post(f"/requests/{case.ref}/wants/add/", {"concept": concept}).status_code == 422

    def test_a_clear_need_leads_to_the_shortlist(self, lead: Browser, case: Request) -> None:
        assert lead.post(f"/requests/{case.ref}/clear/")["Location"] == f"/requests/{case.ref}/shortlist/"

    def test_what_the_own_hub_covers_stands_apart(self, lead: Browser, case: Request, cast: Cast) -> None:
        """Source: BP-JD-03."""
        Competence.objects.create(hub=cast.ebro, skill=case.wants.first().concept)
        page = " ".join(lead.get(f"/requests/{case.ref}/").content.decode().split())
        covers, missing = page.split("<h3>Your hub covers</h3>")[1].split("<h3>Missing</h3>")
        assert "Edge AI" in covers
        assert "Vibration analysis" not in covers
        assert "Vibration analysis" in missing.split("</form>")[0]


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r"\s+", " ", re.sub(r'value="[A-Za-z0-9]{64}"', "", page))


@pytest.mark.usefixtures("skills")
class TestShortlist:
    def test_the_matrix_shows_who_covers_what_with_its_evidence(self, lead: Browser, case: Request, cast: Cast) -> None:
        board = lead.get(f"/requests/{case.ref}/shortlist/").context["board"]
        marks = {
            (row["name"], hub["name"]): mark["cover"]
            for row in board.table["rows"]
            for hub, mark in zip(board.table["hubs"], row["marks"], strict=True)
        }
        assert marks["Edge AI", "Isar Edge Lab"] == "yes"
        assert marks["Edge AI", "Aarhus Food Robotics"] == "no"
        assert marks["Vibration analysis", "Aarhus Food Robotics"] == "partly"
        assert "Three projects on edge devices." in lead.get(f"/requests/{case.ref}/shortlist/").content.decode()

    def test_the_proposed_team_covers_everything_and_is_proven(self, lead: Browser, case: Request, cast: Cast) -> None:
        """Source: BP-JD-10."""
        proposed = lead.get(f"/requests/{case.ref}/shortlist/").context["board"].proposed
        assert proposed["hub_ids"] == [cast.isar.pk, cast.silent.pk]
        assert proposed["is_proven"]
        assert proposed["panel"]["covered"] == 2

    def test_other_teams_say_what_differs_and_are_taken_over_at_one_press(
        self, lead: Browser, case: Request, cast: Cast
    ) -> None:
        address = f"/requests/{case.ref}/shortlist/"
        page = lead.get(address)
        (other,) = page.context["board"].proposed["others"]
        assert set(other["hub_ids"]) == {cast.isar.pk, cast.aarhus.pk}
        assert f"{cast.aarhus.name} instead of {cast.silent.name}." in page.content.decode()
        lead.post(f"/requests/{case.ref}/shortlist/team/", {"only": ",".join(map(str, other["hub_ids"]))})
        board = lead.get(address).context["board"]
        assert board.proposed["others"][0]["is_picked"]
        assert not board.is_proposed

    def test_using_the_proposed_team_picks_it(self, lead: Browser, case: Request, cast: Cast) -> None:
        lead.post(f"/requests/{case.ref}/shortlist/team/", {"only": f"{cast.isar.pk},{cast.silent.pk}"})
        assert set(case.picks.values_list("hub_id", flat=True)) == {cast.isar.pk, cast.silent.pk}
        assert lead.get(f"/requests/{case.ref}/shortlist/").context["board"].is_proposed

    def test_boxes_change_only_the_hubs_that_were_shown(self, lead: Browser, case: Request, cast: Cast) -> None:
        by = acting(cast.lucia)
        operations.pick_team(case, add=[cast.isar.pk, cast.aarhus.pk], by=by, at=NOW)
        lead.post(
            f"/requests/{case.ref}/shortlist/team/",
            {"shown": [cast.isar.pk, cast.silent.pk], "hub": [cast.silent.pk]},
        )
        assert set(case.picks.values_list("hub_id", flat=True)) == {cast.aarhus.pk, cast.silent.pk}

    def test_with_scripts_the_answer_is_the_board_of_a_fresh_page(
        self, lead: Browser, case: Request, cast: Cast
    ) -> None:
        headers = HTMX | {"HX-Target": "board"}
        part = lead.post(
            f"/requests/{case.ref}/shortlist/team/",
            {"shown": [cast.isar.pk], "hub": [cast.isar.pk]},
            headers=headers,
        ).content.decode()
        assert part.strip().startswith('<form id="board"')
        page = lead.get(f"/requests/{case.ref}/shortlist/?added={cast.isar.pk}").content.decode()
        spoken = part[part.index('<p class="sr" data-announce') :]
        spoken = spoken[: spoken.index("</p>") + 4]
        assert _without_tokens(part.replace(spoken, "")).strip() in _without_tokens(page)

    @pytest.mark.parametrize("hub", ["x", "", "9" * 40, "-4"])
    def test_nonsense_picks_nobody(self, lead: Browser, case: Request, hub: str) -> None:
        assert lead.post(f"/requests/{case.ref}/shortlist/team/", {"add": hub}).status_code == 303
        assert not case.picks.exists()

    def test_limits_bind_the_team_and_say_what_stands_in_the_way(
        self, lead: Browser, case: Request, cast: Cast
    ) -> None:
        """Source: BP-JD-10."""
        lead.post(f"/requests/{case.ref}/shortlist/limits/", {"max_partners": "1"})
        proposed = lead.get(f"/requests/{case.ref}/shortlist/").context["board"].proposed
        assert proposed["status"] == "infeasible"
        assert "2 partners are needed, the limit is 1." in proposed["panel"]["cons"]

    def test_a_hub_that_is_no_fit_is_left_out(self, lead: Browser, case: Request, cast: Cast) -> None:
        lead.post(f"/requests/{case.ref}/shortlist/leave-out/", {"leave_out": cast.silent.pk})
        board = lead.get(f"/requests/{case.ref}/shortlist/").context["board"]
        assert board.proposed["hub_ids"] == [cast.isar.pk, cast.aarhus.pk]
        assert cast.silent.pk not in [row["id"] for row in board.candidates]
        assert board.left_out == [(cast.silent.pk, "Silent Bay Hub")]

    @pytest.mark.parametrize("value", ["0", "-1", "x", "21"])
    def test_limits_that_make_no_sense_are_refused_and_kept(self, lead: Browser, case: Request, value: str) -> None:
        answer = lead.post(f"/requests/{case.ref}/shortlist/limits/", {"max_partners": value})
        assert answer.status_code == 422
        assert f'value="{value}"' in answer.content.decode()
        case.refresh_from_db()
        assert case.limits == {}

    def test_stored_limits_of_an_older_version_do_not_break_the_page(self, lead: Browser, case: Request) -> None:
        Request.objects.filter(pk=case.pk).update(limits={"max_partners": -3, "unknown": 1})
        answer = lead.get(f"/requests/{case.ref}/shortlist/")
        assert "must be 0 or more" in answer.content.decode()

    def test_a_picked_hub_that_covers_nothing_is_still_in_the_team(
        self, lead: Browser, case: Request, cast: Cast
    ) -> None:
        other = make_hub("Nothing Hub")
        operations.pick_team(case, add=[other.pk], by=acting(cast.lucia), at=NOW)
        team = lead.get(f"/requests/{case.ref}/shortlist/").context["board"].team
        assert [member["role"] for member in team["members"][1:]] == ["Covers nothing asked for"]

    def test_a_team_that_fails_its_check_is_not_called_proven(
        self, lead: Browser, case: Request, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        from hansa.collaboration.partnering.queries.matching import problem

        monkeypatch.setattr(problem, "check_team", lambda **asked: ("a goal's value is wrong",))
        page = lead.get(f"/requests/{case.ref}/shortlist/")
        assert not page.context["board"].proposed["is_proven"]
        assert "Not proven to be the best." in page.content.decode()
        assert "a goal's value is wrong" in caplog.text


def test_a_shortlist_without_wants_says_what_to_do(lead: Browser, case: Request) -> None:
    case.wants.all().delete()
    page = lead.get(f"/requests/{case.ref}/shortlist/").content.decode()
    assert "Nothing to compare yet" in page


@pytest.mark.usefixtures("skills")
class TestInvite:
    @pytest.fixture
    def picked(self, case: Request, cast: Cast) -> Request:
        Request.objects.filter(pk=case.pk).update(
            text="The Municipality of Elsewhere needs Edge AI. Call Maria Mayor, +34 976 123 456."
        )
        operations.pick_team(case, add=[cast.isar.pk, cast.silent.pk], by=acting(cast.lucia), at=NOW)
        allow(case, cast.mayor)
        return case

    def fields(self, page: Any, **changed: Any) -> dict[str, Any]:
        """What the form would send as it stands on the page."""
        given: dict[str, Any] = {"partner_text": page.context["shared"].initial["partner_text"]}
        for row in page.context["rows"]:
            prefix = row["form"].prefix
            given[f"{prefix}-is_asked"] = "on"
            given[f"{prefix}-wants"] = row["form"].initial["wants"]
            given[f"{prefix}-answer_by"] = row["form"].initial["answer_by"].isoformat()
        return given | changed

    def test_the_text_is_proposed_without_names(self, lead: Browser, picked: Request) -> None:
        page = lead.get(f"/requests/{picked.ref}/invite/")
        text = page.context["shared"].initial["partner_text"]
        assert text == "The [the client] needs Edge AI. Call [contact person], [phone number]."

    def test_each_hub_is_asked_for_what_it_brings(
        self, lead: Browser, picked: Request, cast: Cast, skills: list[Want]
    ) -> None:
        rows = lead.get(f"/requests/{picked.ref}/invite/").context["rows"]
        assert {row["hub"].hub_id: row["form"].initial["wants"] for row in rows} == {
            cast.isar.pk: [skills[0].pk],
            cast.silent.pk: [skills[1].pk],
        }

    def test_sending_asks_the_hubs(self, lead: Browser, picked: Request, cast: Cast) -> None:
        page = lead.get(f"/requests/{picked.ref}/invite/")
        isar = f"hub-{cast.isar.pk}"
        given = self.fields(page, **{f"{isar}-effort_days": "12", f"{isar}-fee_eur": "6.000"})
        answer = lead.post(f"/requests/{picked.ref}/invite/", given)
        assert answer.status_code == 303
        invitation = Invitation.objects.get(hub=cast.isar)
        assert (invitation.effort_days, invitation.fee_eur) == (12, 6000)
        assert invitation.answer_by == timezone.localdate() + timedelta(days=7)
        assert Invitation.objects.count() == 2

    def test_a_hub_that_is_unticked_is_not_asked(self, lead: Browser, picked: Request, cast: Cast) -> None:
        given = self.fields(lead.get(f"/requests/{picked.ref}/invite/"))
        del given[f"hub-{cast.isar.pk}-is_asked"]
        given[f"hub-{cast.isar.pk}-fee_eur"] = "nonsense that does not matter"
        assert lead.post(f"/requests/{picked.ref}/invite/", given).status_code == 303
        assert list(Invitation.objects.values_list("hub_id", flat=True)) == [cast.silent.pk]

    def test_a_second_click_on_send_is_harmless(self, lead: Browser, picked: Request) -> None:
        given = self.fields(lead.get(f"/requests/{picked.ref}/invite/"))
        for _ in range(2):
            assert lead.post(f"/requests/{picked.ref}/invite/", given).status_code == 303
        assert Invitation.objects.count() == 2

    def test_a_text_that_names_the_client_comes_back_with_the_words(self, lead: Browser, picked: Request) -> None:
        given = self.fields(
            lead.get(f"/requests/{picked.ref}/invite/"), partner_text="For the Municipality of Elsewhere"
        )
        answer = lead.post(f"/requests/{picked.ref}/invite/", given)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "“Municipality of Elsewhere”" in page
        assert "For the Municipality of Elsewhere" in page
        assert not Invitation.objects.exists()

    def test_a_day_that_has_passed_is_refused(self, lead: Browser, picked: Request, cast: Cast) -> None:
        given = self.fields(lead.get(f"/requests/{picked.ref}/invite/"))
        given[f"hub-{cast.isar.pk}-answer_by"] = "2020-01-01"
        answer = lead.post(f"/requests/{picked.ref}/invite/", given)
        assert answer.status_code == 422
        assert "This day has passed." in answer.content.decode()

    def test_without_agreement_the_button_is_off_and_says_why(self, lead: Browser, case: Request, cast: Cast) -> None:
        operations.pick_team(case, add=[cast.isar.pk], by=acting(cast.lucia), at=NOW)
        page = lead.get(f"/requests/{case.ref}/invite/").content.decode()
        assert "has not agreed that anything about its request leaves its hub" in page
        assert "disabled" in page

    def test_few_organisations_alike_are_pointed_out(self, lead: Browser, picked: Request, cast: Cast) -> None:
        from hansa.hubs.models import Client

        Client.objects.filter(pk=cast.elsewhere.pk).update(staff=30)
        assert lead.get(f"/requests/{picked.ref}/invite/").context["crowd"] == 1
        for _ in range(5):
            make_request(cast.ebro, make_client(cast.ebro, staff=20))
        assert not lead.get(f"/requests/{picked.ref}/invite/").context["is_telling"]


class TestNew:
    def given(self, **changed: str) -> dict[str, str]:
        return {
            "text": "Edge AI for our mill.",
            "organisation": "Mill Sud",
            "client_type": "sme",
            "country": "ES",
            "level": "A0",
            "key": "k" * 32,
        } | changed

    @pytest.fixture(autouse=True)
    def countries(self, cast: Cast) -> None:
        make_concept("country", "ES", "Spain")
        taxonomy.forget()

    def test_a_hub_types_a_need_for_a_new_client(self, lead: Browser, cast: Cast) -> None:
        answer = lead.post("/requests/new/", self.given())
        request = Request.objects.get()
        assert answer["Location"] == f"/requests/{request.ref}/"
        assert (request.lead, request.client.name, request.created_by) == (cast.ebro, "Mill Sud", cast.lucia)

    def test_or_for_one_it_has(self, lead: Browser, cast: Cast) -> None:
        lead.post("/requests/new/", self.given(client=str(cast.elsewhere.pk), organisation="", country=""))
        assert Request.objects.get().client == cast.elsewhere

    def test_twice_the_same_form_is_one_request(self, lead: Browser) -> None:
        for _ in range(2):
            assert lead.post("/requests/new/", self.given()).status_code == 303
        assert Request.objects.count() == 1

    def test_what_is_missing_is_said_and_what_was_typed_kept(self, lead: Browser) -> None:
        answer = lead.post("/requests/new/", self.given(organisation="", level="A2"))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "A new client needs this." in page
        assert "Needed when something may leave your hub." in page
        assert "Edge AI for our mill." in page

    def test_a_client_of_another_hub_cannot_be_chosen(self, lead: Browser, cast: Cast) -> None:
        other = make_client(cast.isar, "Secret Client")
        answer = lead.post("/requests/new/", self.given(client=str(other.pk)))
        assert answer.status_code == 422
        assert "Secret Client" not in answer.content.decode()


class TestLists:
    def test_what_waits_for_the_reader_comes_first(self, lead: Browser, cast: Cast) -> None:
        make_request(cast.ebro, title="Newer", state_since=NOW + timedelta(days=1))
        make_request(cast.ebro, title="Waits", turn_hub_ids=[cast.ebro.pk])
        lines = lead.get("/requests/").context["lines"]
        assert [line.title for line in lines] == ["Waits", "Newer"]

    def test_it_can_be_narrowed_and_searched(self, lead: Browser, cast: Cast) -> None:
        make_request(cast.ebro, title="Open one")
        make_request(cast.ebro, title="Closed one", state="closed")
        titles = lambda query: [line.title for line in lead.get(f"/requests/?{query}").context["lines"]]  # noqa: E731
        assert titles("") == ["Open one"]
        assert titles("state=closed") == ["Closed one"]
        assert set(titles("state=all")) == {"Open one", "Closed one"}
        assert titles("state=all&q=CLOSED") == ["Closed one"]
        assert titles("state=nonsense") == ["Open one"]
        assert titles("q=%25") == []

    @pytest.mark.parametrize("page", ["2", "99", "x", "-1"])
    def test_twenty_stand_on_a_page(self, lead: Browser, cast: Cast, page: str) -> None:
        client = make_client(cast.ebro)
        for _ in range(23):
            make_request(cast.ebro, client)
        assert len(lead.get("/requests/").context["lines"]) == 20
        assert lead.get(f"/requests/?page={page}").status_code == 200

    def test_exports_hold_the_same_rows_and_no_formula(self, lead: Browser, cast: Cast) -> None:
        make_request(cast.ebro, cast.elsewhere, title="=HYPERLINK(1)")
        make_request(cast.ebro, cast.elsewhere, title="Ñandú Ω")
        text = lead.get("/requests/export/csv/").content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["Title"] for row in rows} == {"'=HYPERLINK(1)", "Ñandú Ω"}
        book = load_workbook(io.BytesIO(lead.get("/requests/export/xlsx/").content))
        assert {row[1] for row in book.active.iter_rows(min_row=2, values_only=True)} == {"'=HYPERLINK(1)", "Ñandú Ω"}

    def test_another_kind_of_file_does_not_exist(self, lead: Browser) -> None:
        assert lead.get("/requests/export/exe/").status_code == 404


class TestStatements:
    """Each page takes the same number of statements with one row and with thirty."""

    def count(self, browser: Browser, path: str, assert_max: Any) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(path).status_code == 200
        assert len(captured) <= 8, [entry["sql"][:90] for entry in captured]
        return len(captured)

    def test_lists(self, cast: Cast, browse: Callable[[User], Browser], django_assert_max_num_queries: Any) -> None:
        people = {"/requests/": cast.lucia, "/invitations/": cast.jonas, "/network/cases/": cast.steward}
        before = after = {}
        for rows in (1, 29):
            for _ in range(rows):
                request = make_request(cast.ebro, cast.elsewhere, state="inviting", turn_hub_ids=[cast.isar.pk])
                Invitation.objects.create(request=request, hub=cast.isar, sent_at=NOW)
            after = {path: self.count(browse(user), path, None) for path, user in people.items()}
            before = before or after
        assert before == after

    def test_pages_of_a_case(
        self, case: Request, cast: Cast, browse: Callable[[User], Browser], skills: list[Want]
    ) -> None:
        allow(case, cast.mayor)
        (invitation,) = invite(case, cast.lucia, cast.isar)
        operations.pick_team(case, add=[cast.silent.pk], by=acting(cast.lucia), at=NOW)
        parts = ["", "shortlist/", "invite/", "sharing/", "history/", "wants/?q=edge"]
        paths = [f"/requests/{case.ref}/{part}" for part in parts] + [f"/invitations/{invitation.ref}/"]
        before = {path: self.count(browse(cast.lucia), path, None) for path in paths}
        for number in range(29):
            concept = make_concept("skill", f"more-{number}", f"More {number}")
            hub = make_hub()
            Want.objects.create(request=case, concept=concept, position=number + 3)
            Competence.objects.create(hub=hub, skill=concept, evidence="Yes.")
            operations.ask(invitation, text="Hello", by=acting(cast.jonas), at=NOW)
            operations.tell(case, text="Hello", by=acting(cast.mayor), at=NOW)
        assert {path: self.count(browse(cast.lucia), path, None) for path in paths} == before
        partner = browse(cast.jonas)
        assert self.count(partner, f"/invitations/{invitation.ref}/", None) <= 8
