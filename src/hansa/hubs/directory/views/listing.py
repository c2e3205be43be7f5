"""The list of hubs with its filters and map."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hansa.foundation.pages import reads
from hansa.hubs.directory import queries
from hansa.hubs.directory.queries import asking, search
from hansa.hubs.directory.queries.kept import Kept
from hansa.hubs.directory.views.cards import cards, grouped
from hansa.hubs.directory.views.panel import changes, chips, map_of, n_chosen, panel, relaxed

# 60 to 100 KB each: everything between the frame of a page, which depends on the search, the language and the own hub.
_contents: Kept[SafeString] = Kept(100)
_asides: Kept[SafeString] = Kept(100)
_exports: Kept[SafeString] = Kept(100)


@login_not_required
@reads
def hubs(request: HttpRequest) -> HttpResponse:
    """List hubs: the whole page, or for a fragment the results and what changed around them."""
    asked = queries.asked(dict(request.GET.lists()))
    page = queries.search_hubs(asked, actor=request.actor)
    if request.htmx and request.htmx.target == "results":
        answer = _fragment(request, page)
    else:
        key = (*page.key, asked.sort, page.number, asked.compared, asked.unknown, asked.was_cut)
        content = _contents.get((key, get_language(), page.own and page.own.id), lambda: _content(page))
        answer = render(request, "hubs/directory/list.html", {"content": content, "shown": page})
    answer["Vary"] = "HX-Request"
    return answer


def _content(page: search.Page) -> SafeString:
    drawn = panel(page)
    menus = [(asking.NAMES[group], html) for group, html in drawn.menus.items()]
    context = _context(page) | {"functions": drawn.functions, "menus": menus}
    return mark_safe(render_to_string("hubs/directory/list_content.html", context))


def _fragment(request: HttpRequest, page: search.Page) -> HttpResponse:
    drawn = panel(page)
    context = _context(page) | changes(request, page.asked, drawn) | {"functions": drawn.functions, "is_fragment": True}
    answer = render(request, "hubs/directory/list_content.html#answer", context)
    answer["HX-Push-Url"] = context["here"] + page.asked.query(page=page.number)
    return answer


def _context(page: search.Page) -> dict[str, Any]:
    asked, here = page.asked, reverse("directory:list")
    n = page.total
    drawn = [mark_safe(card) for card in cards(page)]
    on_page = {row.slug for row in page.rows}
    elsewhere = [row for row in search.rows_of(page.catalogue, asked.compared) if row.slug not in on_page]
    n_ticked = len(elsewhere) + sum(slug in on_page for slug in asked.compared)
    return {
        "shown": page,
        "asked": asked,
        "here": here,
        "compare": reverse("directory:compare"),
        "cards": drawn,
        "nothing": "" if drawn else relaxed(page),
        "chips": chips(page),
        "chips_words": _("We read this as") if page.hits.reads else _("You asked for"),
        "bare": here + asking.Asked(sort=asked.sort, compared=asked.compared).query(),
        "n_countries": search.n_countries(page.catalogue),
        "n_chosen": n_chosen(sum(len(values) for group, values in asked.filters if group != "function")),
        "found_words": ngettext("%(n)s hub", "%(n)s hubs", n) % {"n": grouped(n)},
        "n_all": grouped(page.n_all),
        "show_words": ngettext("Show %(n)s hub", "Show %(n)s hubs", n) % {"n": grouped(n)},
        "sorts": [(value, label) for value, label in asking.SORTS.items() if value != "gaps" or page.own],
        "previous": here + asked.query(page=page.number - 1) if page.number > 1 else "",
        "next": here + asked.query(page=page.number + 1) if page.number < page.n_pages else "",
        "elsewhere": elsewhere,
        "n_ticked": n_ticked,
        "map": map_of(page),
        "aside": _aside(page, here),
        "export": _export(asked.query()),
    }


def _aside(page: search.Page, here: str) -> SafeString:
    own = page.own
    n_gaps = len(search.gaps_of(own)) if own else 0
    context = {
        "own": own,
        "n_gaps": n_gaps,
        "sort": page.asked.sort,
        "gaps_href": f"{here}?sort=gaps",
        "need_href": here.removesuffix("hubs/") + "need/",
    }
    key = (get_language(), own and own.id, n_gaps, page.asked.sort == "gaps")
    return _asides.get(key, lambda: mark_safe(render_to_string("hubs/directory/aside.html", context)))


def _export(query: str) -> SafeString:
    draw = lambda: mark_safe(render_to_string("hubs/directory/export.html", {"query": query}))  # noqa: E731
    return _exports.get((query, get_language()), draw)
