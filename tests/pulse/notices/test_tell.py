"""When something happens that people must hear of. Source: BP-PRO-02."""

from datetime import timedelta

import pytest
from cast import acting, make_cast
from django.core import mail
from factories import NOW, make_authorisation, make_collaboration, make_hub, make_member, make_request
from procrastinate.contrib.django.models import ProcrastinateJob

from hansa.collaboration.models import Collaboration, Invitation
from hansa.foundation import activity
from hansa.foundation.models import Activity
from hansa.hubs.models import Membership
from hansa.hubs.people import operations as accounts
from hansa.pulse.models import Notice
from hansa.pulse.notices import operations
from hansa.pulse.notices.states import TELLINGS, Side


@pytest.fixture
def cast(db):
    return make_cast()


def happens(verb, request, cast, *, by, subject=None, hubs=(), **facts) -> Activity:
    return activity.record(
        verb,
        actor=acting(by),
        subject=subject or request,
        at=NOW,
        case_ref=request.ref,
        facts=facts,
        hub_ids=[request.lead_id, *hubs],
    )


def test_a_new_need_reaches_those_who_decide_in_the_lead_hub(cast):
    row = happens("request.stated", make_request(cast.ebro, cast.elsewhere), cast, by=cast.mayor)

    operations.tell(row, at=NOW)

    (notice,) = Notice.objects.all()
    assert (notice.recipient, notice.needs_act) == (cast.lucia, True)
    assert notice.path == f"/requests/{row.case_ref}/"


def test_telling_twice_writes_and_mails_once(cast):
    row = happens("request.stated", make_request(cast.ebro, cast.elsewhere), cast, by=cast.mayor)

    for _ in range(2):
        operations.tell(row, at=NOW)
    notice = Notice.objects.get()
    for _ in range(2):
        operations.mail(notice, at=NOW)

    assert len(mail.outbox) == 1


def test_an_invitation_says_nothing_of_the_client(cast):
    request = make_request(cast.ebro, cast.elsewhere, title="Traffic jams in Elsewhere")
    make_authorisation(request, "A2")
    Invitation.objects.create(request=request, hub=cast.isar, sent_at=NOW)
    row = happens(
        "invitation.sent", request, cast, by=cast.lucia, hubs=[cast.isar.pk], hub_id=cast.isar.pk, invitation="abc"
    )

    operations.tell(row, at=NOW)
    notice = Notice.objects.get()
    operations.mail(notice, at=NOW)

    sent = mail.outbox[0].subject + mail.outbox[0].body + mail.outbox[0].alternatives[0].content
    assert notice.recipient == cast.jonas
    assert "Elsewhere" not in sent
    assert "Traffic" not in sent


def test_stewards_hear_of_an_invitation_that_nobody_can_read(cast):
    empty = make_hub("Imported Hub")
    request = make_request(cast.ebro, cast.elsewhere, title="Traffic jams in Elsewhere")
    make_authorisation(request, "A2")
    Invitation.objects.create(request=request, hub=empty, sent_at=NOW)
    row = happens("invitation.sent", request, cast, by=cast.lucia, hubs=[empty.pk], hub_id=empty.pk, invitation="abc")

    operations.tell(row, at=NOW)
    notice = Notice.objects.get()
    operations.mail(notice, at=NOW)

    assert (notice.recipient, notice.path) == (cast.steward, f"/hubs/{empty.slug}/people/")
    assert notice.subject == "Imported Hub is invited, and nobody of it is here yet"
    assert "Elsewhere" not in mail.outbox[0].subject + mail.outbox[0].body


def test_who_acted_is_not_told(cast):
    collaboration: Collaboration = make_collaboration(cast.ebro, cast.isar)
    row = happens(
        "results.disputed", collaboration.request, cast, by=cast.mayor, subject=collaboration, hubs=[cast.isar.pk]
    )
    mine = happens(
        "collaboration.started", collaboration.request, cast, by=cast.lucia, subject=collaboration, hubs=[cast.isar.pk]
    )

    operations.tell(row, at=NOW)
    operations.tell(mine, at=NOW)

    assert {notice.recipient for notice in row.notices.all()} == {cast.lucia, cast.jonas}
    assert cast.lucia not in {notice.recipient for notice in mine.notices.all()}


def test_the_silent_hub_hears_nothing_whatever_happens(cast):
    collaboration = make_collaboration(cast.ebro, cast.isar)
    for key in TELLINGS:
        verb, _, move = key.partition("/")
        row = happens(
            verb,
            collaboration.request,
            cast,
            by=cast.pau,
            hubs=[cast.isar.pk],
            hub_id=cast.isar.pk,
            owner_id=cast.jonas.pk,
            invitation="abc",
            move=move,
        )
        operations.tell(row, at=NOW)

    heard = {notice.recipient for notice in Notice.objects.all()}
    assert heard
    assert not heard & {cast.stranger, cast.mette, cast.steward, cast.observer}


def test_a_person_who_left_gets_no_mail(cast):
    row = happens("request.stated", make_request(cast.ebro, cast.elsewhere), cast, by=cast.mayor)
    operations.tell(row, at=NOW)
    notice = Notice.objects.get()
    notice.recipient.is_active = False
    notice.recipient.save()

    operations.mail(notice, at=NOW)

    assert mail.outbox == []


def test_who_leaves_a_hub_no_longer_reads_of_its_cases(cast):
    make_member(cast.isar, "manager", "signatory", name="Second Manager")
    mine = happens("request.stated", make_request(cast.ebro, cast.elsewhere), cast, by=cast.mayor)
    theirs = happens(
        "invitation.sent",
        make_request(cast.aarhus),
        cast,
        by=cast.mette,
        hubs=[cast.isar.pk],
        hub_id=cast.isar.pk,
        invitation="abc",
    )
    Membership.objects.create(user=cast.jonas, hub=cast.ebro, role="manager")
    operations.tell(mine, at=NOW)
    operations.tell(theirs, at=NOW)
    assert Notice.objects.filter(recipient=cast.jonas).count() == 2

    accounts.end_membership(
        hub_id=cast.isar.pk, user_id=cast.jonas.pk, by=acting(cast.jonas, cast.isar), at=NOW, successor_id=None
    )
    operations.tell(Activity.objects.get(verb="member.left"), at=NOW)

    assert [notice.activity for notice in Notice.objects.filter(recipient=cast.jonas)] == [mine]


def test_partners_never_read_a_title_in_a_mail():
    for verb, tellings in TELLINGS.items():
        for telling in tellings:
            if telling.side not in {Side.LEAD, Side.CLIENT}:
                assert "%(title)s" not in str(telling.subject) + str(telling.body), verb


def test_signing_is_told_to_those_who_have_to_sign(cast):
    collaboration = make_collaboration(cast.ebro, cast.isar, state="signing")
    request = collaboration.request
    request.turn_hub_ids = [cast.isar.pk]
    request.save()
    row = happens("request.moved", request, cast, by=cast.mette, move="ready")

    operations.tell(row, at=NOW)

    assert [notice.recipient for notice in row.notices.all()] == [cast.jonas]


def test_what_is_days_old_is_told_without_a_mail(cast):
    row = happens("request.stated", make_request(cast.ebro, cast.elsewhere), cast, by=cast.mayor)

    operations.tell(row, at=NOW + timedelta(days=3))

    assert row.notices.get().created_at == NOW
    assert not ProcrastinateJob.objects.filter(task_name="notices.mail").exists()
