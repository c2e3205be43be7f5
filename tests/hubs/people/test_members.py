"""When a hub's people are invited, changed and leave. Source: BP-ACC-01."""

from __future__ import annotations

import pytest
from accounts import path_in_mail, signed_in_as
from cast import Cast, make_cast
from django.core import mail
from django.test import Client
from factories import NOW, make_hub, make_member
from jobs import run_jobs

from hansa.foundation.models import Activity
from hansa.hubs.people import operations, queries
from hansa.hubs.people.models import Membership, User
from hansa.hubs.people.queries import actor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def roles_of(user: User, hub) -> set[str]:
    return set(Membership.objects.filter(user=user, hub=hub, ended_at=None).values_list("role", flat=True))


def invite(cast, *, by=None, email="ines@example.org", roles=("staff",), name="Inés Prado"):
    by = actor_of(user=by or cast.lucia)
    return operations.invite_member(hub_id=cast.ebro.pk, name=name, email=email, roles=roles, by=by, at=NOW)


def end(cast, user, *, by=None, successor=None):
    operations.end_membership(
        hub_id=cast.ebro.pk,
        user_id=user.pk,
        by=actor_of(user=by or cast.lucia),
        at=NOW,
        successor_id=successor and successor.pk,
    )


def change(cast, user, roles, *, by=None):
    by = actor_of(user=by or cast.lucia)
    operations.change_roles(hub_id=cast.ebro.pk, user_id=user.pk, roles=roles, by=by, at=NOW)


def test_invited_colleague_belongs_at_once_and_gets_in_by_the_mailed_link(cast, client):
    user = invite(cast, roles=["staff", "signatory"])
    assert roles_of(user, cast.ebro) == {"staff", "signatory"}
    run_jobs("people.mail_link")
    [message] = mail.outbox
    assert message.to == ["ines@example.org"]
    assert message.subject == "You now belong to Ebro Data Hub on Hansa"
    assert "Lucía Ferrer" in message.body
    client.post(path_in_mail())
    assert signed_in_as(client) == str(user.pk)


def test_invited_newcomer_reads_the_inviters_language(cast):
    User.objects.filter(pk=cast.lucia.pk).update(language="es")
    assert invite(cast).language == "es"


def test_invitation_is_recorded(cast):
    user = invite(cast)
    row = Activity.objects.get(verb="member.invited")
    assert (row.actor_id, row.hub_ids, row.facts["user_id"]) == (cast.lucia.pk, [cast.ebro.pk], user.pk)


def test_person_of_another_hub_can_be_invited_and_keeps_name_and_hub(cast):
    user = invite(cast, email=cast.jonas.email.upper(), name="Somebody Else")
    assert (user.pk, str(user)) == (cast.jonas.pk, "Jonas Weber")
    assert [o.name for o in queries.organisations_of(User.objects.get(pk=user.pk))] == [
        "Isar Edge Lab",
        "Ebro Data Hub",
    ]


def test_member_is_not_invited_again(cast):
    with pytest.raises(operations.CannotInvite, match="belongs to Ebro Data Hub already"):
        invite(cast, email=cast.pau.email)


def test_who_left_can_be_invited_again(cast):
    end(cast, cast.pau)
    assert invite(cast, email=cast.pau.email).pk == cast.pau.pk
    assert roles_of(cast.pau, cast.ebro) == {"staff"}


@pytest.mark.parametrize("roles", [[], ["steward"], ["contact"], ["staff", "boss"]])
def test_only_roles_of_a_hub_can_be_given(cast, roles):
    with pytest.raises(operations.CannotInvite):
        invite(cast, roles=roles)
    with pytest.raises(operations.CannotChangeRoles):
        change(cast, cast.pau, roles)
    assert roles_of(cast.pau, cast.ebro) == {"staff"}


@pytest.mark.parametrize("who", ["pau", "jonas", "stranger", "mayor", "assessor", "observer"])
def test_only_managers_of_the_hub_decide(cast, who):
    by = getattr(cast, who)
    with pytest.raises(operations.CannotInvite):
        invite(cast, by=by)
    with pytest.raises(operations.CannotChangeRoles):
        change(cast, cast.pau, ["manager"], by=by)
    if who != "pau":
        with pytest.raises(operations.CannotEnd):
            end(cast, cast.pau, by=by)
    assert not User.objects.filter(email="ines@example.org").exists()
    assert roles_of(cast.pau, cast.ebro) == {"staff"}


def test_refusal_says_whom_to_ask(cast):
    with pytest.raises(operations.CannotInvite) as refused:
        invite(cast, by=cast.pau)
    assert refused.value.reason == "Only a manager of your hub can do this. Ask Lucía Ferrer."


