"""Hub cards, explained candidates, the coverage matrix and the team panel."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from hansa.web.components.icons import emblem, icon
from hansa.web.components.pieces import chip, pill, points
from hansa.web.components.values import attributes, esc, gettext, sr, value, values, wrapped

_FUNCTIONS = (
    pgettext_lazy("function of a hub, short", "Test"),
    pgettext_lazy("function of a hub, short", "Invest"),
    pgettext_lazy("function of a hub, short", "Network"),
    pgettext_lazy("function of a hub, short", "Skills"),
)
_LEVELS = (gettext_lazy("none"), gettext_lazy("some"), gettext_lazy("good"), gettext_lazy("strong"))
_SQUARES = (
    "<i></i><i></i><i></i>",
    '<i class="on"></i><i></i><i></i>',
    '<i class="on"></i><i class="on"></i><i></i>',
    '<i class="on"></i>' * 3,
)


def function_strip(levels: Iterable[int]) -> SafeString:
    """Return how strong a hub is in each of the four functions, 0 to 3."""
    return _strip(get_language(), tuple(max(0, min(3, int(level))) for level in levels))


@lru_cache(maxsize=1024)
def _strip(language: str | None, levels: tuple[int, ...]) -> SafeString:
    label = ", ".join(f"{name} {_LEVELS[level]}" for name, level in zip(_FUNCTIONS, levels, strict=False))
    parts = "".join(
        f'<span class="f{number}">{_SQUARES[level]} {name}</span>'
        for number, (name, level) in enumerate(zip(_FUNCTIONS, levels, strict=False), 1)
    )
    return mark_safe(
        f'<p class="strip" role="img" aria-label="{esc(label)}"><span aria-hidden="true">{parts}</span></p>'
    )


def trust_line(hub: Any) -> str:
    """Return assessed or self-declared, joint deliveries, reply time, languages: always in this order."""
    assessed, trust, joint, reply, languages = values(hub, "assessed", "trust", "joint", "reply", "languages")
    parts = []
    if trust:
        parts.append(f"<li>{icon('shield-check', 'good' if assessed else '')}{esc(trust)}</li>")
    if joint:
        parts.append(f"<li>{icon('handshake')}{esc(joint)}</li>")
    if reply:
        parts.append(f"<li>{icon('clock')}{esc(reply)}</li>")
    if languages:
        codes = languages if isinstance(languages, str) else " ".join(languages).upper()
        parts.append(f"<li>{icon('languages')}{_languages_word(get_language())}{esc(codes)}</li>")
    return f'<ul class="trust">{"".join(parts)}</ul>' if parts else ""


@lru_cache(maxsize=16)
def _languages_word(language: str | None) -> str:
    return f'<span class="sr">{gettext("Languages")} </span>'


def hub_card(content: str, hub: Any, *, compare: str = "", level: int = 3) -> SafeString:
    """Return a hub as it looks everywhere: reason first, then what it does, then how far to trust it.

    Reads ``id name href place reason reason_tone summary tags functions assessed trust joint reply languages compared``
    of ``hub``; each tag is words or has ``text`` and ``tick``. Content: the actions.

    :param compare: name of the checkbox that puts the hub into the comparison; empty leaves it out
    """
    key, name, href, place, reason, summary = values(hub, "id", "name", "href", "place", "reason", "summary")
    tags, functions = values(hub, "tags", "functions")
    chosen = bool(value(hub, "compared", False))
    compared = ""
    if compare:
        tick = " checked" if chosen else ""
        compared = (
            f'<label class="check"><input type="checkbox" name="{compare}" value="{esc(value(hub, "slug") or key)}"{tick}>'
            f"<span>{gettext('Compare')}{sr(name)}</span></label>"
        )
    parts = [
        f'<article class="card hub{" chosen" if chosen else ""}">{emblem(key, "big")}<div class="body">'
        f'<h{level}><a href="{esc(href)}" dir="auto">{esc(name)}</a></h{level}>'
    ]
    if place:
        parts.append(f'<p class="meta">{esc(place)}</p>')
    if reason:
        parts.append(f'<p class="reason">{icon("circle-check")}{esc(reason)}</p>')
    if summary:
        parts.append(f'<p class="summary" dir="auto">{esc(summary)}</p>')
    if tags:
        parts.append(f'<ul class="chips">{"".join([f"<li>{_tag(tag)}</li>" for tag in tags])}</ul>')
    if functions:
        parts.append(function_strip(functions))
    parts.append(f"{trust_line(hub)}</div>")
    if compared or content.strip():
        parts.append(f'<div class="acts">{content}{compared}</div>')
    parts.append("</article>")
    return mark_safe("".join(parts))


def _tag(tag: Any) -> str:
    if isinstance(tag, str | Promise):
        return chip(tag)
    return chip(value(tag, "text"), tick=bool(value(tag, "tick", False)))


def score_bar(got: float, most: float) -> str:
    """Return a bar of ``got`` out of ``most``; the numbers stand beside it."""
    width = 0 if not most else max(0.0, min(100.0, 100 * got / most))
    return (
        '<svg class="bar flip" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="rail" width="100" height="6" rx="3"/><rect class="fill" width="{width:.4g}" height="6" rx="3"/></svg>'
    )


def scores(parts: Iterable[tuple[Any, float, float]]) -> SafeString:
    """Return a score as its parts, ``(name, got, most)`` each, never as one number."""
    rows = "".join(
        f"<div><dt>{esc(name)}</dt><dd>{score_bar(got, most)}<span>{_plain(got)}/{_plain(most)}</span></dd></div>"
        for name, got, most in parts
    )
    return mark_safe(f'<dl class="scores">{rows}</dl>' if rows else "")


def _plain(number: float) -> str:
    return f"{number:.0f}" if float(number).is_integer() or abs(number) >= 10 else f"{number:.1f}"


def candidate(content: str, hub: Any, *, level: int = 3) -> SafeString:
    """Return one explained candidate as a list item.

    Reads ``id rank name href note text pros cons change scores`` of ``hub``; ``text`` is its own words, ``change`` says what would change its place.
    Content: the actions.
    """
    key, rank, name, href, note = values(hub, "id", "rank", "name", "href", "note")
    reasons = points(value(hub, "pros") or (), value(hub, "cons") or ())
    number = f'<span class="rank" aria-hidden="true">{rank}</span>' if rank else ""
    return mark_safe(
        f'<li class="candidate">{number}{emblem(key)}<div class="grow"><h{level}><a href="{esc(href)}" dir="auto">{esc(name)}</a></h{level}>'
        f'{wrapped("p", note, "meta")}{wrapped("p", value(hub, "text"), "small")}{reasons}{wrapped("p", value(hub, "change"), "meta change")}</div>{scores(value(hub, "scores") or ())}<div class="acts">{content}</div></li>'
    )


def coverage_bar(states: Iterable[str]) -> SafeString:
    """Return one segment per need: ``yes`` solid, ``partly`` striped, anything else a dashed gap."""
    inner = "".join(f'<i class="{state if state in ("yes", "partly") else "gap"}"></i>' for state in states)
    return mark_safe(f'<p class="coverage" aria-hidden="true">{inner}</p>')


def team_panel(content: str, team: Any, title: Any = "", *, level: int = 2) -> SafeString:
    """Return the proposed team.

    Reads ``covered total needs note members pros cons privacy`` of ``team``; ``needs`` are the states of the coverage
    bar, members have ``id name href role lead``. Content: the actions.
    """
    covered, total, note = values(team, "covered", "total", "note")
    members = list(value(team, "members") or ())
    rows = "".join(_member(member) for member in members)
    size = pill(gettext("%(count)s hubs") % {"count": len(members)}, "brand") if len(members) > 1 else ""
    head = f"<header><h{level}>{esc(title or gettext('Proposed team'))}</h{level}>{size}</header>"
    number = gettext("%(covered)s of %(total)s") % {"covered": covered, "total": total}
    return mark_safe(
        f'<section class="card team">{head}<p><b class="big">{number}</b> {gettext("needs covered")}</p>'
        f"{coverage_bar(value(team, 'needs') or ())}{wrapped('p', note, 'small')}"
        f'<ul class="list">{rows}</ul>{points(value(team, "pros") or (), value(team, "cons") or ())}'
        f'<div class="stack tight">{content}</div>{wrapped("p", value(team, "privacy"), "meta")}</section>'
    )


def _member(member: Any) -> str:
    key, name, href, role = values(member, "id", "name", "href", "role")
    title = f'<a href="{esc(href)}" dir="auto">{esc(name)}</a>' if href else f'<span dir="auto">{esc(name)}</span>'
    lead = pill(gettext("Lead")) if value(member, "lead", False) else ""
    return f'<li>{emblem(key)}<div class="grow"><b>{title}</b>{lead}{wrapped("small", role)}</div></li>'


_COVER = {
    "yes": ("mark yes", gettext_lazy("yes, with evidence")),
    "partly": ("mark half", gettext_lazy("partly")),
}
_ROW_SIGNS = {"yes": ("good", "check"), "partly": ("warn", "circle-dashed"), "no": ("bad", "circle-alert")}
# For the sprite: icon("check") icon("circle-dashed") icon("circle-alert")


def matrix(table: Any, *, label: Any = "", name: str = "hub", choose: bool = True) -> SafeString:
    """Return the coverage matrix.

    Reads ``hubs rows`` of ``table``. A hub has ``id name short chosen fixed total``; a row ``name note cover team marks``
    where ``cover`` is ``yes``, ``partly`` or ``no`` for the team and ``team`` says it in words; one mark per hub with
    ``cover text href``. ``text`` and ``href`` (the evidence) open from the mark.

    :param name: name of the checkboxes that try a hub in the team; put the matrix into a form
    :param choose: whether hubs can be ticked here
    """
    hubs, rows = list(value(table, "hubs")), list(value(table, "rows"))
    heads = "".join(_hub_head(hub, name, choose) for hub in hubs)
    totals = "".join(
        f'<td class="{"in" if value(hub, "chosen", False) else ""}">{esc(value(hub, "total"))}</td>' for hub in hubs
    )
    body = "".join(_need_row(number, row, hubs) for number, row in enumerate(rows))
    caption = label or gettext("Who covers what")
    foot = f'<tfoot><tr><th scope="row">{gettext("Covers alone")}</th><td></td>{totals}</tr></tfoot>' if totals else ""
    return mark_safe(
        f'<div class="scroll" role="region" tabindex="0" aria-label="{esc(caption)}"><table class="mx"><caption class="sr">{esc(caption)}</caption>'
        f'<thead><tr><th scope="col">{gettext("Need")}</th><th scope="col">{gettext("Your team")}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody>{foot}</table></div>{_legend()}"
    )


def _hub_head(hub: Any, name: str, choose: bool) -> str:
    key, full, chosen = value(hub, "id"), value(hub, "name"), bool(value(hub, "chosen", False))
    short = value(hub, "short") or full
    # With an id the box keeps the focus when the matrix is swapped.
    fixed = bool(value(hub, "fixed", False))
    box = attributes(type="checkbox", id=f"{name}-{key}", name=name, value=key, checked=chosen, disabled=fixed)
    tick = f'<span class="box"><input{box}><span class="sr"> {gettext("in the team")}</span></span>' if choose else ""
    words = f'{emblem(key)}<span dir="auto">{esc(short)}</span>'
    inner = f"<label>{words}{tick}</label>" if choose else f"<div>{words}</div>"
    return f'<th scope="col" class="{"in" if chosen else ""}">{inner}</th>'


def _need_row(number: int, row: Any, hubs: list[Any]) -> str:
    need, note, cover, team = values(row, "name", "note", "cover", "team")
    tone, sign = _ROW_SIGNS.get(cover, _ROW_SIGNS["no"])
    cells = "".join(
        _cell(number, place, mark, hub, need)
        for place, (mark, hub) in enumerate(zip(value(row, "marks"), hubs, strict=True))
    )
    return (
        f'<tr><th scope="row"><span dir="auto">{esc(need)}</span>{wrapped("small", note, "meta")}</th>'
        f'<td class="sum {tone}">{icon(sign)} {esc(team)}</td>{cells}</tr>'
    )


def _cell(number: int, place: int, mark: Any, hub: Any, need: Any) -> str:
    cover, text, href = values(mark, "cover", "text", "href")
    css = "in" if value(hub, "chosen", False) else ""
    if cover not in _COVER:
        return f'<td class="{css}"><span class="no" aria-hidden="true">–</span><span class="sr">{gettext("no")}</span></td>'
    shape, words = _COVER[cover]
    if not text:
        return f'<td class="{css}"><span class="{shape}"></span><span class="sr">{words}</span></td>'
    link = f'<a class="link" href="{esc(href)}">{gettext("Open evidence")}</a>' if href else ""
    id = f"ev-{number}-{place}"
    hidden = format_lazy("{}, {}: {}", esc(value(hub, "name")), esc(need), words)
    return (
        f'<td class="{css}"><button type="button" class="why-mark" popovertarget="{id}"><span class="{shape}"></span><span class="sr">{hidden}</span></button>'
        f'<div class="bubble" popover id="{id}"><b dir="auto">{esc(value(hub, "name"))}</b><p dir="auto">{esc(text)}</p>{link}</div></td>'
    )


def _legend() -> str:
    return (
        f'<p class="legend"><span><span class="mark yes"></span> {gettext("Yes, with evidence")}</span>'
        f'<span><span class="mark half"></span> {gettext("Partly")}</span><span><span class="no">–</span> {gettext("No")}</span>'
        f'<span class="meta">{gettext("Select a mark to see its evidence")}</span></p>'
    )
