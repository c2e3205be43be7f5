"""Whom the client's agreement reaches, for what, and which fields of it. Part of the consent gate. Source: BP-AUTH."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hansa.collaboration.partnering.models import ClientAuthorisation, Request
from hansa.collaboration.partnering.policies.cases import finds_match
from hansa.collaboration.partnering.states import Audience, Purpose
from hansa.foundation.policies import YES, No, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who would read, with what the gate has to know of it; ``queries.disclosed`` looks it up.

    ``is_asked``: the lead invited this hub, and it has not said no. ``has_agreed``: it said yes, so it is in the team.
    ``network`` is empty within this network.
    """

    hub_id: int | None
    country: str = ""
    community_ids: frozenset[int] = frozenset()
    network: str = ""
    is_asked: bool = False
    has_agreed: bool = False


def purpose_of(request: Request) -> Purpose:
    """What showing this request to other hubs serves."""
    return Purpose.MATCH if finds_match(request) else Purpose.DELIVER


def reaches(authorisation: ClientAuthorisation, to: Recipient) -> Verdict:
    """Whether the recipient belongs to the audience the client named."""
    audience, names = Audience(authorisation.audience), authorisation.audience_names
    if to.network:
        if audience == Audience.OTHER_NETWORK and to.network in names:
            return YES
        return No(_("The client has not agreed to show this to that network."))
    is_in, reason = {
        Audience.INVITED: (to.is_asked, _("Only hubs that are invited and have not said no may read this.")),
        Audience.NAMED: (str(to.hub_id) in names, _("The client named the hubs that may read this. This hub is not among them.")),
        Audience.COUNTRY: (to.country in names, _("The client agreed to show this to hubs of certain countries only. This hub is in another one.")),
        Audience.COMMUNITY: (bool({str(pk) for pk in to.community_ids} & set(names)), _("The client agreed to show this to hubs of a certain community only.")),
        Audience.NETWORK: (True, ""),
        Audience.OTHER_NETWORK: (False, _("The client agreed to show this to another network only.")),
    }[audience]  # fmt: skip
    return YES if is_in else No(reason)


def covers(authorisation: ClientAuthorisation, request: Request, field: str) -> Verdict:
    """Whether the client's agreement is for this purpose and includes this field."""
    if purpose_of(request) not in authorisation.purposes:
        return No(_("The client has not agreed to show its request for this purpose."))
    if field not in authorisation.field_scope:
        return No(_("The client has not agreed to show this."))
    return YES
