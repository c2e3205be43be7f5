"""When words are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansa.hubs.taxonomy.queries import normalised, prefix_query


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Łódź  Ænima–Hub!", "lodz aenima hub"),
        ("C++ and C#", "c++ and c#"),
        ("Straße", "strasse"),
        ("Αθήνα", "αθηνα"),
        ("Übung_macht-den/Meister", "ubung macht den meister"),
        ("😀", ""),
        ("", ""),
    ],
)
def test_accents_case_and_marks_do_not_count(text: str, plain: str):
    assert normalised(text) == plain


@given(st.text(max_size=60))
def test_comparing_twice_changes_nothing_more(text: str):
    assert normalised(normalised(text)) == normalised(text)


@pytest.mark.parametrize(
    ("text", "query"),
    [("robot vis", "robot:* & vis:*"), ("a'b:*|!(", "a:* & b:*"), ("", ""), ("C++", "c:*"), ("+ #", "")],
)
def test_a_search_is_words_and_nothing_else(text: str, query: str):
    assert prefix_query(text) == query
