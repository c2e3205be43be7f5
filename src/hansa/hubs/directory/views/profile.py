"""A hub's public profile."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hansa.foundation.pages import reads
from hansa.hubs.directory import queries
from hansa.hubs.directory.queries import asking, search
from hansa.hubs.directory.queries.catalogue import Catalogue, Row
from hansa.hubs.directory.queries.kept import Kept
from hansa.hubs.directory.queries.profile import Profile
from hansa.hubs.directory.queries.profile import profile as profile_of
from hansa.hubs.directory.states import Reach, Trust
from hansa.hubs.directory.views.cards import reason_of, trust_words
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

# 10 to 60 KB each.
_bodies: Kept[tuple[Row, SafeString]] = Kept(200)
LEVELS = {1: gettext_lazy("Basic"), 2: gettext_lazy("Experienced"), 3: gettext_lazy("Expert")}
_SHOWN_DERIVED = 8


def load(slug: str) -> tuple[Catalogue, Row]:
    """Return a listed hub by its address; one statement."""
    directory = queries.catalogue()
    found = search.rows_of(directory, [slug])
    if not found:
        raise Http404
    return directory, found[0]


@login_not_required
@reads
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a hub. What it can do for the reader's own hub comes first."""
    directory, row = load(slug)
    own = search.own_row(directory, request.actor)
    key = (row.id, get_language(), request.actor.is_visitor)
    kept = _bodies.peek(key)
    if kept is None or kept[0] is not row:
        kept = _bodies.put(key, (row, _draw(row, is_visitor=request.actor.is_visitor)))
    context = {
        "row": row,
        "body": kept[1],
        "overlap": _overlap(row, own),
        "is_own": own is not None and own.id == row.id,
        "here": reverse("directory:list"),
        "compare": _compare_address(row, own),
        "has_nobody": request.actor.is_steward and not queries.takes_needs(row.id),
    }
    return render(request, "hubs/directory/profile.html", context)


@login_not_required
@reads
def profile_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out a profile as data; without mail addresses."""
    _directory, row = load(slug)
    shown = profile_of(row.id)
    if shown is None:
        raise Http404
    return JsonResponse(as_data(shown, request.build_absolute_uri(reverse("directory:profile", args=[slug]))))


def _draw(row: Row, *, is_visitor: bool) -> SafeString:
    shown = profile_of(row.id)
    if shown is None:
        raise Http404
    context = {
        "profile": shown,
        "hub": shown.hub,
        "facts": _facts(shown),
        "trust": trust_words(row),
        "is_imported": row.trust == Trust.IMPORTED,
        "functions": row.strip if any(row.strip) else (),
        "offers": [(group, [_offer(offer) for offer in group.offers]) for group in shown.functions],
        "competences": [_competence(part) for part in shown.competences],
        "derived": shown.derived[:_SHOWN_DERIVED],
        "derived_more": shown.derived[_SHOWN_DERIVED:],
        "website": _web_address(shown.hub.website),
        "use_cases": [
            {**part, "sector": asking.label_of("sector", part["sector"]), "link": _web_address(part["link"])}
            for part in shown.use_cases
        ],
        "is_visitor": is_visitor,
        "technologies": [asking.label_of("technology", value) for value in shown.hub.technologies],
        "sectors": [asking.label_of("sector", value) for value in shown.hub.sectors],
    }
    return mark_safe(render_to_string("hubs/directory/profile_body.html", context))


def _web_address(address: str) -> str:
    """Return an address only if it leads to the web: what others wrote may hold a script."""
    return address if address.startswith(("http://", "https://")) else ""


def place_of(shown: Profile) -> str:
    hub = shown.hub
    parts = (hub.city, shown.region.label if shown.region else "", asking.label_of("country", hub.country))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _facts(shown: Profile) -> list[tuple[Any, Any]]:
    hub = shown.hub
    legal_form = taxonomy.vocabulary(Kind.LEGAL_FORM).get(hub.legal_form)
    languages = ", ".join(asking.label_of("language", code) for code in hub.languages)
    return [
        (_("Type"), asking.label_of("type", hub.hub_type)),
        (_("Legal form"), legal_form.label if legal_form else hub.legal_form),
        (_("Place"), place_of(shown)),
        (_("Languages"), languages),
        (_("Also known as"), ", ".join(hub.other_names)),
        (
            _("Price of a day"),
            _("%(n)s EUR") % {"n": number_format(hub.day_rate_eur, 0)} if hub.day_rate_eur is not None else "",
        ),
        (_("Free days a month"), hub.free_days_per_month if hub.free_days_per_month is not None else ""),
    ]


def trl_of(offer: Any) -> str:
    first, last = offer["trl_from"], offer["trl_to"]
    if first is None and last is None:
        return ""
    if first == last or first is None or last is None:
        return _("TRL %(n)s") % {"n": first or last}
    return _("TRL %(first)s to %(last)s") % {"first": first, "last": last}


def _partners(offer: Any) -> list[dict[str, str]]:
    """Return the other hubs that a service was made with, as far as they are listed: name and address."""
    listed = queries.catalogue()
    rows = [listed.rows[listed.by_id[pk]] for pk in offer["made_with"] if pk in listed.by_id]
    return [{"name": row.name, "slug": row.slug} for row in rows]


def _offer(offer: Any) -> dict[str, Any]:
    languages = ", ".join(asking.label_of("language", code) for code in offer["languages"])
    notes = [trl_of(offer), languages, offer["price_note"], offer["capacity_note"]]
    with_whom = _partners(offer) if offer["made_with"] else []
    return {**offer, "notes": " · ".join(note for note in notes if note), "partners": with_whom}


def _competence(part: Any) -> dict[str, Any]:
    uri = part["skill"].uri
    return {
        **part,
        "level": LEVELS.get(part["level"], ""),
        "reach": Reach(part["reach"]).label,
        "uri": _web_address(uri),
    }


def _overlap(row: Row, own: Row | None) -> dict[str, Any] | None:
    """Return what the hub does for the reader's own: what it adds, and what both have."""
    overlap = search.overlap(row, own)
    if overlap is None or own is None:
        return None
    label = lambda code: asking.label_of("activity", code)  # noqa: E731
    return {
        "reason": reason_of(len(overlap.covered), overlap.n_gaps) if overlap.covered else "",
        "adds": [label(code) for code in overlap.covered],
        "perhaps": [label(code) for code in overlap.perhaps],
        "both": [label(code) for code in search.activities_of(row)[0] if code in search.activities_of(own)[0]],
    }


