"""Who may see and change services and aid: the people of the client's hub, and of its own the client itself."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hansa.collaboration.aid.models import ServiceRecord
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no
from hansa.hubs.people import policies as people


def can_see_services(actor: Actor) -> Verdict:
    """Managers and staff of a hub see what their own hub recorded; nobody else sees any of it."""
    return people.can_work_for_hub(actor)


def can_change(actor: Actor, hub_id: int) -> Verdict:
    """Whether the actor may record services and aid of this hub."""
    if actor.hub_id != hub_id:
        return No(_("Only the client's own hub can do this."))
    return people.can_work_for_hub(actor)


def can_set_up(actor: Actor) -> Verdict:
    """Whether the actor may change how their hub gives aid, and its price list."""
    if actor.manages_hub:
        return YES
    return No(_("Only a manager of your hub can change this."))


def can_declare(actor: Actor, *, client_id: int, hub_id: int) -> Verdict:
    """The client declares for itself, or its hub writes down what it said."""
    if client_id in actor.client_ids or can_change(actor, hub_id):
        return YES
    return No(_("Only the client and its hub can declare aid."))


def can_issue(actor: Actor, record: ServiceRecord) -> Verdict:
    """Certificates are issued by managers and signatories of the hub."""
    may = can_change(actor, record.hub_id)
    if may and not (actor.manages_hub or actor.signs_for_hub):
        return No(_("Only a manager or a signatory of your hub can issue a certificate."))
    return first_no(may)
