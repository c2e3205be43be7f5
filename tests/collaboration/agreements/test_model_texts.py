"""When the library of clauses and the instruments that ship with Hansa are read. Source: BP-NS-03, BP-MM-06."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import yaml
from shared import shared_path

from hansa.collaboration.agreements.queries.library import Instrument, ModelClause
from hansa.collaboration.agreements.queries.shelf import families, instruments
from hansa.collaboration.scenarios.queries import scenarios

CONTENT = files("hansa.collaboration.agreements") / "content"
RAW = {
    clause["key"]: clause
    for family in families()
    for clause in yaml.safe_load((CONTENT / "clauses" / f"{family.key}.yaml").read_text("utf-8"))["clauses"]
}
INSTRUMENTS = instruments()
SIGNED = {scenario.id: INSTRUMENTS[scenario.instrument] for scenario in scenarios().values()}
ENTRIES = [(of, clause) for of in INSTRUMENTS.values() for clause in of.clauses]
FACTS = set(INSTRUMENTS["jd-agreement"].blanks)


@pytest.fixture(scope="module")
def source() -> dict[str, Any]:
    """The clauses and instruments as the blueprint outlines them."""
    return yaml.safe_load(shared_path("blueprint/clause_library.yaml").read_text(encoding="utf-8"))


def conditions(of: Instrument) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    for clause in of.clauses:
        rows = [clause.when, *(p.when for p in clause.body), *(p.when for p in clause.parameters)]
        for when in rows:
            for name, wanted in when.items():
                yield clause.key, name, wanted


def text_of(of: Instrument) -> str:
    return "\n".join(paragraph.text for clause in of.clauses for paragraph in clause.body)


def test_all_clauses_of_the_blueprint_are_there_with_the_risks_they_answer(source: dict[str, Any]) -> None:
    """Source: BP-AGR-12."""
    theirs = {clause["id"]: (sorted(clause["mitigates"]), clause["seed"]) for clause in source["clauses"]}
    assert len(theirs) == 31
    ours = {key: (sorted(RAW[key]["mitigates"]), RAW[key]["blueprint"]) for key in theirs}
    assert ours == theirs


def test_alternatives_are_those_of_the_blueprint(source: dict[str, Any]) -> None:
    theirs = {c["id"]: c["alternative_of"] for c in source["clauses"] if "alternative_of" in c}
    assert {key: clause["alternative_of"] for key, clause in RAW.items() if "alternative_of" in clause} == theirs


def test_what_the_blueprint_does_not_list_is_marked_as_ours(source: dict[str, Any]) -> None:
    theirs = {clause["id"] for clause in source["clauses"]}
    assert not [key for key, clause in RAW.items() if key not in theirs and clause["mitigates"]]


@pytest.mark.parametrize("of", INSTRUMENTS.values(), ids=list(INSTRUMENTS))
def test_instruments_have_the_clauses_of_the_blueprint_in_order(of: Instrument, source: dict[str, Any]) -> None:
    """Source: BP-AGR-01, BP-AGR-12."""
    theirs = next(row for row in source["instruments"] if row["id"] == of.id)
    assert [clause.key for clause in of.clauses if clause.key not in of.added] == theirs["clauses"]
    assert len({clause.key for clause in of.clauses}) == len(of.clauses)
    assert len(source["instruments"]) == len(INSTRUMENTS)


def test_every_clause_of_the_library_is_part_of_an_instrument() -> None:
    assert {clause.key for _, clause in ENTRIES} == set(RAW) == {key for one in families() for key in one.clauses}


def test_each_scenario_is_signed_with_its_instrument() -> None:
    assert {key: of.scenario for key, of in SIGNED.items()} == {"JD": "JD", "NS": "NS", "MM": "MM"}


def test_every_text_says_that_it_is_no_legal_advice() -> None:
    notice = "Model text, not legal advice; governing law to be chosen."
    assert {of.notice for of in INSTRUMENTS.values()} == {notice}


@pytest.mark.parametrize(("of", "clause"), ENTRIES, ids=[f"{of.id}/{clause.key}" for of, clause in ENTRIES])
def test_every_clause_has_text_and_one_sentence_in_plain_words(of: Instrument, clause: ModelClause) -> None:
    assert clause.title
    assert clause.plain_words.endswith(".")
    assert clause.plain_words.count(". ") == 0
    assert clause.body
    assert all(paragraph.text for paragraph in clause.body)


def test_every_parameter_can_be_asked_and_has_a_valid_value() -> None:
    for of in INSTRUMENTS.values():
        for parameter in of.parameters.values():
            assert parameter.label, parameter.name
            assert parameter.help.endswith("."), parameter.name
            if parameter.default_from:
                assert parameter.default_from in FACTS
            else:
                assert parameter.problem(parameter.default) == "", parameter.name
            if parameter.kind in {"int", "money", "percent"}:
                assert parameter.minimum is not None, parameter.name
                assert parameter.maximum is not None, parameter.name


def test_numbers_have_a_unit() -> None:
    counted = {p.name for of in INSTRUMENTS.values() for p in of.parameters.values() if p.kind == "int" and not p.unit}
    # A count and two ratings have none.
    assert counted == {"pilots", "go_score", "satisfaction_min"}


def test_parameters_are_declared_once() -> None:
    names = [p["name"] for clause in RAW.values() for p in clause.get("parameters", [])]
    assert len(names) == len(set(names))
    assert not set(names) & FACTS


@pytest.mark.parametrize("of", INSTRUMENTS.values(), ids=list(INSTRUMENTS))
def test_every_name_in_a_text_is_known_and_every_parameter_is_used(of: Instrument) -> None:
    text = text_of(of)
    assert text.count("{{") == text.count("}}") == len(re.findall(r"\{\{ \w+ \}\}", text))
    used = set(re.findall(r"\{\{ (\w+) \}\}", text))
    asked = {name for _, name, _ in conditions(of)}
    assert used - FACTS - set(of.parameters) == set()
    assert set(of.parameters) - used - asked == set()


@pytest.mark.parametrize("of", INSTRUMENTS.values(), ids=list(INSTRUMENTS))
def test_conditions_ask_for_values_that_a_parameter_can_have(of: Instrument) -> None:
    for where, name, wanted in conditions(of):
        parameter = of.parameters[name]
        if parameter.kind == "bool":
            assert all(isinstance(value, bool) for value in wanted), where
        else:
            assert set(wanted) <= {choice.value for choice in parameter.choices}, where


@pytest.mark.parametrize("of", INSTRUMENTS.values(), ids=list(INSTRUMENTS))
def test_every_choice_is_printed_or_decides_a_paragraph(of: Instrument) -> None:
    text = text_of(of)
    decided: dict[str, set[Any]] = {}
    for _, name, wanted in conditions(of):
        decided.setdefault(name, set()).update(wanted)
    for name, parameter in of.parameters.items():
        if parameter.kind not in {"choice", "list"}:
            continue
        values = {choice.value for choice in parameter.choices}
        if f"{{{{ {name} }}}}" in text:
            assert all(choice.wording or choice.value in decided[name] for choice in parameter.choices), name
        else:
            assert decided[name] == values, name


def test_what_is_usually_negotiated_comes_first() -> None:
    """Source: BP-AGR-02."""
    first = {
        key: [p.name for p in sorted(of.parameters.values(), key=lambda p: p.front) if p.front]
        for key, of in SIGNED.items()
    }
    assert first == {
        "JD": ["liability_cap", "liability_cap_eur", "ip_option", "non_compete", "non_compete_months"],
        "NS": ["liability_sum_eur", "exploitation", "contribution_remedy"],
        "MM": ["ecosystem_months"],
    }


@pytest.mark.parametrize("key", SIGNED)
def test_every_risk_of_a_scenario_is_answered_by_what_is_there_from_the_start(key: str) -> None:
    """Source: BP-AGR-03. Also those that the blueprint leaves open."""
    of = SIGNED[key]
    source = yaml.safe_load(shared_path("blueprint/scenarios.yaml").read_text(encoding="utf-8"))
    theirs = next(row for row in source["scenarios"] if row["id"] == key)
    risks = {risk for role in theirs["roles"].values() for risk in role["risks"]}
    standing = of.standing(of.default_keys, of.prefilled({}))
    assert {risk for clause in standing for risk in clause.answers} == risks
    assert {risk for clause in of.clauses for risk in clause.answers} == risks


@pytest.mark.parametrize(
    ("instrument", "key"), [("jd-agreement", "non-compete-client"), ("mm-agreement", "non-compete-ecosystem")]
)
def test_protection_is_limited_in_time_territory_and_matter(instrument: str, key: str) -> None:
    """Source: BP-AGR-04."""
    of = INSTRUMENTS[instrument]
    clause = of.clause(key)
    assert clause is not None
    assert clause.void is not None
    text = " ".join(paragraph.text for paragraph in clause.body if not paragraph.when)
    assert [name.rsplit("_")[-1] for name in clause.void.parameters] == ["months", "territory", "matter"]
    assert all(f"{{{{ {name} }}}}" in text for name in clause.void.parameters)
    assert of.parameters[clause.void.parameters[0]].maximum == 24
    assert "competition law" in clause.caution.lower()


def test_no_text_has_a_place_for_the_clients_name() -> None:
    """Source: BP-AUTH-02."""
    names = {p.name for of in INSTRUMENTS.values() for p in of.parameters.values()}
    assert not [name for name in FACTS | names if "client" in name]


def test_a_new_service_has_no_client() -> None:
    assert "Client" not in text_of(SIGNED["NS"])


def test_clauses_a_text_names_are_those_it_has() -> None:
    """A clause named as “the clause Licence of use” must carry that title."""
    for of in SIGNED.values():
        titles = {clause.title for clause in of.clauses}
        for named in re.findall(r"the clause ([A-Z]\w+(?: of use)?)", text_of(of)):
            assert named in titles, (of.id, named)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("liability-allocation", "The Lead answers to the Client for the whole Service. Each Partner answers to the Lead"),
        ("ip-background", "Background stays the property of the Party that brings it"),
        ("confidentiality", "A Party uses confidential information for this case only"),
        ("roles-raci", "Each Party is responsible for its own part of the Service"),
        ("kpi-review", "The Parties measure the cooperation by these KPIs"),
        ("payment-terms", "The Lead's duty to pay does not depend on payment by the Client"),
    ],
)  # fmt: skip
def test_joint_delivery_says_what_the_blueprint_asks_for(key: str, says: str) -> None:
    """Source: BP-AGR-05, BP-AGR-06, BP-AGR-07, BP-AGR-08, BP-AGR-11."""
    clause = INSTRUMENTS["jd-agreement"].clause(key)
    assert clause is not None
    assert says in " ".join(paragraph.text for paragraph in clause.body)
