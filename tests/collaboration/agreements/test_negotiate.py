"""When the parties negotiate single clauses: suggestions are answered by another party before anybody accepts the text.

Source: BP-AGR-13."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast
from collaboration.agreements.agreeing import actor, tick
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from hansa.collaboration.agreements import operations as agreements
from hansa.collaboration.models import Agreement, ClauseSuggestion
from hansa.collaboration.negotiation import operations, queries
from hansa.hubs.models import User

pytestmark = pytest.mark.django_db
WORDS = "The Lead answers to the Client.\n\nEach Partner answers to the Lead."


def suggest(agreement: Agreement, user: User, **given: Any) -> ClauseSuggestion:
    about = {"clause": "liability-allocation", "words": WORDS, "why": "Our insurer asks for it."} | given
    return operations.suggest(agreement, **about, by=actor(user), at=tick())


@pytest.fixture
def suggestion(agreement: Agreement, cast: Cast) -> ClauseSuggestion:
    return suggest(agreement, cast.jonas)


def test_nobody_accepts_while_one_is_open(agreement: Agreement, suggestion: ClauseSuggestion, cast: Cast) -> None:
    with pytest.raises(agreements.CannotAccept, match="waits for its answer"):
        agreements.accept(agreement, by=actor(cast.mette), version=1, at=tick())
    operations.withdraw(suggestion, by=actor(cast.jonas), at=tick())
    agreements.accept(agreement, by=actor(cast.mette), version=1, at=tick())


def test_nobody_signs_either(accepted: Agreement, cast: Cast, sign: Callable[..., Any]) -> None:
    suggest(accepted, cast.jonas)
    with pytest.raises(agreements.CannotSign, match="waits for its answer"):
        sign(accepted, cast.mette)


def test_it_is_the_others_turn(agreement: Agreement, suggestion: ClauseSuggestion, cast: Cast) -> None:
    agreement.request.refresh_from_db()
    assert agreement.request.turn_hub_ids == sorted([cast.ebro.pk, cast.aarhus.pk])


def test_taken_up_it_makes_the_next_version(agreement: Agreement, suggestion: ClauseSuggestion, cast: Cast) -> None:
    taken = operations.take_up(suggestion, by=actor(cast.lucia), at=tick())
    agreement.refresh_from_db()
    assert (taken.state, taken.became_version, agreement.version_number) == ("taken", 2, 2)
    version = agreement.versions.get(number=2)
    clause = next(one for one in version.clauses if one["key"] == "liability-allocation")
    assert "\n\n".join(clause["paragraphs"]) == WORDS
    assert version.note == "Suggested by Isar Edge Lab: Our insurer asks for it."
    assert agreement.n_open_suggestions == 0


def test_its_own_party_does_not_answer_it(suggestion: ClauseSuggestion, cast: Cast) -> None:
    with pytest.raises(operations.CannotAnswerSuggestion, match="Your hub suggested"):
        operations.take_up(suggestion, by=actor(cast.jonas), at=tick())
    with pytest.raises(operations.CannotAnswerSuggestion, match="Only the party"):
        operations.withdraw(suggestion, by=actor(cast.lucia), at=tick())
    with pytest.raises(operations.CannotAnswerSuggestion):
        operations.take_up(suggestion, by=actor(cast.stranger), at=tick())


def test_declined_with_a_reason_the_clause_stays(
    agreement: Agreement, suggestion: ClauseSuggestion, cast: Cast
) -> None:
    with pytest.raises(operations.CannotAnswerSuggestion, match="why the clause should stay"):
        operations.decline(suggestion, answer=" ", by=actor(cast.lucia), at=tick())
    operations.decline(suggestion, answer="The cap is usual.", by=actor(cast.lucia), at=tick())
    agreement.refresh_from_db()
    assert (agreement.version_number, agreement.n_open_suggestions) == (1, 0)
    agreement.request.refresh_from_db()
    assert agreement.request.turn_hub_ids == sorted([cast.isar.pk, cast.aarhus.pk])


def test_an_answered_one_is_not_answered_again(suggestion: ClauseSuggestion, cast: Cast) -> None:
    operations.take_up(suggestion, by=actor(cast.lucia), at=tick())
    with pytest.raises(operations.CannotAnswerSuggestion, match="answered already"):
        operations.decline(suggestion, answer="No.", by=actor(cast.mette), at=tick())


def test_one_clause_has_one_open_suggestion(agreement: Agreement, suggestion: ClauseSuggestion, cast: Cast) -> None:
    with pytest.raises(operations.CannotSuggest, match="waits for its answer"):
        suggest(agreement, cast.mette, words="Other words.")
    suggestion.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        suggestion.save(force_insert=True)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"words": " "}, "new wording"),
        ({"words": "Hidden \u202e words."}, "hidden character"),
        ({"why": ""}, "Say in a sentence"),
        ({"clause": "nothing"}, "not part of the agreement"),
    ],
)
def test_bad_suggestions_are_refused(agreement: Agreement, cast: Cast, given: dict[str, str], says: str) -> None:
    with pytest.raises(operations.CannotSuggest, match=says):
        suggest(agreement, cast.jonas, **given)


def test_the_same_words_are_no_suggestion(agreement: Agreement, cast: Cast) -> None:
    (talk,) = queries.talk_of(agreement, key="liability-allocation")
    with pytest.raises(operations.CannotSuggest, match="already"):
        suggest(agreement, cast.jonas, words="\n\n".join(talk.paragraphs))


def test_the_lead_does_not_name_its_client(agreement: Agreement, cast: Cast) -> None:
    with pytest.raises(operations.CannotSuggest, match="Municipality of Elsewhere"):
        suggest(agreement, cast.lucia, words="The Municipality of Elsewhere pays.")
    text = "The Municipality of Elsewhere will not pay."
    with pytest.raises(operations.CannotCommentClause, match="Municipality of Elsewhere"):
        operations.comment(agreement, clause="payment-terms", text=text, by=actor(cast.lucia), at=tick())


class TestPages:
    def browse(self, user: User) -> Browser:
        browser = Browser()
        browser.force_login(user)
        return browser

    def test_from_the_clause_to_the_next_version(self, agreement: Agreement, cast: Cast) -> None:
        at = f"/requests/{agreement.request.ref}/agreement/talk/"
        partner, lead = self.browse(cast.jonas), self.browse(cast.lucia)
        refused = partner.post(f"{at}liability-allocation/suggest/", {"words": WORDS, "why": ""})
        assert refused.status_code == 422
        assert "Each Partner answers to the Lead." in refused.content.decode()
        assert partner.post(f"{at}liability-allocation/suggest/", {"words": WORDS, "why": "So."}).status_code == 303
        assert partner.post(f"{at}liability-allocation/comment/", {"text": "We <mean> it."}).status_code == 303
        page = lead.get(f"{at}liability-allocation/").content.decode()
        assert all(words in page for words in ("<ins>", "<del>", "We &lt;mean&gt; it.", "Take it up"))
        assert "Waiting for an answer" in lead.get(at).content.decode()
        pk = ClauseSuggestion.objects.get().pk
        assert lead.post(f"{at}suggestions/{pk}/decline/", {"answer": ""}).status_code == 422
        assert lead.post(f"{at}suggestions/{pk}/take/").status_code == 303
        assert "It became version 2" in lead.get(f"{at}liability-allocation/").content.decode()
        assert lead.post(f"{at}suggestions/{pk}/take/").status_code == 422

    def test_strangers_and_the_client_find_nothing(self, suggestion: ClauseSuggestion, cast: Cast) -> None:
        at = f"/requests/{suggestion.agreement.request.ref}/agreement/talk/"
        for user in (cast.stranger, cast.mayor, cast.steward):
            browser = self.browse(user)
            assert browser.get(at).status_code == 404
            assert browser.get(f"{at}liability-allocation/").status_code == 404
            assert browser.post(f"{at}suggestions/{suggestion.pk}/take/").status_code == 404
