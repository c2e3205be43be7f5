"""The states of an invitation and of a want; those of a request are the process that all scenarios share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.scenarios.states import MOVES, OPEN_STATES, RequestState

__all__ = [
    "MOVES",
    "OPEN_STATES",
    "STAGE_PAGES",
    "Anonymity",
    "Audience",
    "AuthorisationState",
    "DeclineReason",
    "InvitationState",
    "Purpose",
    "RequestState",
    "WantState",
]


class InvitationState(models.TextChoices):
    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Interested")
    DECLINED = "declined", _("Not now")
    WITHDRAWN = "withdrawn", _("Taken back")


class DeclineReason(models.TextChoices):
    CAPACITY = "capacity", _("No free capacity")
    COMPETENCE = "competence", _("Not our competence")
    MONEY = "money", _("Not enough money")
    LANGUAGE = "language", _("Language")
    CONFLICT = "conflict", _("Conflict of interest")
    OTHER = "other", _("Another reason")


class Anonymity(models.TextChoices):
    """How much of a client may leave its hub. Source: BP-AUTH."""

    A0 = "A0", _("Nothing")
    A1 = "A1", _("Sector, need, large region and size; no free text")
    A2 = "A2", _("The need in checked words, without names")
    A3 = "A3", _("The need without names; once all have signed, the organisation's name")
    A4 = "A4", _("The need without names; once all have signed, the organisation and its contact person")


class PartnerMode(models.TextChoices):
    """What the shortlist ranks hubs by. Source: BP-NS."""

    COMPLEMENTARY = "complementary", _("Complementary")
    SIMILAR = "similar", _("Similar")


class Audience(models.TextChoices):
    """Who may read what the client agreed to show. Source: BP-AUTH."""

    INVITED = "invited_hubs", _("Hubs that my hub invites, until they say no")
    NAMED = "named_hubs", _("Certain hubs that I name")
    COUNTRY = "hubs_of_country", _("Hubs of certain countries")
    COMMUNITY = "hubs_of_community", _("Hubs of a community")
    NETWORK = "whole_network", _("Any hub of this network")
    OTHER_NETWORK = "other_federated_network", _("Hubs of another network")


class Purpose(models.TextChoices):
    """What the client agreed to have it shown for. Source: BP-AUTH."""

    DELIVER = "deliver", _("To find hubs that help")
    MATCH = "match", _("To find a partner organisation")


class AuthorisationState(models.TextChoices):
    """Where the client's agreement stands; never stored, always read from what is. Source: BP-AUTH."""

    DRAFT = "draft", _("Nothing may leave the hub yet")
    AWAITING_CLIENT = "awaiting_client", _("The client has not said anything yet")
    AUTHORISED = "authorised", _("Agreed, not shown to anybody yet")
    PUBLISHED_ANONYMOUS = "published_anonymous", _("Shown without names")
    MATCHED = "matched", _("A team is found; no names yet")
    NAMED_UNDER_NDA = "named_under_nda", _("The hubs that signed know the name")
    INTRODUCED = "introduced", _("The hubs that signed know the contact person")
    CLOSED_SUCCESS = "closed_success", _("The case is closed")
    CLOSED_NO_MATCH = "closed_no_match", _("The case ended without a result")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class WantState(models.TextChoices):
    SUGGESTED = "suggested", _("Suggested")
    ACCEPTED = "accepted", _("Wanted")
    REJECTED = "rejected", _("Not wanted")


# The page where a stage of a scenario is worked on, by audience.
_ROOM = dict.fromkeys(("hub", "client", "partner"), "matchmaking:room")
STAGE_PAGES: dict[str, dict[str, str]] = {
    "need": {"hub": "partnering:request", "client": "partnering:request"},
    "shortlist": {"hub": "partnering:shortlist"},
    "inviting": {"hub": "partnering:invite"},
    "agreeing": {"hub": "agreements:agreement", "partner": "agreements:agreement"},
    "delivering": {"hub": "delivery:room", "client": "delivery:room", "partner": "delivery:room"},
    "confirming": {"hub": "delivery:room", "client": "delivery:room", "partner": "delivery:room"},
}
# The same where the case is the lead's own idea of a new service, as far as it differs.
IDEA_PAGES: dict[str, dict[str, str]] = {
    "inviting": {"hub": "codesign:canvas", "partner": "codesign:canvas"},
    "confirming": {"hub": "codesign:launch", "partner": "codesign:launch"},
}
# And where a scenario is made from matchmaking.
MATCH_PAGES: dict[str, dict[str, str]] = {
    "shortlist": {"hub": "matchmaking:ask", "client": "matchmaking:ask"},
    "inviting": {"hub": "matchmaking:answers"},
    "delivering": _ROOM,
    "confirming": _ROOM,
}
