"""Jobs of this corner."""

from django.utils import timezone

from hansa.collaboration.delivery import operations
from hansa.foundation.tasks import task


@task("delivery.open")
def open_collaboration(request_id: int) -> None:
    operations.open_collaboration(request_id, at=timezone.now())
