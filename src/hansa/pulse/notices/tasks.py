"""Jobs of this corner."""

from django.utils import timezone

from hansa.foundation.activity import Activity
from hansa.foundation.tasks import task
from hansa.pulse.notices import operations
from hansa.pulse.notices.models import Notice


@task("notices.tell")
def tell(activity_id: int) -> None:
    activity = Activity.objects.filter(pk=activity_id).first()
    if activity is not None:
        operations.tell(activity, at=timezone.now())


@task("notices.mail")
def mail(notice_id: int) -> None:
    notice = Notice.objects.select_related("recipient", "activity").filter(pk=notice_id).first()
    if notice is not None:
        operations.mail(notice, at=timezone.now())
