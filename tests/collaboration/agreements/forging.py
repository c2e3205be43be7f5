"""What forgers do to a sealed agreement, or to a text before and after it is signed elsewhere."""

from __future__ import annotations

import io
import re
from typing import Any

from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.reader import PdfFileReader

_WHITE = b"1 1 1 rg 60 500 480 200 re f "


def _page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0].get_object()


def replace_words(writer: Any) -> None:
    """Put another content in the place of the first page."""
    page = _page(writer)
    font = "BT /F1 12 Tf 72 700 Td (The fee is one million euro.) Tj ET"
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=font.encode()))
    writer.update_container(page)


def hide_words(writer: Any) -> None:
    """Paint a white box over the words."""
    page = _page(writer)
    contents = page.raw_get("/Contents")
    old = list(contents) if isinstance(contents, generic.ArrayObject) else [contents]
    page["/Contents"] = generic.ArrayObject([*old, writer.add_object(generic.StreamObject(stream_data=_WHITE))])
    writer.update_container(page)


def cover_with_note(writer: Any) -> None:
    """Lay an annotation over the words."""
    form = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 595, 842)]),
        },
        stream_data=_WHITE,
    )
    _annotate(
        writer,
        {
            "/Subtype": pdf_name("/Square"),
            "/AP": generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)}),
        },
    )


def _annotate(writer: Any, what: dict[str, Any]) -> Any:
    page = _page(writer)
    about = {
        "/Type": pdf_name("/Annot"),
        "/F": generic.NumberObject(4),
        "/Rect": generic.ArrayObject([generic.NumberObject(n) for n in (60, 500, 540, 700)]),
    }
    note = writer.add_object(generic.DictionaryObject({pdf_name(key): value for key, value in (about | what).items()}))
    notes = page.get("/Annots", generic.ArrayObject())
    page["/Annots"] = generic.ArrayObject([*notes, note])
    writer.update_container(page)
    return note


def lay_form_over(writer: Any) -> None:
    """Lay a form field with other words over the text."""
    field = _annotate(
        writer,
        {
            "/Subtype": pdf_name("/Widget"),
            "/FT": pdf_name("/Tx"),
            "/T": pdf_string("fee"),
            "/V": pdf_string("One million euro"),
        },
    )
    form = writer.root["/AcroForm"] if "/AcroForm" in writer.root else {}  # noqa: SIM401 - get() gives a reference
    fields = list(form["/Fields"]) if form else []
    made = dict(form)
    writer.root["/AcroForm"] = generic.DictionaryObject(
        made | {pdf_name("/Fields"): generic.ArrayObject([*fields, field])}
    )
    writer.update_root()


def add_script(writer: Any) -> None:
    action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert('pay')")}
    writer.root["/OpenAction"] = generic.DictionaryObject(action)
    writer.update_root()


def add_file(writer: Any) -> None:
    data = embed.EmbeddedFileObject.from_file_data(writer, data=b"Other terms apply.", mime_type="text/plain")
    embed.embed_file(writer, embed.FileSpec("terms.txt", embedded_data=data))


def change_attachment(writer: Any) -> None:
    """Give an attached file another content, under the same name."""
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    spec = names[1].get_object()
    spec["/EF"]["/F"] = writer.add_object(
        generic.StreamObject({pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=b"Nothing was agreed.")
    )
    writer.update_container(spec["/EF"])


def drop_page(writer: Any) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject(list(pages["/Kids"])[:-1])
    pages["/Count"] = generic.NumberObject(int(pages["/Count"]) - 1)
    writer.update_container(pages)


def flip(pdf: bytes, at: int) -> bytes:
    damaged = bytearray(pdf)
    damaged[at] ^= 0x15
    return bytes(damaged)


def cut_after_seal(pdf: bytes) -> bytes:
    """Return the file as it was before the archive time stamp was added."""
    _start, _length, rest, tail = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0].byte_range
    return pdf[: rest + tail]


def cover_less(pdf: bytes) -> bytes:
    """Return the file with a signature that says it covers only a part."""
    found = list(re.finditer(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)", pdf))[-1]
    shorter = str(int(found[4]) - 200).encode().ljust(len(found[4]))
    return pdf[: found.start(4)] + shorter + pdf[found.end(4) :]


def _contents(pdf: bytes) -> list[tuple[int, int]]:
    """Return where the signatures stand, as hex digits, in the order of the file."""
    return [match.span(1) for match in re.finditer(rb"/Contents\s*<([0-9a-fA-F]{2000,})>", pdf)]


def transplant(pdf: bytes, other: bytes) -> bytes:
    """Return the file with the first signature of another in the place of its own."""
    (start, end), (begin, stop) = _contents(pdf)[0], _contents(other)[0]
    return pdf[:start] + other[begin:stop][: end - start].ljust(end - start, b"0") + pdf[end:]


def swap(pdf: bytes) -> bytes:
    """Return the file with its first two signatures in each other's places."""
    (start, end), (begin, stop) = _contents(pdf)[:2]
    one, other = pdf[start:end], pdf[begin:stop]
    width, wide = end - start, stop - begin
    pdf = pdf[:start] + other[:width].ljust(width, b"0") + pdf[end:]
    return pdf[:begin] + one[:wide].ljust(wide, b"0") + pdf[stop:]


def built_on_another(copy: bytes, other: bytes) -> bytes:
    """Return a file that begins with ``copy`` to the byte, but whose pages are those of ``other``."""
    shift = len(copy)
    moved = re.sub(rb"startxref\s+(\d+)", lambda found: b"startxref\n%d" % (int(found[1]) + shift), other)
    table = re.compile(rb"(\d{10}) (\d{5}) n")
    moved = table.sub(lambda found: b"%010d %s n" % (int(found[1]) + shift, found[2]), moved)
    return copy + moved
