"""When two records are compared."""

from itertools import permutations

import pytest

from hansa.engine.identity import Record, Thresholds, compare
from hansa.engine.problem import BadProblem


def record(name, number="1", **more):
    return Record(id=number, name=name, **{"country": "DE", "city": "Lindau", **more})


def pair(one, other):
    left = one if isinstance(one, Record) else record(one)
    right = other if isinstance(other, Record) else record(other, "2")
    return compare(left, right)


def codes(one, other):
    return {reason.code for reason in pair(one, other).reasons}


SAME = {
    "case and accents": ("Brückner Fördertechnik GmbH", "BRUCKNER FORDERTECHNIK GMBH"),
    "umlauts written out": ("Brückner Fördertechnik", "BRUECKNER FOERDERTECHNIK"),
    "letters lost on the way": ("Brückner Fördertechnik", "Brckner Frdertechnik"),
    "a legal form left out": ("Kvarnby Data AB", "Kvarnby Data"),
    "a legal form written out": ("Almadraba Redes S.L.", "ALMADRABA REDES SOCIEDAD LIMITADA"),
    "dots and spaces in a legal form": ("Torchiara Macchine S.p.A.", "TORCHIARA MACCHINE S P A"),
    "the legal form first": ("UAB Vilnoja Optika", "Vilnoja Optika, UAB"),
    "another word order": ("University of Tolmein", "Tolmein University"),
    "another language": ("Universität Tolmein", "University of Tolmein"),
    "a slip of the pen": ("Wagenhuber Antriebe", "Wagenhuberr Antriebe"),
    "words run together": ("Centro de Estudios Marbelia", "CENTRO DEESTUDIOS MARBELIA"),
    "words split": ("Wagenhuber Antriebstechnik", "Wagenhuber Antriebs Technik"),
    "Greek letters": ("Ινστιτούτο Καλλιρόη Δράμας", "Institouto Kalliroi Dramas"),
    "Cyrillic letters": ("Институт Велико Дряново", "Institut Veliko Dryanovo"),
    "a short name in brackets": ("Tolmein Data Forge (TDF)", "Tolmein Data Forge"),
}


@pytest.mark.parametrize("case", SAME)
def test_merges_what_differs_only_in_writing(case):
    assert pair(*SAME[case]).verdict == "merge"


LEGAL = [
    "GmbH", "AG", "S.A.", "S.L.", "S.r.l.", "SAS", "SARL", "B.V.", "N.V.", "VZW", "AB", "AS", "ApS", "A/S", "Oy", "OÜ", "SIA", "UAB",
    "Sp. z o.o.", "s.r.o.", "a.s.", "Kft.", "Zrt.", "d.o.o.", "EOOD", "ΑΕ", "A.E.", "Ltd", "Limited", "PLC", "Lda", "ehf.", "e.V.", "BVBA",
]  # fmt: skip


@pytest.mark.parametrize("form", LEGAL)
def test_drops_the_legal_forms_of_europe(form):
    assert pair(f"Wagenhuber Antriebe {form}", "Wagenhuber Antriebe").verdict == "merge"


APART = {
    "two universities of one city": ("University of Lindau", "Lindau University of Applied Sciences"),
    "a hospital and its university": ("Universitätsklinikum Tolmein", "Universität Tolmein"),
    "a city and its university": ("Stadt Tolmein", "Universität Tolmein"),
    "two companies of one group": ("Wagenhuber Antriebe GmbH", "Wagenhuber Energie GmbH"),
    "a company and its foundation": ("Wagenhuber GmbH", "Stiftung Wagenhuber"),
    "two numbered": ("Universität Tolmein I", "Universität Tolmein II"),
    "two directions": ("Agentur Nordtolmein", "Agentur Südtolmein"),
    "two letters at the beginning": ("Dolmerska Agencja Rozwoju", "Golmerska Agencja Rozwoju"),
    "a word that looks like a legal form": ("University of Bath", "Bath Spa University"),
    "nothing in common": ("Wagenhuber Antriebe", "Kvarnby Data"),
}


@pytest.mark.parametrize("case", APART)
def test_does_not_merge_what_is_only_alike(case):
    assert pair(*APART[case]).verdict != "merge"


def test_does_not_merge_a_department_with_its_house():
    assert pair("Universität Tolmein, Institut für Antriebe", "Universität Tolmein").verdict != "merge"


def test_leaves_the_same_name_in_two_countries_to_a_person():
    found = pair(record("Wagenhuber Antriebe", country="DE"), record("Wagenhuber Antriebe", "2", country="AT"))
    assert found.verdict != "merge"
    assert "countries_differ" in {reason.code for reason in found.reasons}


def test_leaves_the_same_single_word_in_two_cities_to_a_person():
    assert pair(record("Medra", city="Calw"), record("Medra", "2", city="Trier")).verdict == "review"


