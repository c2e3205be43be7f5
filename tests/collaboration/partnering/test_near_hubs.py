"""When no hub has what is asked for, but some have something near it. Source: BP-JD-09."""

import pytest
from cast import Cast
from factories import make_concept

from hansa.collaboration.models import Request
from hansa.collaboration.partnering import queries
from hansa.hubs.models import Competence, Concept, Relation


@pytest.fixture
def robotics(case: Request, cast: Cast) -> Concept:
    """Aarhus has robotics; asked for is edge AI, which is narrower, and vibration analysis."""
    robotics = make_concept("skill", "robotics", "Robotics")
    edge = Concept.objects.get(notation="edge-ai")
    Relation.objects.create(source=edge, target=robotics, link="broader")
    Competence.objects.create(hub=cast.aarhus, skill=robotics, evidence="Nine cells.")
    return robotics


def test_the_shortlist_says_what_is_near_and_how_far(case: Request, cast: Cast, robotics: Concept) -> None:
    board = queries.shortlist_page(case, [], {})
    (aarhus,) = [row for row in board.candidates if row["id"] == cast.aarhus.pk]
    assert "Has “Robotics”, 1 step broader than “Edge AI”." in aarhus["pros"]
    assert [name for name, _points, _of in aarhus["scores"]] == [
        "Fit", "Track record", "Languages", "Nearness", "Free days", "Trust",
    ]  # fmt: skip


def test_nothing_near_is_a_cover_of_the_team(case: Request, cast: Cast, robotics: Concept) -> None:
    board = queries.shortlist_page(case, [cast.aarhus.pk], {})
    assert board.team["needs"] == ["gap", "gap"]
    assert board.proposed["hub_ids"] == []
    assert [mark["cover"] for row in board.table["rows"] for mark in row["marks"]] == ["no"] * 4
