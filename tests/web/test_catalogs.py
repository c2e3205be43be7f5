"""Translating the interface."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.template import engines
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def messages() -> Any:
    spec = spec_from_file_location("messages_tool", ROOT / "frontend/messages.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_compiled_catalogs_are_fresh(messages: Any) -> None:
    for language in messages.LANGUAGES:
        path = messages.po_path(language).with_suffix(".mo")
        assert path.read_bytes() == messages.machine_readable(messages.read(language)), language


def test_collects_texts_of_python_and_templates(messages: Any) -> None:
    texts = messages.collected()
    assert texts.get("Find partners") is not None
    assert texts.get("Find", "phone bar") is not None
    assert texts.get(("%(count)s hub selected", "%(count)s hubs selected")) is not None
    # Inside an f-string.
    assert texts.get("needs covered") is not None
    # In templates: a tag, a tag's argument, a block.
    assert texts.get("Skip to content") is not None
    assert texts.get("Reference %(code)s. Name it when you ask for help.") is not None


def test_collects_the_words_that_a_content_file_names(
    messages: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    file = tmp_path / "content.yaml"
    file.write_text(
        "translated: [title, unit]\ntitle: One\nrows: [{title: Two, text: Not this}, {unit: '%'}, {unit: days}]\n"
    )
    assert [text for _file, context, text in messages.in_content(file)] == ["One", "Two", "days"]
    file.write_text("title: No key is named here\n")
    assert list(messages.in_content(file)) == []


def test_collects_titles_of_clauses_and_no_legal_text(messages: Any) -> None:
    texts = messages.collected()
    assert texts.get("Confidentiality", "content") is not None
    assert texts.get("Payment is uncertain", "content") is not None
    assert not [message for message in texts if "{{" in str(message.id)]


def test_same_texts_give_the_same_file(messages: Any) -> None:
    texts = messages.collected()
    assert messages.written(texts) == messages.written(messages.collected())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("%(count)s hubs selected", ["%(count)s"]),
        ('<a href="%(url)s">Look</a> at {this} & 50%% more', ['<a href="%(url)s">', "</a>", "{this}", "%%"]),
        ("Write to help@example.org", ["help@example.org"]),
    ],
)
def test_pseudo_language_keeps_what_is_not_text(messages: Any, text: str, kept: list[str]) -> None:
    made = messages.pseudo(text)
    assert all(part in made for part in kept)
    assert made.startswith("[")
    assert made.endswith("]")


def test_pseudo_language_is_two_fifths_longer(messages: Any) -> None:
    text = "Tell us what you need in your own words and your own language."
    assert 1.3 <= len(messages.pseudo(text)) / len(text) <= 1.6


def test_refuses_a_translation_with_other_placeholders(messages: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, german = Catalog(), Catalog(locale="de")
    texts.add("%(count)s hubs")
    german.add("%(count)s hubs", "%(zahl)s Hubs")
    texts.add("Today")
    monkeypatch.setattr(messages, "read", lambda language: german)
    assert messages.mistakes("de", texts) == [
        "de: other placeholders than the English text: '%(zahl)s Hubs'",
        "de: not translated: 'Today'",
    ]


def test_untranslated_texts_stay_english(messages: Any) -> None:
    catalog = Catalog(locale="de")
    catalog.add(("one hub", "%(n)s hubs"), ("", ""))
    catalog.add("Heute", "")
    assert b"one hub" not in messages.machine_readable(catalog)


def test_templates_speak_the_pseudo_language(pseudo_locale: str) -> None:
    with translation.override(pseudo_locale):
        html = engines["django"].from_string('{% button _("Sign in") %}{% translate "Language" %}').render()
    assert "Šîĝñ îñ" in html
    assert "Ļàñĝûàĝé" in html
