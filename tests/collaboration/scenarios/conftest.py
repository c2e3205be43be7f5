from collections.abc import Callable

import pytest
from cast import Cast, make_cast
from django.test import Client as Browser

from hansa.collaboration.scenarios.queries import reading
from hansa.hubs.models import User


@pytest.fixture(autouse=True)
def _no_versions_of_other_tests() -> None:
    reading._kept.cache_clear()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def browse() -> Callable[[User], Browser]:
    """Return a browser in which this person is signed in."""

    def browser(user: User) -> Browser:
        client = Browser()
        client.force_login(user)
        return client

    return browser
