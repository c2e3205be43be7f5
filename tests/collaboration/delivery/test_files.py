"""When files are added, opened, removed."""

import stat
from pathlib import Path

import pytest
from cast import acting
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import NOW

from hansa.collaboration.delivery import operations, queries


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def add(collaboration, person, *, name="report.pdf", content=b"%PDF", for_client=False):
    upload = SimpleUploadedFile(name, content, "application/pdf")
    return operations.add_document(collaboration, upload=upload, for_client=for_client, by=acting(person), at=NOW)


def test_a_file_name_never_becomes_a_path(cast, collaboration):
    document = add(collaboration, cast.jonas, name="../../etc/passwd")

    assert document.name == "passwd"
    assert document.sha256 in document.file.name


def test_other_users_of_the_machine_cannot_read_it(cast, collaboration):
    path = Path(add(collaboration, cast.jonas).file.path)
    assert [stat.S_IMODE(place.stat().st_mode) for place in (path, path.parent)] == [0o600, 0o700]


def test_an_empty_file_is_refused(cast, collaboration):
    with pytest.raises(operations.CannotAddDocument, match="empty"):
        add(collaboration, cast.jonas, content=b"")


def test_a_large_file_is_refused_with_the_limit(cast, collaboration, settings):
    settings.MAX_DOCUMENT_BYTES = 3

    with pytest.raises(operations.CannotAddDocument, match="larger than"):
        add(collaboration, cast.jonas)


def test_the_client_sees_only_what_is_meant_for_it(cast, collaboration):
    add(collaboration, cast.jonas, name="internal.pdf")
    add(collaboration, cast.jonas, name="report.pdf", content=b"%PDF 2", for_client=True)

    assert [row.name for row in queries.documents_of(collaboration, actor=acting(cast.mayor))] == ["report.pdf"]


def test_files_are_downloads_whatever_they_claim_to_be(cast, collaboration, client):
    document = add(collaboration, cast.jonas, name="page.html", content=b"<script>alert(1)</script>")
    client.force_login(cast.lucia)

    response = client.get(f"/requests/{collaboration.request.ref}/delivery/files/{document.pk}/")

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("person", ["stranger", "steward", "mayor", "mette"])
def test_nobody_else_can_open_it(cast, collaboration, client, person):
    document = add(collaboration, cast.jonas)
    client.force_login(getattr(cast, person))

    assert client.get(f"/requests/{collaboration.request.ref}/delivery/files/{document.pk}/").status_code == 404


def test_the_same_file_again_is_the_first(cast, collaboration):
    first = add(collaboration, cast.jonas)

    assert add(collaboration, cast.jonas) == first
    assert add(collaboration, cast.jonas, content=b"%PDF 2") != first
    assert add(collaboration, cast.jonas, name="other.pdf") != first
    assert add(collaboration, cast.lucia) != first
