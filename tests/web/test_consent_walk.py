"""When every outlet is walked in search of what the client has not agreed to show. Source: BP-AUTH-08.

The outlets are read from the code: addresses from the resolver, tellings from their table, commands from Django, rows
from the log. Whoever adds one has it walked, or this fails.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from types import ModuleType
from typing import Any

import pytest
from cast import Cast, acting, make_cast
from django.core import mail
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import path
from factories import NOW
from web import outlets
from web.belongings import others_objects
from web.outlets import Marked, leaks, make_marked
from web.strangers import every_address
from web.test_stranger import browser_of

import hansa.web.urls
from hansa.foundation import activity
from hansa.foundation.activity import Activity
from hansa.pulse.models import Notice
from hansa.pulse.notices import operations as notices
from hansa.pulse.notices.states import TELLINGS, Side, Telling

pytestmark = pytest.mark.django_db

STAGES = ("inviting", "signing", "delivering", "closed")
LEVELS = ("A4", "A3", "A4", "A2")
# Forms an answer can take; whichever an address knows is walked.
KINDS = ("csv", "xlsx", "json", "pdf")
NOBODY = ("stranger", "steward", "assessor", "observer", "visitor")


@pytest.fixture
def cast(settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT, settings.SEAL_DIR = tmp_path / "files", tmp_path / "seal"
    return make_cast()


def paths_of(objects: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Return all addresses that these objects fill, by name; those with a choice of forms once for each."""
    for address in every_address():
        if "^" in address.route or address.name == "people:sign_out":
            continue
        for kind in KINDS if "kind" in address.parameters else ("",):
            if (filled := address.filled(objects | {"kind": kind})) is not None:
                yield address.name, filled


def walked(
    browser: Browser, marked: Marked, hub_id: int | None, objects: dict[str, Any]
) -> list[tuple[str, list[str]]]:
    forbidden = marked.forbidden(hub_id)
    found = [(name, leaks(browser, where, marked, forbidden)) for name, where in paths_of(objects)]
    return [(name, words) for name, words in found if words]


@pytest.mark.parametrize(("stage", "level"), [*zip(STAGES, LEVELS, strict=True)])
def test_no_page_and_no_file_shows_a_hub_more_than_the_gate_allows(cast: Cast, stage: str, level: str) -> None:
    marked = make_marked(cast, stage, level=level)
    objects = others_objects(cast) | marked.case.objects
    declined = {"invitations": marked.case.request.invitations.get(hub=cast.aarhus).ref}
    wrong = {
        "party": walked(browser_of(cast.jonas), marked, cast.isar.pk, objects),
        "declined": walked(browser_of(cast.mette), marked, cast.aarhus.pk, objects | declined),
    }
    assert wrong == {"party": [], "declined": []}
    assert marked.forbidden(cast.isar.pk) < set(marked.words)


def test_no_list_shows_anything_to_those_who_take_no_part(cast: Cast) -> None:
    """What names an object answers them with 404 (``test_stranger``)."""
    cases = [make_marked(cast, stage) for stage in STAGES]
    wrong = []
    for who in NOBODY:
        browser = Browser() if who == "visitor" else browser_of(getattr(cast, who))
        for name, where in paths_of({}):
            answer = browser.get(where)
            text = outlets.text_of(answer).lower() if answer.status_code < 400 else ""
            wrong += [(who, name, word) for case in cases for word in case.forbidden(None) if word in text]
    assert wrong == []


def test_once_withdrawn_nothing_at_all_is_shown(cast: Cast) -> None:
    marked = make_marked(cast, "delivering")
    marked.case.request.authorisations.update(withdrawn_at=NOW)
    objects = others_objects(cast) | marked.case.objects
    assert not {"client_name", "contact", "text"} & {
        marked.words[word] for word in set(marked.words) - marked.forbidden(cast.isar.pk)
    }
    assert walked(browser_of(cast.jonas), marked, cast.isar.pk, objects) == []


def told(cast: Cast, marked: Marked) -> list[tuple[str, str]]:
    """Tell everything that can be told of the case; return what a hub reads in it that it may not."""
    request, wrong = marked.case.request, []
    for verb in TELLINGS:
        name, _slash, move = verb.partition("/")
        facts = {
            "hub_id": cast.isar.pk,
            "invitation": marked.case.objects["invitations"],
            "move": move,
            "owner_id": cast.jonas.pk,
        }
        row = activity.record(
            name, actor=acting(cast.lucia), subject=request, at=NOW, case_ref=request.ref, facts=facts,
            hub_ids=[cast.ebro.pk, cast.isar.pk],
        )  # fmt: skip
        for notice in notices.tell(row, at=NOW):
            mail.outbox.clear()
            notices.mail(notice, at=NOW)
            sent = " ".join(f"{each.subject} {each.body} {each.alternatives}" for each in mail.outbox)
            if notice.recipient_id == cast.jonas.pk:
                text = f"{notice.subject} {notice.body} {sent}".lower()
                wrong += [(verb, word) for word in marked.forbidden(cast.isar.pk) if word in text]
    return wrong


def test_no_notice_and_no_mail_tells_a_hub_more(cast: Cast) -> None:
    marked = make_marked(cast, "inviting")
    assert told(cast, marked) == []
    assert Notice.objects.filter(recipient=cast.jonas).exists()


def test_no_row_of_the_log_that_a_hub_reads_holds_more(cast: Cast) -> None:
    wrong = []
    for stage in STAGES:
        marked = make_marked(cast, stage)
        for row in Activity.objects.filter(case_ref=marked.case.request.ref, hub_ids__contains=[cast.isar.pk]):
            text = json.dumps(row.facts).lower()
            wrong += [(row.verb, word) for word in marked.forbidden(cast.isar.pk) if word in text]
    assert wrong == []


def test_every_command_was_looked_at() -> None:
    """A new one is walked, or ``outlets.COMMANDS`` says why nothing of a case leaves through it."""
    assert outlets.unknown_commands() == set()


# Each way out planted once, to see that the walk finds it.


def test_finds_a_page_past_the_gate(cast: Cast, monkeypatch: Any, settings: Any) -> None:
    marked = make_marked(cast, "inviting")

    def show(request: Any, ref: str) -> HttpResponse:
        return HttpResponse(marked.case.request.client.name)

    planted = path("requests/<slug:ref>/planted/", show, name="planted")
    urls = ModuleType("planted")
    urls.urlpatterns = [planted, *hansa.web.urls.urlpatterns]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = urls
    wrong = walked(browser_of(cast.jonas), marked, cast.isar.pk, marked.case.objects)
    assert [name for name, _words in wrong] == ["planted"]


def test_finds_a_telling_past_the_gate(cast: Cast, monkeypatch: Any) -> None:
    marked = make_marked(cast, "inviting")
    planted = Telling(side=Side.PARTIES, subject=marked.case.request.title, body="", path="/today/")
    monkeypatch.setitem(TELLINGS, "planted.told", (planted,))
    assert {verb for verb, _word in told(cast, marked)} == {"planted.told"}


def test_finds_a_command_that_nobody_looked_at(monkeypatch: Any) -> None:
    monkeypatch.setattr(outlets, "get_commands", lambda: {"cases": "hansa.collaboration"})
    assert outlets.unknown_commands() == {"cases"}
