"""Drafting an agreement, and writing down a version of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import policies
from hansa.collaboration.agreements.models import Agreement, Party, Version
from hansa.collaboration.agreements.operations import rows
from hansa.collaboration.agreements.queries import evidence, proposal, reading, typesetting, wording
from hansa.collaboration.agreements.queries.composing import completed
from hansa.collaboration.agreements.queries.shelf import instrument_of
from hansa.collaboration.agreements.queries.terms import Terms
from hansa.collaboration.agreements.states import PartyRole
from hansa.collaboration.codesign import queries as codesign
from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.partnering.operations.case import locked
from hansa.collaboration.partnering.policies import names_client
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.people import queries as people


class CannotDraft(Refusal):
    """The agreement cannot be drafted, or not with these terms."""


@transaction.atomic
def draft(request: Any, *, by: Actor, terms: Terms, at: datetime) -> Agreement:
    """Write version 1 from the model text, with the lead and every hub that said yes as parties.

    The lead accepts its own draft with it. Signatories are appointed where a hub has exactly one. Invitations that were
    not answered end. Moves the request on and hands the turn to the partners.

    :param terms: what ``queries.proposed_terms`` returned, as the lead changed it; clauses that others need are added
    :raises CannotDraft: nobody said yes, there is an agreement already, or the terms cannot stand in one
    """
    request = locked(request)
    if Agreement.objects.filter(request=request).exists():
        raise CannotDraft(_("The agreement of this request is drafted already."))
    policies.can_draft(by, request).or_raise(CannotDraft)
    codesign.ready_to_draft(request).or_raise(CannotDraft)
    invitations = proposal.team_said_yes(request)
    hubs = [request.lead, *(invitation.hub for invitation in invitations)]
    if not invitations:
        raise CannotDraft(_("An agreement needs at least one hub that said yes."))
    if [share.hub_id for share in terms.parties] != [hub.pk for hub in hubs]:
        raise CannotDraft(_("The team has changed since this page was opened. Check the shares of the hubs again."))
    instrument = proposal.instrument_for(request)
    terms = replace(terms, clauses=completed(instrument, terms.clauses))
    if problem := terms.problem(instrument, earliest=timezone.localdate(at)):
        raise CannotDraft(problem)
    partnering.take_back_unanswered(request, by=by, at=at)
    agreement = Agreement.objects.create(
        request=request, instrument=instrument.id, terms=terms.as_json(), version_number=1, created_at=at
    )
    _add_parties(agreement, hubs, terms, by=by, at=at)
    parties = reading.parties_of(agreement)
    clauses = wording.compose(instrument, case=proposal.case_of(request, hubs), terms=terms, reworded={})
    add_version(agreement, clauses, by=by, note="", at=at, refusal=CannotDraft)
    rows.record("agreement.drafted", agreement=agreement, parties=parties, by=by, at=at)
    partnering.move(
        request, "draft", by=by, at=at, turn_hub_ids=[party.hub_id for party in parties if party.hub_id != by.hub_id]
    )
    return agreement


def _add_parties(agreement: Agreement, hubs: Sequence[Any], terms: Terms, *, by: Actor, at: datetime) -> None:
    for position, (hub, share) in enumerate(zip(hubs, terms.parties, strict=True)):
        is_author = hub.pk == by.hub_id
        signatories = people.signatories_of(hub.pk)
        Party.objects.create(
            agreement=agreement,
            hub=hub,
            role=PartyRole.PARTNER if position else PartyRole.LEAD,
            position=position,
            tasks_note=share.part,
            effort_days=share.effort_days,
            fee_eur=share.fee_eur,
            signatory=signatories[0] if len(signatories) == 1 else None,
            seen_version=1 if is_author else 0,
            seen_at=at if is_author else None,
            accepted_version=1 if is_author else 0,
            accepted_at=at if is_author else None,
            accepted_by_id=by.user_id if is_author else None,
        )


def add_version(
    agreement: Agreement,
    clauses: list[wording.Clause],
    *,
    by: Actor,
    note: str,
    at: datetime,
    refusal: type[Refusal],
) -> Version:
    """Store the text of ``agreement.version_number``, once it is sure that it can be printed and sealed.

    :raises refusal: the text names the client, or cannot be made into the document that would be sealed
    """
    ref, number = agreement.request.ref, agreement.version_number
    text = wording.canonical_text(clauses, title=instrument_of(agreement).title, case_ref=ref, version=number)
    _refuse_client_name(agreement, f"{text}\n{note}", by=by, refusal=refusal)
    version = Version(
        agreement=agreement,
        number=number,
        clauses=clauses,
        text=text,
        sha256=wording.fingerprint(text),
        note=note,
        author_id=by.user_id,
        author_hub_id=by.hub_id,
        created_at=at,
    )
    # A text that cannot be sealed would be found out only after everybody had signed it.
    try:
        copy = typesetting.ready_to_sign(typesetting.as_pdf(evidence.copy_document(agreement, version), at=at))
    except typesetting.CannotPrint as no:
        raise refusal(str(no)) from no
    if not typesetting.reads_as(copy, text):
        raise refusal(_("This text cannot be printed as it stands. Use Latin, Greek or Cyrillic letters."))
    # Kept, not made again when asked for: what is signed elsewhere must come back with the same bytes.
    version.copy.save(f"{ref}-to-sign-{number}.pdf", ContentFile(copy), save=False)
    version.save(force_insert=True)
    return version


def _refuse_client_name(agreement: Agreement, text: str, *, by: Actor, refusal: type[Refusal]) -> None:
    # Only for those who know the client: a refusal to anybody else would confirm a guess.
    knows = by.hub_id == agreement.request.lead_id
    client = agreement.request.client
    if knows and client is not None and names_client(text, client.name):
        raise refusal(_("The text names the client. Leave the name out: partners read this text."))


def kept_wordings(version: Version) -> Mapping[str, Sequence[str]]:
    """Return the clauses of a version that a party wrote itself."""
    return {clause["key"]: clause["paragraphs"] for clause in version.clauses if clause["reworded"]}
