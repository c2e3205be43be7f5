"""Jobs of this corner."""

from django.utils import timezone

from hansa.foundation.tasks import task


@task("agreements.seal")
def seal(agreement_id: int) -> None:
    """Make the sealed file of an agreement in force; a second run changes nothing."""
    # Imported by the worker alone: the web server does not need the library that seals.
    from hansa.collaboration.agreements.operations.sealing import seal as make_sealed_file

    make_sealed_file(agreement_id, at=timezone.now())
