"""What of a request a hub may read: the only thing that partner pages, mails and exports ever see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, OuterRef, QuerySet
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from hansa.collaboration.partnering.models import ClientAuthorisation, Invitation, Request, Want
from hansa.collaboration.partnering.policies import (
    Recipient,
    may_disclose,
)
from hansa.collaboration.partnering.queries.full import WantRow, authorisation_from
from hansa.collaboration.partnering.queries.reading import title_of
from hansa.collaboration.partnering.states import Audience, InvitationState, WantState
from hansa.foundation.policies import No, Verdict
from hansa.foundation.prepared import Among, Prepared, Rows, Slot
from hansa.hubs.directory import queries as hubs
from hansa.hubs.directory.states import ClientType
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWant:
    """Something that is asked for. ``id`` is the want's, ``concept_id`` the vocabulary's."""

    id: int
    concept_id: int
    label: str
    must_have: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedNeed:
    """A request as one hub may read it now. What it may not read is empty; ``refusal`` says why all of it is."""

    title: str
    refusal: str = ""
    wants: tuple[SharedWant, ...] = ()
    text: str = ""
    language: str = ""
    client_type: str = ""
    sector: str = ""
    country: str = ""
    region: str = ""
    size: str = ""
    languages: tuple[str, ...] = ()
    client_name: str = ""
    contact_name: str = ""
    contact_email: str = ""

    @property
    def is_open(self) -> bool:
        return not self.refusal


def authorisation_of(request: Request) -> ClientAuthorisation | None:
    """The client's agreement that was not withdrawn, expired or not; the policies look at the clock.

    No query for a request read with it (``full_request``, ``full_invitation``, ``put_standing``).
    """
    if "held" in request.__dict__:
        return request.__dict__["held"]
    return _standing.first(request=request.pk)


def _with_team(rows: QuerySet[ClientAuthorisation]) -> QuerySet[ClientAuthorisation]:
    """Put the hubs that are asked, and those that said yes, beside each agreement: the gate has to know."""
    asked = Invitation.objects.filter(request=OuterRef("request_id")).order_by()
    live = asked.filter(state__in=(InvitationState.SENT, InvitationState.ACCEPTED))
    agreed = asked.filter(state=InvitationState.ACCEPTED)
    return rows.annotate(
        asked_ids=ArraySubquery(live.values("hub_id")), agreed_ids=ArraySubquery(agreed.values("hub_id"))
    )


_standing = Prepared(
    lambda: _with_team(
        ClientAuthorisation.objects.filter(request_id=Slot("request", BigIntegerField()), withdrawn_at=None)
    )
)


def standing_row(request: Any) -> Rows:
    """Return the same as a column of another corner's statement, for ``put_standing``."""
    return Rows(_with_team(ClientAuthorisation.objects.filter(request=request, withdrawn_at=None)), *_STANDING)


_STANDING = (
    *("id", "level", "granted_by", "evidence", "granted_in_capacity", "granted_at", "expires_at", "in_register"),
    *("field_scope", "purposes", "audience", "audience_names", "asked_ids", "agreed_ids"),
)


def put_standing(request: Request, rows: list[Any] | None) -> None:
    """Leave the authorisation of such a column on its request, for the gate to find."""
    facts = dict(zip(_STANDING, rows[0], strict=True)) if rows else None
    request.__dict__["held"] = authorisation_from(facts, request)


def disclosed(request: Request, hub_id: int, *, at: datetime) -> SharedNeed:
    """Return what the hub may read of the request now. One to three queries."""
    return disclosed_each([request], hub_id, at=at)[request.pk]


def disclosed_each(requests: Sequence[Request], hub_id: int, *, at: datetime) -> dict[int, SharedNeed]:
    """Return what one hub may read of several requests, by the request's id; as many queries as for one.

    ``request.client`` should be loaded.
    """
    ids = [request.pk for request in requests]
    held = _held(requests)
    wants = _wants_of(ids)
    regions = _names_of_regions(requests)
    country = _country_of(hub_id, held.values())
    return {
        request.pk: _shared(
            request, mine := held.get(request.pk), _reader(mine, hub_id, country), wants[request.pk], regions, at=at
        )
        for request in requests
    }


def _country_of(hub_id: int, held: Iterable[ClientAuthorisation | None]) -> str:
    """The hub's country where an agreement depends on it: one query then, none otherwise."""
    if not any(each is not None and each.audience == Audience.COUNTRY for each in held):
        return ""
    return next((hub.country for hub in hubs.hub_names([hub_id])), "")


