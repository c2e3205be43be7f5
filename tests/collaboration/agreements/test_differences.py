"""When two versions are compared."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from hansa.collaboration.agreements.queries.differences import changed_clauses, redlined, words

TEXTS = st.lists(
    st.sampled_from(["the", "Lead", "pays", "each", "Partner", "its", "fee,", "EUR", "7,900.", "not"]), max_size=25
).map(" ".join)


def clause(key: str, *paragraphs: str, number: int = 1) -> dict:
    return {"key": key, "number": number, "title": key.title(), "paragraphs": list(paragraphs)}


def plain(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds).split()


@given(TEXTS, TEXTS)
def test_pieces_give_back_both_texts(before, after):
    pieces = words(before, after)
    assert plain(pieces, "same", "del") == before.split()
    assert plain(pieces, "same", "ins") == after.split()


def test_marks_the_words_that_changed():
    pieces = words("up to the total value of the contract.", "up to the amount paid to that Partner.")
    assert [(p.kind, p.text.strip()) for p in pieces if p.kind != "same"] == [
        ("del", "total value of the contract."),
        ("ins", "amount paid to that Partner."),
    ]


def test_shows_new_and_gone_clauses_in_their_place():
    found = changed_clauses(
        [clause("a", "x"), clause("b", "y"), clause("c", "z")], [clause("a", "x"), clause("c", "z"), clause("d", "w")]
    )
    assert [(c.key, c.kind, c.is_changed) for c in found] == [
        ("a", "same", False),
        ("b", "gone", True),
        ("c", "same", False),
        ("d", "new", True),
    ]


def test_pairs_a_changed_paragraph_with_its_old_self_when_another_is_added():
    before = [clause("a", "The Lead pays each Partner within 30 days.", "No more.")]
    after = [clause("a", "Something else first.", "The Lead pays each Partner within 45 days.", "No more.")]
    (found,) = changed_clauses(before, after)
    kinds = [[piece.kind for piece in paragraph] for paragraph in found.paragraphs]
    assert kinds == [["ins"], ["same", "del", "ins", "same"], ["same"]]


def test_a_long_clause_is_compared_in_a_moment():
    before = " ".join(f"word{n % 900}" for n in range(3000))
    after = " ".join(f"word{n % 901}" for n in range(3000))
    start = time.process_time()
    changed_clauses([clause("a", before)], [clause("a", after)])
    assert time.process_time() - start < 2


def test_redline_numbers_what_stands_and_not_what_is_gone():
    (found,) = changed_clauses(
        [clause("a", "First one.", "Entirely different words here.", number=7)],
        [clause("a", "First one.", "Last of all.", number=7)],
    )
    assert redlined(found) == [
        ("same", "7.1 "),
        ("same", "First one."),
        ("same", "\n\n"),
        ("del", "Entirely different words here."),
        ("same", "\n\n"),
        ("same", "7.2 "),
        ("ins", "Last of all."),
    ]
