"""When the parties read, change and sign in the browser."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from collaboration.agreements.agreeing import actor, draft, make_case, terms_for, tick
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import make_hub, make_member

from hansa.collaboration.agreements import operations
from hansa.collaboration.agreements.operations import NewWording, sealing
from hansa.collaboration.models import Agreement, Party, Signature, Version
from hansa.foundation.activity import Activity
from hansa.hubs.models import Membership


def address(agreement: Any, path: str = "") -> str:
    return f"/requests/{agreement.request.ref}/agreement/{path}"


def read(response: Any) -> str:
    """Return the words of a page, without markup."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def filled(response: Any) -> dict[str, Any]:
    """Return what the terms form of a page would send unchanged."""
    form = response.context["form"]
    return {
        bound.html_name: bound.value() for bound in form if bound.value() is not None and bound.value() is not False
    }


# Reading


def test_page_says_whose_turn_it_is(client, cast, agreement):
    client.force_login(cast.jonas)
    assert "Waiting for you since today." in read(client.get(address(agreement)))
    client.force_login(cast.lucia)
    assert "Waiting for Isar Edge Lab, Aarhus Food Robotics since today." in read(client.get(address(agreement)))


def test_page_shows_text_plain_words_risks_and_cautions(client, cast, agreement):
    client.force_login(cast.jonas)
    page = read(client.get(address(agreement)))
    assert "7.1 The Lead answers to the Client for the whole Service." in page
    assert "In plain words. The client only deals with the lead;" in page
    assert "Answers a risk: A partner does not meet the lead's quality standard" in page
    assert "Competition law (Article 101" in page
    assert "Model text, not legal advice" in page


def test_partners_read_nothing_of_the_client(client, cast, agreement):
    client.force_login(cast.jonas)
    for path in ("", "terms/", "clauses/insurance/", "versions/1/"):
        page = client.get(address(agreement, path)).content.decode()
        assert "Elsewhere" not in page, path
        assert "waterworks" not in page, path


def test_opening_the_page_writes_nothing_and_its_script_notes_it(client, cast, agreement):
    client.force_login(cast.jonas)
    before = Activity.objects.count()
    page = client.get(address(agreement)).content.decode()
    assert Activity.objects.count() == before
    assert f'hx-post="{address(agreement, "seen/")}"' in page
    assert client.post(address(agreement, "seen/")).status_code == 204
    assert Party.objects.get(hub=cast.isar).seen_version == 1


def test_changes_are_marked_and_can_be_hidden(client, cast, agreement):
    change = NewWording(clause="insurance", words="Nobody needs insurance.")
    operations.revise(agreement, by=actor(cast.jonas), base_version=1, change=change, note="Too dear.", at=tick())
    client.force_login(cast.mette)
    page = client.get(address(agreement)).content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    assert "Too dear." in page
    clean = client.get(address(agreement), {"view": "clean"}).content.decode()
    assert "<ins>" not in clean
    assert "Nobody needs insurance." in clean


def test_versions_can_be_compared(client, cast, agreement):
    for base, words in enumerate(["One.", "Two."], start=1):
        change = NewWording(clause="insurance", words=words)
        operations.revise(agreement, by=actor(cast.jonas), base_version=base, change=change, note="why", at=tick())
    client.force_login(cast.mette)
    page = client.get(address(agreement, "versions/3/")).content.decode()
    assert re.search(r"deleted: </span>One\.", page)
    assert re.search(r"inserted: </span>Two\.", page)
    since_first = read(client.get(address(agreement, "versions/3/"), {"since": "1"}))
    assert "compared with version 1" in since_first
    for junk in ("9", "x", "-1", "²", "99999999999999"):
        assert client.get(address(agreement, "versions/3/"), {"since": junk}).status_code == 200
    assert client.get(address(agreement, "versions/4/")).status_code == 404
    assert client.get(address(agreement, "versions/99999999999999999999/")).status_code == 404


