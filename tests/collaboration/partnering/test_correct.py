"""When the lead corrects what was read: one click each, until hubs are invited. Source: BP-JD-03."""

import pytest
from cast import Cast
from collaboration.partnering.casework import LATER, acting
from factories import NOW, make_concept

from hansa.collaboration.models import Invitation, Request
from hansa.collaboration.partnering import operations
from hansa.foundation.activity import Activity


def states(request: Request) -> list[str]:
    return list(request.wants.values_list("state", flat=True))


def test_keeping_and_removing_are_decisions(case: Request, cast: Cast) -> None:
    first, second = case.wants.all()
    operations.keep_want(case, first.pk, by=acting(cast.pau), at=NOW)
    operations.remove_want(case, second.pk, by=acting(cast.pau), at=NOW)
    assert states(case) == ["accepted", "rejected"]
    assert set(Activity.objects.values_list("verb", flat=True)) == {"want.accepted", "want.rejected"}


def test_the_same_click_twice_is_told_once(case: Request, cast: Cast) -> None:
    want = case.wants.first()
    for _ in range(2):
        operations.keep_want(case, want.pk, by=acting(cast.pau), at=NOW)
    assert Activity.objects.filter(verb="want.accepted").count() == 1


def test_what_was_removed_can_be_brought_back(case: Request, cast: Cast) -> None:
    want = case.wants.first()
    operations.remove_want(case, want.pk, by=acting(cast.pau), at=NOW)
    operations.add_want(case, want.concept_id, by=acting(cast.pau), at=NOW)
    assert states(case) == ["accepted", "suggested"]


def test_adding_twice_asks_once(case: Request, cast: Cast) -> None:
    concept = make_concept("skill", "training", "Operator training")
    for _ in range(2):
        operations.add_want(case, concept.pk, by=acting(cast.pau), at=NOW)
    assert case.wants.filter(concept=concept).count() == 1
    assert Activity.objects.filter(verb="want.added").count() == 1


def test_a_replaced_concept_becomes_its_successor(case: Request, cast: Cast) -> None:
    new = make_concept("skill", "new", "New skill")
    old = make_concept("skill", "old", "Old skill", replaced_by=new)
    assert operations.add_want(case, old.pk, by=acting(cast.pau), at=NOW).concept_id == new.pk


@pytest.mark.parametrize("kind", ["sector", "country", "function"])
def test_only_what_a_hub_can_bring_is_asked_for(case: Request, cast: Cast, kind: str) -> None:
    with pytest.raises(operations.CannotCorrect):
        operations.add_want(case, make_concept(kind, "x").pk, by=acting(cast.pau), at=NOW)


def test_a_concept_that_does_not_exist_is_refused(case: Request, cast: Cast) -> None:
    with pytest.raises(operations.CannotCorrect):
        operations.add_want(case, 999_999, by=acting(cast.pau), at=NOW)


def test_a_must_have_becomes_nice_to_have(case: Request, cast: Cast) -> None:
    want = case.wants.first()
    assert not operations.weigh_want(case, want.pk, must_have=False, by=acting(cast.pau), at=NOW).must_have


def test_a_weight_given_by_a_person_no_longer_rests_on_the_clients_words(case: Request, cast: Cast) -> None:
    want = case.wants.first()
    case.wants.filter(pk=want.pk).update(must_have=False, weight_words="ideally")
    operations.weigh_want(case, want.pk, must_have=True, by=acting(cast.pau), at=NOW)
    want.refresh_from_db()
    assert (want.must_have, want.weight_words) == (True, "")


def test_a_want_of_another_request_is_not_touched(case: Request, cast: Cast) -> None:
    from factories import make_request

    other = make_request(cast.ebro)
    with pytest.raises(operations.CannotCorrect, match="no longer part"):
        operations.keep_want(other, case.wants.first().pk, by=acting(cast.pau), at=NOW)


@pytest.mark.parametrize("who", ["mayor", "jonas", "stranger", "steward"])
def test_only_the_lead_corrects(case: Request, cast: Cast, who: str) -> None:
    by = acting(getattr(cast, who))
    want = case.wants.first()
    for attempt in (
        lambda: operations.keep_want(case, want.pk, by=by, at=NOW),
        lambda: operations.remove_want(case, want.pk, by=by, at=NOW),
        lambda: operations.weigh_want(case, want.pk, must_have=False, by=by, at=NOW),
        lambda: operations.add_want(case, want.concept_id, by=by, at=NOW),
    ):
        with pytest.raises(operations.CannotCorrect):
            attempt()
    with pytest.raises(operations.CannotUnderstand):
        operations.understand(case, by=by, at=NOW)
    assert states(case) == ["suggested", "suggested"]


def test_nothing_changes_once_hubs_are_invited(invited: list[Invitation], case: Request, cast: Cast) -> None:
    with pytest.raises(operations.CannotCorrect, match="invited already"):
        operations.remove_want(case, case.wants.first().pk, by=acting(cast.pau), at=LATER)


def test_a_clear_need_goes_on_to_the_shortlist_with_what_was_not_removed(case: Request, cast: Cast) -> None:
    operations.remove_want(case, case.wants.last().pk, by=acting(cast.pau), at=NOW)
    operations.understand(case, by=acting(cast.pau), at=LATER)
    case.refresh_from_db()
    assert (case.state, case.state_since, case.turn_hub_ids) == ("shortlist", LATER, [cast.ebro.pk])
    assert states(case) == ["accepted", "rejected"]


def test_a_need_that_asks_for_nothing_is_not_clear(case: Request, cast: Cast) -> None:
    case.wants.update(state="rejected")
    with pytest.raises(operations.CannotUnderstand, match="Nothing is asked for"):
        operations.understand(case, by=acting(cast.pau), at=NOW)
