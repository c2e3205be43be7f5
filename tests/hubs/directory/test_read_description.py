"""When Hansa reads what a hub says about itself. Source: BP-DIR-05."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Cast
from factories import NOW

from hansa.engine.problem import Finding
from hansa.foundation.models import Activity
from hansa.hubs.directory import operations
from hansa.hubs.directory.tasks import read_hub, read_unread
from hansa.hubs.models import Hub, Suggestion
from hansa.hubs.taxonomy import queries as taxonomy
from tests.hubs.directory.conftest import Words, acting

pytestmark = pytest.mark.django_db


class Reader:
    """Stands for the index of concepts: finds a concept wherever one of its words occurs."""

    def __init__(self, words: dict[str, Any], confidence: float = 0.9) -> None:
        self.words, self.confidence, self.n_read = words, confidence, 0

    def find(self, text: str, *, limit_per_kind: Any = None) -> tuple[Finding, ...]:
        self.n_read += 1
        found = []
        for word, concept in self.words.items():
            start = text.find(word)
            if start >= 0:
                first = max(text.rfind(". ", 0, start) + 2, 0) if ". " in text[:start] else 0
                last = text.find(". ", start)
                found.append(
                    Finding(
                        concept_id=str(concept.pk),
                        kind=concept.kind,
                        confidence=self.confidence,
                        words=word,
                        start=start,
                        end=start + len(word),
                        sentence=text[first : last + 1 if last > 0 else len(text)],
                        evidence="words",
                    )
                )
        return tuple(found)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, words: Words) -> Reader:
    made = Reader({"pilots": words.pilot, "cameras": words.vision, "robots": words.robots})
    monkeypatch.setattr(taxonomy, "concept_index", lambda: made)
    return made


def say(hub: Hub, text: str) -> Hub:
    Hub.objects.filter(pk=hub.pk).update(description=text)
    return Hub.objects.get(pk=hub.pk)


def test_it_suggests_each_concept_with_its_sentence_and_words(people: Cast, words: Words, reader: Reader):
    hub = say(people.ebro, "We are a hub. We run pilots for you. Our cameras see all.")
    read = operations.read_description(hub, at=NOW)
    assert (read.is_new, read.n_suggestions) == (True, 2)
    rows = Suggestion.objects.order_by("concept__kind").values_list("concept", "sentence", "words", "state")
    assert list(rows) == [
        (words.pilot.pk, "We run pilots for you.", "pilots", "open"),
        (words.vision.pk, "Our cameras see all.", "cameras", "open"),
    ]


def test_the_same_text_is_read_once(people: Cast, reader: Reader):
    hub = say(people.ebro, "We run pilots.")
    operations.read_description(hub, at=NOW)
    hub.refresh_from_db()
    assert not operations.read_description(hub, at=NOW).is_new
    assert reader.n_read == 1


def test_sentences_glued_together_are_read_apart_and_shown_as_they_stand(people: Cast, reader: Reader):
    text = "We help.We run pilots here.Our cameras see.All is well."
    operations.read_description(say(people.ebro, text), at=NOW)
    stored = dict(Suggestion.objects.values_list("words", "sentence"))
    assert stored == {"pilots": "We run pilots here.", "cameras": "Our cameras see."}
    assert all(sentence in text for sentence in stored.values())


def test_a_changed_text_takes_its_open_suggestions_along_and_leaves_decisions(
    people: Cast, words: Words, reader: Reader
):
    lucia = acting(people.lucia)
    operations.read_description(say(people.ebro, "We run pilots. Our cameras see. We like robots."), at=NOW)
    operations.confirm_suggestion(Suggestion.objects.get(concept=words.pilot), by=lucia, at=NOW)
    operations.dismiss_suggestion(Suggestion.objects.get(concept=words.vision), by=lucia, at=NOW)
    read = operations.read_description(say(people.ebro, "Our cameras see even more."), at=NOW)
    assert (read.n_suggestions, read.n_dropped) == (1, 1)
    states = dict(Suggestion.objects.values_list("concept__notation", "state"))
    assert states == {"TBI-2.2": "confirmed", "s2": "dismissed"}


def test_what_the_hub_states_itself_is_not_suggested(people: Cast, reader: Reader):
    lucia = acting(people.lucia)
    operations.add_offer(people.ebro, activity_code="TBI-2.2", by=lucia, at=NOW)
    operations.update_profile(people.ebro, by=lucia, at=NOW, technologies=["robotics"])
    operations.read_description(say(people.ebro, "We run pilots with robots."), at=NOW)
    assert not Suggestion.objects.exists()


def test_findings_nobody_would_bet_on_are_left_out(people: Cast, reader: Reader):
    reader.confidence = 0.49
    operations.read_description(say(people.ebro, "We run pilots."), at=NOW)
    assert not Suggestion.objects.exists()


def test_a_text_that_changes_meanwhile_is_left_to_its_own_job(people: Cast, words: Words, reader: Reader):
    hub = say(people.ebro, "We run pilots.")
    say(people.ebro, "We run nothing.")
    assert not operations.read_description(hub, at=NOW).is_new
    assert not Suggestion.objects.exists()
    assert Hub.objects.get(pk=hub.pk).read_digest == ""


@pytest.mark.parametrize("text", ["", " ", "😀" * 100, "<b>We run pilots</b>" * 3, "A.B.C.D.Efg." * 500])
def test_no_text_breaks_it(people: Cast, reader: Reader, text: str):
    operations.read_description(say(people.ebro, text), at=NOW)
    assert Hub.objects.get(pk=people.ebro.pk).read_digest


def test_hubs_are_told_and_imported_ones_are_not(people: Cast, reader: Reader):
    Hub.objects.filter(pk=people.isar.pk).update(trust="imported")
    for hub in (people.ebro, people.isar):
        operations.read_description(say(hub, "We run pilots."), at=NOW)
    assert list(Activity.objects.values_list("verb", "subject_id")) == [("suggestions.made", people.ebro.pk)]


def test_the_jobs_read_one_hub_or_all_that_wait(people: Cast, reader: Reader):
    for hub in (people.ebro, people.isar):
        say(hub, "We run pilots.")
    read_hub(people.ebro.pk)
    read_hub(-1)
    assert Suggestion.objects.count() == 1
    read_unread()
    assert Suggestion.objects.count() == 2
    assert not Hub.objects.filter(read_digest="").exists()


def test_a_text_that_breaks_the_reader_does_not_keep_others_waiting(
    people: Cast, reader: Reader, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    def find(text: str, **given: Any) -> tuple[Finding, ...]:
        if "poison" in text:
            raise ValueError("poison")
        return ()

    monkeypatch.setattr(reader, "find", find)
    say(people.ebro, "This is poison.")
    say(people.isar, "We run pilots.")
    assert operations.read_unread(at=NOW) == 0
    assert f"hub {people.ebro.pk}" in caplog.text
    assert Hub.objects.get(pk=people.ebro.pk).read_digest == "unreadable"
    operations.read_description(say(people.ebro, "This is fine."), at=NOW)
    assert len(Hub.objects.get(pk=people.ebro.pk).read_digest) == 64


def test_changing_the_text_starts_the_job(people: Cast, monkeypatch: pytest.MonkeyPatch):
    from hansa.foundation import tasks

    started: list[tuple[str, Any]] = []
    monkeypatch.setattr(tasks, "defer", lambda name, **given: started.append((name, given.get("hub_id"))))
    lucia = acting(people.lucia)
    operations.update_profile(people.ebro, by=lucia, at=NOW, city="Huesca")
    operations.update_profile(people.ebro, by=lucia, at=NOW, description="We run pilots.")
    assert [job for job in started if job[0].startswith("directory")] == [("directory.read_hub", people.ebro.pk)]
