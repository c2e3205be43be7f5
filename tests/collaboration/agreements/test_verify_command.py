"""When somebody runs ``hansa agreement verify``."""

from __future__ import annotations

import json

import pytest
from collaboration.agreements.agreeing import tick
from django.core.management import CommandError, call_command

from hansa.collaboration.agreements.operations import sealing
from hansa.collaboration.agreements.operations.seal_keys import seal_keys


@pytest.fixture
def file(in_force, tmp_path):
    sealed = sealing.seal(in_force.pk, at=tick())
    assert sealed is not None
    path = tmp_path / "agreement.pdf"
    path.write_bytes(sealed.file.read())
    return path


def test_says_what_holds(in_force, file, capsys):
    call_command("agreement", "verify", str(file))
    said = capsys.readouterr().out
    assert "yes It says what was signed" in said
    assert "Hansa seal (certificate of Hansa seal authority), long term with archive time stamp (PAdES B-LTA)" in said
    assert f"Case {in_force.request.ref}, version 1" in said
    assert "not qualified" in said


def test_fails_on_a_damaged_file_and_says_where(file, capsys):
    content = bytearray(file.read_bytes())
    content[5000] ^= 1
    file.write_bytes(bytes(content))
    with pytest.raises(CommandError, match="not an agreement that holds"):
        call_command("agreement", "verify", str(file))
    assert "NO  The file is damaged" in capsys.readouterr().out


def test_prints_json(in_force, file, capsys):
    call_command("agreement", "verify", str(file), "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["is_valid"] is True
    assert found["sha256"] == in_force.versions.get().sha256


def test_trusts_the_certificate_given(file, tmp_path, settings, capsys):
    own = tmp_path / "own.pem"
    own.write_bytes(seal_keys().authority)
    settings.SEAL_DIR = tmp_path / "elsewhere" / "seal"
    with pytest.raises(CommandError):
        call_command("agreement", "verify", str(file))
    call_command("agreement", "verify", str(file), "--authority", str(own))


def test_names_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.pdf"):
        call_command("agreement", "verify", str(tmp_path / "nothing.pdf"))


def test_names_a_certificate_that_is_none(file, tmp_path):
    for junk in (b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        (tmp_path / "junk.pem").write_bytes(junk)
        with pytest.raises(CommandError, match="no certificate in PEM form"):
            call_command("agreement", "verify", str(file), "--authority", str(tmp_path / "junk.pem"))
