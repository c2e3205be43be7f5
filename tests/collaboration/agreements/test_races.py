"""When two people press at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from cast import make_cast
from collaboration.agreements.agreeing import actor, draft, make_case, signing_call, tick
from django.db import connection

from hansa.collaboration.agreements import operations
from hansa.collaboration.agreements.operations import CannotRevise, CannotSign, ChangedMeanwhile, NewWording
from hansa.collaboration.models import Agreement, Signature
from hansa.foundation.policies import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run all acts together and return what each gave or refused."""
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(position: int, act: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=10)
            results[position] = act()
        except Refusal as no:
            results[position] = no
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.fixture
def table():
    """Return cast and agreement, committed and ready to sign."""
    cast = make_cast()
    agreement = draft(cast, make_case(cast))
    for person in (cast.jonas, cast.mette):
        operations.accept(agreement, by=actor(person), version=1, at=tick())
    return cast, Agreement.objects.get(pk=agreement.pk)


def test_double_click_on_sign_makes_one_signature(table, mailoutbox):
    cast, agreement = table
    call = signing_call(agreement, cast.jonas, mailoutbox)
    one, other = at_once(*[lambda: operations.sign(agreement, **call)] * 2)
    assert one == other
    assert Signature.objects.count() == 1


def test_nobody_signs_a_text_that_changes(table, mailoutbox):
    cast, agreement = table
    call = signing_call(agreement, cast.jonas, mailoutbox)
    change = NewWording(clause="insurance", words="None.")

    def revise():
        return operations.revise(agreement, by=actor(cast.mette), base_version=1, change=change, note="why", at=tick())

    signed, revised = at_once(lambda: operations.sign(agreement, **call), revise)
    agreement.refresh_from_db()
    assert revised.number == agreement.version_number == 2
    assert agreement.state == "reading"
    assert isinstance(signed, Signature | CannotSign)
    assert not Signature.objects.filter(voided_at=None).exists()


def test_last_signature_and_change_end_in_one_order(table, mailoutbox):
    cast, agreement = table
    for person in (cast.lucia, cast.mette):
        operations.sign(agreement, **signing_call(agreement, person, mailoutbox))
    call = signing_call(agreement, cast.jonas, mailoutbox)
    change = NewWording(clause="insurance", words="None.")

    def revise():
        return operations.revise(agreement, by=actor(cast.mette), base_version=1, change=change, note="why", at=tick())

    signed, revised = at_once(lambda: operations.sign(agreement, **call), revise)
    agreement.refresh_from_db()
    standing = Signature.objects.filter(voided_at=None)
    if agreement.state == "in-force":
        assert isinstance(revised, CannotRevise)
        assert standing.count() == 3
        assert agreement.version_number == 1
    else:
        assert isinstance(signed, CannotSign)
        assert standing.count() == 0
        assert agreement.version_number == 2


def test_of_two_changes_at_once_one_is_asked_to_compare(table):
    cast, agreement = table

    def revise(user, words):
        change = NewWording(clause="insurance", words=words)
        return operations.revise(agreement, by=actor(user), base_version=1, change=change, note="why", at=tick())

    results = at_once(lambda: revise(cast.jonas, "Jonas."), lambda: revise(cast.mette, "Mette."))
    assert sum(isinstance(result, ChangedMeanwhile) for result in results) == 1
    assert agreement.versions.count() == 2


def test_last_two_signatures_at_once_bring_it_into_force_once(table, mailoutbox):
    cast, agreement = table
    operations.sign(agreement, **signing_call(agreement, cast.lucia, mailoutbox))
    calls = [signing_call(agreement, person, mailoutbox) for person in (cast.jonas, cast.mette)]
    at_once(*[lambda call=call: operations.sign(agreement, **call) for call in calls])
    agreement.refresh_from_db()
    assert agreement.state == "in-force"
    assert Signature.objects.count() == 3


def test_drafting_twice_at_once_makes_one_agreement():
    cast = make_cast()
    case = make_case(cast)
    results = at_once(*[lambda: draft(cast, case)] * 2)
    assert sum(isinstance(result, Agreement) for result in results) == 1
    assert Agreement.objects.count() == 1
