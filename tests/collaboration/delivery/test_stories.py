"""When a case is told for others: nothing is public without the client's word. Source: BP-TOOL-03."""

import pytest
from cast import acting
from factories import NOW

from hansa.collaboration.delivery import operations
from hansa.collaboration.models import Story


@pytest.fixture
def done(collaboration):
    collaboration.request.state = "closed"
    collaboration.request.save()
    return collaboration


def write(cast, collaboration, **fields):
    fields = {
        "title": "Fewer stops",
        "challenge": "Machines stopped.",
        "solution": "Sensors.",
        "result": "They run.",
        "numbers": "9 of 10 stops seen.",
    } | fields
    return operations.write_story(collaboration, by=acting(cast.lucia), at=NOW, **fields)


def reply(cast, story, *, approves=True, names_client=False, reason="", person=None):
    return operations.answer_story(
        story, approves=approves, names_client=names_client, reason=reason, seen_at=story.changed_at,
        by=acting(person or cast.mayor), at=NOW,
    )  # fmt: skip


def publish(cast, collaboration, *, names_client=False):
    story = operations.ask_for_approval(write(cast, collaboration), by=acting(cast.lucia), at=NOW)
    reply(cast, story, names_client=names_client)
    return operations.publish_story(story, by=acting(cast.lucia), at=NOW)


def public(client, story):
    return client.get(f"/stories/{story.slug}/")


def test_it_is_public_only_once_approved_and_published(cast, done, client):
    story = write(cast, done)
    assert public(client, story).status_code == 404
    with pytest.raises(operations.CannotTell, match="approve the story first"):
        operations.publish_story(story, by=acting(cast.lucia), at=NOW)
    operations.ask_for_approval(story, by=acting(cast.lucia), at=NOW)
    for person in (cast.lucia, cast.jonas, cast.stranger):
        with pytest.raises(operations.CannotTell, match="Only the client"):
            reply(cast, story, person=person)
    reply(cast, story)
    assert public(client, story).status_code == 404
    operations.publish_story(story, by=acting(cast.lucia), at=NOW)
    text = public(client, story).content.decode()
    assert ("They run." in text, "Elsewhere" in text) == (True, False)


def test_the_name_of_the_client_is_its_own_choice(cast, done, client):
    assert "Municipality of Elsewhere" in public(client, publish(cast, done, names_client=True)).content.decode()


def test_words_that_give_the_client_away_are_refused(cast, done):
    for words in ("The Municipality of Elsewhere had stops.", "Write to mayor@elsewhere.example"):
        with pytest.raises(operations.CannotTell, match="give the client away"):
            write(cast, done, challenge=words)


def test_a_change_and_a_withdrawal_take_it_off_at_once(cast, done, client):
    story = publish(cast, done, names_client=True)
    write(cast, done, result="They run faster.")
    assert public(client, story).status_code == 404
    story.refresh_from_db()
    assert (story.state, story.client_name) == ("draft", "")
    operations.ask_for_approval(story, by=acting(cast.lucia), at=NOW)
    story.refresh_from_db()
    reply(cast, story)
    operations.publish_story(story, by=acting(cast.lucia), at=NOW)
    assert public(client, story).status_code == 200
    with pytest.raises(operations.CannotTell, match="what should be different"):
        reply(cast, story, approves=False)
    reply(cast, story, approves=False, reason="We changed our mind.")
    assert public(client, story).status_code == 404


def test_a_story_that_changed_meanwhile_is_read_again(cast, done):
    from datetime import timedelta

    story = operations.ask_for_approval(write(cast, done), by=acting(cast.lucia), at=NOW)
    Story.objects.update(changed_at=NOW + timedelta(seconds=1))
    with pytest.raises(operations.CannotTell, match="Read it again"):
        reply(cast, story)


def test_only_the_lead_tells_and_only_of_results(cast, collaboration):
    with pytest.raises(operations.CannotTell, match="results are with the client"):
        write(cast, collaboration)
    with pytest.raises(operations.CannotTell, match="Only the lead"):
        operations.write_story(
            collaboration, title="T", challenge="C", solution="S", result="R", numbers="", by=acting(cast.jonas), at=NOW
        )


def test_the_list_is_searched_and_paged_for_everybody(cast, done, client, django_assert_num_queries):
    story = publish(cast, done)
    with django_assert_num_queries(2):
        assert "Fewer stops" in client.get("/stories/?q=sensors stops").content.decode()
    assert "Fewer stops" not in client.get("/stories/?q=submarine").content.decode()
    assert client.get("/stories/?page=99&q=%25").status_code == 200
    client.force_login(cast.mayor)
    assert "They run." in client.get(f"/requests/{done.request.ref}/delivery/closing/").content.decode()
    assert story.state == "published"


def test_lessons_are_for_the_team(cast, done, client):
    lesson = {"kind": "money", "happened": "The travel cost more than planned.", "next_time": "Ask for two quotes."}
    operations.write_lesson(done, by=acting(cast.jonas), at=NOW, **lesson)
    seen = {}
    for name in ("lucia", "jonas", "mayor"):
        client.force_login(getattr(cast, name))
        seen[name] = "two quotes" in client.get(f"/requests/{done.request.ref}/delivery/closing/").content.decode()
    assert seen == {"lucia": True, "jonas": True, "mayor": False}
    with pytest.raises(operations.CannotWriteLesson, match="Only people of the team"):
        operations.write_lesson(done, by=acting(cast.mayor), at=NOW, **lesson)
