"""Jobs: read what hubs say about themselves, and keep the index of profiles."""

from django.utils import timezone

from hansa.foundation.tasks import task
from hansa.hubs.directory import operations, queries


@task("directory.read_hub")
def read_hub(hub_id: int) -> None:
    hub = queries.hub_by_id(hub_id)
    if hub is not None:
        operations.read_description(hub, at=timezone.now())
        operations.index_profiles()


@task("directory.read_unread")
def read_unread() -> None:
    if operations.read_unread(at=timezone.now()):
        operations.ask_to_read_all()
    else:
        operations.index_profiles()
