"""Putting numbers, money, days and spans into words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from hansa.web.components import words


def test_money_shows_cents_only_when_there_are_some() -> None:
    assert words.money(14000) == "€\xa014,000"
    assert words.money(Decimal("14000.50")) == "€\xa014,000.50"
    assert words.money(0) == "€\xa00"
    assert words.money(None) == "–"
    with translation.override("de"):
        assert words.money(14000) == "€\xa014.000"


NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "since", "ago", "due"),
    [
        (0, "since today", "today", "Due today"),
        (1, "since yesterday", "yesterday", "Overdue by 1 day"),
        (3, "since Saturday", "3 days ago", "Overdue by 3 days"),
        (20, "since 4 Nov", "4 Nov", "Overdue by 20 days"),
    ],
)
def test_spans_in_words(monkeypatch: pytest.MonkeyPatch, days: int, since: str, ago: str, due: str) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    moment = NOW - timedelta(days=days)
    assert (words.since(moment), words.ago(moment), words.due(moment)) == (since, ago, due)


def test_deadlines_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    assert words.due(date(2026, 11, 25)) == "Due tomorrow"
    assert words.due(date(2026, 12, 4)) == "Due 4 Dec"
    assert words.due(date(2027, 1, 4)) == "Due 4 Jan 2027"
    assert not words.is_late(date(2026, 11, 25))
    assert words.is_late(date(2026, 11, 24))


@pytest.mark.parametrize("filter_", [words.day, words.clock, words.when, words.since, words.ago, words.due])
def test_no_moment_gives_no_words(filter_) -> None:
    assert filter_(None) == ""


@pytest.mark.parametrize(
    ("n_bytes", "text"), [(0, "1\xa0kB"), (820_000, "820\xa0kB"), (2_400_000, "2.4\xa0MB"), (None, "")]
)
def test_file_sizes(n_bytes: int | None, text: str) -> None:
    assert words.file_size(n_bytes) == text


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_joined(names: list[str], text: str) -> None:
    assert words.joined(names) == text


@pytest.mark.parametrize(
    ("code", "name"), [("de", "German"), ("EL", "Greek"), ("mt", "Maltese"), ("xx", "XX"), ("", "")]
)
def test_language_names(code: str, name: str) -> None:
    assert words.language_name(code) == name
