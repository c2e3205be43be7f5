"""When a hub reads of a request: it sees what the client agreed to, and nothing otherwise.

Source: BP-AUTH-01, BP-AUTH-03.
"""

from datetime import timedelta

import pytest
from cast import Cast
from collaboration.partnering.casework import LATER, acting, allow, invite
from factories import NOW

from hansa.collaboration.models import ClientAuthorisation, Disclosure, Invitation, Request
from hansa.collaboration.partnering import operations, queries
from hansa.collaboration.partnering.policies import FIELDS, Recipient, may_disclose
from hansa.collaboration.partnering.states import Audience, Purpose
from hansa.hubs.models import Hub

LEVELS = ["A0", "A1", "A2", "A3", "A4"]


def partner(cast: Cast) -> Recipient:
    """Isar, as the gate knows it once it said yes."""
    return Recipient(hub_id=cast.isar.pk, is_asked=True, has_agreed=True)


def in_team(case: Request, hub: Hub, state: str = "accepted") -> None:
    Invitation.objects.create(request=case, hub=hub, state=state, sent_at=NOW)


@pytest.mark.parametrize("stage", ["invited", "signed"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("field", sorted(FIELDS))
def test_each_field_needs_its_level_and_its_stage(
    case: Request, cast: Cast, level: str, field: str, stage: str
) -> None:
    allow(case, cast.mayor, level)
    case.state = "delivering" if stage == "signed" else "inviting"
    authorisation = queries.authorisation_of(case)
    needed, from_stage = FIELDS[field]
    expected = LEVELS.index(level) >= LEVELS.index(needed) and (stage == "signed" or from_stage == "invited")
    verdict = may_disclose(case, authorisation, to=partner(cast), field=field, at=LATER)
    assert bool(verdict) is expected
    assert verdict or verdict.reason


def test_nothing_is_shown_without_agreement(case: Request, cast: Cast) -> None:
    for field in FIELDS:
        assert not may_disclose(case, None, to=partner(cast), field=field, at=LATER)


def test_nothing_is_shown_to_nobody(case: Request, cast: Cast) -> None:
    allow(case, cast.mayor, "A4")
    held = queries.authorisation_of(case)
    assert not may_disclose(case, held, to=Recipient(hub_id=None), field="wants", at=LATER)


def test_a_field_that_is_not_listed_stays_inside(case: Request, cast: Cast) -> None:
    allow(case, cast.mayor, "A4")
    held = queries.authorisation_of(case)
    for field in ["budget_eur", "outcome", "title", "anything"]:
        assert not may_disclose(case, held, to=partner(cast), field=field, at=LATER)


def test_an_agreement_for_another_request_opens_nothing(case: Request, cast: Cast) -> None:
    other = ClientAuthorisation(request_id=case.pk + 1, level="A4", granted_at=NOW)
    assert not may_disclose(case, other, to=partner(cast), field="wants", at=LATER)


def test_the_lead_reads_its_own_request(case: Request, cast: Cast) -> None:
    assert may_disclose(case, None, to=Recipient(hub_id=cast.ebro.pk), field="contact", at=LATER)


def test_an_expired_agreement_shows_nothing(case: Request, cast: Cast) -> None:
    in_team(case, cast.isar)
    allow(case, cast.mayor, "A2", expires_at=NOW + timedelta(days=30))
    assert queries.disclosed(case, cast.isar.pk, at=NOW + timedelta(days=29)).is_open
    after = queries.disclosed(case, cast.isar.pk, at=NOW + timedelta(days=31))
    assert after.refusal == "The client's agreement has expired."
    assert (after.text, after.wants, after.client_type) == ("", (), "")


def test_words_need_a2_while_wants_need_a1(case: Request, cast: Cast) -> None:
    in_team(case, cast.isar)
    Request.objects.filter(pk=case.pk).update(partner_text="Our lines stop.")
    case.refresh_from_db()
    allow(case, cast.mayor, "A1")
    shared = queries.disclosed(case, cast.isar.pk, at=LATER)
    assert shared.text == ""
    assert shared.title == "Edge AI and 1 more"
    allow(case, cast.mayor, "A2")
    shared = queries.disclosed(case, cast.isar.pk, at=LATER)
    assert shared.text == "Our lines stop."
    assert shared.title == "Our lines stop"


def test_the_clients_own_words_and_name_never_leave(case: Request, cast: Cast) -> None:
    """The title, the text and the outcome are the client's words; partners read ``partner_text`` alone."""
    in_team(case, cast.isar)
    Request.objects.filter(pk=case.pk).update(
        title="SECRET title", text="SECRET text", outcome="SECRET outcome", timing="SECRET timing"
    )
    case.refresh_from_db()
    allow(case, cast.mayor, "A4")
    shared = repr(queries.disclosed(case, cast.isar.pk, at=LATER))
    assert "SECRET" not in shared
    assert cast.elsewhere.name not in shared
    assert cast.mayor.email not in shared


@pytest.mark.parametrize(("level", "name", "contact"), [("A2", "", ""), ("A3", "x", ""), ("A4", "x", "x")])
def test_names_appear_once_everybody_signed(case: Request, cast: Cast, level: str, name: str, contact: str) -> None:
    in_team(case, cast.isar)
    allow(case, cast.mayor, level)
    Request.objects.filter(pk=case.pk).update(state="signing")
    case.refresh_from_db()
    before = queries.disclosed(case, cast.isar.pk, at=LATER)
    assert (before.client_name, before.contact_email) == ("", "")
    Request.objects.filter(pk=case.pk).update(state="delivering")
    case.refresh_from_db()
    after = queries.disclosed(case, cast.isar.pk, at=LATER)
    assert after.client_name == (cast.elsewhere.name if name else "")
    assert after.contact_email == (cast.mayor.email if contact else "")


def test_what_the_lead_keeps_back_is_not_shown(case: Request, cast: Cast) -> None:
    in_team(case, cast.isar)
    allow(case, cast.mayor, "A2")
    assert queries.disclosed(case, cast.isar.pk, at=LATER).client_type == "Public organisation"
    Request.objects.filter(pk=case.pk).update(withheld=["client_type"])
    case.refresh_from_db()
    assert queries.disclosed(case, cast.isar.pk, at=LATER).client_type == ""


def test_inviting_writes_down_who_reads_what(case: Request, cast: Cast) -> None:
    """Source: BP-AUTH-04."""
    allow(case, cast.mayor, "A2")
    invite(case, cast.lucia, cast.isar)
    row = Disclosure.objects.get()
    assert (row.hub_id, row.authorisation.level) == (cast.isar.pk, "A2")
    assert row.fields == ["wants", "text", "language", "client_type"]
    assert [reader.hub_name for reader in queries.readers_of(case)] == ["Isar Edge Lab"]


def test_signing_writes_down_that_names_are_shown(case: Request, cast: Cast) -> None:
    """Source: BP-AUTH-04."""
    allow(case, cast.mayor, "A3")
    (invitation,) = invite(case, cast.lucia, cast.isar)
    operations.answer(invitation, is_yes=True, by=acting(cast.jonas), at=LATER)
    lucia = acting(cast.lucia)
    for name in ["draft", "ready", "start"]:
        operations.move(case, name, by=lucia, at=LATER)
    assert "client_name" in Disclosure.objects.latest("pk").fields


def test_withdrawing_shuts_the_door_at_once(case: Request, cast: Cast) -> None:
    allow(case, cast.mayor, "A2")
    invite(case, cast.lucia, cast.isar)
    assert queries.disclosed(case, cast.isar.pk, at=LATER).text
    operations.withdraw_authorisation(case, by=acting(cast.mayor), at=LATER)
    shared = queries.disclosed(case, cast.isar.pk, at=LATER)
    assert shared.text == ""
    assert shared.refusal == "The client has not agreed that anything about its request leaves its hub."


def test_a_new_level_takes_the_place_of_the_old_one(case: Request, cast: Cast) -> None:
    allow(case, cast.mayor, "A2")
    allow(case, cast.mayor, "A1")
    assert list(ClientAuthorisation.objects.filter(withdrawn_at=None).values_list("level", flat=True)) == ["A1"]


def test_the_hub_needs_evidence_to_record_an_agreement(case: Request, cast: Cast) -> None:
    consent = operations.Consent(level="A2", granted_by="Maria", evidence=" ")  # type: ignore[arg-type]
    with pytest.raises(operations.CannotAuthorise, match="how you know"):
        operations.authorise(case, consent, by=acting(cast.lucia), at=NOW)


@pytest.mark.parametrize("who", ["jonas", "stranger", "steward", "assessor"])
def test_strangers_agree_to_nothing(case: Request, cast: Cast, who: str) -> None:
    with pytest.raises(operations.CannotAuthorise):
        allow(case, getattr(cast, who), "A4")
    with pytest.raises(operations.CannotAuthorise):
        operations.withdraw_authorisation(case, by=acting(getattr(cast, who)), at=NOW)


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_a_hub_that_is_not_in_the_team_reads_nothing(case: Request, cast: Cast, state: str) -> None:
    """It said no, or was let go: also once the others signed. Source: BP-AUTH-06."""
    allow(case, cast.mayor, "A4")
    in_team(case, cast.isar, state)
    Request.objects.filter(pk=case.pk).update(state="delivering")
    shared = queries.disclosed(Request.objects.get(pk=case.pk), cast.isar.pk, at=LATER)
    assert (shared.client_name, shared.text, shared.wants) == ("", "", ())
    assert shared.refusal == "Only hubs that are invited and have not said no may read this."


def test_a_hub_that_did_not_say_yes_reads_no_name(case: Request, cast: Cast) -> None:
    allow(case, cast.mayor, "A4", audience=Audience.NETWORK)
    in_team(case, cast.isar, "declined")
    Request.objects.filter(pk=case.pk).update(state="delivering")
    shared = queries.disclosed(Request.objects.get(pk=case.pk), cast.isar.pk, at=LATER)
    assert shared.is_open
    assert (shared.client_name, shared.contact_email) == ("", "")


@pytest.mark.parametrize(
    ("audience", "names", "reads"),
    [
        (Audience.NAMED, "isar", True),
        (Audience.NAMED, "aarhus", False),
        (Audience.COUNTRY, "DE", True),
        (Audience.COUNTRY, "DK", False),
        (Audience.NETWORK, "", True),
        (Audience.COMMUNITY, "1", False),
        (Audience.OTHER_NETWORK, "north", False),
    ],
)
def test_only_the_audience_is_asked_and_reads(
    case: Request, cast: Cast, audience: str, names: str, reads: bool
) -> None:
    """Source: BP-AUTH-06."""
    hub = getattr(cast, names, None)
    allow(case, cast.mayor, "A2", audience=audience, audience_names=(str(hub.pk) if hub else names,))
    if not reads:
        with pytest.raises(operations.CannotInvite):
            invite(case, cast.lucia, cast.isar)
        in_team(case, cast.isar, "sent")
    else:
        invite(case, cast.lucia, cast.isar)
    assert queries.disclosed(Request.objects.get(pk=case.pk), cast.isar.pk, at=LATER).is_open is reads


def test_a_field_the_client_leaves_out_stays_inside(case: Request, cast: Cast) -> None:
    """Source: BP-AUTH-06."""
    in_team(case, cast.isar)
    allow(case, cast.mayor, "A2", without=("client_type",))
    assert queries.disclosed(case, cast.isar.pk, at=LATER).client_type == ""


def test_what_was_agreed_for_another_purpose_opens_nothing(case: Request, cast: Cast) -> None:
    in_team(case, cast.isar)
    allow(case, cast.mayor, "A2", purposes=(Purpose.MATCH,))
    shared = queries.disclosed(case, cast.isar.pk, at=LATER)
    assert shared.refusal == "The client has not agreed to show its request for this purpose."
