from __future__ import annotations

import importlib
from collections.abc import Callable

import pytest
from cast import Cast, make_cast
from collaboration.partnering.casework import allow, invite
from django.test import Client as Browser
from factories import make_concept, make_request

from hansa.collaboration.models import Invitation, Request, Want
from hansa.engine.problem import Finding
from hansa.hubs.models import Concept, User
from hansa.hubs.taxonomy import queries as taxonomy


class WordIndex:
    """Stands in for the language model: finds the concepts whose English label occurs in the text."""

    def find(self, text: str) -> tuple[Finding, ...]:
        found = []
        for concept in Concept.objects.filter(kind__in=["activity", "skill", "technology"]).order_by("pk"):
            start = text.casefold().find(concept.labels["en"].casefold())
            if start >= 0:
                end = start + len(concept.labels["en"])
                sentence = next(part for part in text.split("\n") if text[start:end] in part)
                found.append(
                    Finding(
                        concept_id=str(concept.pk),
                        kind=concept.kind,
                        confidence=0.9 - 0.1 * len(found),
                        words=text[start:end],
                        start=start,
                        end=end,
                        sentence=sentence,
                        evidence="words",
                    )
                )
        return tuple(found)


@pytest.fixture(autouse=True)
def words_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by words alone, except where a test asks for the language model."""
    if "model" not in request.keywords:
        monkeypatch.setattr(taxonomy, "concept_index", WordIndex, raising=False)


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Concepts and hubs of one test are not those of the next."""
    taxonomy.forget()
    module = importlib.import_module("hansa.hubs.directory.queries.catalogue")
    monkeypatch.setattr(module, "_catalogue", module.Catalogue(stamp=(-1, -1), rows=()))


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def browse(cast: Cast) -> Callable[[User | None], Browser]:
    """Return a browser in which this person is signed in; nobody for None."""

    def browser(user: User | None) -> Browser:
        client = Browser()
        if user is not None:
            client.force_login(user)
        return client

    return browser


@pytest.fixture
def case(cast: Cast) -> Request:
    """A need of Elsewhere at Ebro, with two wants, that may be shown without names."""
    request = make_request(cast.ebro, cast.elsewhere, contact=cast.mayor, turn_hub_ids=[cast.ebro.pk], language="en")
    for n, (kind, notation, label) in enumerate(
        [("technology", "edge-ai", "Edge AI"), ("technology", "vibration", "Vibration analysis")], start=1
    ):
        concept = make_concept(kind, notation, label)
        Want.objects.create(request=request, concept=concept, position=n, confidence=0.9, words=label)
    return request


@pytest.fixture
def invited(case: Request, cast: Cast) -> list[Invitation]:
    """Isar and Aarhus are invited."""
    allow(case, cast.mayor)
    return invite(case, cast.lucia, cast.isar, cast.aarhus)
