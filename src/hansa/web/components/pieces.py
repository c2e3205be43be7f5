"""Buttons, pills, chips, cards, lists: the small parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from hansa.web.components.icons import avatar, emblem, icon
from hansa.web.components.values import attributes, esc, gettext, sr, value, wrapped


def _inside(label: Any, sign: str, after: str, hidden: Any, only: bool) -> str:
    name = f'<span class="sr">{esc(label)}</span>' if only else f"<span>{esc(label)}</span>"
    return f"{icon(sign) if sign else ''}{name}{sr(hidden)}{icon(after) if after else ''}"


def button(
    label: Any,
    *,
    icon: str = "",
    after: str = "",
    kind: str = "",
    small: bool = False,
    wide: bool = False,
    only: bool = False,
    hidden: Any = "",
    verdict: Any = None,
    type: str = "submit",
    name: str = "",
    value: Any = "",
    form: str = "",
    controls: str = "",
    pressed: bool | None = None,
) -> SafeString:
    """Return a button.

    :param kind: ``primary`` (once per region), ``quiet``, ``danger`` or empty
    :param only: show the icon alone; ``label`` stays its accessible name
    :param hidden: words for screen readers after the label, such as the hub's name
    :param verdict: a policy's answer; when it is a refusal the button is off and its reason stands below
    :param controls: id of a popover that the button opens
    """
    css = " ".join(filter(None, ["btn", kind, small and "small", wide and "wide", only and "only"]))
    refused = verdict is not None and not verdict
    more = attributes(
        name=name,
        value=value,
        form=form,
        popovertarget=controls,
        disabled=refused,
        aria_pressed=None if pressed is None else str(pressed).lower(),
    )
    pressed_by = "button" if controls else type
    html = f'<button type="{pressed_by}" class="{css}"{more}>{_inside(label, icon, after, hidden, only)}</button>'
    if refused:
        html = f'<span class="refused">{html}<span class="why">{esc(verdict.reason)}</span></span>'
    return mark_safe(html)


def link_button(
    label: Any,
    href: str,
    *,
    icon: str = "",
    after: str = "",
    kind: str = "",
    small: bool = False,
    wide: bool = False,
    only: bool = False,
    hidden: Any = "",
    current: bool = False,
    download: bool = False,
) -> SafeString:
    """Return a link that looks like a button; see ``button``."""
    css = " ".join(filter(None, ["btn", kind, small and "small", wide and "wide", only and "only"]))
    more = attributes(href=href, aria_current="true" if current else "", download=download)
    return mark_safe(f'<a class="{css}"{more}>{_inside(label, icon, after, hidden, only)}</a>')


def post_button(
    token: Any, label: Any, action: str, *, fields: Mapping[str, Any] | None = None, **options: Any
) -> SafeString:
    """Return a form of one button: an act with nothing to fill in.

    :param token: the CSRF token
    :param fields: hidden values sent along
    """
    hidden = "".join(
        f'<input type="hidden"{attributes(name=name, value=content)}>' for name, content in (fields or {}).items()
    )
    return mark_safe(
        f'<form method="post" action="{esc(action)}" class="inline" data-once>'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">{hidden}{button(label, **options)}</form>'
    )


def pill(text: Any, tone: str = "", sign: str = "") -> SafeString:
    """Return a status pill.

    :param tone: ``good``, ``bad``, ``warn``, ``brand``, ``f1`` to ``f4`` or empty (neutral)
    """
    return mark_safe(f'<span class="pill {tone}">{icon(sign) if sign else ""}{esc(text)}</span>')


def chip(text: Any, *, tick: bool = False, tone: str = "", remove: str = "", href: str = "") -> SafeString:
    """Return a chip.

    :param tick: mark it as something the reader lacks and this covers
    :param remove: address that drops the chip; it becomes a link with a cross
    """
    if remove:
        label = sr(gettext("Remove"))
        return mark_safe(f'<a class="chip brand" href="{esc(remove)}">{esc(text)}{icon("x")}{label}</a>')
    if href:
        return mark_safe(f'<a class="chip {tone}" href="{esc(href)}">{esc(text)}</a>')
    if tick:
        return mark_safe(f'<span class="chip good">{icon("check")}{esc(text)}</span>')
    return mark_safe(f'<span class="chip {tone}">{esc(text)}</span>')


def chips(texts: Iterable[Any], *, tone: str = "", tick: bool = False) -> SafeString:
    """Return a list of plain chips."""
    inner = "".join(f"<li>{chip(text, tone=tone, tick=tick)}</li>" for text in texts)
    return mark_safe(f'<ul class="chips">{inner}</ul>' if inner else "")


def card(
    content: str,
    title: Any = "",
    *,
    note: Any = "",
    href: str = "",
    link: Any = "",
    css: str = "",
    id: str = "",
    sign: str = "",
    level: int = 2,
    extra: Any = "",
) -> SafeString:
    """Return a card with a heading.

    :param note: one line under the heading
    :param link: words of the link at the heading's end, to ``href``
    :param extra: HTML at the heading's end instead of a link (a pill, a button)
    :param css: ``needs``, ``tint``, ``sunken`` or empty
    """
    if not title:
        return mark_safe(f'<div class="card {css}"{attributes(id=id)}>{content}</div>')
    end = f'<a class="link" href="{esc(href)}">{esc(link)}</a>' if href else esc(extra)
    head = f"<h{level}>{icon(sign) + ' ' if sign else ''}{esc(title)}</h{level}>"
    return mark_safe(
        f'<section class="card {css}"{attributes(id=id)}><header>{head}{end}{wrapped("p", note)}</header>{content}</section>'
    )


def page_head(content: str, title: Any, *, lead: Any = "", before: Any = "") -> SafeString:
    """Return the page's heading with a lead sentence, and its actions as content."""
    acts = f'<div class="row">{content}</div>' if content.strip() else ""
    return mark_safe(
        f'<div class="page-head"><div>{esc(before)}<h1 tabindex="-1">{esc(title)}</h1>{wrapped("p", lead)}</div>{acts}</div>'
    )