def _reader(held: ClientAuthorisation | None, hub_id: int, country: str = "") -> Recipient:
    if held is None:
        return Recipient(hub_id=hub_id, country=country)
    is_asked, has_agreed = hub_id in held.asked_ids, hub_id in held.agreed_ids
    return Recipient(hub_id=hub_id, country=country, is_asked=is_asked, has_agreed=has_agreed)


def _held(requests: Sequence[Request]) -> dict[int, ClientAuthorisation | None]:
    if len(requests) == 1 or all("held" in request.__dict__ for request in requests):
        return {request.pk: authorisation_of(request) for request in requests}
    rows = ClientAuthorisation.objects.filter(request__in=[request.pk for request in requests], withdrawn_at=None)
    return {row.request_id: row for row in _with_team(rows)}


def may_hear_of(ref: str, hub_ids: Iterable[int], *, at: datetime) -> Verdict:
    """Whether one of these hubs may still read of the case, for mails that are sent later than they were written.

    The lead may always; so may everybody of an idea without a client. Two to four queries.
    """
    request = Request.objects.select_related("client", "contact").filter(ref=ref).first()
    if request is None:
        return No(_("The case is gone."))
    verdict = No(_("Nothing is shown without knowing to whom."))
    held = authorisation_of(request)
    for hub_id in hub_ids:
        to = _reader(held, hub_id, _country_of(hub_id, [held]))
        if verdict := may_disclose(request, held, to=to, field="wants", at=at):
            break
    return verdict


def preview(
    request: Request,
    authorisation: ClientAuthorisation | None,
    *,
    at: datetime,
    partner_text: str | None = None,
    withheld: Sequence[str] | None = None,
) -> SharedNeed:
    """Return what a hub that is invited now would read, for the lead to look at before it sends."""
    shown = Request(pk=request.pk, **{name: getattr(request, name) for name in _SHOWN})
    shown.client = request.client
    if partner_text is not None:
        shown.partner_text = partner_text
    if withheld is not None:
        shown.withheld = list(withheld)
    wants, regions = shared_rows(wants_on(request)), _names_of_regions([request])
    return _shared(shown, authorisation, _invited_reader(authorisation), wants, regions, at=at)


def _invited_reader(authorisation: ClientAuthorisation | None) -> Recipient:
    """Some hub of the audience, as it is when it is invited."""
    names = authorisation.audience_names if authorisation else []
    audience = authorisation.audience if authorisation else Audience.INVITED
    return Recipient(
        hub_id=int(names[0]) if audience == Audience.NAMED and names else 0,
        country=names[0] if audience == Audience.COUNTRY and names else "",
        is_asked=True,
    )


_SHOWN = (
    "title",
    "lead_id",
    "contact_id",
    "scenario",
    "scenario_version",
    "partner_text",
    "partner_language",
    "working_languages",
    "withheld",
    "state",
)
# What the gate reads of a request, for statements of other corners that load one.
READ_BY_GATE = (
    *("title", "partner_text", "partner_language", "working_languages", "withheld", "state", "lead"),
    *("scenario", "scenario_version"),
    *("contact__name", "contact__email", "client__name", "client__client_type", "client__sector"),
    *("client__country", "client__region", "client__staff"),
)


def active_wants(request_ids: Iterable[int]) -> dict[int, list[Want]]:
    """The wants that count (suggested or wanted), in order, by request. One query, labels included."""
    found: dict[int, list[Want]] = {pk: [] for pk in request_ids}
    for want in _active_wants.all(requests=list(found)):
        found[want.request_id].append(want)
    return found


_active_wants = Prepared(
    lambda: (
        Want.objects.filter(Among(F("request"), Slot("requests", ArrayField(BigIntegerField()))))
        .exclude(state=WantState.REJECTED)
        .select_related("concept")
        .defer("concept__search", "concept__facts")
        .order_by("position", "pk")
    )
)


def wants_on(request: Request) -> list[WantRow]:
    """All wants of one request, removed ones too; no query for one of ``full_request``."""
    rows = request.__dict__.get("want_rows")
    if rows is None:
        wants = Want.objects.filter(request=request).select_related("concept").order_by("position", "pk")
        rows = [
            WantRow(
                pk=want.pk,
                concept_id=want.concept_id,
                label=want.concept.label,
                kind=want.concept.kind,
                must_have=want.must_have,
                state=want.state,
                words=want.words,
                sentence=want.sentence,
                confidence=want.confidence,
                weight_words=want.weight_words,
            )
            for want in wants.defer("concept__search", "concept__facts")
        ]
        request.__dict__["want_rows"] = rows
    return rows


