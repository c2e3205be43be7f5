"""When a steward makes a scenario of the network: copied, changed in forms, reviewed by somebody else, brought into use.

Source: BP-REC-R1.1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast, acting
from django.test import Client as Browser
from factories import NOW, make_network_person

from hansa.collaboration.models import ScenarioProposal, ScenarioVersion
from hansa.collaboration.scenarios import operations, queries
from hansa.collaboration.scenarios.states import VersionState
from hansa.collaboration.scenarios.states.editing import RoleEdit, StepEdit, StepRemoval
from hansa.foundation.activity import Activity
from hansa.hubs.models import User

pytestmark = pytest.mark.django_db
ETHICS = StepEdit(
    hub="Ethics check",
    later="Ethics check",
    does="The ethics body of the lead says whether the work may begin.",
    usual_days=5,
    kind="form",
    state="shortlist",
    turn="lead",
    before="invite",
    after=("need",),
    fields=({"label": "What did it say", "kind": "text", "required": True, "choices": []},),
)


@pytest.fixture
def shipped() -> ScenarioVersion:
    operations.keep_shipped(at=NOW)
    return ScenarioVersion.objects.get(key="JD")


@pytest.fixture
def draft(shipped: ScenarioVersion, cast: Cast) -> ScenarioVersion:
    return operations.copy_version(shipped, title="With other hubs", by=acting(cast.steward), at=NOW)


@pytest.fixture
def published(draft: ScenarioVersion, cast: Cast) -> ScenarioVersion:
    steward = acting(cast.steward)
    operations.change(draft, edition=1, edit=ETHICS, by=steward, at=NOW)
    operations.submit(draft, by=steward, at=NOW)
    return operations.publish(draft, by=acting(cast.assessor), at=NOW)


def test_keeping_what_ships_twice_changes_nothing() -> None:
    assert operations.keep_shipped(at=NOW) == 3
    assert operations.keep_shipped(at=NOW) == 0


def test_a_copy_starts_as_it_was_and_remembers_where_it_came_from(draft: ScenarioVersion) -> None:
    assert (draft.key, draft.version, draft.base, draft.state) == ("with-other-hubs", "1", "JD", "draft")
    scenario = queries.as_scenario(draft)
    assert (scenario.base, scenario.id, scenario.steps) == ("JD", draft.key, queries.scenario("JD").steps)


def test_a_case_can_follow_it_once_it_is_in_use(published: ScenarioVersion) -> None:
    scenario = queries.scenario(published.key, published.version)
    assert [step.key for step in scenario.steps][:4] == ["need", "confirm", "shortlist", "ethics-check"]
    assert (published.key, "1", "With other hubs") in queries.offered("JD")
    assert [key for key, _version, _title in queries.offered("NS")] == ["NS"]
    assert [row.verb for row in Activity.objects.order_by("pk")] == [
        "scenario.copied",
        "scenario.changed",
        "scenario.submitted",
        "scenario.published",
    ]


def test_what_is_being_written_is_followed_by_no_case(draft: ScenarioVersion) -> None:
    with pytest.raises(KeyError):
        queries.scenario(draft.key, draft.version)


def test_its_next_version_leaves_the_one_in_use_alone(published: ScenarioVersion, cast: Cast) -> None:
    steward = acting(cast.steward)
    second = operations.copy_version(published, title="", by=steward, at=NOW)
    assert (second.key, second.version) == (published.key, "2")
    operations.change(second, edition=1, edit=StepRemoval(key="ethics-check"), by=steward, at=NOW)
    assert queries.scenario(published.key, "1").step("ethics-check") is not None
    with pytest.raises(operations.CannotChange, match="in the making already"):
        operations.copy_version(published, title="", by=steward, at=NOW)


def test_who_handed_it_in_does_not_review_it(draft: ScenarioVersion, cast: Cast) -> None:
    operations.submit(draft, by=acting(cast.steward), at=NOW)
    with pytest.raises(operations.CannotPublish, match="Somebody else"):
        operations.publish(draft, by=acting(cast.steward), at=NOW)
    second = make_network_person("steward", "Second Steward")
    sent_back = operations.send_back(draft, note="Name the ethics body.", by=acting(second), at=NOW)
    assert (sent_back.state, sent_back.review_note) == ("draft", "Name the ethics body.")


def test_an_unsound_draft_is_not_handed_in(draft: ScenarioVersion, cast: Cast) -> None:
    steward = acting(cast.steward)
    loop = StepEdit(**{**{f: getattr(ETHICS, f) for f in ETHICS.__slots__}, "after": ("ethics-check",)})
    operations.change(draft, edition=1, edit=loop, by=steward, at=NOW)
    with pytest.raises(operations.CannotPublish, match="waits for itself"):
        operations.submit(draft, by=steward, at=NOW)


def test_the_products_own_steps_cannot_be_taken_out(draft: ScenarioVersion, cast: Cast) -> None:
    with pytest.raises(operations.CannotChange):
        operations.change(draft, edition=1, edit=StepRemoval(key="sign"), by=acting(cast.steward), at=NOW)


def test_two_people_do_not_overwrite_each_other(draft: ScenarioVersion, cast: Cast) -> None:
    steward = acting(cast.steward)
    operations.change(draft, edition=1, edit=ETHICS, by=steward, at=NOW)
    with pytest.raises(operations.CannotChange, match="Somebody changed"):
        operations.change(draft, edition=1, edit=ETHICS, by=steward, at=NOW)


def test_a_published_version_never_changes(published: ScenarioVersion, cast: Cast) -> None:
    with pytest.raises(operations.CannotChange, match="Copy it"):
        operations.change(published, edition=2, edit=ETHICS, by=acting(cast.steward), at=NOW)


def test_points_of_the_blueprint_stay_and_added_ones_come_and_go(draft: ScenarioVersion, cast: Cast) -> None:
    steward = acting(cast.steward)
    edit = RoleEdit(role="lead", labels={"JD-D1-R1": "Poor work", "JD-D1-R2": ""}, added={"risks": ("Export law",)})
    operations.change(draft, edition=1, edit=edit, by=steward, at=NOW)
    draft.refresh_from_db()
    risks = {risk.id: risk for risk in queries.as_scenario(draft).roles["lead"].risks}
    added = f"{draft.key.upper()}-LEAD-R1"
    assert (risks["JD-D1-R1"].label, risks[added].label, risks[added].is_answered) == ("Poor work", "Export law", "no")
    assert risks["JD-D1-R2"].label == "Strategic and sensitive assets are shared, such as the contact with the client"
    gone = RoleEdit(role="lead", labels={added: ""}, added={})
    operations.change(draft, edition=2, edit=gone, by=steward, at=NOW)
    draft.refresh_from_db()
    assert added not in {risk.id for risk in queries.as_scenario(draft).roles["lead"].risks}


def test_a_retired_one_is_not_offered_but_its_cases_go_on(published: ScenarioVersion, cast: Cast) -> None:
    operations.retire(published, by=acting(cast.steward), at=NOW)
    assert published.key not in {key for key, _version, _title in queries.offered("JD")}
    assert queries.scenario(published.key, published.version).id == published.key
    operations.offer_again(published, by=acting(cast.steward), at=NOW)
    assert published.key in {key for key, _version, _title in queries.offered("JD")}


def test_the_blueprints_own_are_always_offered(shipped: ScenarioVersion, cast: Cast) -> None:
    with pytest.raises(operations.CannotPublish, match="always offered"):
        operations.retire(shipped, by=acting(cast.steward), at=NOW)


class TestPages:
    def test_the_whole_way_in_forms(
        self, shipped: ScenarioVersion, cast: Cast, browse: Callable[[User], Browser]
    ) -> None:
        steward, assessor = browse(cast.steward), browse(cast.assessor)
        answer = steward.post("/scenarios/JD/2026.1/copy/", {"title": "Mit Häusern außerhalb"})
        assert answer.headers["Location"] == "/scenarios/mit-hausern-auerhalb/1/"
        at = "/scenarios/mit-hausern-auerhalb/1/"
        form = {
            "edition": 1, "hub": "Ethics check", "later": "Ethics check", "does": "Somebody says yes.", "usual_days": 3,
            "deadline_days": 7, "documents": "", "kind": "form", "turn": "client", "client": "Say yes", "state": "shortlist",
            "before": "invite", "after": ["need"], "question_0": "May it begin", "answer_0": "choice", "choices_0": "yes",
        }  # fmt: skip
        refused = steward.post(f"{at}steps/new/", form)
        assert refused.status_code == 422
        assert "Name at least two choices." in refused.content.decode()
        assert steward.post(f"{at}steps/new/", form | {"choices_0": "yes; no"}).status_code == 303
        assert steward.get(f"{at}steps/ethics-check/").status_code == 200
        for part in ("head", "roles/lead", "stages/need", "steps/sign", "steps/new"):
            assert steward.get(f"{at}{part}/").status_code == 200, part
        stage = {"edition": 2, "name_hub": "Bedarf", "note_hub": "x", "name_partner": "y", "note_partner": "z"}
        stage |= {"name_client": "a", "note_client": "b"}
        assert steward.post(f"{at}stages/need/", stage).status_code == 303
        assert steward.post(f"{at}submit/").status_code == 303
        assert steward.post(f"{at}publish/").status_code == 422
        assert assessor.post(f"{at}publish/").status_code == 303
        page = browse(cast.lucia).get("/scenarios/mit-hausern-auerhalb/").content.decode()
        assert all(words in page for words in ("Ethics check", "May it begin", "In use", "Bedarf" not in page and "x"))

    def test_a_draft_does_not_exist_for_hubs(
        self, draft: ScenarioVersion, cast: Cast, browse: Callable[[User], Browser]
    ) -> None:
        lead = browse(cast.lucia)
        assert lead.get(f"/scenarios/{draft.key}/1/").status_code == 404
        assert draft.title not in lead.get("/scenarios/").content.decode()
        assert lead.post("/scenarios/JD/2026.1/copy/", {"title": "Mine"}).status_code == 404
        assert lead.get(f"/scenarios/{draft.key}/1/head/").status_code == 404

    def test_clients_and_visitors_see_no_scenarios(
        self, shipped: ScenarioVersion, cast: Cast, browse: Callable[[User], Browser]
    ) -> None:
        assert browse(cast.mayor).get("/scenarios/").status_code == 404
        assert browse(cast.mayor).get("/scenarios/JD/").status_code == 404
        assert Browser().get("/scenarios/").status_code == 302

    def test_a_hub_proposes_and_the_steward_answers(
        self, shipped: ScenarioVersion, cast: Cast, browse: Callable[[User], Browser]
    ) -> None:
        lead, other, steward = browse(cast.lucia), browse(cast.jonas), browse(cast.steward)
        assert lead.post("/scenarios/propose/", {"title": "Lend a robot", "text": ""}).status_code == 422
        lead.post("/scenarios/propose/", {"title": "Lend a robot", "text": "Hubs lend robots to each other."})
        assert "Lend a robot" not in other.get("/scenarios/").content.decode()
        proposal = ScenarioProposal.objects.get()
        assert other.post(f"/scenarios/proposals/{proposal.pk}/answer/", {"answer": "No"}).status_code == 404
        empty = steward.post(f"/scenarios/proposals/{proposal.pk}/answer/", {"answer": " ", "take": "1"})
        assert empty.status_code == 422
        steward.post(f"/scenarios/proposals/{proposal.pk}/answer/", {"answer": "We make it.", "take": "1"})
        page = lead.get("/scenarios/").content.decode()
        assert "We make it." in page
        assert "Taken up" in page

    def test_what_is_said_stands_below(
        self, shipped: ScenarioVersion, cast: Cast, browse: Callable[[User], Browser]
    ) -> None:
        lead = browse(cast.lucia)
        assert lead.post("/scenarios/JD/2026.1/comment/", {"text": "  "}).status_code == 422
        lead.post("/scenarios/JD/2026.1/comment/", {"text": "Works <well> for us."})
        assert "Works &lt;well&gt; for us." in browse(cast.jonas).get("/scenarios/JD/").content.decode()

    @pytest.mark.parametrize("n", [1, 30])
    def test_the_number_of_statements_does_not_grow(
        self, shipped: ScenarioVersion, cast: Cast, browse: Callable[[User], Browser], n: int,
        django_assert_num_queries: Any,
    ) -> None:  # fmt: skip
        for number in range(n):
            operations.propose(title=f"Idea {number}", text="Words", by=acting(cast.lucia), at=NOW)
            copied = operations.copy_version(shipped, title=f"Own {number}", by=acting(cast.steward), at=NOW)
            ScenarioVersion.objects.filter(pk=copied.pk).update(state=VersionState.PUBLISHED, published_at=NOW)
        steward = browse(cast.steward)
        steward.get("/scenarios/")
        with django_assert_num_queries(5):
            steward.get("/scenarios/")
