"""What needs you, steps, clauses, signatures, history: the parts of a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from hansa.web.components.icons import avatar, emblem, icon
from hansa.web.components.pieces import link_button, pill, post_button
from hansa.web.components.values import attributes, esc, gettext, value, values, wrapped
from hansa.web.components.words import when as time_of


def steps(items: Iterable[Any], label: Any = "") -> SafeString:
    """Return the step tracker: ``name state note href`` of each step, the state ``done``, ``now`` or ``later``."""
    parts, now = [], ""
    for number, item in enumerate(items, 1):
        name, state, note, href = values(item, "name", "state", "note", "href")
        title = f'<a href="{esc(href)}">{esc(name)}</a>' if href else esc(name)
        dot = icon("check") if state == "done" else number
        done = f'<span class="sr">, {gettext("done")}</span>' if state == "done" else ""
        current = ' aria-current="step"' if state == "now" else ""
        parts.append(
            f'<li class="{state}"{current}><span class="dot" aria-hidden="true">{dot}</span>'
            f"<b>{title}{done}</b>{wrapped('small', note)}</li>"
        )
        if state == "now":
            words = gettext("Now: %(step)s") % {"step": name}
            now = f'<p class="steps-now" aria-hidden="true"><b>{esc(words)}</b>{wrapped("small", note)}</p>'
    name = esc(label or gettext("Steps"))
    return mark_safe(f'<ol class="steps" aria-label="{name}">{"".join(parts)}</ol>{now}')


def step_bar(done: int, total: int) -> SafeString:
    """Return how far a case is, small enough for a list: ``done`` of ``total`` bars filled."""
    label = gettext("Step %(done)s of %(total)s") % {"done": done, "total": total}
    bars = "".join(f"<i{' class=on' if number < done else ''}></i>" for number in range(total))
    return mark_safe(f'<span class="bars" role="img" aria-label="{label}">{bars}</span>')


def turn(text: Any, *, mine: bool = False) -> SafeString:
    """Return whose turn it is, in one sentence; marigold only when it is the reader's."""
    return mark_safe(
        f'<p class="turn{" mine" if mine else ""}">{icon("zap" if mine else "hourglass")}<span>{esc(text)}</span></p>'
    )


def needs_you(token: Any, items: Iterable[Any], *, level: int = 3) -> SafeString:
    """Return the list of what the reader must do.

    Reads ``title href why icon tone due due_tone actions`` of each item. An action has ``label`` and ``href`` (a page)
    or ``post`` (an act, with ``fields``), and perhaps ``kind``. Only what the reader can do belongs here.
    """
    rows = []
    for item in items:
        title, href, why, sign, tone, due, due_tone = values(
            item, "title", "href", "why", "icon", "tone", "due", "due_tone"
        )
        words = f'<a href="{esc(href)}">{esc(title)}</a>' if href else esc(title)
        deadline = pill(due, due_tone or "warn") if due else ""
        acts = "".join(_action(token, action, title) for action in value(item, "actions") or ())
        tile = f'<span class="tile {tone or "f1"}">{icon(sign)}</span>' if sign else ""
        rows.append(
            f'<li>{tile}<div class="grow"><h{level}>{words}</h{level}>{wrapped("p", why)}</div><div class="acts">{deadline}{acts}</div></li>'
        )
    return mark_safe(f'<ul class="list asks">{"".join(rows)}</ul>')


def _action(token: Any, action: Any, title: Any) -> str:
    label, href, post, kind = values(action, "label", "href", "post", "kind")
    if post:
        return post_button(
            token, label, post, kind=kind, small=True, hidden=title, fields=value(action, "fields") or None
        )
    return link_button(label, href, kind=kind, small=True, hidden=title)


