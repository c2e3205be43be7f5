import pytest
from cast import Cast, make_cast
from factories import NOW, make_concept

from hansa.collaboration.models import Invitation, Request
from hansa.hubs.taxonomy import queries as taxonomy


@pytest.fixture
def cast(db) -> Cast:
    taxonomy.forget()
    make_concept("client-type", "sme", "Small or medium-sized company")
    make_concept("activity", "TBI-2.1", "AI maturity assessment")
    return make_cast()


@pytest.fixture
def service(cast: Cast) -> Request:
    """An idea of Ebro to which Isar and Aarhus said yes."""
    request = Request.objects.create(
        title="AI maturity tool",
        scenario="NS",
        lead=cast.ebro,
        text="Small companies ask us where to begin.",
        audience="sme",
        state="inviting",
        state_since=NOW,
        created_at=NOW,
    )
    for hub in (cast.isar, cast.aarhus):
        Invitation.objects.create(request=request, hub=hub, state="accepted", sent_at=NOW)
    return request
