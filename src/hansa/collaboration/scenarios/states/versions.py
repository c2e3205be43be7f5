"""How a version of a scenario comes into use, and what becomes of a proposal."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hansa.foundation.states import Move


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    PUBLISHED = "published", _("In use")
    RETIRED = "retired", _("No longer offered")


_V = VersionState
VERSION_MOVES = {
    "change": Move(
        sources=frozenset({_V.DRAFT}),
        target=_V.DRAFT,
        refusal=_("This version can no longer change. Copy it to make the next one."),
    ),
    "submit": Move(
        sources=frozenset({_V.DRAFT}), target=_V.REVIEW, refusal=_("Only a draft can be handed in for review.")
    ),
    "send_back": Move(
        sources=frozenset({_V.REVIEW}), target=_V.DRAFT, refusal=_("Only a version in review can be sent back.")
    ),
    "publish": Move(
        sources=frozenset({_V.REVIEW}), target=_V.PUBLISHED, refusal=_("Only a version in review can be published.")
    ),
    "retire": Move(
        sources=frozenset({_V.PUBLISHED}), target=_V.RETIRED, refusal=_("Only a version in use can be retired.")
    ),
    "offer_again": Move(
        sources=frozenset({_V.RETIRED}), target=_V.PUBLISHED, refusal=_("This version was not retired.")
    ),
}


class ProposalState(models.TextChoices):
    NEW = "new", _("Waiting for the steward")
    TAKEN = "taken", _("Taken up")
    DECLINED = "declined", _("Not taken up")
