"""Bring one record of a foreign catalogue into the directory's shape, and say what had to be repaired."""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from hansa.hubs.directory.operations import ImportedHub
from hansa.hubs.directory.states import HubType
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

# Part of every digest: repairing better reads everything anew.
_EDITION = "1"
_MOST = {"name": 300, "summary": 400, "city": 120, "description": 100_000}

_TAG = re.compile(r"<(?:br|/p|/li|/div)\s*/?>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\ufeff]+")
_LINES = re.compile(r"\n{3,}")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOJIBAKE = re.compile(r"[ÃÂÄÅÎÏ][\u0080-\u00bf\u0152-\u2122]|â€")
_REGION = re.compile(r"^[A-Z]{2}[0-9A-Z]{0,3}$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])")
_PARTS = re.compile(r"\s*[;|\n]\s*")
# What is left of usual words once their accented letters are gone.
_LEFT_OVER = re.compile(
    r"\b(?:fr die|fr den|fr das|fr Angewandte|Universitt|Frderung|Grndung|Wrttemberg|Mnchen|Dsseldorf|Kln|Rhne|Rgion|rgion|"
    r"Gnie|Fundacin|Tecnolgico|Tecnologa|innovacin|Investigacin|regin|Espaa|Ple|Mditerrane|numrique|socit|"
    r"peoples lives|companys|todays|worlds largest|Europes|Polands|Serbias|Universits)\b"
)
_EUROSTAT_CODES = {"EL": "GR", "UK": "GB"}


class Refused(ValueError):
    """This record cannot be a hub, for the reason given."""


@dataclass(slots=True)
class Repaired:
    """A record in shape. ``remarks`` are (kind, text) of what was done to it."""

    hub: ImportedHub
    name: str
    country: str
    remarks: list[tuple[str, str]] = field(default_factory=list)


class Repairer:
    """Knows the vocabularies; one per import."""

    def repaired(self, record: Any) -> Repaired:
        """Return the record as a hub of the directory.

        :raises Refused: no name, a NUL character, or not a record at all
        """
        if not isinstance(record, Mapping):
            raise Refused(_("This is not a record with fields."))
        if "\x00" in json.dumps(record, default=str, ensure_ascii=False) or "\\u0000" in json.dumps(
            record, default=str
        ):
            raise Refused(_("A NUL character stands in it. The file was damaged on its way."))
        work = _Work(record, self)
        values = work.values()
        digest = hashlib.sha256(
            json.dumps([_EDITION, values, work.notes], sort_keys=True, default=str).encode("utf-8", "replace")
        ).hexdigest()
        hub = ImportedHub(ref=work.ref(values), digest=digest, values=values, notes=work.notes)
        return Repaired(hub=hub, name=values["name"], country=values["country"], remarks=work.remarks)

    @cached_property
    def countries(self) -> dict[str, str]:
        return taxonomy.notation_by_wording(Kind.COUNTRY)

    @cached_property
    def sectors(self) -> dict[str, str]:
        return taxonomy.notation_by_wording(Kind.SECTOR)

    @cached_property
    def technologies(self) -> dict[str, str]:
        return taxonomy.notation_by_wording(Kind.TECHNOLOGY)

    @cached_property
    def languages(self) -> dict[str, str]:
        return taxonomy.notation_by_wording(Kind.LANGUAGE)


