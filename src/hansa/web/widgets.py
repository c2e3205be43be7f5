"""Django's form controls, written by Python instead of by its templates.

A template of Django's costs ten to twenty times as much, and a page of a case has twenty controls. What comes out is
the same but for empty lines; a control that is not listed here is still drawn by its template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe

from hansa.web.components.values import esc

_FOLDER = "django/forms/widgets/"
_INPUTS = ("checkbox", "date", "email", "hidden", "number", "password", "search", "tel", "text", "url")


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {esc(name)}" if content is True else f' {esc(name)}="{esc(str(content))}"'
        for name, content in attrs.items()
        if content is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    content = widget["value"]
    value = "" if content is None else f' value="{esc(str(content))}"'
    return f'<input type="{esc(widget["type"])}" name="{esc(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _option(widget: Mapping[str, Any]) -> str:
    """One radio button or checkbox of several, perhaps inside its label."""
    if not widget["wrap_label"]:
        return _input(widget)
    target = f' for="{esc(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    return f"<label{target}>{_input(widget)}\n {esc(widget['label'])}</label>"


def _textarea(widget: Mapping[str, Any]) -> str:
    content = widget["value"] or ""
    return f'<textarea name="{esc(widget["name"])}"{_attributes(widget["attrs"])}>\n{esc(content)}</textarea>'


def _select(widget: Mapping[str, Any]) -> str:
    rows = []
    for group, options, _number in widget["optgroups"]:
        shown = [
            f'  <option value="{esc(str(option["value"]))}"{_attributes(option["attrs"])}>{esc(option["label"])}</option>\n'
            for option in options
        ]
        rows += [f'  <optgroup label="{esc(group)}">\n', *shown, "  </optgroup>\n"] if group else shown
    return f'<select name="{esc(widget["name"])}"{_attributes(widget["attrs"])}>\n{"".join(rows)}</select>'


_DRAWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"{_FOLDER}{name}.html": _input for name in _INPUTS},
    f"{_FOLDER}radio_option.html": _option,
    f"{_FOLDER}checkbox_option.html": _option,
    f"{_FOLDER}textarea.html": _textarea,
    f"{_FOLDER}select.html": _select,
}


class Renderer(DjangoTemplates):
    """Draws the common controls itself."""

    def render(self, template_name: str, context: Mapping[str, Any], request: Any = None) -> SafeString:
        draw = _DRAWN.get(template_name)
        return mark_safe(draw(context["widget"])) if draw else super().render(template_name, context, request)
