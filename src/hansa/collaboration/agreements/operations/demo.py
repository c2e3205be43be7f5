"""Removal of the demo network's part in this corner."""

from hansa.collaboration.agreements.models import Agreement, Party, SealedFile, Signature, Version


def forget_demo() -> None:
    """Delete the agreements of demo requests with their texts, signatures and sealed files."""
    for sealed in SealedFile.objects.filter(agreement__request__is_demo=True):
        sealed.file.delete(save=False)
        sealed.delete()
    Signature.objects.filter(party__agreement__request__is_demo=True).delete()
    Party.objects.filter(agreement__request__is_demo=True).delete()
    Version.objects.filter(agreement__request__is_demo=True).delete()
    Agreement.objects.filter(request__is_demo=True).delete()
