"""When the fees of a case are held against fair ones. Source: BP-JD-14, BP-REC-R3.1."""

import pytest
from cast import acting
from collaboration.shares.sheets import D, expect, seen, show_sums
from factories import NOW

from hansa.collaboration.models import Party
from hansa.collaboration.shares import operations, queries


def page(agreement, user):
    found = queries.fair_page(seen(agreement.request, user))
    assert found is not None
    return found


def costs(found):
    return {hub.name.split()[0]: (hub.cost_eur, hub.basis) for hub in found.hubs}


def test_others_cost_what_is_agreed_until_they_show_their_sums_to_the_lead(cast, agreement):
    expect(agreement.request, cast.jonas, C4={"hours": D(40)})
    expect(agreement.request, cast.lucia, C3={"hours": D(16)})
    isar, aarhus, ebro = (
        Party.objects.get(hub=hub).effort_days * D(800) for hub in (cast.isar, cast.aarhus, cast.ebro)
    )
    assert costs(page(agreement, cast.lucia)) == {
        "Ebro": (D(1600), "estimate"), "Isar": (isar, "agreement"), "Aarhus": (aarhus, "agreement")
    }  # fmt: skip
    assert costs(page(agreement, cast.jonas))["Isar"] == (D(4000), "estimate")
    show_sums(agreement.request, cast.jonas)
    assert costs(page(agreement, cast.lucia))["Isar"] == (D(4000), "estimate")
    # A partner does not see another partner, and the lead only when it shows its sums.
    assert costs(page(agreement, cast.mette)) == {
        "Ebro": (ebro, "agreement"), "Isar": (isar, "agreement"), "Aarhus": (aarhus, "agreement")
    }  # fmt: skip
    show_sums(agreement.request, cast.lucia)
    assert costs(page(agreement, cast.mette))["Ebro"] == (D(1600), "estimate")
    show_sums(agreement.request, cast.jonas, shows_money=False)
    assert costs(page(agreement, cast.lucia))["Isar"] == (isar, "agreement")


def test_every_split_hands_out_the_fees_agreed_and_says_who_loses(cast, agreement):
    expect(agreement.request, cast.lucia, C3={"hours": D(80)}, B3={"amount_eur": D(500)})
    found = page(agreement, cast.lucia)
    for line in found.methods:
        assert sum(fee for _hub, fee in line.fees) == found.fees_eur
    mine = next(hub for hub in found.hubs if hub.is_mine)
    assert mine.net_eur == mine.fee_eur + 500 - 8000
    assert mine.incentive_eur == max(0, -mine.net_eur)
    assert any("Ebro Data Hub loses" in said for said in found.agreed.means)
    assert found.coordination_eur == D(8000)
    assert found.supports


def use(agreement, user, method="needs", **changes):
    case = seen(agreement.request, user)
    line = next(line for line in queries.fair_page(case).methods if line.method == method)
    wanted = {"method": method, "fees": dict(line.fees), "base_version": agreement.version_number, "note": "Fair fees."}
    return dict(line.fees), operations.use_split(case, by=acting(user), at=NOW, **wanted | changes)


def test_a_split_becomes_the_next_version_of_the_agreement(cast, agreement):
    fees, version = use(agreement, cast.jonas)
    assert version.number == 2
    assert {party.hub_id: party.fee_eur for party in Party.objects.filter(agreement=agreement)} == fees
    agreement.refresh_from_db()
    found = page(agreement, cast.lucia)
    assert next(line for line in found.methods if line.method == "needs").is_agreed


def test_a_split_that_changed_meanwhile_is_not_used(cast, agreement):
    case = seen(agreement.request, cast.lucia)
    fees = dict(queries.fair_page(case).methods[2].fees)
    expect(agreement.request, cast.lucia, C3={"hours": D(80)})
    with pytest.raises(operations.CannotUseSplit, match="changed meanwhile"):
        use(agreement, cast.lucia, fees=fees)
    with pytest.raises(operations.CannotUseSplit, match="changed meanwhile"):
        use(agreement, cast.lucia, method="effort", fees=fees)
    assert agreement.versions.count() == 1


def test_a_newer_version_of_the_text_comes_first(cast, agreement):
    use(agreement, cast.jonas)
    with pytest.raises(operations.CannotUseSplit, match="Jonas Weber"):
        use(agreement, cast.lucia, method="cost", base_version=1)


def test_fees_stay_once_the_agreement_is_not_drafted_any_more(cast, agreement):
    agreement.state = "in-force"
    agreement.save()
    with pytest.raises(operations.CannotUseSplit, match="while the agreement is drafted"):
        use(agreement, cast.lucia)


def test_without_an_agreement_there_is_nothing_to_split(cast, collaboration):
    assert queries.fair_page(seen(collaboration.request, cast.lucia)) is None
