"""When a sealed agreement gets its evidence file."""

from __future__ import annotations

import io
import json

import pytest
from collaboration.agreements.agreeing import tick
from pypdf import PdfReader

from hansa.collaboration.agreements import tasks
from hansa.collaboration.agreements.operations import sealing
from hansa.collaboration.agreements.operations.stamping import trust
from hansa.collaboration.agreements.queries import typesetting
from hansa.collaboration.agreements.queries.validation import check_file


@pytest.fixture
def evidence(in_force):
    sealing.seal(in_force.pk, at=tick())
    made = sealing.add_evidence(in_force.pk, at=tick())
    assert made is not None
    return made.evidence.read()


def test_it_tells_who_signed_what_when_how_and_all_that_happened(in_force, evidence):
    """Source: BP-AGR-10."""
    words = " ".join(typesetting.text_of(evidence).split())
    for said in (
        "Lucía Ferrer, Director",
        "Simple electronic signature",
        "Code sent by mail",
        "long term with archive time stamp (PAdES B-LTA)",
        "nobody outside vouches for its clock",
        "Jonas Weber (Isar Edge Lab) accepted version 1.",
        "Every party has signed. The agreement is in force.",
        "None is stated as qualified",
    ):
        assert said in words
    record = json.loads(PdfReader(io.BytesIO(evidence)).attachments["record.json"][0])
    assert record["sha256"] == in_force.versions.get().sha256
    assert record["file"]["sha256"] == in_force.sealed_file.sha256
    assert [signature["name"] for signature in record["signatures"]] == ["Lucía Ferrer", "Jonas Weber", "Mette Holm"]
    assert "Elsewhere" not in words


def test_it_is_sealed_as_well(in_force, evidence):
    report = check_file(evidence, trust=trust())
    assert report.is_valid
    assert (report.case_ref, report.version) == (in_force.request.ref, 1)
    damaged = bytearray(evidence)
    damaged[5000] ^= 1
    assert not check_file(bytes(damaged), trust=trust()).is_valid


def test_it_is_made_once(in_force, evidence):
    tasks.record(in_force.pk)
    in_force.sealed_file.refresh_from_db()
    assert in_force.sealed_file.evidence.read() == evidence


def test_nothing_is_told_of_an_agreement_that_is_not_sealed(accepted):
    assert sealing.add_evidence(accepted.pk, at=tick()) is None