def _compare_address(row: Row, own: Row | None) -> str:
    """Return where this hub is compared: with the reader's own, or with one they choose next."""
    if own is not None and own.id != row.id:
        return f"{reverse('directory:compare')}?hub={own.slug}&hub={row.slug}"
    return f"{reverse('directory:list')}?hub={row.slug}"


def as_data(shown: Profile, address: str) -> dict[str, Any]:
    """Return a profile as JSON values: what the hub says, and apart from it what was read in its text."""
    hub = shown.hub
    plain = ("slug", "name", "other_names", "summary", "description", "description_language", "hub_type", "legal_form",
             "country", "region", "city", "latitude", "longitude", "website", "languages", "sectors", "technologies",
             "free_days_per_month", "trust", "assessed_on", "source", "joint_deliveries", "reply_days", "is_demo",
             "updated_at")  # fmt: skip
    concept = lambda entry: {"uri": entry.uri, "label": entry.label}  # noqa: E731
    without = lambda part, *names: {name: value for name, value in part.items() if name not in ("id", *names)}  # noqa: E731
    return {
        "address": address,
        **{name: getattr(hub, name) for name in plain},
        "day_rate_eur": float(hub.day_rate_eur) if hub.day_rate_eur is not None else None,
        "services": [
            {
                **without(part, "activity", "made_with"),
                "activity": concept(part["activity"]),
                "made_together_with": _partners(part),
            }
            for part in shown.offers
        ],
        "competences": [{**without(part, "skill"), "skill": concept(part["skill"])} for part in shown.competences],
        "facilities": [
            {**without(part), "infrastructure": part["infrastructure"] and concept(part["infrastructure"])}
            for part in shown.facilities
        ],
        "use_cases": [without(part) for part in shown.use_cases],
        "contacts": [without(part, "email") for part in shown.contacts],
        "derived_from_text_not_confirmed": [
            {"concept": concept(part["concept"]), "sentence": part["sentence"], "confidence": part["confidence"]}
            for part in shown.derived
        ],
    }
