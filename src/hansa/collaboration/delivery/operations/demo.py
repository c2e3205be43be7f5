"""Removal of the demo network's part in this corner."""

from hansa.collaboration.delivery.models import Collaboration, Document


def forget_demo() -> None:
    """Delete the collaborations of demo requests with their files."""
    for document in Document.objects.filter(collaboration__request__is_demo=True):
        document.file.delete(save=False)
    Collaboration.objects.filter(request__is_demo=True).delete()
