"""When the demo network is filled and removed."""

import pytest
from django.utils import timezone
from factories import make_client, make_hub, make_request

from hansa.collaboration.models import Agreement, Collaboration, Disclosure, Request, Signature
from hansa.foundation.models import Activity
from hansa.hubs.models import Client, Hub, User
from hansa.hubs.taxonomy import operations as taxonomy
from hansa.hubs.taxonomy import queries as vocabularies
from hansa.web.demo import operations, queries

pytestmark = [pytest.mark.django_db, pytest.mark.model]


@pytest.fixture
def _filled(db):
    vocabularies.forget()
    taxonomy.ensure(at=timezone.now())
    taxonomy.encode()
    assert operations.ensure(at=timezone.now())


@pytest.mark.usefixtures("_filled")
def test_fills_hubs_and_cases_at_every_stage_and_removes_all_of_it():
    assert Hub.objects.filter(is_demo=True).count() == 24
    assert len(set(Hub.objects.values_list("country", flat=True))) == 20
    stages = set(Request.objects.values_list("state", flat=True))
    assert {"need", "shortlist", "inviting", "signing", "delivering", "confirming", "closed"} <= stages
    assert not operations.ensure(at=timezone.now())
    assert {login.email for login in queries.logins()} <= set(User.objects.values_list("email", flat=True))
    assert not Request.objects.filter(created_at__gt=timezone.now()).exists()

    real = make_request(make_hub("Real Hub"), title="A real case")
    gone, kept = operations.clear()

    assert (gone, kept) == (24, [])
    assert list(Request.objects.all()) == [real]
    assert list(Client.objects.all()) == [real.client]
    for model in (Agreement, Collaboration, Disclosure, Signature):
        assert not model.objects.exists()
    assert not User.objects.filter(is_demo=True).exists()
    assert not Activity.objects.exclude(case_ref="").exists()


@pytest.mark.usefixtures("_filled")
def test_a_demo_hub_that_a_real_case_names_stays_unlisted():
    isar = Hub.objects.get(name="Isar Edge Lab")
    real = make_hub("Real Hub")
    request = make_request(real, make_client(real))
    request.invitations.create(hub=isar, sent_at=timezone.now())

    gone, kept = operations.clear()

    isar.refresh_from_db()
    assert (gone, kept, isar.is_listed) == (23, ["Isar Edge Lab"], False)