def test_steward_may_decide_for_any_hub(cast):
    assert roles_of(invite(cast, by=cast.steward), cast.ebro) == {"staff"}


def test_staff_may_leave_by_themselves(cast):
    end(cast, cast.pau, by=cast.pau)
    assert roles_of(cast.pau, cast.ebro) == set()
    assert actor_of(user=cast.pau).hub_id is None


def test_roles_are_exactly_those_chosen_and_old_ones_stay_on_file(cast):
    change(cast, cast.pau, ["manager", "signatory"])
    assert roles_of(cast.pau, cast.ebro) == {"manager", "signatory"}
    assert Membership.objects.get(user=cast.pau, role="staff").ended_at == NOW


def test_only_signatory_cannot_leave_without_successor(cast):
    change(cast, cast.pau, ["manager", "staff"])
    with pytest.raises(operations.CannotEnd, match="only signatory"):
        end(cast, cast.lucia)
    assert roles_of(cast.lucia, cast.ebro) == {"manager", "signatory"}


def test_successor_takes_over_what_only_the_leaving_person_held(cast):
    end(cast, cast.lucia, successor=cast.pau)
    assert roles_of(cast.lucia, cast.ebro) == set()
    assert roles_of(cast.pau, cast.ebro) == {"staff", "manager", "signatory"}


def test_successor_gets_no_role_that_others_still_hold(cast):
    second = make_member(cast.ebro, "manager", "signatory")
    end(cast, cast.lucia, successor=cast.pau)
    assert roles_of(cast.pau, cast.ebro) == {"staff"}
    assert [user.pk for user in queries.signatories_of(cast.ebro.pk)] == [second.pk]


@pytest.mark.parametrize("who", ["jonas", "lucia"])
def test_successor_must_be_another_person_of_the_hub(cast, who):
    with pytest.raises(operations.CannotEnd, match="takes over"):
        end(cast, cast.lucia, successor=getattr(cast, who))


def test_only_manager_cannot_leave_without_successor(cast):
    change(cast, cast.pau, ["signatory", "staff"])
    with pytest.raises(operations.CannotEnd, match="Choose who takes over"):
        end(cast, cast.lucia)


def test_only_manager_cannot_give_up_the_role(cast):
    with pytest.raises(operations.CannotChangeRoles, match="only manager"):
        change(cast, cast.lucia, ["signatory"])
    with pytest.raises(operations.CannotChangeRoles, match="only signatory"):
        change(cast, cast.lucia, ["manager"])


def test_who_left_is_named_in_what_they_did(cast):
    invite(cast)
    end(cast, cast.lucia, successor=cast.pau)
    assert Activity.objects.get(verb="member.invited").actor_name == "Lucía Ferrer"
    assert User.objects.filter(pk=cast.lucia.pk).exists()


def test_ended_twice_is_refused(cast):
    end(cast, cast.pau)
    with pytest.raises(operations.CannotEnd, match="no longer belongs"):
        end(cast, cast.pau)


def test_client_contact_is_made_once(cast):
    for name in ("Olga", "Somebody Else"):
        user = operations.ensure_client_contact(client=cast.elsewhere, name=name, email=" Olga@Example.org ", at=NOW)
    assert (str(user), user.email) == ("Olga", "olga@example.org")
    assert [contact.pk for contact in queries.contacts_of(cast.elsewhere.pk)] == [cast.mayor.pk, user.pk]
    assert Activity.objects.filter(verb="contact.added").count() == 1
    assert mail.outbox == []


def test_people_pages_show_and_change(cast, client):
    client.force_login(cast.lucia)
    page = client.get("/profile/people/").content.decode()
    assert "Pau Vidal" in page
    assert "Jonas Weber" not in page
    answer = client.post("/profile/people/invite/", {"name": "Inés", "email": "ines@example.org", "roles": ["staff"]})
    assert answer.status_code == 303
    ines = User.objects.get(email="ines@example.org")
    answer = client.post(f"/profile/people/{ines.pk}/", {"roles": ["manager", "signatory"]})
    assert (answer.status_code, roles_of(ines, cast.ebro)) == (303, {"manager", "signatory"})
    answer = client.post(f"/profile/people/{cast.lucia.pk}/end/")
    assert (answer.status_code, answer["Location"]) == (303, "/account/")
    assert client.get("/profile/people/").status_code == 404


def test_refused_page_keeps_what_was_typed(cast, client):
    client.force_login(cast.pau)
    answer = client.post("/profile/people/invite/", {"name": "Inés", "email": "ines@example.org", "roles": ["staff"]})
    assert answer.status_code == 422
    assert "Ask Lucía Ferrer" in answer.content.decode()
    client.force_login(cast.lucia)
    answer = client.post("/profile/people/invite/", {"name": "Inés", "email": cast.pau.email, "roles": ["manager"]})
    assert answer.status_code == 422
    assert f'value="{cast.pau.email}"' in answer.content.decode()