def _wants_of(request_ids: list[int]) -> dict[int, tuple[SharedWant, ...]]:
    return {
        pk: tuple(
            SharedWant(id=want.pk, concept_id=want.concept_id, label=want.concept.label, must_have=want.must_have)
            for want in wants
        )
        for pk, wants in active_wants(request_ids).items()
    }


def shared_rows(rows: Iterable[WantRow]) -> tuple[SharedWant, ...]:
    return tuple(
        SharedWant(id=row.pk, concept_id=row.concept_id, label=row.label, must_have=row.must_have)
        for row in rows
        if row.is_wanted
    )


# Names of large regions met so far, by code and language; a code that is not loaded yet is asked for again.
_regions: dict[tuple[str, str], str] = {}


def _names_of_regions(requests: Iterable[Request]) -> dict[str, str]:
    """Names of the large regions (NUTS level 1: two letters and one sign) the clients lie in."""
    language = get_language() or "en"
    located = (request.client.region for request in requests if request.client)
    codes = {region[:3] for region in located if len(region) >= 3}
    if unknown := [code for code in codes if (code, language) not in _regions]:
        for code, entry in taxonomy.entries_of(Kind.REGION, unknown).items():
            _regions[code, language] = entry.label
    return {code: _regions[code, language] for code in codes if (code, language) in _regions}


def _shared(
    request: Request,
    authorisation: ClientAuthorisation | None,
    to: Recipient,
    wants: tuple[SharedWant, ...],
    regions: dict[str, str],
    *,
    at: datetime,
) -> SharedNeed:
    verdicts = {
        field: may_disclose(request, authorisation, to=to, field=field, at=at)
        for field in ("wants", "text", "client_type", "sector", "country", "region", "size", "languages")
    }
    if not verdicts["wants"]:
        return SharedNeed(title=_("A request that is no longer shared"), refusal=verdicts["wants"].reason)
    shown = {field for field, verdict in verdicts.items() if verdict}

    def if_shown(field: str, value: Any) -> Any:
        return value if field in shown else type(value)()

    text = if_shown("text", request.partner_text)
    return SharedNeed(
        title=_title(request, text, wants),
        wants=wants,
        text=text,
        language=if_shown("text", request.partner_language),
        languages=if_shown("languages", tuple(request.working_languages)),
        **{field: value for field, value in _about(request.client, regions).items() if field in shown},
        **_named(request, authorisation, to, at=at),
    )


def _title(request: Request, text: str, wants: tuple[SharedWant, ...]) -> str:
    """The lead's own idea bears its title; the title of a need holds the client's words, so one is made of what is shown."""
    if request.client_id is None:
        return request.title
    return title_of(text) if text.strip() else _title_from(wants)


def _about(client: Any, regions: dict[str, str]) -> dict[str, str]:
    """Say what a client is like without naming it."""
    if client is None:
        return {}
    return {
        "client_type": str(ClientType(client.client_type).label),
        "sector": _label_of(Kind.SECTOR, client.sector),
        "country": _label_of(Kind.COUNTRY, client.country),
        "region": regions.get(client.region[:3], ""),
        "size": size_class(client.staff),
    }


def _named(
    request: Request, authorisation: ClientAuthorisation | None, to: Recipient, *, at: datetime
) -> dict[str, str]:
    if request.client is None:
        return {}
    named = {}
    if may_disclose(request, authorisation, to=to, field="client_name", at=at):
        named["client_name"] = request.client.name
    if may_disclose(request, authorisation, to=to, field="contact", at=at) and request.contact:
        named |= {"contact_name": request.contact.name, "contact_email": request.contact.email}
    return named


def _title_from(wants: tuple[SharedWant, ...]) -> str:
    if not wants:
        return _("A need")
    if len(wants) == 1:
        return wants[0].label
    rest = len(wants) - 1
    return ngettext("%(want)s and %(n)s more", "%(want)s and %(n)s more", rest) % {"want": wants[0].label, "n": rest}


def _label_of(kind: str, notation: str) -> str:
    """The label of a notation; empty for free text, which might name somebody."""
    entry = taxonomy.vocabulary(kind).get(notation)
    return entry.label if entry else ""


def size_class(staff: int | None) -> str:
    """The size of an organisation in the classes of the European definition of small and medium-sized firms."""
    if staff is None:
        return ""
    if staff < 10:
        return pgettext("size of an organisation", "Fewer than 10 people")
    if staff < 50:
        return pgettext("size of an organisation", "10 to 49 people")
    if staff < 250:
        return pgettext("size of an organisation", "50 to 249 people")
    return pgettext("size of an organisation", "250 people or more")
