"""Who sees an agreement, and the rows its page is made of."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Case, Exists, F, FilteredRelation, JSONField, OuterRef, Q, QuerySet, When

from hansa.collaboration.agreements.models import Agreement, Party, Version
from hansa.foundation.activity import Activity
from hansa.foundation.actors import Actor
from hansa.hubs.people.states import Role

HISTORY_LENGTH = 60


def agreements_visible_to(actor: Actor) -> QuerySet[Agreement]:
    """The agreements this person reads: workers and signatories of the parties do, the client and all others do not."""
    if actor.hub_id is None or not (actor.works_for_hub or actor.signs_for_hub):
        return Agreement.objects.none()
    return Agreement.objects.filter(parties__hub_id=actor.hub_id).select_related("request__lead", "sealed_file")


def parties_of(agreement: Agreement) -> list[Party]:
    """Return the parties, lead first, in one query.

    Each has ``valid``, its signature that counts or None, and ``signatory_is_there``: the person appointed is still
    there and still may sign for the hub.
    """
    return _read_parties(Party.objects.filter(agreement=agreement))


def opened_by(actor: Actor, *, ref: str) -> tuple[Agreement, list[Party]] | None:
    """Return the agreement of a case with its parties, in one query; None when this person may not read it."""
    visible = agreements_visible_to(actor).filter(request__ref=ref)
    rows = Party.objects.filter(agreement__in=visible.values("pk"))
    parties = _read_parties(rows.select_related("agreement__request__lead", "agreement__sealed_file"))
    return (parties[0].agreement, parties) if parties else None


def _read_parties(rows: QuerySet[Party]) -> list[Party]:
    there = Party.objects.filter(
        pk=OuterRef("pk"),
        signatory__is_active=True,
        signatory__memberships__hub=F("hub"),
        signatory__memberships__role=Role.SIGNATORY,
        signatory__memberships__ended_at=None,
    )
    rows = rows.annotate(
        there=Exists(there), standing=FilteredRelation("signatures", condition=Q(signatures__voided_at=None))
    )
    rows = rows.select_related("hub", "signatory", "standing", "standing__version")
    parties = list(rows.order_by("position", "pk"))
    for party in parties:
        # Django leaves the name out where the filtered relation is empty.
        party.valid = getattr(party, "standing", None)
        party.signatory_is_there = party.there
    return parties


def party_for(actor: Actor, parties: list[Party]) -> Party | None:
    """Return the party the person acts for."""
    return next((party for party in parties if party.hub_id == actor.hub_id), None)


def version_of(agreement: Agreement, *, number: int | None = None) -> Version | None:
    """Return a version with its text, the current one by default; one query."""
    wanted = agreement.version_number if number is None else number
    return Version.objects.filter(agreement=agreement, number=wanted).select_related("author", "author_hub").first()


def versions_of(agreement: Agreement, *, texts_of: Collection[int] = ()) -> list[Version]:
    """Return all versions, newest first; one query. Clauses come only with those named, as ``shown``."""
    shown = Case(When(number__in=list(texts_of), then=F("clauses")), default=None, output_field=JSONField(null=True))
    rows = Version.objects.filter(agreement=agreement).defer("text", "clauses").annotate(shown=shown)
    return list(rows.select_related("author", "author_hub").order_by("-number"))


def history_of(agreement: Agreement) -> list[Activity]:
    """Return who did what and when, newest first; one query."""
    about = Q(verb__startswith="agreement.") | Q(verb="signature.voided")
    rows = Activity.objects.filter(about, case_ref=agreement.request.ref)
    return list(rows.order_by("-at", "-pk")[:HISTORY_LENGTH])
