"""The kinds of points of a role, and until when estimates can change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.partnering.states import RequestState


class PointKind(models.TextChoices):
    COST = "cost", _("Cost")
    BENEFIT = "benefit", _("Benefit")
    RISK = "risk", _("Risk")


# Until every party has signed. Afterwards an estimate is what was thought before, and stays.
ESTIMATING = frozenset(
    {
        RequestState.NEED,
        RequestState.SHORTLIST,
        RequestState.INVITING,
        RequestState.AGREEING,
        RequestState.SIGNING,
    }
)
# From here on what was spent is known.
COUNTED = frozenset({RequestState.CONFIRMING, RequestState.CLOSED})

MOST_EUR = 10_000_000
MOST_HOURS = 20_000
HOURS_A_DAY = 8
BEST_SCORE = 5
