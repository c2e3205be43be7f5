"""When a text is cut into sentences and parts."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansa.engine.language.sentences import LONGEST, parts, sentences
from hansa.engine.language.windows import chosen, windows


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We test. We train!", ["We test.", "We train!"]),
        ("Our services.AddedValue helps SMEs.", ["Our services.", "AddedValue helps SMEs."]),
        ("Θέλουμε βοήθεια; Ναι, θέλουμε.", ["Θέλουμε βοήθεια", "Ναι, θέλουμε."]),
        ("¿Quién nos ayuda? Nadie.", ["¿Quién nos ayuda?", "Nadie."]),
        (
            "Services:\n• Test before invest\n• Funding\n- Training",
            ["Services", "Test before invest", "Funding", "Training"],
        ),
        ("Ask Dr. Müller, z. B. am Montag. Danke.", ["Ask Dr. Müller, z. B. am Montag.", "Danke."]),
        ("Sprawdzamy np. maszyny. Dobrze.", ["Sprawdzamy np. maszyny.", "Dobrze."]),
        ("Version 2.0 of Node.JS costs 3.5 times more.", ["Version 2.0 of Node.JS costs 3.5 times more."]),
        ("He said „Warum?“ Dann ging er.", ["He said „Warum?“", "Dann ging er."]),
        ("   \n\t ", []),
        ("", []),
        ("12 34 . 5 !", []),
        ("💡💡💡", []),
        ("💡 An idea 💡", ["💡 An idea 💡"]),
        ("مرحبا بكم. نحن هنا.", ["مرحبا بكم.", "نحن هنا."]),
    ],
)
def test_finds_the_sentences(text, expected):
    assert cut(text) == expected


def test_cuts_what_goes_on_for_too_long_between_words():
    pieces = cut("word " * 200)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert " ".join(pieces).split() == ["word"] * 200


def test_cuts_even_a_word_without_end():
    assert all(len(piece) <= LONGEST for piece in cut("x" * 1000))


@given(st.text(max_size=600))
def test_spans_lie_in_order_inside_the_text_and_never_overlap(text):
    spans = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@given(st.text(alphabet="ab ,;.:()-und\n", max_size=300))
def test_parts_lie_inside_their_sentence_and_windows_hold_whole_sentences(text):
    spans = sentences(text)
    for span in spans:
        pieces = parts(text, span)
        assert pieces
        assert all(span[0] <= start < end <= span[1] for start, end in pieces)
    for start, end in windows(spans):
        assert any(start == span[0] for span in spans)
        assert any(end == span[1] for span in spans)


@pytest.mark.parametrize("text", ["a. " * 33_000, " - " * 33_000, "A." * 50_000, "x" * 100_000, "word " * 20_000])
def test_takes_100_000_characters_of_anything_in_linear_time(text):
    begun = time.process_time()
    sentences(text)
    assert time.process_time() - begun < 1


def test_parts_end_at_commas_and_words_for_and():
    text = "We want to count cars at crossings, store no faces at all and share the numbers with the county."
    assert [text[a:b] for a, b in parts(text, (0, len(text)))] == [
        "We want to count cars at crossings",
        "store no faces at all",
        "and share the numbers with the county.",
    ]


def test_a_short_sentence_is_one_part():
    assert parts("Train us, please.", (0, 17)) == [(0, 17)]


def test_neighbours_are_read_together_while_they_are_short():
    assert windows([(0, 100), (101, 200), (201, 290), (291, 700)]) == [(0, 200), (201, 290), (291, 700)]


def test_a_long_text_is_read_in_pairs_side_by_side():
    spans = [(number * 100, number * 100 + 90) for number in range(8)]
    assert windows(spans) == [(0, 190), (200, 390), (400, 590), (600, 790)]


def test_of_too_much_the_beginning_the_marked_places_and_an_even_rest_are_read():
    stretches = [(number * 100, number * 100 + 100) for number in range(50)]
    kept = chosen(stretches, marks=[3350], most_characters=800)
    assert len(kept) == 8
    assert {(0, 100), (100, 200), (3300, 3400), (4900, 5000)} <= set(kept)
    assert kept == sorted(kept)
    assert chosen(stretches, marks=[], most_characters=99_999) == stretches
