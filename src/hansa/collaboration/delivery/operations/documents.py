"""Files: add and remove."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration, Document
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.collaboration.delivery.operations.scanning import CannotScan, VirusFound, scan
from hansa.collaboration.delivery.states import clean_name, content_problem, name_problem
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

log_of_server = logging.getLogger("hansa.collaboration.delivery")


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
    name = _checked_name(upload)
    scanned = _scanned(upload)
    same = {
        "name": name,
        "sha256": _sha256(upload),
        "for_client": for_client,
        "hub_id": by.hub_id,
    }
    if (earlier := collaboration.documents.filter(**same).first()) is not None:
        return earlier
    document = Document(
        collaboration=collaboration,
        size=upload.size,
        scan=scanned,
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


def _checked_name(upload: UploadedFile) -> str:
    """Return the name to show.

    :raises CannotAddDocument: the name or what the file begins with is that of something we do not keep
    """
    name = clean_name(upload.name or "")
    upload.seek(0)
    problem = name_problem(name) or content_problem(name, upload.read(2048))
    upload.seek(0)
    if problem:
        raise CannotAddDocument(_WORDS[problem] % {"name": "".join(x for x in name if x.isprintable())[:80]})
    return name


def _scanned(upload: UploadedFile) -> str:
    try:
        return scan(upload)
    except VirusFound as found:
        log_of_server.warning("A virus was refused: %s", found)
        raise CannotAddDocument(
            _("The scanner found a virus in this file, so it was not kept. Check your computer.")
        ) from found
    except CannotScan as problem:
        log_of_server.error("The virus scanner does not answer: %s", problem)
        raise CannotAddDocument(
            _("The file could not be checked for viruses, so it was not kept. Try again in some minutes.")
        ) from problem


_WORDS = {
    "controls": _lazy("The name “%(name)s” holds hidden characters. Give the file a plain name and try again."),
    "hidden": _lazy("The file needs a name that begins with a letter or a digit."),
    "long": _lazy("The name of the file is longer than 200 characters. Give it a shorter one."),
    "program": _lazy(
        "“%(name)s” is a program or a page with a program, and these are not kept. Send a document instead."
    ),
    "double": _lazy("The name “%(name)s” hides the ending of a program. Give the file its plain name."),
    "kind": _lazy(
        "Files such as “%(name)s” are not kept here. Use PDF, office documents, pictures, text, CSV, JSON, MP4 or ZIP."
    ),
    "other": _lazy("What is in “%(name)s” does not fit its name. Save it again in the right format."),
}


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
