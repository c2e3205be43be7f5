"""Fields and error summaries for any Django form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from hansa.web.components.icons import icon
from hansa.web.components.values import attributes, esc, gettext, wrapped

_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def error_line(id: str, messages: Any) -> str:
    """Return one error under a label."""
    return "".join(
        f'<p class="error" id="{id}">{icon("circle-alert")}<span><span class="sr">{gettext("Error:")} </span>{esc(message)}</span></p>'
        for message in list(messages)[:1]
    )


def field(
    bound: BoundField,
    *,
    cards: bool = False,
    counter: bool = False,
    label: Any = None,
    hint: Any = None,
    rows: int | None = None,
    autocomplete: str = "",
) -> SafeString:
    """Return label, hint, error and control of a form's field.

    :param cards: show the choices of radio buttons or checkboxes as cards
    :param counter: count the characters of a text area against its ``max_length``
    :param rows: height of a text area in lines
    :param autocomplete: what the browser may fill in (``email``, ``organization`` ...)
    """
    if bound.is_hidden:
        return mark_safe(str(bound))
    widget = bound.field.widget
    id = bound.id_for_label or bound.auto_id
    label = bound.label if label is None else label
    hint = bound.help_text if hint is None else hint
    if isinstance(widget, forms.CheckboxInput):
        return _checkbox(bound, label, hint)
    errors = bound.errors
    error = error_line(f"{bound.auto_id}_error", errors)
    described = " ".join(
        name for name, there in ((f"{bound.auto_id}_helptext", hint), (f"{bound.auto_id}_error", error)) if there
    )
    optional = "" if bound.field.required else f' <span class="optional">({esc(gettext("optional"))})</span>'
    note = wrapped("p", hint, "hint").replace("<p", f'<p id="{bound.auto_id}_helptext"', 1)
    css = f"field{' has-error' if errors else ''}"
    if isinstance(widget, _GROUPS):
        group = _choices(bound, cards)
        return mark_safe(
            f'<fieldset class="{css}" id="{bound.auto_id}" tabindex="-1"{attributes(aria_describedby=described)}>'
            f"<legend>{esc(label)}{optional}</legend>{note}{error}{group}</fieldset>"
        )
    own = {"aria-describedby": described or None, "aria-invalid": "true" if errors else None}
    own |= {"rows": rows, "autocomplete": autocomplete or None, "data-counter": "" if counter else None}
    if bound.field.required:
        own["required"] = True
    control = bound.as_widget(attrs={name: content for name, content in own.items() if content is not None})
    return mark_safe(f'<div class="{css}"><label for="{id}">{esc(label)}{optional}</label>{note}{error}{control}</div>')


def _checkbox(bound: BoundField, label: Any, hint: Any) -> SafeString:
    error = error_line(f"{bound.auto_id}_error", bound.errors)
    described = f"{bound.auto_id}_error" if error else ""
    box = bound.as_widget(attrs={"aria-describedby": described} if described else {})
    css = f"field{' has-error' if error else ''}"
    return mark_safe(
        f'<div class="{css}">{error}<label class="check">{box}<span>{esc(label)}{wrapped("small", hint)}</span></label></div>'
    )


def _choices(bound: BoundField, cards: bool) -> str:
    """Return radio buttons or checkboxes. A label written ``Title|Detail`` shows the detail under the title."""
    rows = []
    for choice in bound.subwidgets:
        title, _, detail = str(choice.choice_label).partition("|")
        rows.append(
            f'<label class="check" for="{choice.id_for_label}">{choice.tag()}<span>{esc(title)}{wrapped("small", detail)}</span></label>'
        )
    return f'<div class="choices{" cards" if cards else ""}">{"".join(rows)}</div>'


def errors(form: forms.BaseForm, *, title: Any = "") -> SafeString:
    """Return the summary of a form's errors, which takes the focus; nothing when there are none."""
    if not form.errors:
        return mark_safe("")
    items = [f"<li>{esc(message)}</li>" for message in form.non_field_errors()]
    for name, messages in form.errors.items():
        if name == "__all__" or name not in form.fields:
            continue
        bound = form[name]
        target = bound.auto_id if isinstance(bound.field.widget, _GROUPS) else bound.id_for_label or bound.auto_id
        label = str(bound.label)
        mark = "" if label.endswith(("?", ":", ".")) else ":"
        items.append(f'<li><a href="#{target}">{esc(label)}{mark} {esc(next(iter(messages)))}</a></li>')
    return problems(items, title)


def problems(items: list[str], title: Any = "") -> SafeString:
    """Return an error summary of ready list items."""
    heading = title or ngettext("There is a problem", "There are %(count)s problems", len(items)) % {
        "count": len(items)
    }
    return mark_safe(
        f'<div class="problems" role="alert" tabindex="-1" data-focus aria-labelledby="problems-title">'
        f'<h2 id="problems-title">{esc(heading)}</h2><ul>{"".join(items)}</ul></div>'
    )


def refusal(reason: Any) -> SafeString:
    """Return the message of a refused act, which takes the focus; nothing when there is no reason."""
    return problems([f"<li>{esc(reason)}</li>"], gettext("This could not be done")) if reason else mark_safe("")


def search_box(name: str, label: Any, *, text: Any = "", example: Any = "", button: Any = "") -> SafeString:
    """Return a search field with its icon and, when named, its button. The label is for screen readers."""
    press = f'<button class="btn">{esc(button)}</button>' if button else ""
    return mark_safe(
        f'<div class="searchbox">{icon("search")}<label class="sr" for="search-{name}">{esc(label)}</label>'
        f'<input type="search" id="search-{name}" name="{name}"{attributes(value=text, placeholder=example)} autocomplete="off" maxlength="400">{press}</div>'
    )
