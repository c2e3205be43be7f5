"""Keep the catalogs of translations. Needs Babel and PyYAML, none of the gettext programs.

    python frontend/messages.py update     collect the texts of templates, Python and content files into every catalog, then compile
    python frontend/messages.py compile    write the .mo files, and the pseudo-language's from the English texts
    python frontend/messages.py check      say what is not fresh, not translated, or translated with other placeholders
    python frontend/messages.py missing de print what German still lacks, as a catalog

The pseudo-language (qps) is English with accents, brackets and 40 % more letters: what stays plain was not marked for
translation, and what breaks the page has no room for German.

A content file (YAML) says itself under ``translated`` which of its keys hold words that people read. They are collected
with the context ``content``; whoever shows them asks for ``pgettext("content", words)``.
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/hansa"
LOCALE = SOURCE / "web/locale"
LANGUAGES = ("de", "fr", "es")
PSEUDO = "qps"

_CALLS = {
    "gettext": (0,), "gettext_lazy": (0,), "gettext_noop": (0,), "_": (0,),
    "ngettext": (0, 1), "ngettext_lazy": (0, 1),
    "pgettext": ("c", 1), "pgettext_lazy": ("c", 1),
    "npgettext": ("c", 1, 2), "npgettext_lazy": ("c", 1, 2),
}  # fmt: skip
_IN_TEMPLATE = re.compile(r"(?<![\w.])(gettext|ngettext|pgettext|npgettext|_)\(")
_STRING = re.compile(r"""\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*""", re.S)
# What a pseudo-translation must leave as it is: placeholders, tags, entities, addresses.
_FIXED = re.compile(r"(%\(\w+\)[sdf]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;|https?://\S+|\S+@\S+)")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|(?<!%)%[sd]|\{\w+\}")
_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzACDEGHIJKLNORSTUWYZ", "àƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅÇĐÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽ"
)

# Catalogs carry no dates: they change when their texts do.
_EVER = datetime(2026, 1, 1, tzinfo=UTC)

Found = tuple[str, str | None, str | tuple[str, str]]


def in_python(path: Path) -> Iterator[Found]:
    """Yield file, context and text of each marked text, also of those inside f-strings."""
    for node in ast.walk(ast.parse(path.read_text(), filename=str(path))):
        if not isinstance(node, ast.Call):
            continue
        places = _CALLS.get(getattr(node.func, "id", None) or getattr(node.func, "attr", ""))
        if not places:
            continue
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.args]
        context = parts[0] if places[0] == "c" and parts else None
        wanted = [parts[place] for place in places if place != "c" and place < len(parts)]
        if wanted and all(isinstance(text, str) and text for text in wanted):
            yield str(path.relative_to(ROOT)), context, wanted[0] if len(wanted) == 1 else tuple(wanted)


def in_template(path: Path) -> Iterator[Found]:
    """Yield the same for a template, with Django's own reading of its tags."""
    from django.utils.translation.template import templatize

    text = templatize(path.read_text(), origin=str(path))
    for match in _IN_TEMPLATE.finditer(text):
        parts, place = [], match.end()
        while string := _STRING.match(text, place):
            parts.append(ast.literal_eval(string[1].replace("\n", "\\n")))
            place = string.end()
            if text[place : place + 1] != ",":
                break
            place += 1
        call = match[1]
        context = parts.pop(0) if call.startswith(("p", "np")) and parts else None
        wanted = parts[: 2 if call.startswith("n") else 1]
        if wanted and all(wanted):
            yield str(path.relative_to(ROOT)), context, wanted[0] if len(wanted) == 1 else tuple(wanted)


