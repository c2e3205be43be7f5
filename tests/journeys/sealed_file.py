"""What somebody who has only the sealed file and the certificate of its authority can check, and what was agreed."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from hansa.collaboration.agreements.queries.typesetting import text_of
from hansa.collaboration.models import Agreement


def faults_of(content: bytes, *, authority: bytes, case: str) -> list[str]:
    """Return what is wrong with a sealed agreement; nothing when a stranger's validator accepts it as agreed."""
    agreement = Agreement.objects.get(request__ref=case)
    version = agreement.versions.get(number=agreement.version_number)
    reader = PdfFileReader(io.BytesIO(content))
    (seal,), (stamp,) = reader.embedded_regular_signatures, reader.embedded_timestamp_signatures
    trust = ValidationContext(trust_roots=list(load_certs_from_pemder_data(authority)), allow_fetching=False)
    # In a thread of its own: the validator wants to run an event loop, and the browser's is running in this one.
    with ThreadPoolExecutor(max_workers=1) as threads:
        status = threads.submit(validate_pdf_signature, seal, signer_validation_context=trust).result()
        stamped = threads.submit(validate_pdf_timestamp, stamp, validation_context=trust).result()
    file = PdfReader(io.BytesIO(content))
    evidence = json.loads(file.attachments["evidence.json"][0])
    checks = {
        "the validator does not accept the seal": status.bottom_line,
        "the seal does not cover all but what proves it": status.coverage.name == "ENTIRE_REVISION"
        and status.modification_level.name in {"NONE", "LTA_UPDATES"},
        "its own time is not stamped": status.timestamp_validity is not None and status.timestamp_validity.valid,
        "the last time stamp does not cover the whole file": stamped.valid and stamped.coverage.name == "ENTIRE_FILE",
        "it is no PAdES signature": seal.sig_object["/SubFilter"] == "/ETSI.CAdES.detached",
        "it is not tagged": file.root_object["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in file.root_object,
        "it does not say that it is PDF/UA": b"<pdfuaid:part>1"
        in file.root_object["/Metadata"].get_object().get_data(),
        "the attached text is not the agreed one": file.attachments["agreement.txt"][0].decode() == version.text,
        "the pages do not say what was agreed": _letters(text_of(content)).startswith(_letters(version.text)),
        "the evidence is of another text": evidence["sha256"] == version.sha256,
        "the signatures are not of three people": len({each["name"] for each in evidence["signatures"]}) == 3,
        "they were proved in another way": sorted(each["second_factor"] for each in evidence["signatures"])
        == ["mail-code", "mail-code", "totp"],
    }
    return [fault for fault, is_good in checks.items() if not is_good]


def _letters(text: str) -> str:
    """Return a text without what only lines and pages make."""
    return "".join(text.split())
