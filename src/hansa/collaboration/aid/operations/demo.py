"""Removal of the demo network's part in this corner."""

from django.db.models import Q

from hansa.collaboration.aid.models import Certificate, Declaration, ServiceRecord


def forget_demo() -> None:
    """Delete the services of demo hubs and demo clients with their certificates, and what the clients declared."""
    records = ServiceRecord.objects.filter(Q(hub__is_demo=True) | Q(client__is_demo=True))
    Certificate.objects.filter(record__in=records).delete()
    records.delete()
    Declaration.objects.filter(Q(client__hub__is_demo=True) | Q(client__is_demo=True)).delete()
