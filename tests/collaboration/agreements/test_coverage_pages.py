"""When people see which risks an agreement covers, and read the library of clauses."""

from __future__ import annotations

from typing import Any

import pytest
from collaboration.agreements.agreeing import actor, tick
from collaboration.agreements.test_pages import filled, read

from hansa.collaboration.agreements import operations, queries
from hansa.collaboration.agreements.operations import NewWording
from hansa.collaboration.agreements.queries import shelf
from hansa.collaboration.models import Agreement

LIBRARY = "/agreements/library/"


def terms_page(agreement: Any) -> str:
    return f"/requests/{agreement.request.ref}/agreement/terms/"


def sent(response: Any, *, without: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    """Return what the form sends with some clauses ticked off."""
    chosen = [key for key in shelf.instrument("jd-agreement").default_keys if key not in without]
    return filled(response) | {"clauses": chosen, "base_version": "1", "note": "Shorter."} | changes


def test_each_risk_stands_with_what_covers_it(client, cast, agreement):
    """Source: BP-AGR-03."""
    client.force_login(cast.mette)
    page = read(client.get(f"/requests/{agreement.request.ref}/agreement/risks/"))
    assert "Risks of the lead 4 of 4 covered" in page
    assert "Distinctive capabilities are shared By the blueprint: Background and Confidentiality Added: Licence" in page
    assert "Payment is uncertain Added: Fees and cost sharing and Payment" in page
    assert "8 of 8 risks covered" in read(client.get(f"/requests/{agreement.request.ref}/agreement/"))


def test_own_words_of_a_party_are_named_there(client, cast, agreement):
    change = NewWording(clause="insurance", words="Nobody needs insurance.")
    operations.revise(agreement, by=actor(cast.jonas), base_version=1, change=change, note="Dear.", at=tick())
    client.force_login(cast.mette)
    page = read(client.get(f"/requests/{agreement.request.ref}/agreement/risks/"))
    assert "Check that they still answer the risk: Insurance." in page


def test_a_gap_is_shown_with_the_fewest_clauses_that_close_it(client, cast, agreement):
    client.force_login(cast.jonas)
    gone = ("go-no-go", "termination", "dispute-resolution")
    form = client.get(terms_page(agreement))
    page = client.post(terms_page(agreement), sent(form, without=gone, check="1"))
    assert page.status_code == 200
    words = read(page)
    assert "6 of 8 risks covered" in words
    assert "2 risks are not covered The fewest clauses that close the gap: Stage gates and early exit." in words
    assert "The partnership fails before it brings benefits Not covered by any clause" in words
    assert Agreement.objects.get().version_number == 1, "nothing is written"
    closed = client.post(terms_page(agreement), sent(form, without=gone, add="go-no-go"))
    assert "8 of 8 risks covered" in read(closed)
    assert Agreement.objects.get().version_number == 1


def test_a_clause_that_a_question_switches_is_taken_in_with_its_answer(client, cast, agreement):
    client.force_login(cast.jonas)
    form = client.get(terms_page(agreement))
    page = client.post(terms_page(agreement), sent(form, non_compete="no", add="non-compete-client"))
    assert page.context["form"].values["non_compete"] is True


def test_htmx_gets_the_clauses_alone(client, cast, case):
    client.force_login(cast.lucia)
    path = f"/requests/{case.ref}/agreement/new/"
    data = sent(client.get(path), without=("fees-sharing",), check="1")
    page = client.post(path, data, headers={"HX-Request": "true", "HX-Target": "composer"})
    assert page.content.decode().lstrip().startswith('<section class="card" id="composer"')
    assert "“Fees and cost sharing” is part of it because “Liability” needs it." in read(page)
    assert not Agreement.objects.exists()


def test_clauses_ticked_off_are_left_out_of_the_new_version(client, cast, agreement):
    client.force_login(cast.jonas)
    form = client.get(terms_page(agreement))
    assert client.post(terms_page(agreement), sent(form, without=("insurance",))).status_code == 303
    agreement.refresh_from_db()
    assert "insurance" not in queries.terms_of(agreement).clauses
    assert "Insurance" not in [c["title"] for c in agreement.versions.get(number=2).clauses]


def test_what_came_along_is_said_after_sending(client, cast, agreement):
    client.force_login(cast.jonas)
    form = client.get(terms_page(agreement))
    changed = sent(form, without=("fees-sharing", "insurance"))
    page = client.post(terms_page(agreement), changed, follow=True)
    assert "“Fees and cost sharing” is part of it because “Liability” needs it." in read(page)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"non_compete_territory": ""}, "Client protection without a limit in time, territory and matter is void."),
        ({"experts_used": "yes", "expert_to": ""}, "A stay of an expert without an end may count as a job"),
        ({"experts_used": "yes", "expert_from": "2020-01-01"}, "This day lies in the past."),
        ({"insurance_eur": "500000 USD"}, "Enter an amount in euro as a number, without a currency."),
        ({"insurance_eur": "-1"}, "greater than or equal to 0"),
        ({"exit_cost_split": "shares", "TOTAL": "40"}, "make 120% together."),
    ],
)
def test_void_choices_are_refused_with_a_sentence(client, cast, agreement, typed, says):
    """Source: BP-AGR-04."""
    if total := typed.pop("TOTAL", None):
        typed |= {f"exit_cost_shares_{hub.pk}": total for hub in (cast.ebro, cast.isar, cast.aarhus)}
    client.force_login(cast.jonas)
    page = client.post(terms_page(agreement), sent(client.get(terms_page(agreement)), **typed))
    assert page.status_code == 422
    assert says in read(page)
    assert Agreement.objects.get().version_number == 1


def test_what_does_not_count_is_not_asked_for(client, cast, agreement):
    client.force_login(cast.jonas)
    typed = {"non_compete": "no", "non_compete_territory": "", "non_compete_months": "99", "expert_to": ""}
    page = client.post(terms_page(agreement), sent(client.get(terms_page(agreement)), **typed))
    assert page.status_code == 303


# The library


def test_hubs_and_stewards_read_the_library_and_others_do_not(client, cast):
    """Source: BP-AGR-12."""
    for person, status in ((cast.lucia, 200), (cast.steward, 200), (cast.mayor, 404), (cast.observer, 404)):
        client.force_login(person)
        assert [client.get(LIBRARY + path).status_code for path in ("", "nda/", "nda/text.txt")] == [status] * 3
    client.force_login(cast.lucia)
    assert client.get(f"{LIBRARY}nothing/").status_code == 404


def test_the_library_finds_clauses_by_their_words(client, cast):
    client.force_login(cast.lucia)
    page = read(client.get(LIBRARY, {"q": "secondment expert"}))
    assert "No clause holds these words" in page
    page = read(client.get(LIBRARY, {"q": "competition LAW"}))
    assert "Client protection" in page
    assert "Ecosystem exclusivity" in page
    assert "Licence of use" not in page


@pytest.mark.parametrize("key", shelf.instruments())
def test_every_text_can_be_read_and_taken_along(client, cast, key):
    client.force_login(cast.steward)
    page = read(client.get(f"{LIBRARY}{key}/"))
    assert "Model text, not legal advice" in page
    text = client.get(f"{LIBRARY}{key}/text.txt").content.decode()
    assert text.startswith("Model text, not legal advice")
    assert "{{" not in text
    assert "None" not in text


def test_a_text_can_be_printed(client, cast):
    client.force_login(cast.steward)
    assert client.get(f"{LIBRARY}ns-agreement/text.pdf").content.startswith(b"%PDF")
