"""Every test starts with a process that knows neither vocabulary nor directory; a few concepts are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from cast import Cast, make_cast
from factories import make_concept

from hansa.foundation.actors import Actor
from hansa.hubs.directory.queries.catalogue import forget
from hansa.hubs.models import Concept, Hub, User
from hansa.hubs.people.queries import actor_of
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


@dataclass(frozen=True)
class Words:
    """The vocabularies of these tests."""

    function: Concept
    pilot: Concept  # activity TBI-2.2
    course: Concept  # activity SKT-1.1
    maintenance: Concept  # competence
    vision: Concept  # competence
    robots: Concept  # technology
    food: Concept  # sector


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    taxonomy.forget()
    yield
    taxonomy.forget()


@pytest.fixture
def words(db: None) -> Words:
    function = make_concept(Kind.FUNCTION, "TBI", "Test before invest")
    service = make_concept(Kind.SERVICE, "TBI-2", "Contract research", broader=function)
    made = Words(
        function=function,
        pilot=make_concept(Kind.ACTIVITY, "TBI-2.2", "Technology concept", broader=service),
        course=make_concept(Kind.ACTIVITY, "SKT-1.1", "Executive courses"),
        maintenance=make_concept(Kind.SKILL, "s1", "predictive maintenance"),
        vision=make_concept(Kind.SKILL, "s2", "computer vision"),
        robots=make_concept(Kind.TECHNOLOGY, "robotics", labels={"en": "Robotics", "de": "Robotik"}),
        food=make_concept(Kind.SECTOR, "food", "Food and beverages"),
    )
    make_concept(Kind.LANGUAGE, "en", "English")
    make_concept(Kind.LANGUAGE, "de", "German")
    make_concept(Kind.LANGUAGE, "es", "Spanish")
    make_concept(Kind.LANGUAGE, "da", "Danish")
    for code, name in (("ES", "Spain"), ("DE", "Germany"), ("DK", "Denmark"), ("IE", "Ireland")):
        make_concept(Kind.COUNTRY, code, name)
    return made


@pytest.fixture
def people(words: Words) -> Cast:
    return make_cast()


def acting(user: User, hub: Hub | None = None) -> Actor:
    return actor_of(user=user, hub_id=hub.pk if hub else None)


@pytest.fixture
def catalogue_kept() -> Iterator[None]:
    """Forget the directory before and after: this test changes it for good."""
    forget()
    yield
    forget()
