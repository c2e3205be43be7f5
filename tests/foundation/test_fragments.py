"""When a part of a page is drawn: kept for as long as it would show the same."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime

import pytest
from django import forms
from django.template import engines
from django.utils import timezone, translation

from hansa.foundation import fragments
from hansa.foundation.fragments import Blank, drawn, fragment


class Name(forms.Form):
    name = forms.CharField(label="Name")


@pytest.fixture(autouse=True)
def template(monkeypatch):
    """Let ``say.html`` be a template that counts how often it is drawn."""
    text = "{{ text }}{% if of %}{{ of }}{% endif %}{% if form %}{{ form.name.value }}{% endif %}{{ blank.form.name }}"
    say = engines["django"].from_string(text)
    drawings = []

    def render(name, context):
        drawings.append(name)
        return say.render(context)

    monkeypatch.setattr(fragments, "render_to_string", render)
    monkeypatch.setattr(fragments, "_kept", OrderedDict())
    monkeypatch.setattr(fragments, "_n_letters", 0)
    return drawings


def test_draws_the_same_thing_once(template):
    assert [fragment("say.html", text=text) for text in "aab"] == ["a", "a", "b"]
    assert len(template) == 2


def test_escapes_what_it_shows():
    assert fragment("say.html", text="<b>") == "&lt;b&gt;"


def test_draws_again_in_another_language(template):
    for language in ("en", "de", "en"):
        with translation.override(language):
            fragment("say.html", text="a")
    assert len(template) == 2


def test_draws_again_on_another_day(template, monkeypatch):
    for day in (24, 25, 25):
        monkeypatch.setattr(timezone, "now", lambda day=day: datetime(2026, 11, day, tzinfo=UTC))
        fragment("say.html", text="a")
    assert len(template) == 2


def test_an_object_that_is_no_key_counts_as_itself(template):
    one, other = ["a"], ["a"]
    for shown in (one, other, one):
        fragment("say.html", of=shown)
    assert len(template) == 2


def test_draws_a_refused_form_each_time_and_keeps_nothing_of_it(template):
    refused = Name({"name": "typed"})
    assert drawn("say.html", refused, text="a") == "atyped"
    assert drawn("say.html", refused, text="a") == "atyped"
    assert drawn("say.html", None, text="a") == "a"
    assert drawn("say.html", None, text="a") == "a"
    assert len(template) == 3


def test_an_empty_form_is_part_of_what_is_shown(template):
    first = fragment("say.html", blank=Blank(Name, initial=(("name", "Ada"),)))
    assert 'value="Ada"' in first
    assert fragment("say.html", blank=Blank(Name, initial=(("name", "Ada"),))) == first
    assert 'value="Bo"' in fragment("say.html", blank=Blank(Name, initial=(("name", "Bo"),)))
    assert 'id="x_name"' in fragment("say.html", blank=Blank(Name, (("auto_id", "x_%s"),)))
    assert len(template) == 3


def test_forgets_what_was_not_asked_for_longest(template, monkeypatch):
    monkeypatch.setattr(fragments, "_MOST_LETTERS", 2)
    for text in ("a", "b", "a", "c", "a", "b"):
        fragment("say.html", text=text)
    assert len(template) == 4
