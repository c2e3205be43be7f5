"""When the team is picked: hubs come and go until the agreement is drafted."""

import pytest
from cast import Cast
from collaboration.partnering.casework import LATER, acting
from factories import NOW, make_hub

from hansa.collaboration.models import Invitation, Request, TeamPick
from hansa.collaboration.partnering import operations
from hansa.foundation.activity import Activity


def test_hubs_come_and_go(case: Request, cast: Cast) -> None:
    by = acting(cast.pau)
    assert operations.pick_team(case, add=[cast.isar.pk, cast.aarhus.pk], by=by, at=NOW) == [
        cast.isar.pk,
        cast.aarhus.pk,
    ]
    assert operations.pick_team(case, drop=[cast.isar.pk], by=by, at=NOW) == [cast.aarhus.pk]
    assert [row.facts for row in Activity.objects.filter(verb="team.picked").order_by("pk")] == [
        {"added": [cast.isar.pk, cast.aarhus.pk], "dropped": []},
        {"added": [], "dropped": [cast.isar.pk]},
    ]


def test_the_same_pick_twice_changes_and_tells_nothing(case: Request, cast: Cast) -> None:
    for _ in range(2):
        operations.pick_team(case, add=[cast.isar.pk], by=acting(cast.pau), at=NOW)
    assert TeamPick.objects.count() == 1
    assert Activity.objects.filter(verb="team.picked").count() == 1


def test_picking_says_that_the_need_is_clear(case: Request, cast: Cast) -> None:
    operations.pick_team(case, add=[cast.isar.pk], by=acting(cast.pau), at=NOW)
    case.refresh_from_db()
    assert case.state == "shortlist"


def test_nobody_is_picked_for_a_need_that_asks_for_nothing(case: Request, cast: Cast) -> None:
    case.wants.update(state="rejected")
    with pytest.raises(operations.CannotPick, match="Nothing is asked for"):
        operations.pick_team(case, add=[cast.isar.pk], by=acting(cast.pau), at=NOW)
    assert not TeamPick.objects.exists()


def test_the_own_hub_is_in_anyway(case: Request, cast: Cast) -> None:
    with pytest.raises(operations.CannotPick, match="Your own hub"):
        operations.pick_team(case, add=[cast.ebro.pk], by=acting(cast.pau), at=NOW)


@pytest.mark.parametrize("listed", [False, None])
def test_only_hubs_of_the_directory(case: Request, cast: Cast, listed: bool | None) -> None:
    hub_id = make_hub(is_listed=False).pk if listed is False else 999_999
    with pytest.raises(operations.CannotPick, match="no longer in the directory"):
        operations.pick_team(case, add=[hub_id], by=acting(cast.pau), at=NOW)


def test_an_invited_hub_stays(invited: list[Invitation], case: Request, cast: Cast) -> None:
    with pytest.raises(operations.CannotPick, match="Isar Edge Lab is invited"):
        operations.pick_team(case, drop=[cast.isar.pk], by=acting(cast.pau), at=LATER)


def test_twenty_partners_at_most(case: Request, cast: Cast) -> None:
    hubs = [make_hub().pk for _ in range(21)]
    with pytest.raises(operations.CannotPick, match="20 partners"):
        operations.pick_team(case, add=hubs, by=acting(cast.pau), at=NOW)


def test_nothing_changes_after_the_draft(case: Request, cast: Cast) -> None:
    Request.objects.filter(pk=case.pk).update(state="agreeing")
    with pytest.raises(operations.CannotPick, match="agreement is drafted"):
        operations.pick_team(case, add=[cast.isar.pk], by=acting(cast.pau), at=NOW)


@pytest.mark.parametrize("who", ["mayor", "jonas", "stranger", "steward"])
def test_only_the_lead_picks(case: Request, cast: Cast, who: str) -> None:
    by = acting(getattr(cast, who))
    with pytest.raises(operations.CannotPick):
        operations.pick_team(case, add=[cast.isar.pk], by=by, at=NOW)
    with pytest.raises(operations.CannotPick):
        operations.set_limits(case, {"max_partners": 2}, by=by, at=NOW)


def test_limits_are_kept_and_told_once(case: Request, cast: Cast) -> None:
    for _ in range(2):
        operations.set_limits(case, {"max_partners": 2}, by=acting(cast.pau), at=NOW)
    case.refresh_from_db()
    assert case.limits == {"max_partners": 2}
    assert Activity.objects.filter(verb="team.limited").count() == 1
