"""The parts of ``hansa.web.components`` as template tags and filters. They are built in: no ``{% load %}``."""

import secrets

from django import template
from django.utils.safestring import mark_safe

from hansa.web.components import calendar, charts, forms, icons, map, matching, navigation, pieces, radar, words, work
from hansa.web.frame import slot
from hansa.web.panels import panels_at

register = template.Library()

for function in (
    icons.icon,
    icons.emblem,
    icons.logo,
    icons.avatar,
    pieces.button,
    pieces.link_button,
    pieces.pill,
    pieces.chip,
    pieces.chips,
    pieces.quote,
    pieces.language_tag,
    pieces.person,
    pieces.hub_line,
    pieces.facts,
    pieces.points,
    pieces.file_row,
    forms.field,
    forms.errors,
    forms.refusal,
    forms.search_box,
    navigation.breadcrumbs,
    navigation.tabs,
    navigation.facet,
    navigation.function_tiles,
    navigation.read_as,
    matching.function_strip,
    matching.scores,
    matching.coverage_bar,
    matching.matrix,
    map.hub_map,
    work.steps,
    work.step_bar,
    work.turn,
    work.redline,
    work.signatures,
    work.history,
    charts.bullet,
    charts.bullets,
    charts.share_bars,
    charts.plan,
    calendar.week,
    radar.radar,
    slot,
):
    register.simple_tag(function)

for block in (
    pieces.card,
    pieces.page_head,
    pieces.empty,
    pieces.notice,
    pieces.tray,
    matching.hub_card,
    matching.candidate,
    matching.team_panel,
    work.clause,
):
    register.simple_block_tag(block)

for filter_ in (
    words.money,
    words.content,
    words.day,
    words.clock,
    words.when,
    words.since,
    words.ago,
    words.due,
    words.is_late,
    words.file_size,
    words.joined,
    words.language_name,
):
    register.filter(filter_)


@register.simple_tag(takes_context=True)
def page_top(context):
    """Write the frame before the content. The page belongs to the place where its ``crumbs`` start."""
    page = context["page"]
    page.way = next(iter(context.get("crumbs") or []), ("", ""))[1]
    return page.top


@register.simple_tag(takes_context=True)
def post_button(context, label, action, **options):
    """Write a form of one button; see ``pieces.post_button``."""
    return pieces.post_button(context["csrf_token"], label, action, **options)


@register.simple_tag(takes_context=True)
def panels(context, place, thing):
    """Write what higher corners put at a place of a lower corner's page; see ``hansa.web.panels``."""
    return panels_at(place, context["actor"], thing)


# Nobody can guess it, so no text that a person wrote is ever taken for it.
_TOKEN_MARK = secrets.token_hex(16)


@register.simple_tag
def token_later():
    """Mark, in HTML that is kept, where a form has its token."""
    return _TOKEN_MARK


@register.simple_tag(takes_context=True)
def with_token(context, html):
    """Write HTML that was kept, with this page's token at its marks."""
    return mark_safe(html.replace(_TOKEN_MARK, str(context["csrf_token"])))


@register.simple_tag(takes_context=True)
def needs_you(context, items, level=3):
    """Write what the reader must do; see ``work.needs_you``."""
    return work.needs_you(context["csrf_token"], items, level=level)


@register.simple_tag(takes_context=True)
def pages(context, number, n_pages, total=""):
    """Write previous, position and next; the query string is kept."""
    return navigation.pages(context["request"].GET, number, n_pages, total=total)
