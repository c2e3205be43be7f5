"""Everything through which something of a case can leave its hub, found in the code itself, and marked data to look for."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cast import Cast
from django.core.management import get_commands
from django.db import models
from django.test import Client as Browser
from factories import NOW, make_client, make_contact
from pypdf import PdfReader
from web.strangers import Case, make_case

from hansa.collaboration.models import Invitation, Party, Request
from hansa.collaboration.partnering.policies import fields_at
from hansa.collaboration.partnering.queries import disclosed
from hansa.collaboration.partnering.states import Anonymity
from hansa.hubs.models import Client, User

# Commands that run on the operator's own machine with what is typed or read from a file, each with why it is no outlet.
COMMANDS = {
    "agreement": "checks a signed file that the operator has",
    "allocate": "reads a question from a file",
    "classify": "reads hubs",
    "dedupe": "reads hubs from files",
    "demo": "writes invented data",
    "import": "reads hubs from a file",
    "match": "reads a need from a file",
    "processes": "prints scenarios",
    "profiles": "reads hubs",
    "rank": "reads a question from a file",
    "recommend": "reads a question from a file",
    "role": "gives people roles",
    "run": "starts the server",
    "team": "reads a need from a file",
    "timetable": "reads a question from a file",
    "vocabulary": "reads vocabularies",
    "worker": "starts the jobs",
}


def unknown_commands() -> set[str]:
    """Return the commands of Hansa that nobody has looked at yet."""
    own = {name for name, app in get_commands().items() if str(app).startswith("hansa.")}
    return own - set(COMMANDS)


@dataclass(frozen=True)
class Marked:
    """A case in which every free field holds a word of its own, by the gate's name of the field (or "" for never)."""

    case: Case
    words: dict[str, str] = field(default_factory=dict)

    def forbidden(self, hub_id: int | None) -> set[str]:
        """Return the words that this hub, or somebody of no hub, may not read now."""
        if hub_id is None:
            return set(self.words)
        shown = disclosed(Request.objects.get(pk=self.case.request.pk), hub_id, at=NOW)
        allowed = {
            "text": bool(shown.text),
            "client_name": bool(shown.client_name),
            "contact": bool(shown.contact_email),
            # The lead proposes fees that add up to the client's budget; the hubs that sign them read the sum.
            "price": Party.objects.filter(agreement__request=self.case.request, hub=hub_id).exists(),
        }
        return {word for word, name in self.words.items() if not allowed.get(name)}


# What the gate calls the fields that may leave at all; every other field of these tables never does.
_GATED = {("request", "partner_text"): "text", ("client", "name"): "client_name", ("user", "name"): "contact"}
_GATED |= {("user", "email"): "contact"}
# What a program reads, no words of a client.
_CODES = {"ref", "scenario", "scenario_version", "language", "partner_language", "submission_key", "password", "theme"}
_CODES |= {"country", "region"}


def _free_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """Return all fields that hold words, also those that somebody adds later."""
    for each in model._meta.concrete_fields:
        is_text = isinstance(each, models.CharField | models.TextField)
        if is_text and not each.choices and each.name not in _CODES and (each.max_length or 99) > 10:
            yield each


def _mark(stage: str, kind: str, model: type[models.Model], words: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for each in _free_fields(model):
        word = f"zq{stage[:4]}{kind[0]}{each.name.replace('_', '')}"[:20].lower()
        values[each.name] = {"email": f"{word}@example.org", "website": f"https://{word}.example.org"}.get(
            each.name, word
        )
        words[word] = _GATED.get((kind, each.name), "")
    return values


def make_marked(cast: Cast, stage: str, *, level: str = "A4") -> Marked:
    """Return a case at this stage, full of words to look for. Aarhus was asked too, and said no."""
    words: dict[str, str] = {}
    client = make_client(cast.ebro, **_mark(stage, "client", Client, words))
    about = _mark(stage, "user", User, words)
    contact = make_contact(client, about.pop("name"), email=about.pop("email"))
    User.objects.filter(pk=contact.pk).update(**about)
    Client.objects.filter(pk=client.pk).update(staff=77123)
    fields = _mark(stage, "request", Request, words) | {"budget_eur": Decimal("66123.45")}
    words |= {"77123": "", "77,123": "", "66123": "price", "66,123": "price"}
    case = make_case(cast, stage, client=client, contact=User.objects.get(pk=contact.pk), **fields)
    case.request.authorisations.update(level=level, field_scope=fields_at(Anonymity(level)))
    if "invitations" in case.objects:
        Invitation.objects.create(request=case.request, hub=cast.aarhus, state="declined", sent_at=NOW)
    return Marked(case, words)


def text_of(answer: Any) -> str:
    """Return every word of an answer: of a page, and of what is packed in a PDF, a Word or an Excel file."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = json.dumps(dict(answer.headers))
    return headers + words_in(body)


def words_in(body: bytes) -> str:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return " ".join(words_in(packed.read(name)) for name in packed.namelist())
    if body.startswith(b"%PDF-"):
        reader = PdfReader(io.BytesIO(body))
        pages = " ".join(page.extract_text() for page in reader.pages)
        files = " ".join(words_in(content) for contents in reader.attachments.values() for content in contents)
        return f"{pages} {reader.metadata} {files}"
    return body.decode(errors="replace")


def leaks(browser: Browser, path: str, marked: Marked, forbidden: set[str]) -> list[str]:
    """Return the words on this page that its reader may not read."""
    answer = browser.get(path)
    if answer.status_code >= 400:
        return []
    text = text_of(answer).lower()
    return sorted(word for word in forbidden if word in text)
