"""The fair share: the agreed split of the fees against three methods, and what an incentive would have to be."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.shares import forms, operations, queries
from hansa.collaboration.shares.views.frame import load, show
from hansa.foundation.pages import reads, run_form, writes


@reads
def fair(request: HttpRequest, ref: str) -> HttpResponse:
    """Show who gains and who loses by each split."""
    return _page(request, load(request, ref))


def _page(request: HttpRequest, case: queries.ShareCase, form: Any = None) -> HttpResponse:
    page = queries.fair_page(case)
    return show(
        request,
        case,
        "fair",
        form=form,
        found=page,
        bars=_bars(case, page) if page else [],
        table=_table(page) if page else [],
        draft_url=partnering.address("agreements:new", case.ref) if case.can_draft else "",
    )


def _bars(case: queries.ShareCase, page: queries.FairPage) -> list[dict[str, Any]]:
    """Return effort and money side by side; what is all zero or less than nothing is no bar."""
    rows = [
        (_("Effort"), [(hub.name, hub.effort_days) for hub in page.hubs]),
        (_("Hours worked"), [(hub.name, hub.hours) for hub in page.hubs]),
        (_("Cost"), [(hub.name, hub.cost_eur) for hub in page.hubs]),
    ]
    rows += [
        (line.name, [(case.name_of(hub_id), fee) for hub_id, fee in line.fees]) for line in (page.agreed, *page.methods)
    ]
    return [
        {"name": name, "parts": [{"name": hub, "share": float(share)} for hub, share in parts]}
        for name, parts in rows
        if any(share for _hub, share in parts) and min(share for _hub, share in parts) >= 0
    ]


def _table(page: queries.FairPage) -> list[tuple[queries.HubLine, list[Any]]]:
    """Return each hub with its fee by every method."""
    fees = [dict(line.fees) for line in page.methods]
    return [(hub, [split[hub.id] for split in fees]) for hub in page.hubs]


@writes
def use_split(request: HttpRequest, ref: str) -> HttpResponse:
    """Make the fees of a method the next version of the agreement."""
    case = load(request, ref)
    form = forms.SplitForm(request.POST)
    return run_form(
        request,
        form,
        lambda data: operations.use_split(
            case,
            note=_("Fees as the fair share proposes them."),
            by=request.actor,
            at=timezone.now(),
            **form.cleaned_data,
        ),
        done=_("The agreement has a new version with these fees. The other parties are told."),
        to=partnering.address("agreements:agreement", ref),
        again=lambda refused: _page(request, load(request, ref), refused),
    )