def redline(parts: Iterable[tuple[str, Any]]) -> SafeString:
    """Return changed wording: ``(kind, text)`` with the kind ``same``, ``ins`` or ``del``."""
    words = {
        "ins": (gettext("inserted:"), gettext("end of insertion")),
        "del": (gettext("deleted:"), gettext("end of deletion")),
    }
    html = []
    for kind, text in parts:
        if kind not in words:
            html.append(esc(text))
            continue
        begin, end = words[kind]
        html.append(f'<{kind}><span class="sr">{begin} </span>{esc(text)}<span class="sr"> {end} </span></{kind}>')
    return mark_safe("".join(html))


def clause(content: str, item: Any, *, level: int = 3) -> SafeString:
    """Return a clause of an agreement: wording, plain words, discussion.

    Reads ``id number title original note parts text plain comments language`` of ``item``; ``parts`` as in
    ``redline``, else ``text``; comments have ``by hub text when tone``. ``original`` is the title as the text has it,
    shown where ``title`` is a translation; ``language`` is that of the text. Content: the actions.
    """
    number, title, note, text, plain = values(item, "number", "title", "note", "text", "plain")
    original, lang = value(item, "original"), attributes(lang=value(item, "language"))
    as_written = f'<p class="meta"{lang}>{esc(original)}</p>' if original and original != title else ""
    wording = redline(value(item, "parts")) if value(item, "parts") else esc(text)
    notes = "".join(_comment(comment) for comment in value(item, "comments") or ())
    simple = f'<p class="plain"><b>{gettext("In plain words.")}</b> {esc(plain)}</p>' if plain else ""
    acts = f'<div class="row">{content}</div>' if content.strip() else ""
    aside = f'<div class="talk" role="group" aria-label="{gettext("Discussion")}">{notes}</div>' if notes else ""
    id = esc(value(item, "id") or f"clause-{number}")
    return mark_safe(
        f'<section class="clause" id="{id}"><header><h{level}>{esc(number)}{". " if number else ""}{esc(title)}</h{level}>'
        f'{as_written}{wrapped("p", note, "meta")}</header><div class="sides"><div class="stack tight"><div class="wording" dir="auto"{lang}>{wording}</div>{simple}{acts}</div>{aside}</div></section>'
    )


def _comment(comment: Any) -> str:
    by, hub, text, when, tone = values(comment, "by", "hub", "text", "when", "tone")
    source = f", {esc(hub)}" if hub else ""
    return f'<div class="said {tone or "f2"}"><p><b dir="auto">{esc(by)}</b>{source} <span class="meta">{esc(when)}</span></p><p dir="auto">{esc(text)}</p></div>'


def signatures(items: Iterable[Any]) -> SafeString:
    """Return who signed: ``id name person when state tone`` of each party, and its ``place`` in an order."""
    rows = "".join(
        f'<li>{emblem(value(item, "id"))}<div class="grow"><b dir="auto">{_numbered(item)}</b>'
        f"<small>{', '.join(esc(part) for part in values(item, 'person', 'when') if part)}</small></div>"
        f"{pill(value(item, 'state'), value(item, 'tone'))}</li>"
        for item in items
    )
    return mark_safe(f'<ul class="list">{rows}</ul>')


def _numbered(item: Any) -> str:
    place, name = values(item, "place", "name")
    return f'<span class="num">{esc(place)}.</span> {esc(name)}' if place else esc(name)


def history(items: Iterable[Any]) -> SafeString:
    """Return what happened, latest first: ``text when icon by`` of each event; ``when`` is a moment or words."""
    rows = []
    for item in items:
        text, when, sign, by = values(item, "text", "when", "icon", "by")
        face = avatar(str(by)) if by and not sign else icon(sign or "activity")
        moment = time_of(when) if isinstance(when, datetime) else esc(when)
        rows.append(
            f'<li>{face}<span><span dir="auto">{esc(text)}</span> <span class="meta">{moment}</span></span></li>'
        )
    return mark_safe(f'<ol class="history">{"".join(rows)}</ol>')