def test_people_of_other_hubs_do_not_exist(cast, client):
    client.force_login(cast.lucia)
    for path in (f"/profile/people/{cast.jonas.pk}/", "/profile/people/999999/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"roles": ["staff"]}).status_code == 404
        assert client.post(f"{path}end/").status_code == 404
    assert roles_of(cast.jonas, cast.isar) == {"manager", "signatory"}


@pytest.mark.parametrize("who", ["mayor", "steward", "assessor", "observer"])
def test_people_without_hub_have_no_such_page(cast, who):
    browser = Client()
    browser.force_login(getattr(cast, who))
    assert browser.get("/profile/people/").status_code == 404
    assert browser.post("/profile/people/invite/", {}).status_code == 404


def test_steward_brings_the_first_person_into_a_hub(cast, client):
    empty = make_hub("Imported Hub", country="PL")
    client.force_login(cast.steward)
    profile = client.get(f"/hubs/{empty.slug}/").content.decode()
    assert "Nobody of this hub is here yet" in profile
    assert f'href="/hubs/{empty.slug}/people/invite/"' in profile
    assert "Nobody of this hub is here yet" in client.get(f"/hubs/{empty.slug}/people/").content.decode()
    given = {"name": "Zofia", "email": "zofia@example.org", "roles": ["staff"]}
    answer = client.post(f"/hubs/{empty.slug}/people/invite/", given)
    assert answer.status_code == 422
    assert "has to be its manager" in answer.content.decode()
    answer = client.post(f"/hubs/{empty.slug}/people/invite/", given | {"roles": ["manager"]})
    assert (answer.status_code, answer["Location"]) == (303, f"/hubs/{empty.slug}/people/")
    zofia = User.objects.get(email="zofia@example.org")
    assert actor_of(user=zofia).manages_hub
    run_jobs("people.mail_link")
    assert Client().post(path_in_mail())["Location"] == "/profile/"
    page = client.get(answer["Location"]).content.decode()
    assert "Zofia belongs to Imported Hub now" in page
    assert f'href="/hubs/{empty.slug}/people/{zofia.pk}/"' in page
    assert "Nobody of this hub is here yet" not in client.get(f"/hubs/{empty.slug}/").content.decode()


def test_steward_changes_and_ends_what_people_of_a_hub_may_do(cast, client):
    client.force_login(cast.steward)
    home = f"/hubs/{cast.ebro.slug}/people/"
    answer = client.post(f"{home}{cast.pau.pk}/", {"roles": ["manager", "signatory"]})
    assert (answer["Location"], roles_of(cast.pau, cast.ebro)) == (home, {"manager", "signatory"})
    assert f'action="{home}{cast.pau.pk}/end/"' in client.get(f"{home}{cast.pau.pk}/").content.decode()
    assert client.post(f"{home}{cast.lucia.pk}/end/")["Location"] == home
    assert roles_of(cast.lucia, cast.ebro) == set()
    assert client.get(f"{home}{cast.jonas.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["lucia", "stranger", "mayor", "assessor", "observer"])
def test_only_stewards_reach_people_by_the_hub(cast, who):
    browser = Client()
    browser.force_login(getattr(cast, who))
    home = f"/hubs/{cast.ebro.slug}/people/"
    for path in (home, f"{home}invite/", f"{home}{cast.pau.pk}/"):
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"name": "A", "email": "a@example.org", "roles": ["manager"]}).status_code in (
            404,
            405,
        )
    assert browser.post(f"{home}{cast.pau.pk}/end/").status_code == 404
    assert roles_of(cast.pau, cast.ebro) == {"staff"}


def test_list_costs_the_same_for_one_and_thirty_people(cast, client, django_assert_num_queries):
    client.force_login(cast.lucia)
    with django_assert_num_queries(2):
        client.get("/profile/people/")
    for _number in range(30):
        make_member(cast.ebro, "staff", "signatory")
    with django_assert_num_queries(2):
        client.get("/profile/people/")


def test_acts_for_another_hub_after_switching(cast, client):
    Membership.objects.create(user=cast.lucia, hub=cast.isar, role="staff")
    client.force_login(cast.lucia)
    answer = client.post(f"/act-for/{cast.isar.pk}/", {"next": "/profile/people/"})
    assert (answer.status_code, answer["Location"]) == (303, "/profile/people/")
    assert "Jonas Weber" in client.get("/profile/people/").content.decode()
    assert client.post(f"/act-for/{cast.silent.pk}/").status_code == 404
    assert client.post(f"/act-for/{cast.ebro.pk}/", {"next": "https://evil.example"})["Location"] == "/"
