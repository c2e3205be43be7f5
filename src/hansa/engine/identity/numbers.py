"""Web domains, VAT numbers and PICs as records write them, in one spelling; empty where they prove nothing."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

import yaml

_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:/{1,2})?(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)
_NUMBER = re.compile(r"[^0-9A-Z]+")
_VAT = re.compile(r"(?:[A-Z]{2})?(?=[0-9A-Z]*\d{4})[0-9A-Z]{6,14}")
_PIC = re.compile(r"\d{9}")


@cache
def _domains() -> dict[str, frozenset[str]]:
    raw = yaml.safe_load(files(__package__).joinpath("domains.yaml").read_text(encoding="utf-8"))
    return {name: frozenset(values) for name, values in raw.items()}


def shared_domains() -> frozenset[str]:
    """Domains of social networks, portals and free mail."""
    return _domains()["shared"]


@lru_cache(maxsize=100_000)
def domain_of(address: str) -> str:
    """The registered name of a web or mail address ("ipa.fraunhofer.de" is "fraunhofer.de"); empty if none."""
    match = _HOST.match(address.strip())
    if not match:
        return ""
    labels = [label for label in match[1].lower().strip(".").split(".") if label]
    if len(labels) < 2 or labels[-1].isdigit():
        return ""
    keep = 3 if len(labels) >= 3 and len(labels[-1]) == 2 and labels[-2] in _domains()["second_level"] else 2
    return ".".join(labels[-keep:])


def vat_of(text: str, country: str) -> str:
    """A VAT number with its country letters; empty for "not applicable" and other fillings."""
    number = _NUMBER.sub("", text.upper())
    if not _VAT.fullmatch(number) or len(set(number[2:])) < 3:
        return ""
    if number[:2].isalpha():
        prefix = {"GR": "EL", "GB": "UK"}.get(number[:2], number[:2])
        return prefix + number[2:]
    return country + number


def pic_of(text: str) -> str:
    """A participant identification code of nine digits; empty for anything else."""
    number = text.strip().removesuffix(".0")
    return number if _PIC.fullmatch(number) and len(set(number)) > 2 else ""
