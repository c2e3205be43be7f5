"""When somebody reads what happened in a case."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from cast import Cast
from collaboration.partnering.casework import acting
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from factories import NOW, make_concept, make_hub

from hansa.collaboration.models import Request
from hansa.collaboration.partnering import operations
from hansa.hubs.models import User

Browse = Callable[[User], Browser]


def lines(browser: Browser, case: Request) -> list[str]:
    """Return what the page tells, newest first, without the times."""
    page = browser.get(f"/requests/{case.ref}/history/").content.decode()
    return re.findall(r'<span dir="auto">([^<]*)</span> <span class="meta"><time ', page)


def test_each_line_names_what_it_is_about(browse: Browse, case: Request, cast: Cast) -> None:
    by, wants = acting(cast.lucia), list(case.wants.all())
    acts = [
        lambda at: operations.keep_want(case, wants[0].pk, by=by, at=at),
        lambda at: operations.remove_want(case, wants[1].pk, by=by, at=at),
        lambda at: operations.weigh_want(case, wants[0].pk, must_have=False, by=by, at=at),
        lambda at: operations.weigh_want(case, wants[0].pk, must_have=True, by=by, at=at),
        lambda at: operations.add_want(case, make_concept("skill", "vision", "Vision").pk, by=by, at=at),
        lambda at: operations.pick_team(case, add=[cast.isar.pk, cast.aarhus.pk], by=by, at=at),
        lambda at: operations.pick_team(case, drop=[cast.isar.pk], by=by, at=at),
    ]
    for hour, act in enumerate(acts):
        act(NOW + timedelta(hours=hour))
    assert lines(browse(cast.lucia), case) == [
        "Out of the team: Isar Edge Lab",
        "Into the team: Isar Edge Lab, Aarhus Food Robotics",
        "“Vision” was added to the need",
        "“Edge AI” became a must-have",
        "“Edge AI” became a nice-to-have",
        "“Vibration analysis” was taken out of the need",
        "“Edge AI” was confirmed",
    ]


def test_the_client_reads_nothing_of_the_team(browse: Browse, case: Request, cast: Cast) -> None:
    operations.pick_team(case, add=[cast.isar.pk], by=acting(cast.lucia), at=NOW)
    operations.tell(case, text="Hello", by=acting(cast.mayor), at=NOW)
    assert lines(browse(cast.mayor), case) == ["The client wrote"]


def test_it_takes_as_many_statements_with_one_line_as_with_thirty(browse: Browse, case: Request, cast: Cast) -> None:
    by, browser = acting(cast.lucia), browse(cast.lucia)

    def count() -> int:
        lines(browser, case)
        with CaptureQueriesContext(connection) as captured:
            lines(browser, case)
        return len(captured)

    operations.add_want(case, make_concept("skill", "first", "First").pk, by=by, at=NOW)
    operations.pick_team(case, add=[make_hub().pk], by=by, at=NOW)
    assert count() == 5
    for number in range(14):
        operations.add_want(case, make_concept("skill", f"more-{number}", f"More {number}").pk, by=by, at=NOW)
        operations.pick_team(case, add=[make_hub().pk], by=by, at=NOW)
    assert count() == 5
