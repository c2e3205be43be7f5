"""Writing the parts of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe

from hansa.foundation.policies import YES, No
from hansa.web.components import charts, icons, matching, navigation, pieces, work
from hansa.web.components import forms as fields
from hansa.web.components.values import attributes, esc, value

EVIL = '"><script>alert(1)</script>'


def written(template: str, **context: object) -> str:
    return engines["django"].from_string(template).render(context)


# Escaping


@pytest.mark.parametrize(
    "html",
    [
        pieces.button(EVIL, name=EVIL, value=EVIL, hidden=EVIL),
        pieces.link_button(EVIL, EVIL),
        pieces.post_button("token", EVIL, EVIL, fields={"a": EVIL}),
        pieces.pill(EVIL),
        pieces.chip(EVIL, remove=EVIL),
        pieces.card("", EVIL, note=EVIL, href=EVIL, link=EVIL),
        pieces.quote(EVIL, by=EVIL, language="en"),
        pieces.language_tag(EVIL),
        pieces.facts([(EVIL, EVIL)]),
        pieces.points([EVIL], [EVIL]),
        pieces.person(EVIL, role=EVIL),
        pieces.hub_line(EVIL, EVIL, href=EVIL),
        pieces.file_row({"name": EVIL, "href": EVIL, "by": EVIL, "note": EVIL}),
        matching.hub_card("", {"id": EVIL, "name": EVIL, "href": EVIL, "summary": EVIL, "reason": EVIL, "tags": [EVIL],
                               "trust": EVIL, "joint": EVIL, "reply": EVIL, "languages": [EVIL]}, compare="hub"),
        matching.candidate("", {"id": 1, "name": EVIL, "href": EVIL, "note": EVIL, "pros": [EVIL], "scores": [(EVIL, 1, 2)]}),
        matching.matrix({"hubs": [{"id": EVIL, "name": EVIL, "total": EVIL}],
                         "rows": [{"name": EVIL, "note": EVIL, "team": EVIL, "cover": "yes",
                                   "marks": [{"cover": "yes", "text": EVIL, "href": EVIL}]}]}),
        matching.team_panel("", {"note": EVIL, "members": [{"id": 1, "name": EVIL, "role": EVIL}], "needs": [EVIL]}),
        work.steps([{"name": EVIL, "state": "now", "note": EVIL, "href": EVIL}]),
        work.needs_you("t", [{"title": EVIL, "why": EVIL, "href": EVIL, "due": EVIL, "actions": [{"label": EVIL, "post": EVIL}]}]),
        work.clause("", {"number": EVIL, "title": EVIL, "text": EVIL, "plain": EVIL, "comments": [{"by": EVIL, "text": EVIL}]}),
        work.redline([("ins", EVIL), ("del", EVIL), ("same", EVIL)]),
        work.signatures([{"id": 1, "name": EVIL, "person": EVIL, "state": EVIL}]),
        work.history([{"text": EVIL, "when": EVIL, "by": EVIL}]),
        charts.bullets([{"name": EVIL, "number": 1, "text": EVIL, "unit": EVIL, "note": EVIL}]),
        charts.share_bars([{"name": EVIL, "parts": [{"name": EVIL, "share": 3}]}]),
        charts.plan([{"id": 1, "name": EVIL, "bars": [{"name": EVIL, "start": date(2026, 1, 1), "end": date(2026, 2, 1)}]}],
                    start=date(2026, 1, 1), end=date(2026, 3, 1)),
        navigation.breadcrumbs([(EVIL, EVIL)], EVIL),
        navigation.tabs([{"name": EVIL, "href": EVIL, "count": 1}], EVIL),
        navigation.facet("f", EVIL, [{"value": EVIL, "name": EVIL, "count": 1}]),
        navigation.read_as(EVIL, [(EVIL, EVIL)], clear=EVIL),
        navigation.function_tiles([{"value": EVIL, "name": EVIL, "note": EVIL, "number": 1}]),
        fields.search_box("q", EVIL, text=EVIL, example=EVIL, button=EVIL),
        icons.avatar(EVIL),
    ],
)  # fmt: skip
def test_no_part_lets_markup_through(html: str) -> None:
    assert "<script>" not in html
    assert " style=" not in html


def test_safe_text_is_kept() -> None:
    assert esc(mark_safe("<b>x</b>")) == "<b>x</b>"
    assert esc("a & 'b'") == "a &amp; &#x27;b&#x27;"
    assert esc(3) == "3"


def test_attributes_leave_out_what_is_empty() -> None:
    assert attributes(href="/a?b=1&c=2", disabled=True, title="", name=None, data_x=0) == (
        ' href="/a?b=1&amp;c=2" disabled data-x="0"'
    )


def test_values_come_from_mappings_and_objects_alike() -> None:
    @dataclass
    class Hub:
        name: str = "Isar"

        def href(self) -> str:
            return "/hubs/isar/"

    assert value(Hub(), "name") == value({"name": "Isar"}, "name") == "Isar"
    assert value(Hub(), "href") == "/hubs/isar/"
    assert value(Hub(), "none", 3) == value({}, "none", 3) == 3


# Buttons and verdicts


def test_refused_button_is_off_and_says_why() -> None:
    html = pieces.button("Sign", verdict=No("The signatory signs."))
    assert " disabled" in html
    assert '<span class="why">The signatory signs.</span>' in html
    assert "disabled" not in pieces.button("Sign", verdict=YES)
    assert "disabled" not in pieces.button("Sign")


def test_button_with_only_an_icon_keeps_its_name() -> None:
    assert '<span class="sr">More</span>' in pieces.button("More", icon="ellipsis", only=True)


def test_post_button_carries_token_and_fields() -> None:
    html = written('{% post_button "Accept" "/a/" fields=more kind="primary" %}', csrf_token="tok", more={"version": 4})
    assert 'method="post" action="/a/"' in html
    assert 'name="csrfmiddlewaretoken" value="tok"' in html
    assert '<input type="hidden" name="version" value="4">' in html


def test_unknown_icon_is_an_error_in_tests() -> None:
    with pytest.raises(LookupError, match="no-such-icon"):
        icons.icon("no-such-icon")


def test_emblem_of_a_hub_is_always_the_same_and_neighbours_differ() -> None:
    assert icons.emblem(7) == icons.emblem(7)
    assert len({icons.emblem(number) for number in range(12)}) == 12


@pytest.mark.parametrize(
    ("name", "letters"), [("Lucía Ferrer", "LF"), ("Plato", "P"), ("Ana de la Cruz", "AC"), ("", ""), ("4you", "4")]
)
def test_initials(name: str, letters: str) -> None:
    assert icons.initials(name) == letters


# Forms


class Form(forms.Form):
    email = forms.EmailField(label="Work email", help_text="We send a link.")
    kind = forms.ChoiceField(label="Which?", widget=forms.RadioSelect, choices=[("a", "One|First"), ("b", "Two")])
    agree = forms.BooleanField(label="I agree")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea, max_length=100)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("note") == "bad":
            raise forms.ValidationError("This does not fit together.")


def test_field_ties_label_hint_error_and_control() -> None:
    form = Form({"email": "no"})
    html = fields.field(form["email"], autocomplete="email")
    assert '<label for="id_email">Work email</label>' in html
    assert html.index("We send a link.") < html.index("Enter a valid email address.") < html.index("<input")
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_email_error"' in html
    assert 'autocomplete="email"' in html
    assert html.count("aria-invalid") == 1


def test_field_marks_the_optional_not_the_required() -> None:
    form = Form()
    assert "(optional)" in fields.field(form["note"])
    assert "(optional)" not in fields.field(form["email"])
    assert "aria-invalid" not in fields.field(form["email"])


def test_choices_are_a_group_with_a_legend() -> None:
    html = fields.field(Form()["kind"], cards=True)
    assert html.startswith('<fieldset class="field" id="id_kind"')
    assert "<legend>Which?" in html
    assert "<small>First</small>" in html
    assert html.count('type="radio"') == 2


def test_counter_goes_with_the_longest_length() -> None:
    html = fields.field(Form()["note"], counter=True, rows=5)
    assert 'maxlength="100"' in html
    assert "data-counter" in html
    assert 'rows="5"' in html


def test_hidden_field_is_only_itself() -> None:
    assert fields.field(Form()["hidden"]) == '<input type="hidden" name="hidden" id="id_hidden">'


def test_summary_links_to_every_wrong_field() -> None:
    form = Form({"email": "no", "note": "bad"})
    html = fields.errors(form)
    assert 'role="alert" tabindex="-1" data-focus' in html
    assert "There are 4 problems" in html
    assert "<li>This does not fit together.</li>" in html
    assert '<a href="#id_email">Work email: Enter a valid email address.</a>' in html
    assert '<a href="#id_kind">Which? This field is required.</a>' in html
    assert fields.errors(Form()) == ""


def test_refusal_takes_the_focus_and_is_silent_without_reason() -> None:
    assert "data-focus" in fields.refusal("Somebody was faster.")
    assert fields.refusal("") == ""


# Lists, pages, filters


def test_pages_keep_the_query() -> None:
    html = navigation.pages(QueryDict("q=edge&page=2&cc=DE"), 2, 3, total="50 hubs")
    assert 'href="?q=edge&amp;cc=DE"' in html
    assert 'href="?q=edge&amp;cc=DE&amp;page=3"' in html
    assert navigation.pages(QueryDict(""), 1, 1) == ""


def test_facet_says_how_many_are_chosen() -> None:
    html = navigation.facet("cc", "Country", [{"value": "DE", "name": "Germany", "count": 3, "chosen": True}])
    assert '<span class="count">1</span>' in html
    assert re.search(r'<input type="checkbox" name="cc" value="DE" checked>', html)


def test_steps_mark_the_present_one() -> None:
    html = work.steps([{"name": "Need", "state": "done"}, {"name": "Shortlist", "state": "now", "note": "Pick"}])
    assert html.count('aria-current="step"') == 1
    assert '<span class="sr">, done</span>' in html
    assert "Now: Shortlist" in html


def test_redline_names_what_was_inserted_and_deleted() -> None:
    html = work.redline([("same", "up to "), ("del", "all"), ("ins", "the fee")])
    assert re.sub("<span class=.sr.>.*?</span>", "", html) == "up to <del>all</del><ins>the fee</ins>"
    assert "inserted:" in html
    assert "deleted:" in html


def test_matrix_is_a_table_with_heads_for_rows_and_columns() -> None:
    table = {
        "hubs": [{"id": 1, "name": "You", "chosen": True, "fixed": True, "total": "1 of 1"}, {"id": 2, "name": "Isar", "total": "0 of 1"}],
        "rows": [{"name": "Edge", "cover": "yes", "team": "1 partner", "marks": [{"cover": "yes", "text": "Three projects"}, {"cover": "no"}]}],
    }  # fmt: skip
    html = matching.matrix(table)
    assert html.count('scope="col"') == 4
    assert html.count('scope="row"') == 2
    assert 'value="1" checked disabled' in html
    assert "You, Edge: yes, with evidence" in html
    assert "checkbox" not in matching.matrix(table, choose=False)


def test_matrix_refuses_a_row_that_does_not_fit() -> None:
    with pytest.raises(ValueError, match="zip"):
        matching.matrix({"hubs": [{"id": 1, "name": "You"}], "rows": [{"name": "Edge", "marks": []}]})


# Charts


def test_bullet_without_a_number_says_so() -> None:
    html = charts.bullet({"name": "Maturity", "number": None, "target": 55, "unit": "of 100"})
    assert "Not measured yet" in html
    assert 'class="fill"' not in html


def test_bullet_draws_zero_and_does_not_divide_by_it() -> None:
    assert 'width="0%"' in charts.bullet({"name": "Stops", "number": 0, "target": 0})


def test_bullets_show_the_same_numbers_as_a_table() -> None:
    html = charts.bullets([{"name": "Stops", "number": 2.1, "text": "2,1", "target": 0.8, "unit": "per month"}])
    assert '<td class="num">2,1</td><td class="num">0.8</td>' in html


def test_shares_add_up_whatever_their_sum() -> None:
    html = charts.share_bars([{"name": "Money", "parts": [{"name": "A", "share": 1}, {"name": "B", "share": 3}]}])
    assert "Money: A 25%, B 75%" in html
    assert "0%" in charts.share_bars([{"name": "None", "parts": [{"name": "A", "share": 0}]}])


def test_translations_do_not_leak_between_languages(pseudo_locale: str) -> None:
    english = work.step_bar(1, 2)
    with translation.override(pseudo_locale):
        assert work.step_bar(1, 2) != english
    assert work.step_bar(1, 2) == english
