"""Which files may be kept: by name, and by what they begin with. Pure."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

# What people of a case exchange. Everything else goes into a packed folder, or is linked.
KINDS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "tif": (b"II*\x00", b"MM\x00*"),
    "tiff": (b"II*\x00", b"MM\x00*"),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
    "odt": (b"PK\x03\x04",),
    "ods": (b"PK\x03\x04",),
    "odp": (b"PK\x03\x04",),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "mp4": (),
    "csv": (),
    "txt": (),
    "md": (),
    "json": (),
    "xml": (),
    "ics": (),
}
_TEXT = frozenset({"csv", "txt", "md", "json", "xml", "ics"})
_PROGRAMS = frozenset(
    [
        "apk",
        "app",
        "bat",
        "bin",
        "cmd",
        "com",
        "cpl",
        "dll",
        "dmg",
        "exe",
        "hta",
        "iso",
        "jar",
        "js",
        "jse",
        "lnk",
        "msi",
        "msp",
        "pif",
        "ps1",
        "py",
        "reg",
        "scr",
        "sh",
        "svg",
        "vb",
        "vbe",
        "vbs",
        "wsf",
        "xll",
        "docm",
        "xlsm",
        "pptm",
        "html",
        "htm",
    ]
)
# The beginnings of programs, whatever a file is called.
_RUNS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)


def clean_name(name: str) -> str:
    """Return the last part of a name, without blanks around it. What makes it dangerous stays, for ``name_problem``."""
    return PurePosixPath(name.replace("\\", "/")).name.strip()


def name_problem(name: str) -> str:
    """Return what is wrong with a name: hidden, controls, long, double, program or kind; nothing if it is fine."""
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp", "Cs"} for letter in name):
        # Marks that turn the direction of writing make "gnp.exe" read as "exe.png".
        return "controls"
    if not name or name.startswith(".") or name.endswith("."):
        return "hidden"
    if len(name) > 200:
        return "long"
    *_stem, ending = name.lower().split(".")
    inner = {part.strip() for part in _stem[1:]}
    if ending in _PROGRAMS:
        return "program"
    if inner & _PROGRAMS:
        return "double"
    return "" if _stem and ending in KINDS else "kind"


def content_problem(name: str, head: bytes) -> str:
    """Return what is wrong with the first bytes: program, or not what the name says; nothing if it is fine."""
    if head.startswith(_RUNS):
        return "program"
    ending = name.lower().rsplit(".", 1)[-1]
    if ending in _TEXT:
        return "other" if b"\0" in head else ""
    if ending == "mp4":
        return "" if head[4:8] == b"ftyp" else "other"
    if ending == "webp" and head[8:12] != b"WEBP":
        return "other"
    return "" if head.startswith(KINDS[ending]) else "other"
