"""When the agreement in force is sealed."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto import tsp
from collaboration.agreements.agreeing import actor, draft, make_case, tick
from cryptography import x509
from factories import make_hub, make_member
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from hansa.collaboration.agreements import operations, tasks
from hansa.collaboration.agreements.operations import sealing
from hansa.collaboration.agreements.operations.seal_keys import seal_keys, stamp_keys
from hansa.collaboration.agreements.operations.stamping import NoTimeStamp, trust
from hansa.collaboration.agreements.queries import typesetting
from hansa.collaboration.agreements.queries.validation import check_file, one_certificate
from hansa.collaboration.models import SealedFile
from hansa.foundation.activity import Activity


@contextmanager
def time_stamping_server():
    """Answer requests for time stamps over HTTP, with the keys of this installation."""
    keys = stamp_keys()
    answerer = DummyTimeStamper(
        one_certificate(keys.certificate), load_private_key_from_pemder_data(keys.key, passphrase=None)
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answerer.request_tsa_response(asked).dump())

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def sealed(in_force):
    made = sealing.seal(in_force.pk, at=tick())
    assert made is not None
    return made


@pytest.fixture
def content(sealed):
    return sealed.file.read()


def test_an_independent_validator_accepts_the_file(content):
    """Source: BP-AGR-10."""
    seal, stamp = PdfFileReader(io.BytesIO(content)).embedded_signatures
    context = ValidationContext(trust_roots=[one_certificate(seal_keys().authority)], allow_fetching=False)
    status = validate_pdf_signature(seal, signer_validation_context=context)
    assert status.bottom_line
    assert status.modification_level == ModificationLevel.LTA_UPDATES
    time = validate_pdf_timestamp(stamp, context)
    assert (time.trusted, time.intact, time.coverage.name) == (True, True, "ENTIRE_FILE")
    assert seal.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_a_validator_that_trusts_somebody_else_does_not(content, tmp_path, settings):
    settings.SEAL_DIR = tmp_path / "another installation"
    report = check_file(content, trust=trust())
    assert (report.is_intact, report.is_known, report.is_valid) == (True, False, False)
    assert "whom nobody here trusts" in report.problems[0]


def test_is_for_the_long_term_with_two_time_stamps(sealed, content):
    """Source: BP-AGR-10."""
    seal = check_file(content, trust=trust()).seal
    assert seal is not None
    assert (seal.level, seal.stamped_by) == ("B-LTA", "Hansa time stamps")
    assert (sealed.level, sealed.stamped_by) == ("B-LTA", "Hansa time stamps")
    evidence = json.loads(PdfReader(io.BytesIO(content)).attachments["evidence.json"][0])
    assert evidence["seal"] == {
        "format": "PAdES",
        "level": "B-LTA",
        "time_stamps": "Hansa time stamps",
        "own_time_stamps": True,
    }


def test_holds_after_its_certificate_was_revoked_because_it_was_sealed_before(content, settings):
    serial = x509.load_pem_x509_certificate(seal_keys().certificate).serial_number
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    (settings.SEAL_DIR / "revoked.txt").write_text(f"{serial:x} {tomorrow}\n")
    assert check_file(content, trust=trust()).is_valid


def test_asks_the_time_stamping_authority_that_is_configured(in_force, settings):
    with time_stamping_server() as url:
        settings.TIMESTAMP_URL = url
        made = sealing.seal(in_force.pk, at=tick())
    assert made is not None
    assert (made.level, made.stamped_by) == ("B-LTA", "Hansa time stamps")
    assert "come from “127.0.0.1”, outside of the installation" in " ".join(
        typesetting.text_of(made.file.read()).split()
    )


def test_is_tried_again_when_no_time_stamp_comes(in_force, settings):
    settings.TIMESTAMP_URL = "http://127.0.0.1:9/"
    with pytest.raises(NoTimeStamp):
        sealing.seal(in_force.pk, at=tick())
    assert not SealedFile.objects.exists()


def test_pages_say_word_for_word_what_was_signed(in_force, content):
    text = in_force.versions.get().text
    assert typesetting.text_of(content).split()[: len(text.split())] == text.split()
    assert typesetting.text_of(content).split()[len(text.split())] == "Signatures"


def test_shows_who_signed_as_what_when_and_how(cast, in_force, content):
    after = " ".join(typesetting.text_of(content).split()).partition(" Signatures Each person")[2]
    for name in ("Lucía Ferrer", "Jonas Weber", "Mette Holm"):
        assert name in after
    assert "Director" in after
    assert "24 November 2026" in after
    assert "UTC" in after
    assert "Code sent by mail" in after
    assert in_force.versions.get().sha256 in after
    assert "not a qualified seal" in after


def test_file_is_tagged_and_says_what_it_is(content):
    catalogue = PdfReader(io.BytesIO(content)).root_object
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "en"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = catalogue["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "Joint delivery agreement" in metadata


def test_headings_form_an_outline(in_force, content):
    titles = [entry.title for entry in PdfReader(io.BytesIO(content)).outline if not isinstance(entry, list)]
    clauses = [f"{c['number']}. {c['title']}" for c in in_force.versions.get().clauses]
    assert titles == [*clauses, "Signatures"]


def test_seal_field_is_out_of_sight_and_every_page_keeps_its_tab_order(content):
    pages = PdfReader(io.BytesIO(content)).pages
    assert all(page["/Tabs"] == "/S" for page in pages)
    seal, time = [note.get_object() for page in pages for note in page.get("/Annots", [])]
    for widget in (seal, time):
        left, bottom, right, top = map(float, widget["/Rect"])
        assert (left, bottom) == (right, top)
        assert left < 0


def test_text_and_evidence_are_attached(in_force, content):
    attached = PdfReader(io.BytesIO(content)).attachments
    version = in_force.versions.get()
    assert attached["agreement.txt"][0].decode() == version.text
    evidence = json.loads(attached["evidence.json"][0])
    assert (evidence["case"], evidence["version"], evidence["sha256"]) == (
        in_force.request.ref,
        1,
        version.sha256,
    )
    assert [s["name"] for s in evidence["signatures"]] == ["Lucía Ferrer", "Jonas Weber", "Mette Holm"]
    assert {s["second_factor"] for s in evidence["signatures"]} == {"mail-code"}


def test_nothing_in_the_file_names_the_client(cast, content):
    assert "Elsewhere" not in typesetting.text_of(content)
    attached = PdfReader(io.BytesIO(content)).attachments
    assert all(b"Elsewhere" not in files[0] for files in attached.values())
    assert b"Elsewhere" not in content


def test_report_names_case_version_and_fingerprint(in_force, content):
    report = check_file(content, trust=trust())
    assert report.is_valid
    assert (report.case_ref, report.version) == (in_force.request.ref, 1)
    assert report.sha256 == in_force.versions.get().sha256
    assert report.seal.by == "Hansa seal"


def test_a_changed_byte_breaks_the_seal(content):
    trusted = trust()
    start, length, rest, tail = PdfFileReader(io.BytesIO(content)).embedded_signatures[0].byte_range
    covered = [*range(start, start + length, 7919), *range(rest, rest + tail, 97)]
    for position in covered:
        damaged = bytearray(content)
        damaged[position] ^= 0x15
        assert not check_file(bytes(damaged), trust=trusted).is_valid, position


def test_anything_added_behind_the_seal_is_noticed(content):
    trusted = trust()
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root["/PageMode"] = generic.NameObject("/FullScreen")
    writer.update_root()
    added = io.BytesIO()
    writer.write(added)
    assert not check_file(added.getvalue(), trust=trusted).is_valid
    assert not check_file(content + b"\n% more", trust=trusted).is_valid


@pytest.mark.parametrize("junk", [b"", b"hello", b"%PDF-1.7\n", b"\x00" * 1000, b"%PDF-1.7\ntrailer << /Root 1 0 R >>"])
def test_any_other_file_is_no_sealed_file(junk):
    assert not check_file(junk, trust=trust()).signatures


def test_an_unsealed_copy_is_told_apart(in_force, content):
    version = in_force.versions.get()
    from hansa.collaboration.agreements.queries import evidence

    draft_pdf = typesetting.as_pdf(evidence.draft_document(in_force, version), at=tick())
    assert not check_file(draft_pdf, trust=trust()).signatures


def test_a_file_of_another_text_is_refused_before_it_is_stored(in_force, monkeypatch):
    from hansa.collaboration.agreements.queries import evidence

    original = evidence.signed_document

    def other_text(*args, **more):
        document = original(*args, **more)
        document["clauses"][0]["paragraphs"][0] += " And more."
        return document

    monkeypatch.setattr(evidence, "signed_document", other_text)
    with pytest.raises(sealing.SealFailed):
        sealing.seal(in_force.pk, at=tick())
    assert not SealedFile.objects.exists()


def test_is_stored_once_with_its_fingerprint(in_force, sealed, content):
    again = sealing.seal(in_force.pk, at=tick())
    assert again == sealed
    tasks.seal(in_force.pk)
    assert SealedFile.objects.count() == 1
    assert sealed.sha256 == hashlib.sha256(content).hexdigest()
    assert Activity.objects.filter(verb="agreement.sealed").count() == 1


def test_nothing_is_sealed_before_it_is_in_force(accepted):
    assert sealing.seal(accepted.pk, at=tick()) is None
    assert not SealedFile.objects.exists()


def test_names_of_polish_greek_and_bulgarian_people_are_printed(cast, sign):
    people = {
        "Łódź Przemysł 4.0": "Małgorzata Żółkiewska-Brzęczyszczykiewicz",
        "Κόμβος Ψηφιακής Καινοτομίας": "Γιώργος Παπαδόπουλος",
        "Цифров хъб Тракия": "Йорданка Щърбева",
    }
    hubs = {make_hub(hub): make_member for hub in people}
    signers = {hub: make_member(hub, "manager", "signatory", name=people[hub.name]) for hub in hubs}
    agreement = draft(cast, make_case(cast, *hubs))
    for user in signers.values():
        operations.accept(agreement, by=actor(user), version=1, at=tick())
    for user in (cast.lucia, *signers.values()):
        sign(agreement, user)
    made = sealing.seal(agreement.pk, at=tick())
    assert made is not None
    words = " ".join(typesetting.text_of(made.file.read()).split())
    assert all(name in words.replace("- ", "-") for name in people.values())
    assert all(hub in words for hub in people)


def test_keys_are_private_and_made_once(settings):
    first = seal_keys()
    assert seal_keys() == first
    assert {stat.S_IMODE(file.stat().st_mode) for file in settings.SEAL_DIR.rglob("*.*")} == {0o600}
    assert stat.S_IMODE(settings.SEAL_DIR.stat().st_mode) == 0o700
    assert [file.name for file in settings.SEAL_DIR.parent.iterdir()] == ["seal"]


def test_processes_that_start_together_share_one_key():
    found = []
    threads = [threading.Thread(target=lambda: found.append(seal_keys())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_certificate_is_for_sealing_and_outlives_the_records():
    keys = seal_keys()
    certificate = x509.load_pem_x509_certificate(keys.certificate)
    authority = x509.load_pem_x509_certificate(keys.authority)
    certificate.verify_directly_issued_by(authority)
    assert certificate.extensions.get_extension_for_class(x509.KeyUsage).value.content_commitment
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert (certificate.not_valid_after_utc - certificate.not_valid_before_utc).days > 20 * 365
