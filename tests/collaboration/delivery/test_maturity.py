"""When the client says how digital it is, before and after. Source: BP-KPI-02."""

import pytest
from cast import acting
from factories import NOW, make_kpi

from hansa.collaboration.delivery import operations, queries
from hansa.collaboration.models import MaturityCheck


def answers(instrument, *, all_of=False):
    found = {}
    for dimension in instrument.dimensions:
        for question in dimension.questions:
            best = [key for key, _ in question.items] if question.items else 5
            worst = [] if question.items else 0
            found[question.key] = best if all_of else worst
    return found


@pytest.mark.parametrize("kind", ["sme", "public"])
def test_scores_run_from_nothing_to_a_hundred_in_six_dimensions(kind):
    instrument = queries.maturity_instrument(kind)
    assert len(instrument.dimensions) == 6
    assert all(2 <= len(dimension.questions) <= 3 for dimension in instrument.dimensions)
    assert instrument.overall(answers(instrument)) == 0
    assert set(instrument.scores(answers(instrument, all_of=True)).values()) == {100}
    keys = [question.key for dimension in instrument.dimensions for question in dimension.questions]
    assert len(set(keys)) == len(keys)


def check(cast, collaboration, moment, person, *, all_of=False):
    instrument = queries.instrument_for_client(collaboration)
    given = answers(instrument, all_of=all_of)
    return operations.check_maturity(collaboration, moment=moment, answers=given, by=acting(person), at=NOW)


def test_the_change_is_counted_from_the_log(cast, collaboration):
    make_kpi(collaboration, key="maturity-change", is_computed=True)
    assert check(cast, collaboration, "T0", cast.mayor).questions == "public"
    check(cast, collaboration, "T1", cast.lucia, all_of=True)
    (shown,) = queries.room(collaboration.request.ref, actor=acting(cast.lucia), at=NOW).kpis
    assert [shown.value] == list(queries.recomputed(collaboration).values()) == [100]
    assert dict(MaturityCheck.objects.values_list("moment", "by_client")) == {"T0": True, "T1": False}


def test_after_needs_before_and_every_question(cast, collaboration):
    with pytest.raises(operations.CannotCheckMaturity, match="before the work"):
        check(cast, collaboration, "T1", cast.mayor)
    with pytest.raises(operations.CannotCheckMaturity, match="12 questions"):
        operations.check_maturity(collaboration, moment="T0", answers={}, by=acting(cast.mayor), at=NOW)
    for person in (cast.jonas, cast.stranger):
        with pytest.raises(operations.CannotCheckMaturity, match="Only the client and its hub"):
            check(cast, collaboration, "T0", person)


def test_after_begins_with_what_was_said_before_and_partners_do_not_read_it(cast, collaboration, client):
    check(cast, collaboration, "T0", cast.mayor, all_of=True)
    path = f"/requests/{collaboration.request.ref}/delivery/change/"
    client.force_login(cast.mayor)
    text = client.get(f"{path}maturity/T1/").content.decode()
    assert text.count("checked") == sum(
        len(question.items)
        for dimension in queries.instrument_for_client(collaboration).dimensions
        for question in dimension.questions
    )
    assert "100 of 100" in client.get(path).content.decode()
    client.force_login(cast.jonas)
    assert "of 100" not in client.get(path).content.decode()
    assert client.get(f"{path}maturity/T0/").status_code == 404
    client.force_login(cast.stranger)
    assert client.get(path).status_code == 404
