"""Files: add and remove."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration, Document
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotAddDocument(Refusal):
    """A file cannot be added."""


class CannotRemoveDocument(Refusal):
    """A file cannot be removed."""


@transaction.atomic
def add_document(
    collaboration: Collaboration, *, upload: UploadedFile, for_client: bool, by: Actor, at: datetime
) -> Document:
    """Keep a file with its hash. It is only ever sent as a download, whatever it claims to be.

    The same file of the same hub a second time is the first.
    """
    collaboration = locked(collaboration)
    policies.can_work(by, collaboration).or_raise(CannotAddDocument)
    _check_size(upload)
    same = {
        "name": PurePath(upload.name or "file").name[:255],
        "sha256": _sha256(upload),
        "for_client": for_client,
        "hub_id": by.hub_id,
    }
    if (earlier := collaboration.documents.filter(**same).first()) is not None:
        return earlier
    document = Document(
        collaboration=collaboration,
        size=upload.size,
        content_type=(upload.content_type or "application/octet-stream")[:120],
        added_by_id=by.user_id,
        added_at=at,
        **same,
    )
    # Stored under its hash: the user's file name never becomes a path.
    document.file.save(document.sha256, upload, save=False)
    document.save()
    log(
        "document.added",
        by=by,
        subject=document,
        collaboration=collaboration,
        at=at,
        to_client=for_client,
        name=document.name,
    )
    return document


def _check_size(upload: UploadedFile) -> None:
    if not upload.size:
        raise CannotAddDocument(_("The file is empty. Choose another one."))
    if upload.size > settings.MAX_DOCUMENT_BYTES:
        limit = settings.MAX_DOCUMENT_BYTES // 1_000_000
        raise CannotAddDocument(
            _("The file is larger than %(limit)s MB. Share a smaller one, or a link to it in a task.")
            % {"limit": limit}
        )


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


@transaction.atomic
def remove_document(document: Document, *, by: Actor, at: datetime) -> None:
    """Remove a file; the log keeps its name and hash."""
    document.collaboration = locked(document.collaboration)
    policies.can_remove_document(by, document).or_raise(CannotRemoveDocument)
    log(
        "document.removed",
        by=by,
        subject=document,
        collaboration=document.collaboration,
        at=at,
        name=document.name,
        sha256=document.sha256,
    )
    stored = document.file
    document.delete()
    transaction.on_commit(lambda: stored.storage.delete(stored.name))
