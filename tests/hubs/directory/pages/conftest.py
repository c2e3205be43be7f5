"""A small directory to look at, and people who look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast
from django.test import Client as Browser
from factories import NOW
from shelf import Shelf, WordIndex

from hansa.foundation.actors import SYSTEM
from hansa.hubs.directory import operations
from hansa.hubs.models import Hub, Suggestion, User
from hansa.hubs.taxonomy import queries as taxonomy


@pytest.fixture(autouse=True)
def words_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taxonomy, "concept_index", WordIndex)


@pytest.fixture
def shelf(people: Cast, words: Any) -> Shelf:
    """Isar offers pilots with evidence, Aarhus is assessed and has robots, Ebro offers courses, Silent says nothing."""
    act = {"by": SYSTEM, "at": NOW}
    operations.update_profile(
        people.isar, summary="Edge models on machines", description="We retrofit sensors.", technologies=["robotics"],
        sectors=["food"], day_rate_eur=700, website="https://isar.example", **act,
    )  # fmt: skip
    operations.add_offer(people.isar, activity_code="TBI-2.2", title="Pilots", evidence="22 pilots", trl_from=4, trl_to=6, **act)  # fmt: skip
    operations.set_competences(
        people.isar, competences=[operations.CompetenceDraft(skill_id=words.maintenance.pk, level=3)], **act
    )
    contact = operations.ContactDraft(name="Jonas Weber", function="Head", email="jonas@isar.example", languages=["de"])
    operations.set_contacts(people.isar, contacts=[contact], **act)
    Hub.objects.filter(pk=people.aarhus.pk).update(trust="assessed", assessed_on=NOW.date(), joint_deliveries=3)
    operations.update_profile(people.aarhus, summary="Robot cells by the day", day_rate_eur=500, **act)
    operations.add_offer(people.ebro, activity_code="SKT-1.1", **act)
    suggestion = Suggestion.objects.create(
        hub=people.aarhus, concept=words.pilot, sentence="We build prototypes.", words="prototypes", confidence=0.92
    )
    operations.publish([people.aarhus.pk], revision=operations.next_revision())
    return Shelf(people=people, robots=suggestion)


@pytest.fixture
def browse() -> Callable[[User | None], Browser]:
    """Return a browser in which this person is signed in; nobody for None."""

    def browser(user: User | None = None) -> Browser:
        client = Browser()
        if user is not None:
            client.force_login(user)
        return client

    return browser
