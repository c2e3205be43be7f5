"""When hubs launch their versions of a new service and count its uptake. Source: BP-NS-01, BP-NS-04, BP-NS-05."""

from datetime import timedelta

import pytest
from cast import acting
from factories import NOW, make_request

from hansa.collaboration.codesign import operations, queries
from hansa.collaboration.models import Want
from hansa.hubs.models import Concept, ServiceOffer

VERSION = operations.Version(activity_code="TBI-2.1", title="KI-Check", languages=("de",), price_note="900 EUR")


@pytest.fixture
def launching(service):
    service.state = "confirming"
    service.save()
    return service


def launch(service, user, version=VERSION):
    return operations.launch(service, version, by=acting(user), at=NOW)


def test_the_version_stands_in_the_catalogue_marked_as_made_together(launching, cast, client):
    launch(launching, cast.jonas)
    offer = ServiceOffer.objects.get(hub=cast.isar)
    assert (offer.made_in, set(offer.made_with)) == (launching.ref, {cast.ebro.pk, cast.aarhus.pk})
    page = client.get(f"/hubs/{cast.isar.slug}/").content.decode()
    assert "Made together with" in page
    assert cast.ebro.name in page
    assert cast.aarhus.name in page


def test_launching_again_changes_the_version(launching, cast):
    launch(launching, cast.jonas)
    launch(launching, cast.jonas, operations.Version(activity_code="TBI-2.1", title="KI-Test"))
    assert [offer.title for offer in ServiceOffer.objects.filter(hub=cast.isar)] == ["KI-Test"]


@pytest.mark.parametrize(("who", "says"), [("pau", "Only a manager"), ("stranger", "Only people of the team")])
def test_others_cannot_launch(launching, cast, who, says):
    with pytest.raises(operations.CannotLaunch, match=says):
        launch(launching, getattr(cast, who))


def test_nothing_is_launched_before_the_development_is_done(service, cast):
    with pytest.raises(operations.CannotLaunch, match="development is done"):
        launch(service, cast.jonas)


def test_uptake_adds_cases_that_ask_for_it_and_clients_counted(launching, cast):
    launch(launching, cast.jonas)
    activity = Concept.objects.get(notation="TBI-2.1")
    for lead, days in ((cast.isar, 1), (cast.isar, -1), (cast.ebro, 1)):
        case = make_request(lead, created_at=NOW + timedelta(days=days))
        Want.objects.create(request=case, concept=activity, state="accepted")
    day = NOW.date()
    operations.count_uptake(
        launching, starts_on=day, ends_on=day, n_clients=12, source="List", by=acting(cast.jonas), at=NOW
    )
    [isar] = [version for version in queries.launch_page(launching).versions if version.is_launched]
    assert (isar.n_cases, isar.n_counted, isar.total) == (1, 12, 13)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ends_on": NOW.date() - timedelta(days=9)}, "ends before it starts"),
        ({"ends_on": NOW.date() + timedelta(days=9)}, "lies ahead"),
        ({"n_clients": -1}, "from 0 to 100,000"),
        ({"source": " "}, "where the number comes from"),
    ],
)
def test_counts_that_cannot_be_are_refused(launching, cast, change, says):
    launch(launching, cast.jonas)
    asked = {"starts_on": NOW.date(), "ends_on": NOW.date(), "n_clients": 3, "source": "List"} | change
    with pytest.raises(operations.CannotCount, match=says):
        operations.count_uptake(launching, by=acting(cast.jonas), at=NOW, **asked)


def test_a_period_is_counted_once(launching, cast):
    launch(launching, cast.jonas)
    asked = {"starts_on": NOW.date(), "ends_on": NOW.date(), "n_clients": 3, "source": "List"}
    operations.count_uptake(launching, by=acting(cast.jonas), at=NOW, **asked)
    with pytest.raises(operations.CannotCount, match="counted already"):
        operations.count_uptake(launching, by=acting(cast.jonas), at=NOW, **asked)
