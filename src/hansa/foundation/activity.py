"""The append-only activity log: audit trail, feed and outbox in one table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from hansa.foundation import tasks
from hansa.foundation.actors import Actor


class Activity(models.Model):
    """One thing that happened. Rows are never changed nor deleted (a database trigger refuses it)."""

    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    actor_name = models.CharField(max_length=200, blank=True)
    acting_hub_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    # The case the row belongs to: the address of the request, empty for rows outside a case.
    case_ref = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # Who may read the row, besides the subject's own pages.
    hub_ids = ArrayField(models.BigIntegerField(), default=list)
    client_ids = ArrayField(models.BigIntegerField(), default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["case_ref", "-at"], name="activity_of_case"),
            models.Index(fields=["subject_type", "subject_id"], name="activity_of_subject"),
            models.Index(fields=["-at"], name="activity_latest"),
        ]


def record(
    verb: str,
    *,
    actor: Actor,
    subject: models.Model,
    at: datetime,
    case_ref: str = "",
    facts: dict[str, Any] | None = None,
    hub_ids: Iterable[int] = (),
    client_ids: Iterable[int] = (),
) -> Activity:
    """Write one row in the caller's transaction, and let the notices know once it is committed.

    :param verb: ``noun.past_participle``, such as ``invitation.sent``
    :param facts: JSON values that later readers need; never personal data of a client
    """
    row = Activity.objects.create(
        verb=verb,
        actor_id=actor.user_id,
        actor_name=actor.name,
        acting_hub_id=actor.hub_id,
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        case_ref=case_ref,
        facts=facts or {},
        hub_ids=sorted(set(hub_ids)),
        client_ids=sorted(set(client_ids)),
        at=at,
    )
    if transaction.get_connection().in_atomic_block:
        tasks.defer("notices.tell", activity_id=row.pk)
    return row


def allow_removal_of_demo() -> None:
    """Let the current transaction delete append-only rows, which only the removal of a demo network does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hansa.removing_demo', 'on', true)")


def forget(*, case_refs: Iterable[str], hub_ids: Iterable[int]) -> int:
    """Delete the rows of these cases and those about these hubs alone; return how many.

    ``allow_removal_of_demo`` comes first; without it the database refuses.
    """
    ids = list(hub_ids)
    rows = Activity.objects.filter(
        models.Q(case_ref__in=list(case_refs)) | models.Q(case_ref="", hub_ids__contained_by=ids, hub_ids__len__gt=0)
    )
    deleted, _by_model = rows.delete()
    return deleted
