"""Jobs of this corner. What they call is imported by the worker alone: the web server needs no library that seals."""

from django.utils import timezone
from procrastinate.contrib.django import app

from hansa.foundation.tasks import task


@task("agreements.seal")
def seal(agreement_id: int) -> None:
    """Make the sealed file of an agreement in force; a second run changes nothing."""
    from hansa.collaboration.agreements.operations.sealing import seal as make_sealed_file

    make_sealed_file(agreement_id, at=timezone.now())


@task("agreements.record")
def record(agreement_id: int) -> None:
    """Make the evidence file of a sealed agreement; a second run changes nothing."""
    from hansa.collaboration.agreements.operations.sealing import add_evidence

    add_evidence(agreement_id, at=timezone.now())


@task("agreements.check_upload")
def check_upload(upload_id: int) -> None:
    """Check a file that was signed elsewhere; a second run changes nothing."""
    from hansa.collaboration.agreements.operations import answer_upload

    answer_upload(upload_id, at=timezone.now())


@app.periodic(cron="7 0 * * *")
@app.task(name="agreements.close_rounds", queueing_lock="agreements.close_rounds", pass_context=False)
def close_rounds(timestamp: int) -> None:
    """Say of every round of signing whose last day has passed that it is over."""
    from hansa.collaboration.agreements.operations import close_rounds as close

    close(at=timezone.now())


@app.periodic(cron="*/30 * * * *")
@app.task(name="agreements.seal_late", queueing_lock="agreements.seal_late", pass_context=False)
def seal_late(timestamp: int) -> None:
    """Ask again for every seal that is missing, for instance because no time stamp came."""
    from hansa.collaboration.agreements.operations.sealing import ask_for_missing

    ask_for_missing()
