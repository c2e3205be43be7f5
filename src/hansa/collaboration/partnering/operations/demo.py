"""Removal of the demo network's part in this corner."""

from hansa.collaboration.partnering.models import Disclosure, Request


def forget_demo() -> list[str]:
    """Delete the demo requests with wants, invitations and disclosures; return their addresses."""
    refs = list(Request.objects.filter(is_demo=True).values_list("ref", flat=True))
    Disclosure.objects.filter(request__is_demo=True).delete()
    Request.objects.filter(is_demo=True).delete()
    return refs
