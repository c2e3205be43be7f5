"""When the control of a form's field is drawn."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from hansa.web.widgets import Renderer

CHOICES = [("", "Nobody"), (1, "One & <b>"), ("Group <", [(2, "two"), (3, "th'ree")]), (None, "none")]
ATTRIBUTES = {"id": "x", "required": True, "disabled": False, "data-says": "a\"<&'", "rows": 3}
TYPED = (None, "", "a\"<b>&'", "  two  spaces ", 0, 5, True, False, "two\nlines <b>", (1, "2"))
CONTROLS = (
    forms.TextInput(),
    forms.NumberInput(),
    forms.EmailInput(),
    forms.URLInput(),
    forms.PasswordInput(),
    forms.HiddenInput(),
    forms.DateInput(attrs={"type": "date"}),
    forms.Textarea(),
    forms.CheckboxInput(),
    forms.NullBooleanSelect(),
    forms.FileInput(),
    forms.ClearableFileInput(),
    forms.Select(choices=CHOICES),
    forms.Select(),
    forms.SelectMultiple(choices=CHOICES),
    forms.RadioSelect(choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=CHOICES),
)


def _without_empty_lines(html: str) -> str:
    return re.sub(r"\n\s*\n", "\n", html)


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: type(control).__name__)
@pytest.mark.parametrize("typed", TYPED, ids=repr)
def test_is_what_django_draws(control, typed):
    ours, theirs = (
        control.render('na"me', typed, attrs=ATTRIBUTES, renderer=renderer)
        for renderer in (Renderer(), DjangoTemplates())
    )
    assert ours == (_without_empty_lines(theirs) if "<select" in theirs else theirs)


@pytest.mark.parametrize("with_label", [False, True])
@pytest.mark.parametrize("control", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_one_of_several_choices_is_what_django_draws(control, with_label):
    class Form(forms.Form):
        chosen = forms.MultipleChoiceField(choices=CHOICES, widget=control)

    ours, theirs = (
        [choice.tag(wrap_label=with_label) for choice in Form({"chosen": ["1"]}, renderer=renderer)["chosen"]]
        for renderer in (Renderer(), DjangoTemplates())
    )
    assert ours == theirs
    assert ours


def test_forms_of_the_site_are_drawn_this_way():
    assert isinstance(forms.Form().renderer, Renderer)
