"""From the bytes of a file to its text: packed or not, in whatever encoding it was saved."""

from __future__ import annotations

import gzip
import io
import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from hansa.exchange.imports.operations.refusals import CannotReadFile

MOST_BYTES = 300_000_000

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
# A text has next to no control characters; programs, pictures and packed files are full of them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_HEAD, _MOST_CONTROLS = 4000, 0.1
# Bytes that Windows-1252 gives no letter.
_NO_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes, unpacked. ``is_workbook``: an Excel file, to be read as it is."""

    data: bytes
    is_workbook: bool = False


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and how it was encoded. ``note`` is for the report, empty for plain UTF-8."""

    text: str
    encoding: str
    note: str = ""


def content_of(path: Path) -> Content:
    """Read and unpack a file.

    :raises CannotReadFile: absent, empty, cut off, too large, or of a kind that holds no hubs
    """
    if not path.is_file():
        raise CannotReadFile(_("%(file)s does not exist.") % {"file": path})
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if data[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(data)) as packed:
                data = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError) as error:
        raise CannotReadFile(_("%(file)s cannot be read to its end: %(why)s") % {"file": path, "why": error}) from error
    if len(data) > MOST_BYTES:
        raise CannotReadFile(_("%(file)s holds more than %(n)s MB.") % {"file": path, "n": MOST_BYTES // 1_000_000})
    if not data.strip(b"\x00 \t\r\n"):
        raise CannotReadFile(_("%(file)s is empty.") % {"file": path})
    _refuse_other_kinds(data, path)
    return Content(data, is_workbook=data[:4] == b"PK\x03\x04")


def _refuse_other_kinds(data: bytes, path: Path) -> None:
    kinds = {
        b"%PDF": "PDF",
        b"\xd0\xcf\x11\xe0": _("Excel before 2007 (.xls)"),
        b"\x89PNG": "PNG",
        b"\xff\xd8\xff": "JPEG",
    }
    for mark, kind in kinds.items():
        if data.startswith(mark):
            raise CannotReadFile(
                _("%(file)s is a file of the kind %(kind)s. Save it as .xlsx, .csv or .json.")
                % {"file": path, "kind": kind}
            )


def decoded(data: bytes) -> Decoded:
    """Return the text. UTF-8 and UTF-16 are recognised, anything else is taken for Windows-1252 and said to be so."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            note = "" if name == "UTF-8" else _("The file is in %(encoding)s.") % {"encoding": name}
            return Decoded(data.decode(codec, errors="replace"), name, note)
    if codec := _utf16_without_mark(data):
        return Decoded(
            data.decode(codec, errors="replace"), "UTF-16", _("The file is in %(encoding)s.") % {"encoding": "UTF-16"}
        )
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError as error:
        codec, name = ("latin-1", "ISO 8859-1") if _NO_CP1252.search(data) else ("cp1252", "Windows-1252")
        note = _("The file is not UTF-8 (byte %(place)s). It was read as %(encoding)s: check a name with accents.")
        return Decoded(data.decode(codec), name, note % {"place": error.start + 1, "encoding": name})


def is_text(text: str) -> bool:
    """Return whether what was decoded reads like a text at its beginning."""
    head = text[:_HEAD]
    return len(_CONTROLS.findall(head)) <= _MOST_CONTROLS * len(head)


def _utf16_without_mark(data: bytes) -> str:
    """Plain letters in UTF-16 have a NUL as every second byte."""
    head = data[:2000]
    if len(head) < 4:
        return ""
    if head[1::2].count(0) > 0.4 * len(head[1::2]) and head[::2].count(0) < 0.1 * len(head):
        return "utf-16-le"
    if head[::2].count(0) > 0.4 * len(head[::2]) and head[1::2].count(0) < 0.1 * len(head):
        return "utf-16-be"
    return ""
