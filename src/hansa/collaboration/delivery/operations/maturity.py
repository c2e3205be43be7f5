"""Maturity before and after: record the client's answers. Source: BP-KPI-02."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies, queries
from hansa.collaboration.delivery.models import Collaboration, MaturityCheck
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.collaboration.delivery.states import Moment
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotCheckMaturity(Refusal):
    """The maturity cannot be recorded."""


@transaction.atomic
def check_maturity(
    collaboration: Collaboration, *, moment: str, answers: Mapping[str, Any], by: Actor, at: datetime
) -> MaturityCheck:
    """Record the answers of the client, by itself or by its hub. Answers for the same moment are replaced.

    :param answers: for each question the items ticked, or the step on the scale
    """
    collaboration = locked(collaboration)
    policies.can_check_maturity(by, collaboration).or_raise(CannotCheckMaturity)
    if moment not in Moment.values:
        raise CannotCheckMaturity(_("Choose before or after the work."))
    instrument = queries.instrument_for_client(collaboration)
    asked = [question for dimension in instrument.dimensions for question in dimension.questions]
    if missing := [question for question in asked if question.key not in answers]:
        raise CannotCheckMaturity(_("%(n)s questions are not answered yet.") % {"n": len(missing)})
    if moment == Moment.T1 and not collaboration.checks.filter(moment=Moment.T0).exists():
        raise CannotCheckMaturity(_("Answer first how it was before the work, so that there is something to compare."))
    overall = instrument.overall(answers)
    check, _is_new = MaturityCheck.objects.update_or_create(
        collaboration=collaboration,
        moment=moment,
        defaults={
            "questions": instrument.kind,
            "version": instrument.version,
            "answers": {question.key: answers[question.key] for question in asked},
            "scores": {key: str(score) for key, score in instrument.scores(answers).items()},
            "overall": overall,
            "by_id": by.user_id,
            "by_client": policies.speaks_for_client(by, collaboration),
            "at": at,
        },
    )
    facts = {"moment": moment, "overall": overall, "version": f"{instrument.kind} {instrument.version}"}
    log("maturity.recorded", by=by, subject=check, collaboration=collaboration, at=at, to_client=True, **facts)
    return check
