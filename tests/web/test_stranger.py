"""When somebody who has no part in a case tries every address that names something of it. Source: BP-ACC-02."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from cast import Cast, make_cast
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from factories import make_client, make_contact
from web.belongings import others_objects
from web.other_scenarios import OTHERS, make_other_case
from web.strangers import STAGES, TITLE, Address, every_address, make_case

from hansa.foundation.activity import Activity
from hansa.hubs.models import User

pytestmark = pytest.mark.django_db

# What names an object and is for everybody: a hub's profile and prices, and links whose token is their reader's secret.
# Pages of a scenario in use and the library of clauses are for all hubs, and name no object of one.
PUBLIC = {
    "agreements:model",
    "agreements:model_pdf",
    "agreements:model_text",
    "aid:prices",
    "matchmaking:key",
    "scenarios:newest",
    "scenarios:show",
    "scenarios:comment",
    "steps:statistics",
    "people:link",
    "people:new-link",
    "directory:profile",
    "directory:profile_json",
    "delivery:story",
}
# Parameters that choose a form of the answer and name no object.
FORMATS = {"kind", "section", "decision"}
OUTSIDERS = ("stranger", "other_client", "assessor", "steward")
# Where the steward's task leads into a hub's own pages.
STEWARD_MAY = {"people:people-of", "people:invite-of", "people:member-of", "people:end-of"}
# The steward's own pages.
STEWARDS = ("scenarios:",)
# Answers only to whoever has a passkey, which only a browser can make.
NEEDS_A_DEVICE = {"agreements:passkey"}
SOMETHING = {200, 204, 302, 303, 409, 422}
# The parts of the product that only serve cases of the scenarios in ``OTHERS``.
APPS = ("codesign", "matchmaking")
# What a form sends without which its address is nowhere.
SENT = {"codesign:settle": {"field": "scope"}}
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def cast(settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT, settings.SEAL_DIR = tmp_path / "files", tmp_path / "seal"
    return make_cast()


def addresses() -> list[Address]:
    """Return the addresses that name an object and are not for everybody."""
    return [address for address in every_address() if set(address.parameters) - FORMATS and address.name not in PUBLIC]


def of_cases() -> list[Address]:
    """Return those that name a case, an invitation or a match by its reference."""
    return [address for address in addresses() if "ref" in address.parameters]


def outsider(cast: Cast, who: str) -> User:
    if who == "other_client":
        return make_contact(make_client(cast.silent, "Galway Oysters"), "Niall Oyster")
    return getattr(cast, who)


def browser_of(user: User) -> Client:
    """Return a browser in which the person is signed in and has just proved who they are."""
    client = Client()
    client.force_login(user)
    session = client.session
    proof = {"method": "password", "at": timezone.now().timestamp(), "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session.save()
    return client


@contextmanager
def written() -> Iterator[list[str]]:
    """Gather the statements that change rows; a session may change."""
    statements: list[str] = []

    def note(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if str(sql).startswith(WRITES) and "hubs_session" not in str(sql):
            statements.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


def found_by_outsiders(cast: Cast, tried: list[Address], objects: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return where somebody who takes no part got another answer than 404, or changed something."""
    n_activities, wrong = Activity.objects.count(), []
    for who in OUTSIDERS:
        client = browser_of(outsider(cast, who))
        for address in tried:
            path = address.filled(objects)
            if path is None or (
                who == "steward" and (address.name in STEWARD_MAY or address.name.startswith(STEWARDS))
            ):
                continue
            with written() as statements:
                answers = (client.get(path).status_code, client.post(path, SENT.get(address.name)).status_code)
            # 405: the page has no such method, for nobody.
            if statements or 404 not in answers or not set(answers) <= {404, 405}:
                wrong.append((who, address.name, answers, statements))
    assert Activity.objects.count() == n_activities
    return wrong


@pytest.mark.parametrize("stage", STAGES)
def test_finds_nothing_of_a_case_and_changes_nothing(cast: Cast, stage: str) -> None:
    objects = others_objects(cast) | make_case(cast, stage).objects
    assert found_by_outsiders(cast, of_cases(), objects) == []


@pytest.mark.parametrize(("scenario", "stage"), OTHERS)
def test_finds_nothing_of_a_case_of_another_scenario(cast: Cast, scenario: str, stage: str) -> None:
    objects = others_objects(cast) | make_other_case(cast, scenario, stage).objects
    assert found_by_outsiders(cast, of_cases(), objects) == []


def test_finds_nothing_that_belongs_to_a_person_or_a_hub(cast: Cast) -> None:
    """``step`` is that of a case."""
    objects = make_case(cast, "need").objects | others_objects(cast)
    assert found_by_outsiders(cast, [one for one in addresses() if one not in of_cases()], objects) == []


def test_every_address_can_be_tried(cast: Cast) -> None:
    """A new address names something that ``strangers``, ``belongings`` or ``other_scenarios`` does not know: add it."""
    others = others_objects(cast)
    cases = [make_case(cast, "closed"), *(make_other_case(cast, *which) for which in OTHERS)]
    objects = [others | case.objects for case in cases]
    assert [one.name for one in addresses() if not any(one.filled(each) for each in objects)] == []


def test_every_address_leads_somewhere_for_those_who_take_part(cast: Cast) -> None:
    """Else the strangers' 404 would prove nothing."""
    joint = [make_case(cast, stage) for stage in reversed(STAGES)]
    others = others_objects(cast)
    of_scenario = {app: [make_other_case(cast, *which)] for app, which in zip(APPS, OTHERS, strict=True)}
    insiders = [browser_of(user) for user in (cast.lucia, cast.jonas, cast.mayor, cast.steward)]
    nowhere = []
    for address in addresses():
        if address.name in NEEDS_A_DEVICE:
            continue
        cases = of_scenario.get(address.name.partition(":")[0], joint)
        paths = dict.fromkeys(address.filled(others | case.objects) for case in cases)
        if not any(_answers(client, path, SENT.get(address.name)) for path in paths if path for client in insiders):
            nowhere.append(address.name)
    assert nowhere == []


def _answers(client: Client, path: str, sent: dict[str, str] | None) -> bool:
    """Return whether the address has something for this person; what the visit changed is undone."""
    with transaction.atomic():
        found = client.get(path).status_code in SOMETHING or client.post(path, sent).status_code in SOMETHING
        transaction.set_rollback(True)
    return found


def test_lists_and_overviews_name_nothing_of_the_cases(cast: Cast) -> None:
    cases = [*(make_case(cast, stage) for stage in STAGES), *(make_other_case(cast, *which) for which in OTHERS)]
    told = []
    for who in OUTSIDERS:
        # The steward's overview names cases by their reference, so that a hub can be asked about one.
        secrets = [TITLE, "Elsewhere", "Maria Mayor", *(case.request.ref for case in cases if who != "steward")]
        client = browser_of(outsider(cast, who))
        for address in every_address():
            path = f"/{address.route}".replace("<str:kind>", "csv")
            if "<" in path or "^" in path:
                continue
            text = _text(client, path)
            told += [(who, address.name, secret) for secret in secrets if secret in text]
    assert told == []


def _text(client: Client, path: str) -> str:
    answer = client.get(path)
    return answer.getvalue().decode(errors="replace") if answer.streaming else answer.content.decode(errors="replace")
