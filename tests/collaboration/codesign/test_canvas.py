"""When hubs write a canvas together. Source: BP-NS-02."""

from datetime import timedelta

import pytest
from cast import acting
from factories import NOW

from hansa.collaboration.codesign import operations, queries
from hansa.collaboration.codesign.states import print_of
from hansa.collaboration.models import CanvasText

SCOPE = ("scope", None)


def write(service, user, *, seen="", minute=0, place=SCOPE, text):
    typed = {place: operations.Typed(text=text, seen=print_of(seen))}
    return operations.write(service, typed, by=acting(user), at=NOW + timedelta(minutes=minute))


def scope_of(service):
    [section] = [s for s in queries.canvas_page(service).sections if s.key == "content"]
    return section.fields[0]


def test_the_last_write_wins_and_the_words_under_it_can_be_put_back(service, cast):
    write(service, cast.lucia, text="A guided test")
    written = write(service, cast.jonas, text="Two hours of questions", minute=1)
    assert written.is_over
    line = scope_of(service)
    assert (line.text, line.theirs, line.their_name) == ("Two hours of questions", "A guided test", "Lucía Ferrer")
    operations.settle(service, SCOPE, keep_mine=False, by=acting(cast.jonas), at=NOW + timedelta(minutes=2))
    assert (scope_of(service).text, scope_of(service).over) == ("A guided test", False)


def test_a_field_left_alone_stays_as_somebody_else_wrote_it(service, cast):
    write(service, cast.lucia, text="A guided test")
    assert write(service, cast.jonas, text="", minute=1).n_changed == 0
    write(service, cast.jonas, seen="A guided test", text="Ours", minute=2)
    write(service, cast.lucia, seen="Ours", text="Theirs", minute=3)
    # What Jonas saved last is sent again with another field of the section.
    assert write(service, cast.jonas, seen="A guided test", text="Ours", minute=4).n_changed == 0
    assert scope_of(service).text == "Theirs"


def test_what_one_person_writes_at_one_sitting_is_one_text(service, cast):
    for minute, text in enumerate(["A", "A test", "A guided test"]):
        write(service, cast.lucia, text=text, minute=minute)
    write(service, cast.lucia, text="Another day", minute=600)
    assert [row.text for row in CanvasText.objects.order_by("number")] == ["A guided test", "Another day"]


@pytest.mark.parametrize(
    ("place", "text", "says"),
    [
        (("go_score", None), "7", "a score from 1 to 5"),
        (("go_score", None), "NaN", "a score from 1 to 5"),
        (("ownership", None), "mine", "Choose one of the options"),
        (SCOPE, "x" * 801, "At most 800 characters"),
        (("scope", 999), "x", "The team changed meanwhile"),
        (("invented", None), "x", "The team changed meanwhile"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(service, cast, place, text, says):
    with pytest.raises(operations.CannotWriteCanvas) as no:
        write(service, cast.lucia, place=place, text=text)
    assert says in str(no.value.reason)


@pytest.mark.parametrize("text", ["-1", "2001", "many"])
def test_days_that_cannot_be_are_refused(service, cast, text):
    with pytest.raises(operations.CannotWriteCanvas, match="whole number"):
        write(service, cast.lucia, place=("days", cast.ebro.pk), text=text)


def test_strangers_write_nothing_and_see_no_page(service, cast, client):
    with pytest.raises(operations.CannotWriteCanvas):
        write(service, cast.stranger, text="x")
    client.force_login(cast.stranger)
    assert client.get(f"/requests/{service.ref}/canvas/").status_code == 404
    assert client.post(f"/requests/{service.ref}/canvas/content/", {"scope": "x"}).status_code == 404


def complete(service, cast):
    write(service, cast.lucia, text="A guided test")
    write(service, cast.lucia, place=("ownership", None), text="joint")
    for hub in (cast.ebro, cast.isar, cast.aarhus):
        write(service, cast.lucia, place=("part", hub.pk), text="A part")


def approve(service, user):
    revision = queries.canvas_page(service).revision
    operations.approve(service, revision=revision, by=acting(user), at=NOW + timedelta(hours=1))


def test_nobody_agrees_before_what_is_needed_stands_there(service, cast):
    write(service, cast.lucia, text="A guided test")
    with pytest.raises(operations.CannotApproveCanvas, match="Write these first"):
        approve(service, cast.lucia)


def test_all_agree_then_the_agreement_can_be_drafted_until_somebody_changes_a_word(service, cast):
    complete(service, cast)
    for user in (cast.lucia, cast.jonas):
        approve(service, user)
    assert not queries.ready_to_draft(service)
    approve(service, cast.mette)
    service.refresh_from_db()
    assert (bool(queries.ready_to_draft(service)), service.turn_hub_ids) == (True, [cast.ebro.pk])
    write(service, cast.mette, seen="A guided test", text="A quick test", minute=90)
    service.refresh_from_db()
    assert not queries.ready_to_draft(service)
    assert service.turn_hub_ids == sorted([cast.ebro.pk, cast.isar.pk, cast.aarhus.pk])


def test_nobody_agrees_to_what_changed_since_they_read_it(service, cast):
    complete(service, cast)
    read = queries.canvas_page(service).revision
    write(service, cast.mette, seen="A guided test", text="A quick test", minute=9)
    with pytest.raises(operations.CannotApproveCanvas, match="changed since"):
        operations.approve(service, revision=read, by=acting(cast.lucia), at=NOW)


def test_the_page_costs_the_same_for_little_and_much(service, cast, client, django_assert_max_num_queries):
    complete(service, cast)
    for minute in range(30):
        operations.comment(service, section="target", text=f"Word {minute}", by=acting(cast.jonas), at=NOW)
    client.force_login(cast.jonas)
    with django_assert_max_num_queries(12):
        assert client.get(f"/requests/{service.ref}/canvas/").status_code == 200
