from collections.abc import Callable

import pytest
from cast import Cast, acting, make_cast
from django.test import Client as Browser
from factories import NOW, make_request

from hansa.collaboration.models import Invitation, Request, ScenarioVersion
from hansa.collaboration.scenarios import operations as scenarios
from hansa.collaboration.scenarios.queries import reading
from hansa.collaboration.scenarios.states.editing import StepEdit
from hansa.hubs.models import User


def added(hub: str, **given: object) -> StepEdit:
    values = {"later": hub, "does": "Somebody does it.", "usual_days": 3, "kind": "approval", "state": "shortlist"}
    return StepEdit(**(values | {"hub": hub, "turn": "lead", "before": "invite"} | given))  # type: ignore[arg-type]


ADDED = (
    added(
        "Ethics form",
        kind="form",
        client="Ethics form",
        turn="client",
        deadline_days=7,
        fields=(
            {"label": "May it begin", "kind": "choice", "required": True, "choices": ["yes", "no"]},
            {"label": "Cost", "kind": "money", "required": False, "choices": []},
        ),
    ),
    added("Second look", after=("ethics-form",)),
    added(
        "Rules of the house", kind="document", documents=("House rules",), state="inviting", turn="all", before="draft"
    ),
    added("Get to know each other", kind="meeting", state="inviting", turn="partners", before="", optional=True),
)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def browse() -> Callable[[User], Browser]:
    def browser(user: User) -> Browser:
        client = Browser()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def version(cast: Cast) -> ScenarioVersion:
    """A scenario of the network with four steps of its own."""
    reading._kept.cache_clear()
    steward = acting(cast.steward)
    scenarios.keep_shipped(at=NOW)
    shipped = ScenarioVersion.objects.get(key="JD")
    draft = scenarios.copy_version(shipped, title="With ethics", by=steward, at=NOW)
    for edition, edit in enumerate(ADDED, start=1):
        scenarios.change(draft, edition=edition, edit=edit, by=steward, at=NOW)
    scenarios.submit(draft, by=steward, at=NOW)
    return scenarios.publish(draft, by=acting(cast.assessor), at=NOW)


@pytest.fixture
def case(cast: Cast, version: ScenarioVersion) -> Request:
    """In the shortlist, following that scenario; Isar said yes already."""
    case = make_request(cast.ebro, cast.elsewhere, state="shortlist")
    Request.objects.filter(pk=case.pk).update(scenario=version.key, scenario_version=version.version)
    case.refresh_from_db()
    Invitation.objects.create(request=case, hub=cast.isar, state="accepted", sent_at=NOW)
    return case
