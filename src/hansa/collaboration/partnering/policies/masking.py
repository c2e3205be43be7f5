"""Hiding who the client is in a text that leaves its hub, and telling where a text gives the client away."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]", re.IGNORECASE)
# A number long enough to be dialled; dates and amounts (4 digits, groups of three with one mark) are shorter or spaced.
_PHONE = re.compile(r"(?<![\w.,])(?:\+|00)?\(?\d{1,4}\)?(?:[\s./-]?\(?\d{2,4}\)?){2,5}(?![\w,])")
# Written together, without marks: "Sp. z o.o." is spzoo, "GmbH & Co. KG" is gmbh, co, kg.
_WRITTEN_FORMS = """
ag gmbh mbh kg kgaa ohg gbr ug se eg ev co sa sas sarl sarls eurl sci snc scop sl slu sll sc scoop srl srls spa sapa scarl
scrl bv nv cv vof bvba asbl vzw oy oyj ab as asa aps is ks ltd limited plc llp inc llc clg dac kft zrt bt nyrt sro sp spzoo
zoo spj spk spp ska doo dd dno ae epe oe ike eood ood ad ead ou uab mb sia lda unipessoal
"""
_LEGAL_FORMS = frozenset(_WRITTEN_FORMS.split())
_FORMS_IN_FRONT = frozenset(["sia", "uab", "ou", "as"])
_WORD = re.compile(r"\w+")
_VOWELS = "aeiouyαειου"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What gives a client away. Empty values hide nothing."""

    client_name: str = ""
    contact_name: str = ""
    contact_email: str = ""
    website: str = ""
    city: str = ""


def masked(text: str, secrets: Secrets) -> str:
    """Return the text with names, addresses, numbers and the place put in brackets.

    A proposal for the lead to read, not a proof: a text can tell who somebody is without naming them.
    """
    text = _MAIL.sub(_("[mail address]"), text)
    text = _LINK.sub(_("[website]"), text)
    for phrase, instead in _phrases(secrets):
        text = _replace(text, phrase, instead)
    return _PHONE.sub(lambda found: _("[phone number]") if _dials(found[0]) else found[0], text)


def betrayals(text: str, secrets: Secrets) -> list[str]:
    """Return the words of the text that name the client, its contact, or how to reach them; empty = none found."""
    found = [match[0] for pattern in (_MAIL, _LINK) for match in pattern.finditer(text)]
    found += [match[0] for match in _PHONE.finditer(text) if _dials(match[0])]
    names = Secrets(client_name=secrets.client_name, contact_name=secrets.contact_name, website=secrets.website)
    folded, places = _folded(text)
    for phrase, _instead in _phrases(names):
        # Bent only where two words agree: one short name, bent, is often another word, and this refuses the text.
        pattern = _pattern(phrase, may_bend=" " in phrase)
        found += [text[places[m.start()] : places[m.end() - 1] + 1] for m in pattern.finditer(folded)]
    return list(dict.fromkeys(found))


def names_client(text: str, client_name: str) -> bool:
    """Whether the text names the organisation: in full, or without its legal form, bent or not.

    A single word counts as it is written only: in a long text of other people's, "service" is no name.
    """
    name = " ".join(client_name.split())
    short = _without_legal_form(name)
    folded, _places = _folded(text)
    if " " not in short:
        found = bool(short) and re.search(rf"\b{re.escape(short)}\b", text) is not None
        return found or (" " in name and _pattern(name, may_bend=False).search(folded) is not None)
    return _pattern(short, may_bend=True).search(folded) is not None


def _phrases(secrets: Secrets) -> list[tuple[str, str]]:
    """What to look for, longest first, with what stands there instead."""
    name = " ".join(secrets.client_name.split())
    phrases = [(name, _("[the client]")), (_without_legal_form(name), _("[the client]"))]
    person = " ".join(secrets.contact_name.split())
    phrases.append((person, _("[contact person]")))
    parts = person.split()
    if len(parts) > 1 and len(parts[-1]) > 3:
        phrases.append((parts[-1], _("[contact person]")))
    phrases.append((_domain(secrets.website), _("[website]")))
    phrases.append((secrets.city.strip(), _("[place]")))
    known = [(phrase, instead) for phrase, instead in phrases if len(phrase) > 2]
    return sorted(known, key=lambda pair: -len(pair[0]))


def _without_legal_form(name: str) -> str:
    words = name.replace(",", " ").split()
    while n := next((n for n in (4, 3, 2, 1) if n < len(words) and _letters(words[-n:]) in {"", *_LEGAL_FORMS}), 0):
        del words[-n:]
    if len(words) > 1 and _letters(words[:1]) in _FORMS_IN_FRONT:
        del words[0]
    return " ".join(words)


def _letters(words: list[str]) -> str:
    return _folded(re.sub(r"\W", "", "".join(words)))[0]


def _domain(website: str) -> str:
    host = re.sub(r"^https?://", "", website.strip().lower()).split("/")[0]
    return host.removeprefix("www.")


def _replace(text: str, phrase: str, instead: str) -> str:
    folded, places = _folded(text)
    parts, last = [], 0
    for match in _pattern(phrase, may_bend=True).finditer(folded):
        start, end = places[match.start()], places[match.end() - 1] + 1
        parts += [text[last:start], instead]
        last = end
    return "".join([*parts, text[last:]]) if parts else text


def _pattern(phrase: str, *, may_bend: bool) -> re.Pattern[str]:
    words = _WORD.findall(_folded(phrase)[0])
    end = r"\.?" if phrase.endswith(".") else ""
    looked_for = [_bent(word, shortest=6 if len(words) == 1 else 4) if may_bend else re.escape(word) for word in words]
    return re.compile(r"\b" + r"\W{1,3}".join(looked_for) + r"\b" + end) if words else re.compile(r"(?!)")


def _bent(word: str, *, shortest: int) -> str:
    """Return what finds a folded word with the endings of its cases: “Łowiczem”, “Warszawie”, “Debrecenben”.

    :param shortest: a word from this length on may lose its last vowel
    """
    if len(word) < 4:
        return re.escape(word)
    stem = word[:-1] if len(word) >= shortest and word[-1] in _VOWELS else word
    return re.escape(stem) + r"\w{0,3}"


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text without case and accents, and for each of its characters the place in the original."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _dials(candidate: str) -> bool:
    digits = re.sub(r"\D", "", candidate)
    if candidate.lstrip().startswith(("+", "00")):
        return 8 <= len(digits) <= 15
    groups = re.findall(r"\d+", candidate)
    # Numbers of Spain, Poland and Czechia look like an amount. Hiding an amount costs less than showing a number.
    looks_dialled = [len(group) for group in groups] == [3, 3, 3] and "." not in candidate
    is_amount = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and not looks_dialled
    is_date = len(groups) == 3 and sorted(map(len, groups)) in ([1, 1, 4], [1, 2, 4], [2, 2, 4], [1, 2, 2], [2, 2, 2])
    return 9 <= len(digits) <= 15 and not is_amount and not is_date
