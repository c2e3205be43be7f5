"""When aid is declared and certified. Source: BP-REC-R14.1."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from cast import acting
from django.db import connection
from factories import NOW, make_client
from pypdf import PdfReader

from hansa.collaboration.aid import operations, queries
from hansa.collaboration.models import Certificate


def issue(row, user):
    return operations.issue(row, function="Director", by=acting(user), at=NOW)


def declare_aid(party, user, amount, **changes):
    fields = {
        "beneficiary": "",
        "authority": "City of Zaragoza",
        "member_state": "ES",
        "granted_on": date(2025, 5, 1),
        "amount_eur": Decimal(amount),
    }
    return operations.declare_aid(party, by=acting(user), at=NOW, **(fields | changes))


def test_the_certificate_names_every_field_and_what_is_left(cast, record, party, declared):
    declare_aid(party, cast.lucia, 1000)
    content = issue(record(), cast.lucia).content
    assert {name for name, _words in queries.CERTIFICATE_FIELDS} <= set(content)
    amounts = ("cumulated_before_eur", "cumulated_after_eur", "remaining_eur")
    assert [Decimal(content[name]) for name in amounts] == [1000, 1750, 298_250]
    assert (content["beneficiary_id"], content["grantor"], content["member_state"]) == (
        "ESB12345678",
        "Ministry of Industry",
        "ES",
    )


def test_the_files_are_tagged_and_always_the_same(cast, record, party, declared):
    certificate = issue(record(), cast.lucia)
    for made in (
        queries.certificate_pdf(certificate),
        queries.declaration_pdf(queries.declarations_of(party.client_id)[0]),
    ):
        catalog = PdfReader(io.BytesIO(made)).trailer["/Root"]
        assert catalog["/MarkInfo"]["/Marked"]
        assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert queries.certificate_pdf(certificate) == queries.certificate_pdf(certificate)
    assert "Frigo" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def test_needs_a_declaration_and_the_question_about_other_aid(cast, record, party):
    row = record(other_aid_eur=None)
    with pytest.raises(operations.CannotIssue, match="other aid for the same costs"):
        issue(row, cast.lucia)
    row = record()
    with pytest.raises(operations.CannotIssue, match="has to declare"):
        issue(row, cast.lucia)
    operations.declare(party, name="Ana", function="Owner", by=acting(cast.lucia), at=NOW - timedelta(days=366))
    with pytest.raises(operations.CannotIssue, match="has to declare"):
        issue(row, cast.lucia)


def test_a_grant_over_the_ceiling_is_recorded_but_not_certified(cast, record, party, declared):
    declare_aid(party, cast.lucia, "299500")
    row = record()
    assert queries.standing_of_record(row).exceeded_by(row.aid_eur) == 250
    with pytest.raises(operations.CannotIssue, match="exceed the ceiling by 250"):
        issue(row, cast.lucia)


def test_linked_undertakings_count_as_one_through_others(cast, record, party, frigo):
    holding, sister = make_client(cast.ebro, "Holding"), make_client(cast.ebro, "Sister")
    lucia = acting(cast.lucia)
    for of, other in ((frigo, holding), (holding, sister)):
        declarant = queries.declarant(of.pk, actor=lucia)
        operations.link(declarant, name="", identifier="", kind="votes", other_id=other.pk, by=lucia, at=NOW)
    record(client_id=sister.pk)
    standing = queries.standing_of_record(record())
    assert (standing.members, standing.room.counted_eur) == (("Frigo Montaña", "Holding", "Sister"), 750)


def test_aid_of_another_country_is_another_ceiling(cast, party, record):
    declare_aid(party, cast.lucia, 5000, member_state="FR")
    assert queries.standing_of_record(record()).room.counted_eur == 0


def test_staff_without_a_function_in_it_issue_nothing(cast, record, declared):
    with pytest.raises(operations.CannotIssue, match="manager or a signatory"):
        issue(record(), cast.pau)


def test_what_is_certified_stays_until_it_is_withdrawn(cast, record, draft, declared):
    row = record()
    issue(row, cast.lucia)
    other = operations.ServiceDraft(
        **{name: getattr(draft, name) for name in draft.__dataclass_fields__ if name != "price_eur"},
        price_eur=Decimal(3000),
    )
    with pytest.raises(operations.CannotRecord, match="Withdraw it"):
        operations.change_service(row, other, by=acting(cast.lucia), at=NOW)
    operations.withdraw_certificate(row, by=acting(cast.lucia), at=NOW)
    assert operations.change_service(row, other, by=acting(cast.lucia), at=NOW).aid_eur == 1250


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount_eur": Decimal(0)}, "above zero"),
        ({"amount_eur": Decimal("NaN")}, "above zero"),
        ({"granted_on": date(2026, 11, 25)}, "lies in the past"),
    ],
)
def test_refuses_aid_that_cannot_be(cast, party, changes, words):
    with pytest.raises(operations.CannotDeclare, match=words):
        declare_aid(party, cast.lucia, 5, **changes)


def test_the_client_declares_for_itself_and_for_nobody_else(cast, party, frigo):
    mayor = acting(cast.mayor)
    assert queries.declarant(frigo.pk, actor=mayor) is None
    own = queries.declarant(cast.elsewhere.pk, actor=mayor)
    row = operations.declare(own, name="Maria Mayor", function="Mayor", by=mayor, at=NOW)
    assert row.declared_by == "client"
    with pytest.raises(operations.CannotDeclare):
        operations.declare(party, name="Maria", function="Mayor", by=mayor, at=NOW)


def test_letters_that_cannot_be_printed_are_named(cast, party):
    with pytest.raises(operations.CannotDeclare, match="cannot be printed"):
        operations.declare(party, name="王小明", function="Owner", by=acting(cast.lucia), at=NOW)


def test_two_that_fit_alone_but_not_together_are_both_held_back(cast, record, party, declared):
    declare_aid(party, cast.lucia, "299000")
    for row in (record(), record(granted_on=date(2026, 10, 2))):
        with pytest.raises(operations.CannotIssue, match="exceed"):
            issue(row, cast.lucia)


@pytest.mark.django_db(transaction=True)
def test_pressed_by_two_at_once_there_is_one_certificate(cast, record, declared):
    row, start, made = record(), Barrier(2), []

    def go():
        start.wait()
        try:
            made.append(issue(row, cast.lucia).pk)
        finally:
            connection.close()

    threads = [Thread(target=go) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (len(made), len(set(made)), Certificate.objects.count()) == (2, 1, 1)
