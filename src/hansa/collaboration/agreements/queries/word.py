"""A version as a document for word processors: to be read, marked and discussed, never signed."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from hansa.collaboration.agreements.models import Version


def as_docx(version: Version, *, title: str, notice: str, case_ref: str, language: str, at: datetime) -> bytes:
    """Return the text of a version as DOCX, with real headings, its language, and what it is in every footer.

    Plain words stand in italics under the heading of each clause; they are not part of the text.
    """
    document = Document()
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Normal"].font.name = "Calibri"
    _about(document, title=f"{title}, case {case_ref}", language=language, at=at)
    document.add_heading(title, level=0)
    document.add_paragraph(f"Case {case_ref}, version {version.number}")
    document.add_paragraph(notice).runs[0].italic = True
    for clause in version.clauses:
        document.add_heading(f"{clause['number']}. {clause['title']}", level=1)
        document.add_paragraph(f"In plain words: {clause['plain_words']}").runs[0].italic = True
        for n, text in enumerate(clause["paragraphs"], start=1):
            document.add_paragraph(f"{clause['number']}.{n} {text}")
    footer = document.sections[0].footer.paragraphs[0]
    footer.text = f"Version {version.number} of case {case_ref}. Not for signing. SHA-256 of its text: {version.sha256}"
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.runs[0].font.size = Pt(8)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _about(document: Any, *, title: str, language: str, at: datetime) -> None:
    about = document.core_properties
    about.title, about.language, about.author = title, language, "Hansa"
    about.created = about.modified = at.replace(tzinfo=None, microsecond=0)
