"""What came of a match, with what shows it, and the register of agreements reached. Source: BP-MM-04."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import operations as delivery
from hansa.collaboration.matchmaking import policies
from hansa.collaboration.matchmaking.models import Match, Outcome
from hansa.collaboration.matchmaking.operations.disclosing import locked_match
from hansa.collaboration.matchmaking.operations.log import log
from hansa.collaboration.matchmaking.states import MatchState, OutcomeKind
from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.partnering import queries as cases
from hansa.collaboration.partnering.policies import SPARABLE, Secrets, betrayals
from hansa.collaboration.partnering.states import Anonymity, Audience, Purpose
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotRecordOutcome(Refusal):
    """The outcome cannot be written down like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDraft:
    """What came of it. ``link`` or ``upload`` shows it; ``reason`` says why nothing came of it."""

    kind: str
    amount_eur: Decimal | None = None
    summary: str = ""
    reason: str = ""
    link: str = ""
    upload: UploadedFile | None = None


@transaction.atomic
def record_outcome(match: Match, draft: OutcomeDraft, *, by: Actor, at: datetime) -> Outcome:
    """Write down what came of a match; again, until the client is asked to confirm.

    :raises CannotRecordOutcome: by anybody but the lead, without evidence or reason, or an impossible amount
    """
    request, row = locked_match(match)
    policies.can_record_outcome(by, row).or_raise(CannotRecordOutcome)
    before = Outcome.objects.filter(match=row).first()
    _check(draft, has_file=bool(before and before.file))
    _refuse_names(request, row, f"{draft.summary}\n{draft.reason}")
    outcome = before or Outcome(match=row)
    is_none = draft.kind == OutcomeKind.NONE
    outcome.kind, outcome.amount_eur = draft.kind, None if is_none else draft.amount_eur
    outcome.summary, outcome.reason = draft.summary.strip()[:500], draft.reason.strip()[:500] if is_none else ""
    outcome.link = draft.link
    outcome.hub_id, outcome.recorded_by_id, outcome.at = by.hub_id, by.user_id, at  # type: ignore[assignment]
    if draft.upload is not None:
        _keep_file(outcome, draft.upload)
    outcome.save()
    log("outcome.recorded", request=request, subject=outcome, by=by, at=at, hub_ids=[row.hub_id], kind=draft.kind)
    return outcome


def _refuse_names(request: Any, row: Match, text: str) -> None:
    """The network reads these words, whatever either side lets the register say of it."""
    full = type(request).objects.select_related("client", "contact").get(pk=request.pk)
    organisation = Secrets(client_name=row.organisation.name, contact_name=row.organisation.contact_name)
    found = [*betrayals(text, cases.secrets_of(full)), *betrayals(text, organisation)]
    if found:
        words = ", ".join(f"“{word}”" for word in dict.fromkeys(found))
        raise CannotRecordOutcome(
            _("The network reads these words, so they must name nobody: %(words)s.") % {"words": words}
        )


def _check(draft: OutcomeDraft, *, has_file: bool) -> None:
    if draft.kind not in OutcomeKind.values:
        raise CannotRecordOutcome(_("Choose one of the options."))
    if draft.kind == OutcomeKind.NONE:
        if not draft.reason.strip():
            raise CannotRecordOutcome(_("Say why nothing came of it: others learn from it."))
        return
    if draft.amount_eur is not None and (not draft.amount_eur.is_finite() or draft.amount_eur < 0):
        raise CannotRecordOutcome(_("Write an amount of 0 or more, such as 14000."))
    if not draft.link and draft.upload is None and not has_file:
        raise CannotRecordOutcome(_("Add what shows it: a link or a file, such as the signed letter."))
    if draft.upload is not None and not draft.upload.size:
        raise CannotRecordOutcome(_("The file is empty. Choose another one."))
    if draft.upload is not None and draft.upload.size > settings.MAX_DOCUMENT_BYTES:
        limit = settings.MAX_DOCUMENT_BYTES // 1_000_000
        raise CannotRecordOutcome(_("The file is larger than %(limit)s MB. Give a link instead.") % {"limit": limit})


def _keep_file(outcome: Outcome, upload: UploadedFile) -> None:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    outcome.file_name, outcome.file_sha256 = PurePath(upload.name or "file").name[:255], digest.hexdigest()
    # Stored under its hash: the user's file name never becomes a path.
    outcome.file.save(outcome.file_sha256, upload, save=False)


@transaction.atomic
def hand_over(request: Any, *, by: Actor, at: datetime) -> None:
    """Ask the client to confirm the outcomes, once there is one for every match taken up.

    :raises CannotRecordOutcome: an outcome is missing, or by anybody but the lead
    """
    missing = Match.objects.filter(request=request, state=MatchState.TAKEN, outcome=None).count()
    if missing:
        raise CannotRecordOutcome(_("Write down first what came of every match that was taken up."))
    try:
        delivery.report(request.collaboration, by=by, at=at)
    except delivery.CannotReport as no:
        raise CannotRecordOutcome(no.reason) from no


@transaction.atomic
def confirm(collaboration: Any, *, note: str, in_register: bool, by: Actor, at: datetime) -> None:
    """Take the client's word that the outcomes are right, and whether the register may name it.

    :raises CannotConfirm: by anybody else, or when nothing waits for it (``delivery``)
    """
    delivery.confirm(collaboration, by=by, note=note, at=at)
    held = cases.authorisation_of(collaboration.request)
    if in_register and held is not None and not held.in_register:
        consent = partnering.Consent(
            level=Anonymity(held.level),
            granted_by=by.name,
            evidence=_("Ticked when the outcome was confirmed."),
            expires_at=held.expires_at,
            without=tuple(set(SPARABLE) - set(held.field_scope)),
            purposes=tuple(Purpose(purpose) for purpose in held.purposes),
            audience=Audience(held.audience),
            audience_names=tuple(held.audience_names),
            in_register=True,
        )
        partnering.authorise(collaboration.request, consent, by=by, at=at)
