"""When a need is put to hubs that have not the wanted concept but one near it."""

import pytest
from cast import Cast
from factories import make_concept, make_hub
from pytest_django import DjangoAssertNumQueries

from hansa.hubs.directory import queries as directory
from hansa.hubs.models import Competence, Concept, Relation
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind, Link
from tests.hubs.directory.conftest import Words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_kept")]


@pytest.fixture
def wanted(words: Words) -> Concept:
    """Thermal imaging, which is narrower than computer vision and related to predictive maintenance."""
    wanted = make_concept(Kind.SKILL, "s9", "thermal imaging")
    Relation.objects.create(source=wanted, target=words.vision, link=Link.BROADER)
    Relation.objects.create(source=words.maintenance, target=wanted, link=Link.RELATED)
    return wanted


def near_of(wanted: Concept) -> dict[str, float]:
    market, near = directory.market_with_near([wanted.pk])
    assert near.strength.shape == market.strength.shape
    return {name: round(float(near.strength[row, 0]), 3) for row, name in enumerate(market.names)}


def test_hubs_with_something_near_are_in_by_the_worth_of_the_way(wanted: Concept, words: Words, people: Cast) -> None:
    Competence.objects.create(hub=people.isar, skill=words.vision)
    Competence.objects.create(hub=people.aarhus, skill=words.maintenance, evidence="Report 7")
    Competence.objects.create(hub=people.ebro, skill=wanted)
    assert near_of(wanted) == {"Isar Edge Lab": 0.32, "Aarhus Food Robotics": 0.27, "Ebro Data Hub": 0.0}


def test_the_market_of_teams_knows_nothing_of_them(wanted: Concept, words: Words, people: Cast) -> None:
    Competence.objects.create(hub=people.isar, skill=words.vision)
    assert directory.market([wanted.pk]).names == ()


def test_the_tree_of_services_counts_too(words: Words, people: Cast) -> None:
    """An activity stands beside another one under the same service."""
    service = Concept.objects.get(notation="TBI-2")
    beside = make_concept(Kind.ACTIVITY, "TBI-2.3", "Feasibility study", broader=service)
    people.isar.offers.create(activity=words.pilot)
    _market, near = directory.market_with_near([beside.pk])
    path = near.path_of(0, 0)
    assert path is not None
    assert path.steps == ("broader", "narrower")
    assert path.concepts == (beside.pk, service.pk, words.pilot.pk)


def test_a_vocabulary_loaded_anew_is_read_anew(wanted: Concept, words: Words, people: Cast) -> None:
    Competence.objects.create(hub=people.isar, skill=words.vision)
    assert near_of(wanted) == {"Isar Edge Lab": 0.32}
    Relation.objects.all().delete()
    taxonomy.forget()
    assert near_of(wanted) == {}


@pytest.mark.parametrize("n_hubs", [1, 30])
def test_it_costs_one_query_whatever_the_size(
    wanted: Concept, words: Words, n_hubs: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(n_hubs):
        Competence.objects.create(hub=make_hub(), skill=words.vision)
    directory.market_with_near([wanted.pk])
    with django_assert_num_queries(1):
        market, _near = directory.market_with_near([wanted.pk])
    assert len(market.ids) == n_hubs


def test_of_hubs_that_only_have_something_near_the_most_are_200(
    wanted: Concept, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hansa.hubs.directory.queries.matching.MOST_ONLY_NEAR", 2)
    hubs = [make_hub(name=f"Hub {letter}") for letter in "abcd"]
    for hub, skill in zip(hubs, [words.maintenance, words.vision, words.maintenance, words.vision], strict=True):
        Competence.objects.create(hub=hub, skill=skill)
    assert set(near_of(wanted)) == {"Hub b", "Hub d"}
