"""When the model text becomes the text of one agreement."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hansa.collaboration.agreements.queries import instrument
from hansa.collaboration.agreements.queries.library import equal_shares
from hansa.collaboration.agreements.queries.templates import KpiTemplate
from hansa.collaboration.agreements.queries.terms import PartyTerms, Terms
from hansa.collaboration.agreements.queries.wording import (
    Case,
    PartyName,
    canonical_text,
    clean,
    compose,
    fingerprint,
    problem_in,
    split_paragraphs,
)
from hansa.collaboration.scenarios.queries import scenario

CASE = Case(
    ref="7kq2mwxz3hbd",
    lead_country="Spain",
    parties=(
        PartyName(hub_id=1, name="Ebro Data Hub", place="Zaragoza, Spain", is_lead=True),
        PartyName(hub_id=2, name="Łódź 4.0", place="Łódź, Poland", is_lead=False),
        PartyName(hub_id=3, name="Κόμβος", place="", is_lead=False),
    ),
)
JD = instrument("jd-agreement")
FACTS = {
    "lead_country": "Spain",
    "scope": "edge deployment",
    "starts_on": "2027-01-11",
    "ends_on": "2027-03-22",
    "equal_shares": equal_shares([1, 2, 3]),
}
TERMS = Terms(
    clauses=JD.default_keys,
    values=JD.prefilled(FACTS),
    scope="edge deployment",
    starts_on=date(2027, 1, 11),
    ends_on=date(2027, 3, 22),
    kpis=(KpiTemplate(key="t", name="Tests run", unit="", better="higher", target=Decimal("2.00"), computed=False),),
    parties=(
        PartyTerms(hub_id=1, part="coordination.", effort_days=14, fee_eur=Decimal(5200)),
        PartyTerms(hub_id=2, part="deployment", effort_days=1, fee_eur=Decimal("7900.50")),
        PartyTerms(hub_id=3, part="training", effort_days=0, fee_eur=Decimal(0)),
    ),
)


def with_values(**values: object) -> Terms:
    return replace(TERMS, values={**TERMS.values, **values})


def composed(terms: Terms = TERMS, **reworded: list[str]) -> dict[str, dict]:
    return {c["key"]: c for c in compose(JD, case=CASE, terms=terms, reworded=reworded)}


def text_of(terms: Terms = TERMS, **reworded: list[str]) -> str:
    clauses = compose(JD, case=CASE, terms=terms, reworded=reworded)
    return canonical_text(clauses, title="Joint delivery agreement", case_ref=CASE.ref, version=3)


def test_fills_in_every_name():
    assert "{{" not in text_of()


def test_names_parties_shares_and_dates():
    text = text_of()
    assert (
        "Ebro Data Hub of Zaragoza, Spain (the Lead) and Łódź 4.0 of Łódź, Poland and Κόμβος (each a Partner)" in text
    )
    assert "Ebro Data Hub: coordination; Łódź 4.0: deployment; Κόμβος: training." in text
    assert "Ebro Data Hub 14 working days; Łódź 4.0 1 working day; Κόμβος 0 working days." in text
    assert "Ebro Data Hub EUR 5,200; Łódź 4.0 EUR 7,900.50; Κόμβος EUR 0; EUR 13,100.50 in all." in text
    assert "from 11 January 2027 to 22 March 2027." in text
    assert "these KPIs: Tests run: at least 2." in text


def test_numbers_clauses_and_paragraphs_without_gaps():
    clauses = compose(JD, case=CASE, terms=with_values(non_compete=False), reworded={})
    assert [c["number"] for c in clauses] == list(range(1, len(clauses) + 1))
    text = canonical_text(clauses, title="T", case_ref="r", version=1)
    first = [line for line in text.split("\n") if line.startswith("1.")]
    assert [line.split()[0] for line in first] == ["1.", "1.1", "1.2", "1.3"]


@pytest.mark.parametrize(
    ("values", "key", "is_there"),
    [
        ({"non_compete": False}, "non-compete-client", False),
        ({"non_compete": True}, "non-compete-client", True),
        ({"ip_option": "joint"}, "ip-licence", False),
        ({"ip_option": "maker"}, "ip-licence", True),
        ({"experts_used": True}, "expert-mobilisation", True),
        ({"facilities_used": False}, "facility-access", False),
    ],
)
def test_takes_a_clause_in_only_where_its_condition_holds(values, key, is_there):
    assert (key in composed(with_values(**values))) is is_there


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"liability_cap": "fee"}, "is limited to the fee of that Partner under this agreement."),
        ({"liability_cap": "double-fee"}, "is limited to twice the fee of that Partner under this agreement."),
        ({"liability_cap": "amount", "liability_cap_eur": "125000"}, "is limited to EUR 125,000."),
    ],
)
def test_prints_the_chosen_cap(values, words):
    assert words in " ".join(composed(with_values(**values))["liability-allocation"]["paragraphs"])


def test_answers_every_risk_of_the_scenario():
    """Source: BP-AGR."""
    risks = {risk.id for role in scenario("JD").roles.values() for risk in role.risks}
    answered = {risk for clause in composed(with_values(non_compete=False)).values() for risk in clause["mitigates"]}
    assert risks <= answered


def test_keeps_the_words_a_party_wrote_itself():
    clauses = composed(insurance=["No insurance is asked for."])
    assert clauses["insurance"]["paragraphs"] == ["No insurance is asked for."]
    assert clauses["insurance"]["reworded"] is True
    assert clauses["payment-terms"]["reworded"] is False


def test_does_not_fill_in_what_a_party_typed():
    terms = with_values(forum="{{ lead }} and {{ nonsense }}")
    assert "What remains is decided by {{ lead }} and {{ nonsense }}." in text_of(terms)


def test_gives_the_same_text_and_fingerprint_every_time():
    assert text_of() == text_of()
    assert fingerprint(text_of()) == fingerprint(text_of())
    assert fingerprint(text_of()) != fingerprint(text_of(with_values(payment_days=31)))


def test_text_is_nfc_with_plain_line_ends():
    text = text_of(with_values(forum="Gericht Mu\u0308nchen\r\n\tam  See"))
    assert unicodedata.is_normalized("NFC", text)
    assert "Gericht München am See" in text
    assert "\r" not in text
    assert not any(line != line.strip() for line in text.split("\n"))
    assert text.endswith(".\n")


def test_clean_drops_what_cannot_be_seen():
    assert clean("  zero\u200bwidth\u00ad \ufeff and\u00a0space\n") == "zerowidth and space"


def test_paragraphs_are_parted_by_empty_lines_and_lose_copied_numbers():
    assert split_paragraphs("7.1 First\r\nline.\r\n \r\n7.2  Second 2.5 per cent.\n\n\n") == [
        "First line.",
        "Second 2.5 per cent.",
    ]


@pytest.mark.parametrize("text", ["a\u202eb", "\u2066x\u2069", "bell\x07", "\ue000", "\x00", "\ud800"])
def test_hidden_characters_are_refused(text):
    assert problem_in(text)


@pytest.mark.parametrize("text", ["plain", "Ελληνικά Български ąęß", "line\nbreak\tand tab", "soft\u00adhyphen", "“€”"])
def test_visible_characters_pass(text):
    assert problem_in(text) == ""


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"payment_days": 0}, "Days to pay"),
        ({"payment_days": 10**9}, "Days to pay"),
        ({"payment_days": "x"}, "Days to pay"),
        ({"payment_days": 2.5}, "Days to pay"),
        ({"payment_days": True}, "Days to pay"),
        ({"liability_cap": "none"}, "Liability cap"),
        ({"carve_outs": []}, "Exceptions"),
        ({"carve_outs": ["prior-relationship", "nonsense"]}, "Exceptions"),
        ({"mediation": "yes"}, "Mediation"),
        ({"law": "  "}, "Country whose law applies"),
        ({"insurance_eur": "NaN"}, "Insured sum"),
        ({"insurance_eur": "1e999999"}, "Insured sum"),
        ({"forum": "x" * 1001}, "too long"),
        ({"forum": "a\u202eb"}, "hidden character"),
    ],
)
def test_values_that_cannot_stand_in_the_text_are_named(values, found):
    assert found in with_values(**values).problem(JD, earliest=date(2027, 1, 1))


def test_dates_shares_and_scope_are_checked():
    assert "last day" in replace(TERMS, ends_on=TERMS.starts_on).problem(JD, earliest=date(2027, 1, 1))
    assert "delivered" in replace(TERMS, scope=" ").problem(JD, earliest=date(2027, 1, 1))
    shares = (replace(TERMS.parties[0], fee_eur=Decimal(-1)), *TERMS.parties[1:])
    assert "zero or more" in replace(TERMS, parties=shares).problem(JD, earliest=date(2027, 1, 1))
    assert TERMS.problem(JD, earliest=date(2027, 1, 1)) == ""
