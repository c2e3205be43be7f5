"""When the parties choose the clauses of their agreement. Source: BP-AGR-12."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from cast import Cast
from collaboration.agreements.agreeing import actor, make_case, terms_for, tick
from factories import NOW

from hansa.collaboration.agreements import operations, queries
from hansa.collaboration.agreements.operations import CannotDraft, CannotRevise, NewTerms
from hansa.collaboration.agreements.queries import shelf
from hansa.collaboration.agreements.queries.library import Paragraph
from hansa.collaboration.codesign.states import FIELDS
from hansa.collaboration.models import Agreement, Canvas, CanvasApproval, CanvasText, Request, Version
from hansa.hubs.models import Hub


@pytest.fixture
def new_service(cast: Cast) -> Request:
    case = make_case(cast, cast.isar)
    Request.objects.filter(pk=case.pk).update(scenario="NS", client=None)
    canvas = Canvas.objects.create(request=case)
    for hub in (cast.ebro, cast.isar):
        CanvasApproval.objects.create(canvas=canvas, hub=hub, revision=0, at=NOW)
    return Request.objects.get(pk=case.pk)


def write_on_canvas(case: Request, hub: Hub, **texts: str) -> None:
    for key, text in texts.items():
        own = hub if FIELDS[key].per_hub else None
        CanvasText.objects.create(canvas=case.canvas, key=key, hub=own, number=1, text=text, author_hub=hub, at=NOW)


@pytest.fixture
def matchmaking(cast: Cast) -> Request:
    case = make_case(cast, cast.isar)
    Request.objects.filter(pk=case.pk).update(scenario="MM")
    return Request.objects.get(pk=case.pk)


def without(terms: queries.Terms, *keys: str) -> queries.Terms:
    return replace(terms, clauses=tuple(key for key in terms.clauses if key not in keys))


def with_also(terms: queries.Terms, *keys: str, **values: Any) -> queries.Terms:
    return replace(terms, clauses=(*terms.clauses, *keys), values={**terms.values, **values})


def drafted(cast: Cast, case: Request, terms: queries.Terms) -> list[str]:
    operations.draft(case, by=actor(cast.lucia), terms=terms, at=tick())
    return [clause["key"] for clause in Version.objects.get().clauses]


def refused(cast: Cast, case: Request, terms: queries.Terms) -> str:
    with pytest.raises(CannotDraft) as no:
        operations.draft(case, by=actor(cast.lucia), terms=terms, at=tick())
    assert not Agreement.objects.exists()
    return no.value.reason


def test_each_scenario_drafts_its_own_agreement(cast, new_service, matchmaking):
    for case, title in (
        (new_service, "Service co-development agreement"),
        (matchmaking, "Matchmaking cooperation agreement"),
    ):
        agreement = operations.draft(case, by=actor(cast.lucia), terms=terms_for(case), at=tick())
        text = agreement.versions.get().text
        assert text.startswith(title)
        assert "{{" not in text
        assert "None" not in text


def test_a_clause_left_out_is_not_in_the_text(cast, case):
    keys = drafted(cast, case, without(terms_for(case), "insurance", "subcontracting"))
    assert not {"insurance", "subcontracting"} & set(keys)
    assert queries.terms_of(Agreement.objects.get()).clauses.count("insurance") == 0


def test_an_optional_clause_taken_in_stands_in_its_place(cast, case):
    keys = drafted(cast, case, with_also(terms_for(case), "publicity"))
    assert keys.index("publicity") == keys.index("subcontracting") - 1


def test_what_a_clause_needs_comes_with_it(cast, case):
    keys = drafted(cast, case, without(terms_for(case), "fees-sharing"))
    assert "fees-sharing" in keys, "payment and liability need it"


def test_kpis_are_agreed_only_where_the_text_speaks_of_them(cast, case, matchmaking):
    assert queries.proposed_terms(matchmaking, on=NOW.date()).kpis == ()
    assert queries.proposed_terms(case, on=NOW.date()).kpis


@pytest.mark.parametrize(
    ("ownership", "says"),
    [
        ("joint", "belongs to the Parties jointly"),
        ("licence", "belongs to the Lead"),
        ("maker", "belongs to the Party that made it"),
    ],
)
def test_what_the_canvas_says_stands_in_the_agreement(cast, new_service, ownership, says):
    write_on_canvas(new_service, cast.ebro, ownership=ownership, go_score="4", clients="7", part="the platform")
    drafted(cast, new_service, queries.proposed_terms(new_service, on=NOW.date()))
    text = Version.objects.get().text
    assert says in text
    assert "with at least 7 organisations" in text
    assert "is at least 4." in text
    assert f"{cast.ebro.name}: the platform" in text


@pytest.mark.parametrize("key", ["parties", "purpose", "signatures"])
def test_without_its_frame_there_is_no_agreement(cast, case, key):
    assert "cannot be left out" in refused(cast, case, without(terms_for(case), key))


def test_a_clause_of_another_agreement_is_refused(cast, case):
    assert "not in the library" in refused(cast, case, with_also(terms_for(case), "success-fee"))


def test_joint_ownership_and_licence_are_alternatives(cast, new_service):
    terms = terms_for(new_service)
    assert "are alternatives. Choose one" in refused(cast, new_service, with_also(terms, "ip-licence"))
    keys = drafted(cast, new_service, with_also(without(terms, "ip-joint-ownership"), "ip-licence"))
    assert "ip-licence" in keys


def test_clauses_that_contradict_each_other_are_refused(cast, matchmaking):
    terms = with_also(terms_for(matchmaking), "success-fee", "no-financial-commitment")
    assert "contradict each other" in refused(cast, matchmaking, terms)


@pytest.mark.parametrize("name", ["non_compete_months", "non_compete_territory", "non_compete_matter"])
def test_client_protection_without_a_limit_is_void(cast, case, name):
    """Source: BP-AGR-04."""
    terms = terms_for(case, **{name: ""})
    assert "without a limit in time, territory and matter is void" in refused(cast, case, terms)
    assert drafted(cast, case, replace(terms, values={**terms.values, "non_compete": False}))


@pytest.mark.parametrize("name", ["ecosystem_months", "ecosystem_territory", "ecosystem_matter"])
def test_exclusivity_without_a_limit_is_void(cast, matchmaking, name):
    terms = terms_for(matchmaking, **{name: None})
    assert "without a limit in time, territory and matter is void" in refused(cast, matchmaking, terms)
    assert drafted(cast, matchmaking, without(terms, "non-compete-ecosystem"))


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"expert_to": ""}, "without an end"),
        ({"expert_from": None}, "without an end"),
        ({"expert_days": None}, "without an end"),
        ({"expert_from": "2027-03-02", "expert_to": "2027-03-01"}, "must not come before the first"),
        ({"expert_from": "2020-03-01", "expert_to": "2020-03-09"}, "lies in the past"),
        ({"expert_to": "soon"}, "Enter a day"),
    ],
)
def test_a_stay_of_an_expert_has_a_beginning_and_an_end(cast, case, values, says):
    """Source: BP-JD-05."""
    assert says in refused(cast, case, terms_for(case, experts_used=True, **values))
    assert drafted(cast, case, terms_for(case, experts_used=False, **values)), "nobody is lent, so nothing is asked"


def test_joint_ownership_without_a_rule_of_use_is_void(cast, new_service):
    says = "Joint ownership without a rule on use and shares"
    assert says in refused(cast, new_service, terms_for(new_service, exploitation=""))
    assert says in refused(cast, new_service, terms_for(new_service, ownership_shares={}))


@pytest.mark.parametrize(
    ("name", "shares", "says"),
    [
        ("ownership_shares", ("60", "30"), "make 90% together"),
        ("ownership_shares", ("100.01", "0"), "from 0 to 100"),
        ("ownership_shares", ("-10", "110"), "from 0 to 100"),
        ("ownership_shares", ("NaN", "50"), "from 0 to 100"),
        ("joint_cost_shares", ("33.33", "33.33"), "make 66.66% together"),
        ("exit_cost_shares", ("50", "49.99"), "make 99.99% together"),
    ],
)
def test_shares_make_a_hundred(cast, new_service, name, shares, says):
    given = dict(zip([str(cast.ebro.pk), str(cast.isar.pk)], shares, strict=True))
    assert says in refused(cast, new_service, terms_for(new_service, exit_cost_split="shares", **{name: given}))


def test_shares_are_those_of_the_parties(cast, new_service):
    given = {str(cast.ebro.pk): "50", str(cast.aarhus.pk): "50"}
    assert "share of each party" in refused(cast, new_service, terms_for(new_service, ownership_shares=given))


def test_shares_are_printed_with_the_names(cast, new_service):
    given = {str(cast.ebro.pk): "66.67", str(cast.isar.pk): "33.33"}
    drafted(cast, new_service, terms_for(new_service, ownership_shares=given))
    assert f"{cast.ebro.name} 66.67%; {cast.isar.name} 33.33%." in Version.objects.get().text


def test_what_lies_in_the_past_cannot_begin(cast, case):
    terms = terms_for(case)
    past = replace(terms, starts_on=NOW.date() - timedelta(days=1))
    assert "lies in the past" in refused(cast, case, past)
    assert "must come after" in refused(cast, case, replace(terms, ends_on=terms.starts_on))


@pytest.mark.parametrize("fee", ["-1", "99999999"])
def test_fees_are_sums_a_hub_can_be_paid(cast, case, fee):
    terms = terms_for(case)
    shares = (replace(terms.parties[0], fee_eur=Decimal(fee)), *terms.parties[1:])
    assert "zero or more" in refused(cast, case, replace(terms, parties=shares))


def test_a_revision_is_refused_for_the_same_reasons(cast, agreement):
    """Source: BP-AGR-04."""
    terms = queries.terms_of(agreement)
    for changed, says in (
        (without(terms, "parties"), "cannot be left out"),
        (with_also(terms, non_compete_territory=" "), "is void"),
        (replace(terms, starts_on=terms.starts_on - timedelta(days=900)), "lies in the past"),
    ):
        with pytest.raises(CannotRevise) as no:
            operations.revise(
                agreement, by=actor(cast.jonas), base_version=1, change=NewTerms(terms=changed), note="So.", at=tick()
            )
        assert says in no.value.reason


def test_work_that_has_begun_keeps_its_first_day_in_a_revision(cast, agreement):
    terms = queries.terms_of(agreement)
    changed = NewTerms(terms=without(terms, "insurance"))
    late = tick() + timedelta(days=40)
    version = operations.revise(agreement, by=actor(cast.jonas), base_version=1, change=changed, note="So.", at=late)
    assert version.number == 2


def test_a_change_leaves_the_stored_words_of_other_clauses_alone(cast, agreement, monkeypatch):
    """The model text may be renewed while an agreement is negotiated."""
    before = {c["key"]: c for c in Version.objects.get().clauses}
    old = shelf.instrument("jd-agreement")
    body = (Paragraph(text="Insured for {{ insurance_eur }}.", when={}),)
    renewed = replace(old, clauses=tuple(replace(clause, body=body, title="New") for clause in old.clauses))
    monkeypatch.setattr(shelf, "instruments", lambda: {"jd-agreement": renewed})
    changed = NewTerms(terms=with_also(queries.terms_of(agreement), experts_used=True))
    made = operations.revise(agreement, by=actor(cast.jonas), base_version=1, change=changed, note="So.", at=tick())
    after = {c["key"]: c for c in made.clauses}
    lent = after.pop("expert-mobilisation")
    assert lent["paragraphs"] == ["Insured for EUR 500,000."]
    assert {key: c["paragraphs"] for key, c in after.items()} == {key: c["paragraphs"] for key, c in before.items()}
    assert after["insurance"]["title"] == "Insurance"
