"""A document as a tagged PDF, and the text read back out of one. The corners above print through it too."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import Any

import typst
from django.utils.translation import gettext as _

# The files inside: the text that is signed, the record of its signatures, what a text to be signed is; and in the
# evidence file the record of how all came about.
TEXT_FILE, EVIDENCE_FILE, ABOUT_FILE = "agreement.txt", "evidence.json", "document.json"
RECORD_FILE = "record.json"
# PDF/A-3 allows the attached text and evidence; level "a" and PDF/UA-1 ask for full tagging.
_STANDARDS: list[Any] = ["a-3a", "ua-1"]


class CannotPrint(ValueError):
    """The document cannot be made as PDF/UA. The message is fit for the user's eyes."""


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts inside the wheel, so that every machine makes the same file. They cover Latin, Greek, Cyrillic."""
    return typst.Fonts(include_system_fonts=False)


def as_pdf(document: Mapping[str, Any], *, at: datetime, template: Traversable | None = None) -> bytes:
    """Return the document as PDF/UA-1 and PDF/A-3a; the same document and time give the same bytes.

    :param template: a typst file that reads the document; else that of the agreement
    :raises CannotPrint: a character has no glyph in the fonts
    """
    with as_file(template or files("hansa.collaboration.agreements").joinpath("content/agreement.typ")) as path:
        try:
            made = typst.compile(
                path,
                root=path.parent,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(document, ensure_ascii=False)},
                pdf_standards=_STANDARDS,
                timestamp=at.replace(microsecond=0),
            )
        except typst.TypstError as error:
            raise CannotPrint(_without_glyph(error)) from error
    assert isinstance(made, bytes)
    return made


def _without_glyph(error: typst.TypstError) -> str:
    before, found, rest = error.message.partition('the text `"')
    if not found:
        raise error
    return _("“%(letter)s” cannot be printed. Use Latin, Greek or Cyrillic letters.") % {"letter": rest.split('"`')[0]}


def ready_to_sign(pdf: bytes) -> bytes:
    """Return the document with an empty form behind it, into which any program can add the field of a signature.

    With it, a later check can compare form with form, and see that nothing but signatures came in.
    """
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

    writer, made = PdfWriter(io.BytesIO(pdf), incremental=True), io.BytesIO()
    # 3: it holds signatures, and a program that saves the file must only add to it.
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(), NameObject("/SigFlags"): NumberObject(3)})
    writer.root_object[NameObject("/AcroForm")] = form
    writer.write(made)
    return made.getvalue()


def text_of(pdf: bytes) -> str:
    """Return what the document says, without what is tagged as an artifact (footers, watermark)."""
    # Imported at first use: most web processes never read a file, and it takes 18 MB.
    from pypdf import PdfReader

    return "\n".join(_page_text(page) for page in PdfReader(io.BytesIO(pdf)).pages)


def _page_text(page: Any) -> str:
    kept: list[str] = []
    open_marks: list[bool] = []

    def follow(operator: bytes, operands: list[Any], _cm: Any, _tm: Any) -> None:
        if operator in {b"BMC", b"BDC"}:
            open_marks.append(operands[0] == "/Artifact")
        elif operator == b"EMC" and open_marks:
            open_marks.pop()

    def keep(text: str, *_where: Any) -> None:
        if not any(open_marks):
            kept.append(text)

    page.extract_text(visitor_operand_before=follow, visitor_text=keep)
    return "".join(kept)


def reads_as(pdf: bytes, text: str) -> bool:
    """Say whether the document begins with exactly this text. Only where lines and pages break is left out of account."""
    return "".join(text_of(pdf).split()).startswith("".join(text.split()))


def texts_inside(page: Any, box: list[float]) -> bool:
    """Say whether words of a page stand inside the box, or could: a line that begins left of it may run into it."""
    left, bottom, right, top = min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
    if left == right or bottom == top:
        return False
    found = False

    def look(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        nonlocal found
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        found = found or bool(text.strip() and x < right and bottom - size < y < top)

    page.extract_text(visitor_text=look)
    return found
