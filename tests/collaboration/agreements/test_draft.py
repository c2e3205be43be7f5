"""When the lead drafts the agreement. Source: BP-AGR-01, BP-AUTH-02."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from collaboration.agreements.agreeing import actor, draft, make_case, terms_for, tick
from factories import NOW, make_hub, make_member, make_request

from hansa.collaboration.agreements import operations, queries
from hansa.collaboration.agreements.operations import CannotDraft
from hansa.collaboration.agreements.queries.wording import fingerprint
from hansa.collaboration.models import Agreement, Invitation
from hansa.foundation.activity import Activity


def test_parties_are_the_lead_and_the_hubs_that_said_yes(cast, case):
    Invitation.objects.create(request=case, hub=cast.silent, state="sent", sent_at=NOW)
    agreement = draft(cast, case)
    assert [(p.hub, p.role, p.effort_days, p.fee_eur) for p in agreement.parties.all()] == [
        (cast.ebro, "lead", 0, Decimal("2199.00")),
        (cast.isar, "partner", 18, Decimal("7900.50")),
        (cast.aarhus, "partner", 17, Decimal("6900.50")),
    ]


def test_invitation_without_an_answer_ends_and_the_hub_is_told(cast, case):
    waiting = Invitation.objects.create(request=case, hub=cast.silent, state="sent", sent_at=NOW)
    draft(cast, case)
    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"
    row = Activity.objects.get(verb="invitation.withdrawn")
    assert row.facts["hub_id"] == cast.silent.pk
    case.refresh_from_db()
    assert case.turn_hub_ids == sorted([cast.isar.pk, cast.aarhus.pk])


def test_lead_is_warned_before_an_open_invitation_ends(cast, case, client):
    client.force_login(cast.lucia)
    address = f"/requests/{case.ref}/agreement/new/"
    assert "Not every hub has answered" not in client.get(address).content.decode()
    Invitation.objects.create(request=case, hub=cast.silent, state="sent", sent_at=NOW)
    assert "The invitation of Silent Bay Hub ends when you send" in client.get(address).content.decode()


def test_each_party_gets_what_it_was_asked_for(cast, agreement):
    assert [p.tasks_note for p in agreement.parties.all()] == [
        "coordination and contact with the client, feasibility study",
        "edge deployment",
        "hygienic design",
    ]


def test_lead_accepts_its_own_draft_and_partners_have_the_turn(cast, case, agreement):
    case.refresh_from_db()
    assert case.state == "agreeing"
    assert case.turn_hub_ids == sorted([cast.isar.pk, cast.aarhus.pk])
    assert [p.accepted_version for p in agreement.parties.all()] == [1, 0, 0]


def test_signatory_is_appointed_where_there_is_just_one(cast, case):
    make_member(cast.isar, "signatory", name="Second Signatory")
    agreement = draft(cast, case)
    assert [p.signatory for p in agreement.parties.all()] == [cast.lucia, None, cast.mette]


def test_first_version_holds_text_and_fingerprint(agreement):
    version = agreement.versions.get()
    assert (version.number, version.note) == (1, "")
    assert version.sha256 == fingerprint(version.text)
    assert version.text.startswith(
        f"Joint delivery agreement\n\nCase {agreement.request.ref}, version 1\n\n1. Parties\n\n1.1 "
    )


def test_text_says_nothing_of_the_client_nor_in_its_words(cast, case, agreement):
    text = agreement.versions.get().text
    assert "Elsewhere" not in text
    assert case.title not in text
    assert case.text[:30] not in text


def test_is_written_to_the_log_for_the_parties_alone(cast, agreement):
    row = Activity.objects.get(verb="agreement.drafted")
    assert row.hub_ids == sorted([cast.ebro.pk, cast.isar.pk, cast.aarhus.pk])
    assert row.client_ids == []
    assert row.case_ref == agreement.request.ref


def test_is_prefilled_with_what_the_lead_chose_last_time(cast, case):
    draft(cast, case, liability_cap="double-fee", payment_days=45, forum="the moon")
    terms = queries.proposed_terms(make_case(cast, cast.isar), on=NOW.date())
    assert terms.values["liability_cap"] == "double-fee"
    assert terms.values["payment_days"] == 45
    assert terms.values["forum"] == "the courts at the seat of the Lead"


def test_takes_the_kpis_of_the_functions_wanted(agreement):
    assert "Solutions tested: at least 1;" in agreement.versions.get().text
    assert [k.key for k in queries.agreed(agreement.request_id).kpis][:3] == [
        "needs-covered",
        "days-to-team",
        "satisfaction",
    ]


def test_refuses_a_second_draft(cast, case, agreement):
    with pytest.raises(CannotDraft, match="drafted already"):
        draft(cast, case)
    assert Agreement.objects.count() == 1


def test_refuses_without_a_hub_that_said_yes(cast):
    request = make_request(cast.ebro, cast.elsewhere, state="inviting")
    with pytest.raises(CannotDraft, match="at least one hub that said yes"):
        draft(cast, request)


def test_refuses_when_the_team_changed_under_the_page(cast, case):
    terms = terms_for(case)
    Invitation.objects.filter(hub=cast.aarhus).update(state="withdrawn")
    with pytest.raises(CannotDraft, match="team has changed"):
        operations.draft(case, by=actor(cast.lucia), terms=terms, at=tick())


@pytest.mark.parametrize("person", ["jonas", "stranger", "mayor", "steward"])
def test_refuses_others_than_the_lead(cast, case, person):
    with pytest.raises(CannotDraft, match="lead hub"):
        operations.draft(case, by=actor(getattr(cast, person)), terms=terms_for(case), at=tick())


def test_refuses_in_another_state(cast, case):
    case.state = "delivering"
    case.save()
    with pytest.raises(CannotDraft):
        draft(cast, case)


def test_refuses_a_text_that_names_the_client(cast, case):
    terms = replace(terms_for(case), scope="pumps of the  municipality of ELSEWHERE")
    with pytest.raises(CannotDraft, match="names the client"):
        operations.draft(case, by=actor(cast.lucia), terms=terms, at=tick())
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("scope", ["robots 🤖", "机器人"])
def test_refuses_a_text_that_could_not_be_sealed(cast, case, scope):
    with pytest.raises(CannotDraft, match="Latin, Greek or Cyrillic"):
        operations.draft(case, by=actor(cast.lucia), terms=replace(terms_for(case), scope=scope), at=tick())


def test_hub_names_of_every_european_script_pass(cast, case):
    names = [
        "Łódź Przemysł 4.0",
        "Κόμβος Ψηφιακής Καινοτομίας",
        "Цифров хъб Тракия",
        "Ħal Għargħur",
        "Œuvre ĀČĒĢĶŅŠŪŽ İıŐű",
    ]
    request = make_case(cast, *(make_hub(name) for name in names))
    text = draft(cast, request).versions.get().text
    assert all(name in text for name in names)
