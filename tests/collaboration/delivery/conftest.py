import pytest
from cast import Cast, make_cast
from factories import make_collaboration

from hansa.collaboration.models import Collaboration


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def collaboration(cast: Cast) -> Collaboration:
    return make_collaboration(cast.ebro, cast.isar, client=cast.elsewhere)