@pytest.mark.parametrize("n_versions", [1, 30])
def test_page_costs_the_same_statements_however_long_the_talk(
    client, cast, case, django_assert_num_queries, n_versions
):
    agreement = draft(cast, case)
    first = agreement.versions.get()
    for number in range(2, n_versions + 1):
        text = {"text": first.text, "sha256": first.sha256, "clauses": first.clauses, "note": "why"}
        agreement.versions.create(number=number, author=cast.jonas, author_hub=cast.isar, created_at=tick(), **text)
    Agreement.objects.update(version_number=n_versions)
    client.force_login(cast.mette)
    client.get(address(agreement))
    with django_assert_num_queries(5):
        assert client.get(address(agreement)).status_code == 200


def test_page_costs_the_same_statements_with_twelve_parties(client, cast, django_assert_num_queries):
    agreement = draft(cast, make_case(cast, cast.isar, *(make_hub() for _ in range(11))))
    client.force_login(cast.jonas)
    client.get(address(agreement))
    with django_assert_num_queries(5):
        assert client.get(address(agreement)).status_code == 200


def test_signing_page_stays_within_the_budget(client, cast, accepted, django_assert_max_num_queries):
    client.force_login(cast.jonas)
    page = address(accepted)
    with django_assert_max_num_queries(5):
        assert "Sign version 1" in read(client.get(page))


