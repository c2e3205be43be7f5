"""Jobs: mail an organisation; note what is shown once all have signed; what the clock does."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from hansa.collaboration.matchmaking import operations
from hansa.collaboration.matchmaking.models import Match
from hansa.foundation.tasks import task


@task("matchmaking.mail_organisation")
def mail_organisation(match_id: int) -> None:
    match = Match.objects.select_related("organisation", "hub").filter(pk=match_id).first()
    if match is not None:
        operations.mail_organisation(match)


@task("matchmaking.show_names")
def show_names(request_id: int) -> None:
    operations.show_names(request_id, at=timezone.now())


@app.periodic(cron="7 * * * *")
@app.task(name="matchmaking.mind", queueing_lock="matchmaking.mind")
def mind(timestamp: int) -> None:
    operations.mind(at=timezone.now())