class _Work:
    """One record while it is being repaired."""

    def __init__(self, record: Mapping[str, Any], words: Repairer) -> None:
        self.record, self.words = record, words
        self.remarks: list[tuple[str, str]] = []
        self.notes: dict[str, Any] = {}

    def note(self, kind: str, text: str) -> None:
        self.remarks.append((kind, text))

    def values(self) -> dict[str, Any]:
        name = self._text("name", one_line=True)
        if not name:
            raise Refused(_("It has no name."))
        description = self._text("description")
        values: dict[str, Any] = {
            "name": name,
            "other_names": self._other_names(name),
            "summary": self._text("summary") or _first_sentences(description),
            "description": description,
            "hub_type": self._hub_type(),
            "country": self._country(),
            "region": self._region(),
            "city": self._text("city", one_line=True),
            "website": self._website(),
            "languages": self._known("languages", self.words.languages, "language_unknown"),
            "sectors": self._sectors(),
            "technologies": self._known("technologies", self.words.technologies, "technology_unknown"),
        }
        values["latitude"], values["longitude"] = self._point()
        if not description:
            self.note("no_description", _("it has no description, so nothing can be read in it"))
        self._note_dropped_letters(name, values["other_names"], description)
        return values

    def ref(self, values: Mapping[str, Any]) -> str:
        """Return the source's own id; without one, what names the hub there."""
        given = str(self.record.get("ref", "")).strip()
        return given[:120] if given else f"{taxonomy.normalised(values['name'])[:100]}/{values['country']}"

    def _text(self, field_name: str, *, one_line: bool = False) -> str:
        raw = self.record.get(field_name, "")
        if isinstance(raw, list | tuple):
            raw = "; ".join(str(part) for part in raw)
        text = unicodedata.normalize("NFC", str(raw)).replace("\r\n", "\n").replace("\r", "\n")
        text = self._without_markup(field_name, self._without_mojibake(field_name, text))
        tidy = _SPACES.sub(" ", _CONTROL.sub(" ", text))
        tidy = (
            " ".join(tidy.split())
            if one_line
            else _LINES.sub("\n\n", "\n".join(line.strip() for line in tidy.split("\n")))
        )
        tidy = tidy.strip()
        if tidy != text and field_name in {"name", "city", "description"}:
            self.note("whitespace", _("white space in “%(field)s”") % {"field": field_name})
        most = _MOST.get(field_name, 1000)
        if len(tidy) > most:
            self.note("too_long", _("“%(field)s” cut to %(n)s characters") % {"field": field_name, "n": most})
            tidy = tidy[:most].rstrip()
        return tidy

    def _without_mojibake(self, field_name: str, text: str) -> str:
        if not _MOJIBAKE.search(text):
            return text
        try:
            right = text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
        self.note("mojibake", _("garbled letters in “%(field)s”") % {"field": field_name})
        return right

    def _without_markup(self, field_name: str, text: str) -> str:
        if "<" in text and _ANY_TAG.search(text):
            self.note("markup", _("HTML in “%(field)s”") % {"field": field_name})
            text = _ANY_TAG.sub(" ", _TAG.sub("\n", text))
        return html.unescape(text) if "&" in text and ";" in text else text

    def _list(self, field_name: str) -> list[str]:
        raw = self.record.get(field_name, ())
        parts: Iterable[Any] = raw if isinstance(raw, list | tuple) else _PARTS.split(str(raw))
        return [text for text in (" ".join(str(part).split()) for part in parts) if text]

    def _other_names(self, name: str) -> list[str]:
        given = self.record.get("other_names", ())
        # A single text is one name: names hold bars and semicolons.
        texts = [str(part) for part in given] if isinstance(given, list | tuple) else str(given).split("\n")
        others = [" ".join(text.split())[: _MOST["name"]] for text in texts]
        others = [other for other in dict.fromkeys(others) if other and other != name]
        for other in others:
            self.note("other_name", _("also called “%(name)s”") % {"name": other})
        return others

    def _country(self) -> str:
        code = str(self.record.get("country_code", "")).strip().upper()
        named = " ".join(str(self.record.get("country", "")).split())
        if not code and len(named) == 2:
            code, named = named.upper(), ""
        if code in _EUROSTAT_CODES:
            self.note("country_code", f"{code} → {_EUROSTAT_CODES[code]}")
            code = _EUROSTAT_CODES[code]
        by_name = self.words.countries.get(taxonomy.normalised(named), "")
        if code and code not in self.words.countries.values():
            self.note("country_unknown", _("country code “%(code)s” is not known") % {"code": code})
            self.notes["country_code"], code = code, ""
        if code and by_name and code != by_name:
            self.note("country_conflict", f"{named} / {code}")
        if not code and not by_name:
            if named:
                self.notes["country"] = named
            self.note("country_unknown", _("country “%(name)s”") % {"name": named} if named else _("no country"))
        return code or by_name

    def _region(self) -> str:
        region = str(self.record.get("region", "")).strip().upper()
        if region and not _REGION.match(region):
            self.notes["region"] = str(self.record["region"])
            self.note("region_unusable", str(self.record["region"])[:80])
            return ""
        return region

    def _website(self) -> str:
        given = str(self.record.get("website", "")).strip()
        if not given:
            return ""
        address = given if "://" in given else f"https://{given.lstrip('/')}"
        try:
            parts = urlsplit(address)
            usable = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and " " not in address
        except ValueError:
            usable = False
        if not usable or len(address) > 500:
            self.notes["website"] = given[:1000]
            self.note("website_unusable", given[:80])
            return ""
        if address != given:
            self.note("website", f"{given[:80]} → {address[:90]}")
        return address

    def _sectors(self) -> list[str]:
        given = self._list("sectors")
        found = self._known("sectors", self.words.sectors, "sector_unknown")
        known = set(self.words.sectors.values())
        if any(label not in known and taxonomy.normalised(label) in self.words.sectors for label in given):
            self.note("sector_mapped", ", ".join(given)[:200])
        if noise := self._list("sectors_noise"):
            self.notes["sectors_noise"] = noise
        return found

    def _known(self, field_name: str, words: Mapping[str, str], unknown: str) -> list[str]:
        found: list[str] = []
        strange: list[str] = []
        for label in self._list(field_name):
            notation = label if label in words.values() else words.get(taxonomy.normalised(label))
            (found if notation else strange).append(notation or label)
        if strange:
            self.notes[f"{field_name}_unknown"] = strange
            self.note(unknown, ", ".join(strange)[:200])
        return list(dict.fromkeys(found))

    def _hub_type(self) -> str:
        given = taxonomy.normalised(str(self.record.get("hub_type", "")))
        if given in HubType.values:
            return given
        if "seal" in given.split():
            return HubType.SEAL
        return HubType.EDIH if given in {"european digital innovation hub", "e dih"} else HubType.DIH

    def _point(self) -> tuple[float | None, float | None]:
        given = self.record.get("latitude"), self.record.get("longitude")
        if given == (None, None):
            return None, None
        try:
            latitude, longitude = (float(str(value).replace(",", ".")) for value in given)
        except ValueError:
            latitude = longitude = 999.0
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or (latitude, longitude) == (0, 0):
            self.note("place_unusable", f"{given[0]}, {given[1]}")
            return None, None
        return latitude, longitude

    def _note_dropped_letters(self, name: str, others: list[str], description: str) -> None:
        """Say where a source dropped every letter with an accent: it cannot be undone, but it must be known."""
        bare = "".join(letter for letter in name if letter.isascii())
        lost_in_name = any(other == bare != name for other in others)
        left_over = description.isascii() and _LEFT_OVER.search(description)
        if lost_in_name or left_over:
            example = name if lost_in_name else left_over[0]  # type: ignore[index]
            self.notes["letters_dropped"] = True
            self.note("letters_dropped", f"“{example}”")


def _first_sentences(text: str, *, most: int = 300) -> str:
    """Return the beginning of a text for the list: whole sentences as far as they fit, else cut between words."""
    first = text.split("\n\n", 1)[0].replace("\n", " ")
    taken = ""
    for sentence in _SENTENCE.split(first):
        if len(taken) + len(sentence) + 1 > most:
            break
        taken = f"{taken} {sentence}".strip()
    if taken or not first:
        return taken
    return first[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"