def empty(content: str, title: Any, *, text: Any = "", sign: str = "inbox", level: int = 2) -> SafeString:
    """Return an empty state: what appears here, why it helps, and as content one action and one example."""
    acts = f'<div class="row">{content}</div>' if content.strip() else ""
    return mark_safe(
        f'<div class="empty">{icon(sign)}<h{level}>{esc(title)}</h{level}>{wrapped("p", text)}{acts}</div>'
    )


# For the sprite: icon("info") icon("triangle-alert") icon("circle-alert") icon("circle-check")
_NOTICE_SIGNS = {"": "info", "warn": "triangle-alert", "bad": "circle-alert", "good": "circle-check"}


def notice(content: str, title: Any = "", *, tone: str = "", role: str = "") -> SafeString:
    """Return a banner inside the page.

    :param tone: ``warn``, ``bad``, ``good`` or empty
    """
    return mark_safe(
        f'<div class="notice {tone}"{attributes(role=role)}>{icon(_NOTICE_SIGNS.get(tone, "info"))}'
        f"<div>{wrapped('b', title)}{content}</div></div>"
    )


def quote(text: Any, *, by: Any = "", language: str = "") -> SafeString:
    """Return somebody's own words, in their language and direction."""
    tag = f" {language_tag(language)}" if language else ""
    foot = f"<footer>{esc(by)}{tag}</footer>" if by or tag else ""
    return mark_safe(
        f'<blockquote class="quote"><p{attributes(lang=language)} dir="auto">{esc(text)}</p>{foot}</blockquote>'
    )


def language_tag(code: str) -> SafeString:
    """Return a language as a small tag: shown as its code, read as its name."""
    from hansa.web.components.words import language_name

    name = esc(language_name(code))
    return mark_safe(
        f'<span class="lang" title="{name}"><span aria-hidden="true">{esc(code.upper())}</span><span class="sr">{name}</span></span>'
    )


def person(name: str, *, role: Any = "") -> SafeString:
    """Return a person: initials and name."""
    return mark_safe(
        f'<span class="inline">{avatar(name)}<span><span dir="auto">{esc(name)}</span>{wrapped("small", role, "meta")}</span></span>'
    )


def hub_line(key: object, name: Any, *, href: str = "", note: Any = "") -> SafeString:
    """Return a hub as emblem and name."""
    text = f'<a href="{esc(href)}" dir="auto">{esc(name)}</a>' if href else f'<span dir="auto">{esc(name)}</span>'
    return mark_safe(f'<span class="inline">{emblem(key, "tiny")}<b>{text}</b>{wrapped("span", note, "meta")}</span>')


def facts(pairs: Iterable[tuple[Any, Any]], *, lines: bool = False) -> SafeString:
    """Return terms and values; pairs without a value are left out.

    :param lines: one per line, for long lists
    """
    inner = "".join(
        f'<div><dt>{esc(term)}</dt><dd dir="auto">{esc(content)}</dd></div>'
        for term, content in pairs
        if content not in (None, "")
    )
    return mark_safe(f'<dl class="facts{" lines" if lines else ""}">{inner}</dl>' if inner else "")


def points(pros: Iterable[Any], cons: Iterable[Any] = ()) -> SafeString:
    """Return reasons: what speaks for (tick) before what speaks against (mark)."""
    inner = "".join(
        f'<li class="{css}">{icon(sign)}<span>{sr(word).strip()} {esc(text)}</span></li>'
        for css, sign, word, texts in (
            ("pro", "circle-check", gettext("For:"), pros),
            ("con", "circle-alert", gettext("Mind:"), cons),
        )
        for text in texts
    )
    return mark_safe(f'<ul class="points">{inner}</ul>' if inner else "")


def file_row(file: Any) -> SafeString:
    """Return a file as a list item: ``name href size by when note`` of ``file``."""
    name, href = esc(value(file, "name")), esc(value(file, "href"))
    about = " · ".join(esc(part) for part in (value(file, "by"), value(file, "when"), value(file, "size")) if part)
    note = wrapped("p", value(file, "note"))
    return mark_safe(
        f'<li><span class="tile">{icon("file-text")}</span><div class="grow">'
        f'<a class="link" href="{href}" download><b dir="auto">{name}</b></a><small>{about}</small>{note}</div></li>'
    )


def tray(content: str, name: str, chosen: int = 0) -> SafeString:
    """Return the bar that gathers ticked hubs; it belongs inside the form of their checkboxes. Content: the buttons.

    :param name: name of the checkboxes
    :param chosen: how many are ticked when the page loads
    """
    one = ngettext("%(count)s hub selected", "%(count)s hubs selected", 1)
    many = ngettext("%(count)s hub selected", "%(count)s hubs selected", 2)
    words = (one if chosen == 1 else many) % {"count": chosen}
    plain = {"one": one % {"count": 0}, "many": many % {"count": 0}}
    more = attributes(data_tray=name, data_one=plain["one"], data_many=plain["many"])
    return mark_safe(
        f'<div class="tray" role="region" aria-label="{gettext("Compare")}"{more}><b data-text>{esc(words)}</b>{content}</div>'
    )
