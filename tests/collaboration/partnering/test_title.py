"""When a title is proposed: it is the first clause, at most 80 characters, cut between words."""

import pytest

from hansa.collaboration.partnering.queries.reading import TITLE_LENGTH, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The lines stop twice a month. We want a warning.", "The lines stop twice a month"),
        ("\n\n  Predict failures!  And more", "Predict failures"),
        ("We use version 3.5 of it", "We use version 3.5 of it"),
        ("", "Untitled need"),
        ("...", "Untitled need"),
        ("我们需要预测。性维护", "我们需要预测。性维护"),
        ("Ça marche ? Non", "Ça marche"),
    ],
)
def test_the_first_clause(text: str, title: str) -> None:
    assert title_of(text) == title


def test_a_long_sentence_is_cut_at_its_last_comma() -> None:
    text = "Our three packaging lines stop twice a month, which nobody sees coming, and it costs us a lot of money every time"
    assert title_of(text) == "Our three packaging lines stop twice a month, which nobody sees coming"


def test_without_a_comma_it_is_cut_between_words() -> None:
    title = title_of("word " * 40)
    assert len(title) <= TITLE_LENGTH
    assert title.endswith("word…")


def test_a_word_without_end_is_cut_anyway() -> None:
    assert len(title_of("x" * 10_000)) == TITLE_LENGTH
