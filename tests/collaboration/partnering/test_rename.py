"""When the lead gives a request a better title: it and its client read it, and nobody else."""

import pytest
from cast import Cast
from collaboration.partnering.casework import acting
from factories import NOW

from hansa.collaboration.models import Request
from hansa.collaboration.partnering import operations
from hansa.foundation.activity import Activity


def test_the_title_changes_and_its_words_stay_out_of_the_log(case: Request, cast: Cast) -> None:
    operations.rename(case, title="  Bearings   of line 3 ", by=acting(cast.pau), at=NOW)
    case.refresh_from_db()
    assert case.title == "Bearings of line 3"
    assert Activity.objects.get(verb="request.renamed").facts == {}


@pytest.mark.parametrize("title", ["", "  ", "x" * 201])
def test_a_title_needs_words_but_not_too_many(case: Request, cast: Cast, title: str) -> None:
    with pytest.raises(operations.CannotRename, match="1 to 200"):
        operations.rename(case, title=title, by=acting(cast.pau), at=NOW)


@pytest.mark.parametrize("who", ["mayor", "jonas", "stranger", "steward"])
def test_only_the_lead_renames(case: Request, cast: Cast, who: str) -> None:
    with pytest.raises(operations.CannotRename):
        operations.rename(case, title="Mine", by=acting(getattr(cast, who)), at=NOW)