def in_content(path: Path) -> Iterator[Found]:
    """Yield the same for a content file: the words under the keys that it names, wherever they stand."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for text in _under(frozenset(content.get("translated", ())), content):
        yield str(path.relative_to(ROOT)), "content", text


def _under(keys: frozenset[str], content: Any) -> Iterator[str]:
    if isinstance(content, list):
        for entry in content:
            yield from _under(keys, entry)
    elif isinstance(content, dict):
        for key, entry in content.items():
            if key in keys and isinstance(entry, str | list) and all(isinstance(text, str) for text in entry):
                texts = [entry] if isinstance(entry, str) else entry
                yield from (text for text in texts if any(letter.isalpha() for letter in text))
            else:
                yield from _under(keys, entry)


def collected() -> Catalog:
    """Return all texts of the product."""
    catalog = Catalog(project="Hansa", charset="utf-8")
    templates = [path for ending in ("html", "txt") for path in SOURCE.rglob(f"templates/**/*.{ending}")]
    found = [item for path in sorted(SOURCE.rglob("*.py")) for item in in_python(path)]
    found += [item for path in sorted(templates) for item in in_template(path)]
    found += [item for path in sorted(SOURCE.rglob("content/**/*.yaml")) for item in in_content(path)]
    for file, context, text in found:
        catalog.add(text, context=context, locations=[(file, 0)])
    return catalog


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES/django.po"


def read(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Hansa", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def written(catalog: Catalog) -> str:
    """Return a catalog as text that changes only when its texts do."""
    catalog.fuzzy = False
    buffer = BytesIO()
    write_po(buffer, catalog, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    unstable = ("# Translations", "# Copyright", "# This file", "# FIRST", '"POT-Creation', '"PO-Revision', '"Last-Trans',
                '"Generated-By', '"Report-Msgid', '"Language-Team', '"Project-Id')  # fmt: skip
    return "".join(line for line in lines if not line.startswith(unstable))


def machine_readable(catalog: Catalog) -> bytes:
    """Return the .mo form; what is not translated is left out, so that English shows."""
    ready = Catalog(
        locale=catalog.locale, charset="utf-8", fuzzy=False, creation_date=_EVER, revision_date=_EVER, project="Hansa"
    )
    ready._num_plurals, ready._plural_expr = catalog.num_plurals, catalog.plural_expr
    for message in catalog:
        if message.id and is_translated(message):
            ready.add(message.id, message.string, context=message.context)
    buffer = BytesIO()
    write_mo(buffer, ready)
    return buffer.getvalue()


def pseudo(text: str) -> str:
    """Return ``text`` with accents, 40 % longer, in brackets; placeholders and tags stay."""
    parts = _FIXED.split(text)
    longer = "".join(part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(parts))
    letters = sum(len(part) for part in parts[::2])
    filling = " ".join(["ẋẋẋẋ"] * max(1, round(letters * 0.4 / 5))) if letters > 3 else ""
    return f"[{longer}{' ' if filling else ''}{filling}]" if letters else text


def pseudo_catalog(texts: Catalog) -> Catalog:
    catalog = Catalog(locale=None, charset="utf-8")
    catalog._num_plurals, catalog._plural_expr = 2, "(n != 1)"
    for message in texts:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = tuple(pseudo(text) for text in ids)
            catalog.add(message.id, strings if len(strings) > 1 else strings[0], context=message.context)
    return catalog


def compiled(texts: Catalog) -> dict[Path, bytes]:
    """Return the content of every .mo file."""
    files = {po_path(language).with_suffix(".mo"): machine_readable(read(language)) for language in LANGUAGES}
    files[po_path(PSEUDO).with_suffix(".mo")] = machine_readable(pseudo_catalog(texts))
    return files


def update(texts: Catalog) -> None:
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(texts, no_fuzzy_matching=True, update_header_comment=False)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(catalog))


def compile_all(texts: Catalog) -> None:
    for path, content in compiled(texts).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(strings) and all(strings) and not message.fuzzy


def mistakes(language: str, texts: Catalog) -> list[str]:
    """Return what is wrong with a catalog, one line each."""
    catalog, found = read(language), []
    for message in texts:
        if not message.id:
            continue
        own = catalog.get(message.id, message.context)
        if own is None or not is_translated(own):
            found.append(f"{language}: not translated: {message.id!r}")
            continue
        ids = own.id if isinstance(own.id, tuple) else (own.id,)
        strings = own.string if isinstance(own.string, tuple | list) else (own.string,)
        wanted = {name for text in ids for name in _PLACEHOLDER.findall(text)}
        for text in strings:
            names = set(_PLACEHOLDER.findall(text))
            # A plural form may leave the number out ("one hub"), but never invent a placeholder.
            if names - wanted or (len(strings) == 1 and names != wanted):
                found.append(f"{language}: other placeholders than the English text: {text!r}")
    return found


def main(arguments: list[str]) -> int:
    if not settings.configured:
        settings.configure()
    verb = arguments[0] if arguments else "check"
    texts = collected()
    if verb == "update":
        update(texts)
        compile_all(texts)
    elif verb == "compile":
        compile_all(texts)
    elif verb == "missing":
        own = read(arguments[1])
        lacking = Catalog(locale=arguments[1])
        for message in texts:
            known = own.get(message.id, message.context) if message.id else None
            if message.id and (known is None or not is_translated(known)):
                lacking.add(message.id, context=message.context, locations=message.locations)
        sys.stdout.write(written(lacking))
    else:
        problems = [line for language in LANGUAGES for line in mistakes(language, texts)]
        stale = [path for path, content in compiled(texts).items() if not path.exists() or path.read_bytes() != content]
        problems += [
            f"{path.relative_to(ROOT)} is not fresh. Run: python frontend/messages.py update" for path in stale
        ]
        sys.stdout.write("".join(f"{line}\n" for line in problems))
        return 1 if problems else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