def test_knows_a_city_by_its_other_name():
    assert "same_city" in codes(record("Optika", city="Wien"), record("Optika", "2", city="VIENNA"))
    assert "same_city" in codes(record("Optika", city="Bruxelles / Brussel"), record("Optika", "2", city="Brussels"))


def test_knows_a_country_by_name_and_by_code():
    assert "same_country" in codes(record("A b", country="Greece", city=""), record("A b", "2", country="GR", city=""))


def test_takes_the_initials_as_a_hint():
    assert "short_name_fits" in codes("Tolmein Data Forge", "TDF")


@pytest.mark.parametrize("field", ["vat", "pic"])
def test_another_number_forbids_a_merge(field):
    numbers = {"vat": ("DE123456789", "DE987654321"), "pic": ("999123456", "999654321")}[field]
    one, other = record("Kvarnby Data", **{field: numbers[0]}), record("Kvarnby Data", "2", **{field: numbers[1]})
    found = pair(one, other)
    assert found.verdict != "merge"
    assert any(evidence.is_veto for evidence in found.evidence)
    assert {f"{field}_differs"} <= codes(one, other)


def test_another_number_forbids_a_merge_even_if_the_other_number_agrees():
    one = record("Kvarnby Data", vat="DE123456789", pic="999123456")
    other = record("Kvarnby Data", "2", vat="DE123456789", pic="999654321")
    assert pair(one, other).verdict == "review"


def test_the_same_number_joins_what_was_renamed():
    one, other = record("Kvarnby Data", vat="DE 123.456.789"), record("Tolmein Optika", "2", vat="123456789")
    assert pair(one, other).verdict == "merge"


@pytest.mark.parametrize("filling", ["not applicable", "NA", "000000000", "n/a", "-"])
def test_a_filling_is_no_number(filling):
    one, other = record("Kvarnby Data", vat=filling, pic=filling), record("Optika", "2", vat=filling, pic=filling)
    assert not {"vat_same", "pic_same"} & codes(one, other)


@pytest.mark.parametrize("site", ["https://www.facebook.com/kvarnby", "linkedin.com/company/x", "x.wordpress.com"])
def test_a_page_on_a_portal_proves_nothing(site):
    one, other = record("Kvarnby Data", website=site), record("Tolmein Optika", "2", website=site)
    assert "domain_same" not in codes(one, other)


def test_a_free_mail_address_proves_nothing():
    one, other = record("Kvarnby Data", email="a@gmail.com"), record("Optika", "2", email="b@gmail.com")
    assert "domain_same" not in codes(one, other)


def test_a_web_domain_of_ones_own_speaks_for_it():
    one = record("Kvarnby Data", website="https://lab.kvarnby.ac.uk/about?x=1")
    assert "domain_same" in codes(one, record("Kvarnby", "2", email="info@kvarnby.ac.uk"))
    assert "domain_same" not in codes(one, record("Kvarnby", "2", website="other.ac.uk"))


def test_the_order_of_the_two_changes_nothing():
    for one, other in permutations(["Kvarnby Data AB", "KVARNBY DATA", "Tolmein Data Forge (TDF)"], 2):
        there, back = pair(one, other), pair(other, one)
        assert there.probability == pytest.approx(back.probability)
        assert there.verdict == back.verdict


def test_the_probability_is_the_sum_of_the_evidence():
    found = pair("Kvarnby Data AB", "Kvarnby Optika")
    total = sum(evidence.log_odds for evidence in found.evidence)
    assert found.probability == pytest.approx(1 / (1 + 2.718281828459045**-total))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Record(id="", name="x"), "Record.id"),
        (lambda: Record(id="1", name=" . "), "Record.name"),
        (lambda: Thresholds(merge=float("nan")), "Thresholds.merge"),
        (lambda: Thresholds(merge=1.2), "Thresholds.merge"),
        (lambda: Thresholds(review=-0.1), "Thresholds.review"),
        (lambda: Thresholds(review=0.9, merge=0.5), "Thresholds.review"),
    ],
)
def test_refuses_nonsense_and_names_the_field(make, field):
    with pytest.raises(BadProblem, match=field):
        make()


def test_an_acronym_before_the_name_is_no_other_name():
    institute = Record(id="1", name="Fundación Instituto Tecnológico de Galicia", country="ES", website="itg.es")
    with_acronym = Record(id="2", name="ITG - Instituto Tecnologico de Galicia", country="ES", website="itg.es")
    elsewhere = Record(id="3", name="ITA - Instituto Tecnologico de Galicia", country="ES", website="itg.es")
    assert compare(institute, with_acronym).verdict == "merge"
    assert compare(institute, elsewhere).probability < compare(institute, with_acronym).probability
