"""When a file is checked that somebody forged, or that is as it should be."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from cast import make_cast
from collaboration.agreements import forging, outside
from collaboration.agreements.agreeing import actor, draft, make_case, signing_call, tick
from django.core import mail
from django.db import transaction
from django.test import override_settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from hansa.collaboration.agreements import operations
from hansa.collaboration.agreements.operations import sealing, stamping
from hansa.collaboration.agreements.operations.seal_keys import SealKeys, seal_keys
from hansa.collaboration.agreements.queries import evidence, typesetting
from hansa.collaboration.agreements.queries.validation import Trust, check_file
from hansa.collaboration.models import Agreement, Signature, Version

pytestmark = pytest.mark.django_db


def _sign_all(agreement: Agreement, *people: Any) -> Agreement:
    for person in people:
        operations.sign(agreement, **signing_call(agreement, person, mail.outbox))
    return Agreement.objects.get(pk=agreement.pk)


def _bench() -> SimpleNamespace:
    """Make every genuine file, and what forgers need."""
    cast = make_cast()
    agreement, other = (draft(cast, make_case(cast, cast.isar)) for _ in range(2))
    for one in (agreement, other):
        operations.accept(one, by=actor(cast.jonas), version=1, at=tick())
    copy = agreement.versions.get().copy.read()
    agreement, other = (_sign_all(one, cast.lucia, cast.jonas) for one in (agreement, other))
    root = outside.authority()
    people = {name: outside.issue(name, root) for name in ("Jonas Weber", "Lucía Ferrer", "Revoked Person")}
    revoked = outside.revoke(root, people["Revoked Person"])
    trust = stamping.trust()
    known = Trust.of(root.pem, revoked=[revoked])
    version = Version.objects.get(agreement=agreement)
    signatures = list(Signature.objects.filter(version=version).select_related("party__hub", "upload"))
    made = sealing.seal(agreement.pk, at=tick()), sealing.seal(other.pk, at=tick())
    bench = SimpleNamespace(
        trust=replace(trust, roots=(known.authority,), revoked=(*trust.revoked, *known.revoked)),
        keys=seal_keys(),
        stamps=stamping.stamping(),
        root=root,
        people=people,
        copy=copy,
        document=evidence.signed_document(agreement, version, signatures, stamps="Hansa time stamps", own_clock=True),
        copy_document=evidence.copy_document(agreement, version),
        at=agreement.in_force_at,
        sha256=version.sha256,
        sealed=made[0].file.read(),
        other=made[1].file.read(),
    )
    words = operations.NewWording(clause="insurance", words="None.")
    newer = draft(cast, make_case(cast, cast.isar))
    operations.revise(newer, by=actor(cast.jonas), base_version=1, change=words, note="why", at=tick())
    newer = Agreement.objects.get(pk=newer.pk)
    newer.in_force_at = tick()
    bench.older = evidence.signed_document(newer, newer.versions.get(number=1), [], stamps="x", own_clock=True)
    bench.once = outside.signed_by(copy, people["Jonas Weber"])
    bench.twice = outside.signed_by(bench.once, people["Lucía Ferrer"], field="Signature2")
    return bench


@pytest.fixture(scope="module")
def bench(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    own = override_settings(SEAL_DIR=folder / "keys" / "seal", TRUST_DIR=folder / "trust", MEDIA_ROOT=folder / "files")
    with own, django_db_blocker.unblock(), transaction.atomic():
        made = _bench()
        transaction.set_rollback(True)
    return made


def _check(bench, pdf):
    return check_file(pdf, trust=bench.trust, copy_of=lambda sha256: bench.copy if sha256 == bench.sha256 else None)


def _sealed(bench, document=None, keys=None, stamps=None) -> bytes:
    pdf = typesetting.as_pdf(document or bench.document, at=bench.at)
    return stamping.sealed(
        pdf, keys=keys or bench.keys, reason="test", stamps=stamps or bench.stamps, trusted=bench.trust
    )


def _keys(bench, identity) -> SealKeys:
    return SealKeys(key=identity.key_pem, certificate=identity.pem, authority=bench.keys.authority)


def _before_time_stamps(bench) -> bytes:
    """Return a file as it was sealed before there were time stamps."""
    document = json.loads(json.dumps(bench.document))
    record = json.loads(document["attachments"][1]["content"])
    del record["seal"]
    document["attachments"][1]["content"] = json.dumps(record)
    pdf = typesetting.as_pdf(document, at=bench.at)
    return stamping._signed(pdf, bench.keys, "test", stamping.Stamping(by=None, name="", is_own=True))


GOOD = {
    "sealed before there were time stamps": (_before_time_stamps, ["B-B"]),
    "sealed for the long term": (lambda bench: bench.sealed, ["B-LTA"]),
    "sealed text of an older version": (lambda bench: _sealed(bench, bench.older), ["B-LTA"]),
    "signed elsewhere once": (lambda bench: bench.once, ["B-B"]),
    "signed elsewhere twice": (lambda bench: bench.twice, ["B-B", "B-B"]),
}


@pytest.mark.parametrize("name", GOOD)
def test_accepts_what_is_as_it_should_be(bench, name):
    """Source: BP-AGR-10."""
    make, levels = GOOD[name]
    report = _check(bench, make(bench))
    assert report.problems == ()
    assert report.is_valid
    assert report.text_agrees
    assert [signed.level for signed in report.signatures] == levels


def _other_words(document: dict[str, Any]) -> dict[str, Any]:
    document = json.loads(json.dumps(document))
    document["clauses"][2]["paragraphs"][0] = "The fee is one million euro."
    return document


def _jonas(bench, pdf: bytes, **more: Any) -> bytes:
    return outside.signed_by(pdf, bench.people["Jonas Weber"], **more)


def _shadow(change):
    """Return a forgery that changes the text before an unsuspecting person signs it."""
    return lambda bench: _jonas(bench, outside.added(bench.copy, change))


def _late(change):
    """Return a forgery that changes a sealed file."""
    return lambda bench: outside.added(bench.sealed, change)


def _rewritten(pdf: bytes) -> bytes:
    out = io.BytesIO()
    copy_into_new_writer(PdfFileReader(io.BytesIO(pdf))).write(out)
    return out.getvalue()


def _elsewhere(**about):
    """Return the text signed with a certificate that is not as it should be."""
    return lambda bench: outside.signed_by(bench.copy, outside.issue("Jonas Weber", bench.root, **about))


CHANGED, ADDED = "What “Hansa seal” signed", "Something was changed after “Hansa seal” signed"
MORE = "More than signatures was added"
FORGED = {
    # What was sealed
    "a byte flipped": (lambda bench: forging.flip(bench.sealed, 90_000), "damaged|not what stands"),
    "truncated": (lambda bench: bench.sealed[:-3000], "damaged|missing|added|no signature"),
    "time stamp removed": (lambda bench: forging.cut_after_seal(bench.sealed), "time stamps that the file speaks of"),
    "bytes behind the end": (lambda bench: bench.sealed + b"\n% more", "added"),
    "words replaced in an update": (_late(forging.replace_words), "changed after|added"),
    "words painted over": (_late(forging.hide_words), "changed after|added"),
    "words under an annotation": (_late(forging.cover_with_note), "changed after|added"),
    "form field laid over": (_late(forging.lay_form_over), "changed after|added"),
    "script added": (_late(forging.add_script), "changed after|added"),
    "file added": (_late(forging.add_file), "changed after|added"),
    "attachment changed": (_late(forging.change_attachment), "changed after|added"),
    "page dropped": (_late(forging.drop_page), "changed after|added"),
    "seal covers a part": (lambda bench: forging.cover_less(forging.cut_after_seal(bench.sealed)), "damaged|not what"),
    "seal of another agreement": (lambda bench: forging.transplant(bench.sealed, bench.other), "not what stands"),
    "pages say other words": (lambda bench: _sealed(bench, _other_words(bench.document)), "do not say what was signed"),
    "self-made seal with our names": (
        lambda bench: _sealed(bench, keys=_keys(bench, outside.issue("Hansa seal"))),
        "whom nobody here trusts",
    ),
    "sealed by a person": (
        lambda bench: _sealed(bench, keys=_keys(bench, bench.people["Jonas Weber"])),
        "whom nobody here trusts",
    ),
    "saved anew": (lambda bench: _rewritten(bench.sealed), "damaged|not what stands|no signature"),
    # What was signed elsewhere
    "shadow: words replaced": (_shadow(forging.replace_words), MORE),
    "shadow: words hidden": (_shadow(forging.hide_words), MORE),
    "shadow: annotation over words": (_shadow(forging.cover_with_note), MORE),
    "shadow: form over words": (_shadow(forging.lay_form_over), MORE),
    "shadow: script": (_shadow(forging.add_script), MORE),
    "shadow: file": (_shadow(forging.add_file), MORE),
    "shadow: attachment": (_shadow(forging.change_attachment), MORE),
    "other text": (
        lambda bench: _jonas(bench, typesetting.as_pdf(_other_words(bench.copy_document), at=bench.at)),
        "not the file that was given out",
    ),
    "saved anew before signing": (lambda bench: _jonas(bench, _rewritten(bench.copy)), "not the file that was given"),
    "begins with ours, builds on another": (
        lambda bench: forging.built_on_another(
            bench.copy, _jonas(bench, _rewritten(typesetting.as_pdf(_other_words(bench.copy_document), at=bench.at)))
        ),
        "damaged|not the file|not what stands|no signature",
    ),
    "changed after signing": (lambda bench: outside.added(bench.once, forging.cover_with_note), "changed after|added"),
    "hidden between two signatures": (
        lambda bench: outside.signed_by(
            outside.added(bench.once, forging.hide_words), bench.people["Lucía Ferrer"], field="Signature2"
        ),
        "changed after|More than",
    ),
    "signature covers a part": (lambda bench: forging.cover_less(bench.once), "damaged|not what|only a part"),
    "signatures swapped": (lambda bench: forging.swap(bench.twice), "not what stands"),
    "self-made certificate": (
        lambda bench: outside.signed_by(bench.copy, outside.issue("Jonas Weber")),
        "whom nobody here trusts",
    ),
    "expired certificate": (_elsewhere(days=(-800, -5)), "not valid at the time"),
    "certificate not begun": (_elsewhere(days=(5, 800)), "not valid at the time"),
    "revoked certificate": (
        lambda bench: outside.signed_by(bench.copy, bench.people["Revoked Person"]),
        "was revoked before",
    ),
    "wrong key usage": (_elsewhere(usage=("key_encipherment",)), "not made for signing"),
    "visible signature over words": (
        lambda bench: _jonas(bench, bench.copy, box=(60, 500, 540, 700)),
        "covers words of the text",
    ),
    "nobody signed": (lambda bench: bench.copy, "no signature"),
}


@pytest.mark.parametrize("name", FORGED)
def test_refuses_a_forgery_and_says_why(bench, name):
    """Source: BP-AGR-10."""
    make, why = FORGED[name]
    report = _check(bench, make(bench))
    assert not report.is_valid
    assert re.search(why, " ".join(report.problems)), report.problems
