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


def add(collaboration, person, *, name="report.pdf", content=b"%PDF-1", for_client=False):
    upload = SimpleUploadedFile(name, content, "application/pdf")
    return operations.add_document(collaboration, upload=upload, for_client=for_client, by=acting(person), at=NOW)


def test_a_file_name_never_becomes_a_path(cast, collaboration):
    document = add(collaboration, cast.jonas, name="../../etc/passwd.pdf")

    assert document.name == "passwd.pdf"
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
    add(collaboration, cast.jonas, name="report.pdf", content=b"%PDF-2", for_client=True)

    assert [row.name for row in queries.documents_of(collaboration, actor=acting(cast.mayor))] == ["report.pdf"]


def test_files_are_downloads_whatever_they_claim_to_be(cast, collaboration, client):
    document = add(collaboration, cast.jonas, name="page.txt", content=b"<script>alert(1)</script>")
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
    assert add(collaboration, cast.jonas, content=b"%PDF-2") != first
    assert add(collaboration, cast.jonas, name="other.pdf") != first
    assert add(collaboration, cast.lucia) != first


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("invoice\u202egpj.exe", b"MZ", "hidden characters"),
        ("invoice\u202efdp.pdf", b"%PDF-1", "hidden characters"),
        ("a\x07.pdf", b"%PDF-1", "hidden characters"),
        (".htaccess", b"deny", "begins with a letter"),
        ("x" * 201 + ".pdf", b"%PDF-1", "longer than 200"),
        ("setup.exe", b"MZ", "is a program"),
        ("report.pdf", b"MZ\x90", "is a program"),
        ("notes.txt", b"#!/bin/sh", "is a program"),
        ("invoice.exe.pdf", b"%PDF-1", "hides the ending"),
        ("page.html", b"<p>", "is a program or a page"),
        ("drawing.dwg", b"AC1027", "are not kept here"),
        ("noending", b"text", "are not kept here"),
        ("report.pdf", b"not a pdf", "does not fit"),
        ("table.csv", b"a\0b", "does not fit"),
        ("film.mp4", b"0000mpeg", "does not fit"),
    ],
)
def test_what_we_do_not_keep_is_refused_with_a_sentence(cast, collaboration, name, content, says):
    with pytest.raises(operations.CannotAddDocument, match=says):
        add(collaboration, cast.jonas, name=name, content=content)


@pytest.mark.parametrize("name", ["Bericht für Zürich.pdf", "a.b.c.pdf", "Отчёт.pdf", "C:\\temp\\report.pdf"])
def test_plain_names_of_all_languages_are_kept(cast, collaboration, name):
    assert add(collaboration, cast.jonas, name=name).name == name.rsplit("\\", 1)[-1]


@pytest.mark.parametrize(
    ("command", "kept", "says"),
    [
        ("true", "clean", ""),
        ("false", "", "found a virus"),
        ("sh -c 'exit 2'", "", "could not be checked"),
        ("no-such-scanner", "", "could not be checked"),
    ],
)
def test_the_scanner_has_the_last_word(cast, collaboration, settings, command, kept, says):
    assert add(collaboration, cast.jonas, name="before.pdf").scan == "not"
    settings.VIRUS_COMMAND = command
    if kept:
        assert add(collaboration, cast.jonas).scan == kept
    else:
        with pytest.raises(operations.CannotAddDocument, match=says):
            add(collaboration, cast.jonas)


def test_clamd_is_asked_through_its_socket(cast, collaboration, settings, tmp_path):
    import socket
    import threading

    heard = []
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(tmp_path / "clamd"))
    door.listen()

    def answer() -> None:
        for said in (b"stream: OK\0", b"stream: Eicar FOUND\0"):
            line, _ = door.accept()
            text = b""
            while not text.endswith(b"\0\0\0\0"):
                text += line.recv(4096)
            heard.append(text)
            line.sendall(said)
            line.close()

    thread = threading.Thread(target=answer)
    thread.start()
    settings.VIRUS_SOCKET = str(tmp_path / "clamd")
    assert add(collaboration, cast.jonas).scan == "clean"
    with pytest.raises(operations.CannotAddDocument, match="found a virus"):
        add(collaboration, cast.jonas, name="other.pdf")
    thread.join()
    door.close()
    assert heard[0].startswith(b"zINSTREAM\0\0\0\0\x06%PDF-1")
