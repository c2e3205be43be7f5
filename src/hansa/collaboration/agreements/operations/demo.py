"""Removal of the demo network's part in this corner."""

from hansa.collaboration.agreements.models import Agreement, Party, SealedFile, Signature, SignedUpload, Version


def forget_demo() -> None:
    """Delete the agreements of demo requests with their texts, signatures and sealed files."""
    for sealed in SealedFile.objects.filter(agreement__request__is_demo=True):
        sealed.file.delete(save=False)
        sealed.evidence.delete(save=False)
        sealed.delete()
    Signature.objects.filter(party__agreement__request__is_demo=True).delete()
    for upload in SignedUpload.objects.filter(party__agreement__request__is_demo=True):
        upload.file.delete(save=False)
        upload.delete()
    Party.objects.filter(agreement__request__is_demo=True).delete()
    versions = Version.objects.filter(agreement__request__is_demo=True)
    for version in versions.exclude(copy=""):
        version.copy.delete(save=False)
    versions.delete()
    Agreement.objects.filter(request__is_demo=True).delete()
