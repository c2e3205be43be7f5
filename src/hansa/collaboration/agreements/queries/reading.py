"""Who sees an agreement, and the rows its page is made of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    When,
)
from django.db.models.functions import Cast, JSONObject

from hansa.collaboration.agreements.models import Agreement, Party, Signature, SignedUpload, Version
from hansa.foundation.activity import Activity
from hansa.foundation.actors import Actor
from hansa.foundation.prepared import Among, Prepared, Slot
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
    """Return the agreement of a case with its parties, in one query; None when this person may not read it.

    Only what the page shows is loaded. The party of the person has ``last_file``, what was sent last for this version.
    """
    if actor.hub_id is None or not (actor.works_for_hub or actor.signs_for_hub):
        return None
    parties = _opened.all(ref=ref, hub=actor.hub_id)
    for party in parties:
        party.valid = _signature(party.signed)
        party.last_file = party.sent and SignedUpload(**party.sent)
        party.signatory_is_there = party.there
    return (parties[0].agreement, parties) if parties else None


def _signature(row: dict[str, Any] | None) -> Signature | None:
    return row and Signature(**row | {"signed_at": datetime.fromisoformat(row["signed_at"])})


def _parties_to_open() -> QuerySet[Party]:
    visible = Agreement.objects.filter(
        parties__hub_id=Slot("hub", BigIntegerField()), request__ref=Slot("ref", CharField())
    )
    signed = Signature.objects.filter(party=OuterRef("pk"), voided_at=None)
    sent = SignedUpload.objects.filter(party=OuterRef("pk"), party__hub=Slot("hub", BigIntegerField()))
    rows = Party.objects.filter(agreement__in=visible.values("pk")).annotate(
        there=Exists(_still_signatory()),
        signed=Subquery(
            signed.values(
                row=JSONObject(
                    name="name", function="function", signed_at="signed_at", level="level", signer_id="signer_id"
                )
            )[:1]
        ),
        sent=Subquery(
            sent.filter(version__number=OuterRef("agreement__version_number"))
            .order_by("-sent_at", "-pk")
            .values(row=JSONObject(signer_name="signer_name", state="state", reason="reason"))[:1]
        ),
    )
    return (
        rows.select_related("hub", "signatory", "agreement__request__lead", "agreement__sealed_file")
        .only(*_SHOWN)
        .order_by("position", "pk")
    )


_SHOWN = (
    *("role", "sign_step", "seen_version", "seen_at", "accepted_version", "accepted_at", "declined_at", "decline_note"),
    *(
        "hub__name",
        "signatory__name",
        "signatory__email",
        "agreement__instrument",
        "agreement__state",
        "agreement__version_number",
        "agreement__n_open_suggestions",
        "agreement__sign_until",
        "agreement__round_over_at",
    ),
    *("agreement__in_force_at", "agreement__request__lead__name"),
    *(f"agreement__sealed_file__{name}" for name in ("sealed_at", "level", "stamped_by", "evidence")),
    *(f"agreement__request__{name}" for name in ("ref", "title", "state", "client", "scenario", "scenario_version")),
)
_opened = Prepared(_parties_to_open)


def _still_signatory() -> QuerySet[Party]:
    """The party itself, while the person appointed is there and may sign for the hub; for a subquery."""
    return Party.objects.filter(
        pk=OuterRef("pk"),
        signatory__is_active=True,
        signatory__memberships__hub=F("hub"),
        signatory__memberships__role=Role.SIGNATORY,
        signatory__memberships__ended_at=None,
    )


def _read_parties(rows: QuerySet[Party]) -> list[Party]:
    rows = rows.annotate(
        there=Exists(_still_signatory()),
        standing=FilteredRelation("signatures", condition=Q(signatures__voided_at=None)),
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


def copy_of(sha256: str) -> bytes | None:
    """Return the file of a text that was given out to be signed elsewhere, by the fingerprint of the text."""
    version = Version.objects.filter(sha256=sha256).exclude(copy="").first()
    if version is None:
        return None
    with version.copy.open("rb") as file:
        content: bytes = file.read()
    return content


def versions_of(agreement: Agreement, *, texts_of: Collection[int] = ()) -> list[Version]:
    """Return all versions, newest first; one query. Clauses come only with those named, as JSON in ``shown``."""
    return _versions.all(agreement=agreement.pk, texts=list(texts_of))


_versions = Prepared(
    lambda: (
        Version.objects.filter(agreement_id=Slot("agreement", BigIntegerField()))
        .only("number", "sha256", "note", "created_at", "copy", "author__name", "author__email", "author_hub__name")
        .select_related("author", "author_hub")
        .annotate(
            shown=Case(
                When(
                    Among(F("number"), Slot("texts", ArrayField(BigIntegerField()))), then=Cast("clauses", TextField())
                ),
                output_field=TextField(null=True),
            )
        )
        .order_by("-number")
    )
)


def history_of(agreement: Agreement) -> list[Activity]:
    """Return who did what and when, newest first; one query."""
    return _history.all(ref=agreement.request.ref)


def whole_history_of(agreement: Agreement) -> list[Activity]:
    """Return who did what and when, all of it, oldest first."""
    return list(_about_agreement.filter(case_ref=agreement.request.ref).order_by("at", "pk"))


_about_agreement = Activity.objects.filter(Q(verb__startswith="agreement.") | Q(verb="signature.voided"))
_history = Prepared(
    lambda: (
        _about_agreement.filter(case_ref=Slot("ref", CharField()))
        .only("verb", "actor_name", "acting_hub_id", "facts", "at")
        .order_by("-at", "-pk")[:HISTORY_LENGTH]
    )
)
