"""The list of hubs as a file: the same search as the page, all hubs it finds."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hansa.exchange.exports import queries
from hansa.foundation.pages import reads
from hansa.hubs.directory import queries as directory
from hansa.hubs.directory.queries.asking import LABELS, MAX_COMPARED, label_of


@login_not_required
@reads
def hubs(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the hubs a search finds, as ``xlsx``, ``csv`` or ``json``."""
    if kind not in queries.FORMATS:
        raise Http404
    asked = directory.asked(dict(request.GET.lists()))
    page = directory.search_hubs(asked, actor=request.actor)
    ids = [page.catalogue.rows[position].id for position in page.hits.order.tolist()]
    filters = [(str(_("Search")), asked.text)] if asked.text else []
    filters += [
        (str(LABELS[group]), str(label_of(group, value))) for group, values in asked.filters for value in values
    ]
    file = queries.hub_list(ids, kind=kind, filters=filters, at=timezone.now(), language=get_language() or "en")
    return _download(file)


@login_not_required
@reads
def comparison(request: HttpRequest) -> HttpResponse:
    """Hand out hubs side by side, as the page shows them, as CSV."""
    rows = directory.rows_of(directory.catalogue(), [slug[:120] for slug in request.GET.getlist("hub")[:20]])
    if len(rows) < 2:
        raise Http404
    file = queries.hubs_side_by_side(
        [row.id for row in rows[:MAX_COMPARED]], at=timezone.now(), language=get_language() or "en"
    )
    return _download(file)


def _download(file: queries.ExportedFile) -> HttpResponse:
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