def test_draft_can_be_taken_along_as_pdf(client, cast, agreement):
    client.force_login(cast.jonas)
    response = client.get(address(agreement, "draft.pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


# Drafting


def test_lead_drafts_with_what_is_filled_in(client, cast, case):
    client.force_login(cast.pau)
    page = client.get(f"/requests/{case.ref}/agreement/new/")
    response = client.post(f"/requests/{case.ref}/agreement/new/", filled(page))
    assert (response.status_code, response["Location"]) == (303, f"/requests/{case.ref}/agreement/")
    agreement = Agreement.objects.get()
    assert agreement.terms["values"] == dict(terms_for(case).values)
    assert "7,900.50" in agreement.versions.get().text


def test_what_the_lead_changes_stands_in_the_text(client, cast, case):
    client.force_login(cast.lucia)
    path = f"/requests/{case.ref}/agreement/new/"
    sent = filled(client.get(path)) | {
        "liability_cap": "amount",
        "liability_cap_eur": "125000.50",
        "ip_option": "joint",
        "non_compete": "no",
        f"days_{cast.ebro.pk}": "21",
        f"fee_{cast.ebro.pk}": "5200",
        "target_needs-covered": "90",
    }
    del sent["kpi_days-to-team"]
    assert client.post(path, sent).status_code == 303
    text = Agreement.objects.get().versions.get().text
    assert "is limited to EUR 125,000.50." in text
    assert "belong to these Parties jointly" in text
    assert "Client protection" not in [c["title"] for c in Version.objects.get().clauses]
    assert "Ebro Data Hub 21 working days" in text
    assert "Needs covered: at least 90%" in text
    assert "Days from need to team" not in text


def test_wrong_terms_come_back_with_what_was_typed(client, cast, case):
    client.force_login(cast.lucia)
    path = f"/requests/{case.ref}/agreement/new/"
    sent = filled(client.get(path))
    response = client.post(path, sent | {"payment_days": "900", "scope": "Kept words", "ends_on": sent["starts_on"]})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Kept words" in page
    assert {"payment_days", "ends_on"} <= set(response.context["form"].errors)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("field", ["fee", "days"])
@pytest.mark.parametrize("value", ["-1", "x", "1e400", "99999999999", "NaN"])
def test_senseless_shares_are_refused(client, cast, case, field, value):
    client.force_login(cast.lucia)
    path = f"/requests/{case.ref}/agreement/new/"
    sent = filled(client.get(path)) | {f"{field}_{cast.isar.pk}": value}
    assert client.post(path, sent).status_code == 422


def test_a_refused_draft_says_why(client, cast, case):
    client.force_login(cast.lucia)
    path = f"/requests/{case.ref}/agreement/new/"
    response = client.post(path, filled(client.get(path)) | {"scope": "Help the Municipality of Elsewhere"})
    assert response.status_code == 422
    assert "The text names the client." in read(response)


def test_an_agreement_drafted_already_is_shown_instead(client, cast, agreement):
    client.force_login(cast.lucia)
    response = client.get(address(agreement, "new/"))
    assert (response.status_code, response["Location"]) == (303, address(agreement))


@pytest.mark.parametrize("person", ["jonas", "mayor", "stranger", "steward"])
def test_only_the_lead_finds_the_draft_page(client, cast, case, person):
    client.force_login(getattr(cast, person))
    assert client.get(f"/requests/{case.ref}/agreement/new/").status_code == 404


# Changing


def test_any_party_suggests_another_wording(client, cast, agreement):
    client.force_login(cast.jonas)
    sent = {"base_version": 1, "words": "One.\r\n\r\nTwo <b>bold</b>.", "note": "Our insurer asks for it."}
    response = client.post(address(agreement, "clauses/insurance/"), sent)
    assert (response.status_code, response["Location"]) == (303, address(agreement) + "#insurance")
    page = client.get(address(agreement)).content.decode()
    assert "8.1 " in page
    assert "Two &lt;b&gt;bold&lt;/b&gt;." in page


def test_a_clash_keeps_the_typed_words_and_asks_to_compare(client, cast, agreement):
    change = NewWording(clause="insurance", words="First come.")
    operations.revise(agreement, by=actor(cast.jonas), base_version=1, change=change, note="why", at=tick())
    client.force_login(cast.mette)
    sent = {"base_version": 1, "words": "My own words.", "note": "Mine."}
    response = client.post(address(agreement, "clauses/insurance/"), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Jonas Weber (Isar Edge Lab) changed this" in html.unescape(page)
    assert "My own words." in page
    assert "First come." in page
    again = sent | {"base_version": response.context["form"]["base_version"].value()}
    assert client.post(address(agreement, "clauses/insurance/"), again).status_code == 303
    assert Version.objects.get(number=3).text.count("My own words.") == 1


def test_back_to_the_model_text_with_one_press(client, cast, agreement):
    change = NewWording(clause="insurance", words="Other words.")
    operations.revise(agreement, by=actor(cast.jonas), base_version=1, change=change, note="why", at=tick())
    client.force_login(cast.mette)
    sent = {"base_version": 2, "words": "ignored", "note": "The model was right.", "model": "yes"}
    assert client.post(address(agreement, "clauses/insurance/"), sent).status_code == 303
    assert Version.objects.get(number=3).clauses == Version.objects.get(number=1).clauses


def test_a_wording_without_a_reason_comes_back(client, cast, agreement):
    client.force_login(cast.mette)
    sent = {"base_version": 1, "words": "My own words.", "note": ""}
    response = client.post(address(agreement, "clauses/insurance/"), sent)
    assert response.status_code == 422
    assert "My own words." in response.content.decode()


def test_a_clause_that_is_not_in_the_text_has_no_page(client, cast, agreement):
    client.force_login(cast.mette)
    assert client.get(address(agreement, "clauses/expert-mobilisation/")).status_code == 404
    assert client.get(address(agreement, "clauses/nonsense/")).status_code == 404


def test_terms_are_changed_with_all_else_kept(client, cast, agreement):
    client.force_login(cast.mette)
    page = client.get(address(agreement, "terms/"))
    sent = filled(page) | {"base_version": 1, "note": "45 days are our rule.", "payment_days": "45"}
    assert client.post(address(agreement, "terms/"), sent).status_code == 303
    one, two = (Version.objects.get(number=n) for n in (1, 2))
    assert "within 45 days of the start" in two.text
    differing = [a["key"] for a, b in zip(one.clauses, two.clauses, strict=True) if a != b]
    assert differing == ["payment-terms"]


def test_unchanged_terms_make_no_version(client, cast, agreement):
    client.force_login(cast.mette)
    sent = filled(client.get(address(agreement, "terms/"))) | {"base_version": 1, "note": "why"}
    response = client.post(address(agreement, "terms/"), sent)
    assert response.status_code == 422
    assert "Nothing was changed." in read(response)


def test_a_kpi_left_out_can_come_back(client, cast, agreement):
    client.force_login(cast.mette)
    path = address(agreement, "terms/")
    sent = filled(client.get(path)) | {"base_version": 1, "note": "why"}
    del sent["kpi_satisfaction"]
    client.post(path, sent)
    assert "Client satisfaction" not in Version.objects.get(number=2).text
    back = filled(client.get(path)) | {"base_version": 2, "note": "why", "kpi_satisfaction": "on"}
    assert client.post(path, back).status_code == 303
    assert "Client satisfaction" in Version.objects.get(number=3).text


# Answering


def test_accepting_and_signing_by_form_brings_it_into_force(client, cast, agreement, mailoutbox):
    for person in (cast.jonas, cast.mette):
        client.force_login(person)
        assert client.post(address(agreement, "accept/"), {"version": 1}).status_code == 303
    for person in (cast.lucia, cast.jonas, cast.mette):
        client.force_login(person)
        page = client.get(address(agreement))
        assert client.post(address(agreement, "sign/code/")).status_code == 303
        code = re.search(r"\b(\d{6})\b", mailoutbox[-1].body)
        assert code
        section = page.content.decode().split('id="sign"')[1].split("</section>")[0]
        sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', section))
        sent |= {"function": "Director", "has_read": "on", "answer": f" {code[1][:3]} {code[1][3:]}"}
        assert client.post(address(agreement, "sign/"), sent).status_code == 303
    agreement.refresh_from_db()
    assert agreement.state == "in-force"
    assert "Every party has signed." in read(client.get(address(agreement)))


def test_an_old_page_cannot_accept_the_new_text(client, cast, agreement):
    change = NewWording(clause="insurance", words="Other words.")
    operations.revise(agreement, by=actor(cast.lucia), base_version=1, change=change, note="why", at=tick())
    client.force_login(cast.jonas)
    for sent in ("1", "", "x", "9999999999999999999999", "²"):
        response = client.post(address(agreement, "accept/"), {"version": sent})
        assert response.status_code == 422
        assert "version 2 is the current one" in read(response)


def test_signing_needs_the_tick_and_keeps_what_was_typed(client, cast, accepted):
    client.force_login(cast.jonas)
    sent = {
        "version": 1,
        "sha256": accepted.versions.get().sha256,
        "method": "mail-code",
        "name": "Jonas W.",
        "function": "Vorstand",
        "answer": "123456",
    }
    response = client.post(address(accepted, "sign/"), sent)
    assert response.status_code == 422
    assert 'value="Vorstand"' in response.content.decode()
    assert not Signature.objects.exists()


def test_a_wrong_code_says_so_and_counts(client, cast, accepted, mailoutbox):
    client.force_login(cast.jonas)
    client.post(address(accepted, "sign/code/"))
    sent = {
        "version": 1,
        "sha256": accepted.versions.get().sha256,
        "method": "mail-code",
        "name": "Jonas Weber",
        "function": "Vorstand",
        "answer": "wrong",
        "has_read": "on",
    }
    answers = [read(client.post(address(accepted, "sign/"), sent)) for _ in range(7)]
    assert "This code is not right" in answers[0]
    assert "Too many wrong" in answers[-1]


def test_signing_an_old_version_shows_the_new_text_first(client, cast, accepted, mailoutbox):
    client.force_login(cast.jonas)
    old = accepted.versions.get()
    change = NewWording(clause="insurance", words="Other words.")
    operations.revise(accepted, by=actor(cast.lucia), base_version=1, change=change, note="why", at=tick())
    sent = {
        "version": 1,
        "sha256": old.sha256,
        "method": "mail-code",
        "name": "Jonas Weber",
        "function": "Vorstand",
        "answer": "123456",
        "has_read": "on",
    }
    response = client.post(address(accepted, "sign/"), sent)
    assert response.status_code == 422
    assert "The text has changed: version 2 is the current one." in read(response)
    assert old.sha256 not in response.content.decode()


def test_people_who_cannot_sign_are_told_who_can(client, cast, accepted):
    client.force_login(cast.pau)
    page = read(client.get(address(accepted)))
    assert "Only a signatory of your hub can sign." in page
    assert "Sign version 1" not in page


def test_a_manager_names_another_signatory_when_the_first_left(client, cast, accepted):
    manager = make_member(cast.isar, "manager", name="Ida Manager")
    new = make_member(cast.isar, "signatory", name="Nils New")
    Membership.objects.filter(user=cast.jonas).update(ended_at=tick())
    client.force_login(manager)
    page = read(client.get(address(accepted)))
    assert "Jonas Weber was to sign, but has left" in page
    assert client.post(address(accepted, "signatory/"), {"user_id": new.pk}).status_code == 303
    assert "Nils New signs" in read(client.get(address(accepted)))
    for junk in ("", "x", str(cast.mette.pk), "9" * 30):
        assert client.post(address(accepted, "signatory/"), {"user_id": junk}).status_code == 422


def test_declining_tells_why_to_everybody(client, cast, agreement):
    client.force_login(cast.jonas)
    assert client.post(address(agreement, "decline/"), {"reason": ""}).status_code == 422
    assert client.post(address(agreement, "decline/"), {"reason": "No free engineers."}).status_code == 303
    client.force_login(cast.lucia)
    page = read(client.get(address(agreement)))
    assert "Isar Edge Lab has declined" in page
    assert "No free engineers." in page
    assert "Waiting for you" in page


def test_passkey_options_are_for_people_with_a_passkey(client, cast, accepted):
    client.force_login(cast.jonas)
    assert client.get(address(accepted, "sign/passkey.json")).status_code == 404


# Files


@pytest.fixture
def sealed(in_force):
    return sealing.seal(in_force.pk, at=tick())


def test_every_party_takes_the_sealed_file(client, cast, in_force, sealed):
    client.force_login(cast.pau)
    assert client.get(address(in_force, "file/")).getvalue() == sealed.file.read()
    assert "Sealed PDF" in read(client.get(address(in_force)))
    assert client.get(address(in_force, "draft.pdf")).status_code == 404


def test_before_the_seal_there_is_no_file(client, cast, in_force):
    client.force_login(cast.pau)
    assert client.get(address(in_force, "file/")).status_code == 404
    assert "Check a file" in read(client.get(address(in_force, "check/")))
    assert "The sealed file is being made." in read(client.get(address(in_force)))


def test_check_page_says_what_holds(client, cast, in_force, sealed):
    client.force_login(cast.mette)
    page = read(client.get(address(in_force, "check/")))
    assert "The file holds" in page
    assert "not a qualified seal" in page
    assert "long term with archive time stamp (PAdES B-LTA)" in page
    assert "nobody outside vouches for its clock" in page
    assert client.get(address(in_force, "seal-authority.pem")).content.startswith(b"-----BEGIN CERTIFICATE-----")


def test_a_file_sent_for_checking_is_told_apart(client, cast, in_force, sealed):
    client.force_login(cast.mette)
    content = sealed.file.read()

    def check(name: str, content: bytes) -> str:
        return read(client.post(address(in_force, "check/"), {"file": SimpleUploadedFile(name, content)}))

    assert "The file you sent is the sealed agreement of this case, unchanged." in check("a.pdf", content)
    damaged = bytearray(content)
    damaged[4000] ^= 1
    assert "Do not rely on this file" in check("b.pdf", bytes(damaged))
    assert "The file is damaged, or no PDF." in check("c.pdf", b"%PDF-1.7 nothing")
    assert client.post(address(in_force, "check/")).status_code == 422


def test_a_seal_of_another_case_is_named_as_such(client, cast, in_force, sealed, sign):
    other = draft(cast, make_case(cast, cast.isar))
    operations.accept(other, by=actor(cast.jonas), version=1, at=tick())
    for person in (cast.lucia, cast.jonas):
        sign(other, person)
    made = sealing.seal(other.pk, at=tick())
    assert made is not None
    client.force_login(cast.mette)
    upload = SimpleUploadedFile("other.pdf", made.file.read())
    page = read(client.post(address(in_force, "check/"), {"file": upload}))
    assert "The file holds, but belongs to another case" in page
