"""When a need comes in: the words are kept as they are, and read. Source: BP-JD-02."""

import pytest
from cast import Cast
from collaboration.partnering.casework import acting
from factories import NOW, make_client, make_concept

from hansa.collaboration.models import ClientAuthorisation, Request
from hansa.collaboration.partnering import operations, queries
from hansa.foundation.activity import Activity
from hansa.hubs.directory.operations import ClientDraft
from hansa.hubs.models import Client, Membership, User

WORDS = operations.NeedWords(text="We want edge AI on the line.", outcome="Know a week ahead.")
CONSENT = operations.Consent(level="A2", granted_by="Maria", evidence="Ticked.")  # type: ignore[arg-type]


def receive(cast: Cast, **changed: object) -> Request:
    sender = operations.Sender(
        organisation=ClientDraft(name="Bakery Nord", client_type="sme", country="ES", city="Zaragoza"),
        name="Nora Nord",
        email="nora@nord.example",
    )
    given = {"hub_id": cast.ebro.pk, "sender": sender, "words": WORDS, "consent": CONSENT, "at": NOW, "key": "k" * 32}
    return operations.receive_need(**(given | changed))  # type: ignore[arg-type]


def test_the_words_are_kept_and_what_they_ask_for_is_suggested(cast: Cast) -> None:
    concept = make_concept("technology", "edge-ai", "Edge AI")
    make_concept("sector", "food", "line")
    request = receive(cast)
    assert (request.text, request.outcome) == (WORDS.text, WORDS.outcome)
    assert request.title == "We want edge AI on the line"
    want = request.wants.get()
    assert (want.concept_id, want.state, want.words) == (concept.pk, "suggested", "edge AI")
    assert want.sentence == "We want edge AI on the line."
    assert request.state == "need"


def test_the_clients_words_say_what_it_can_do_without(cast: Cast) -> None:
    for notation, label in (("edge-ai", "Edge AI"), ("lamps", "lamps"), ("belts", "belts")):
        make_concept("technology", notation, label)
    words = operations.NeedWords(text="We look for edge AI. Ideally it comes with lamps. It must stop the belts.")
    wants = receive(cast, words=words).wants.order_by("position")
    assert [(want.words, want.must_have, want.weight_words) for want in wants] == [
        ("edge AI", True, ""),
        ("lamps", False, "Ideally"),
        ("belts", True, "must"),
    ]


def test_words_of_doing_without_count_even_for_the_surest_finding(cast: Cast) -> None:
    make_concept("technology", "edge-ai", "Edge AI")
    want = receive(cast, words=operations.NeedWords(text="Wenn möglich auch Edge AI an der Linie.")).wants.get()
    assert (want.must_have, want.weight_words) == (False, "Wenn möglich")


def test_it_is_the_hubs_turn_and_the_client_may_confirm(cast: Cast) -> None:
    request = receive(cast)
    assert (request.turn_hub_ids, request.turn_client) == ([cast.ebro.pk], True)


def test_the_contact_belongs_to_the_client_and_gets_a_link(cast: Cast) -> None:
    request = receive(cast)
    contact = User.objects.get(email="nora@nord.example")
    assert Membership.objects.get(user=contact).client_id == request.client_id
    assert request.contact_id == contact.pk


def test_the_agreement_is_written_down(cast: Cast) -> None:
    request = receive(cast)
    row = ClientAuthorisation.objects.get(request=request)
    assert (row.level, row.granted_by, row.evidence) == ("A2", "Maria", "Ticked.")


def test_no_agreement_is_written_down_when_nothing_may_leave(cast: Cast) -> None:
    nothing = operations.Consent(level="A0", granted_by="Maria", evidence="Ticked.")  # type: ignore[arg-type]
    assert queries.authorisation_of(receive(cast, consent=nothing)) is None


def test_it_is_told_without_the_clients_words(cast: Cast) -> None:
    request = receive(cast)
    row = Activity.objects.get(verb="request.stated")
    assert (row.case_ref, row.hub_ids, row.client_ids) == (request.ref, [cast.ebro.pk], [request.client_id])
    assert WORDS.text not in str(row.facts)


def test_a_second_click_finds_the_first_request(cast: Cast) -> None:
    assert receive(cast).pk == receive(cast).pk
    assert Request.objects.count() == 1
    assert Client.objects.filter(name="Bakery Nord").count() == 1


def test_the_same_contact_states_a_second_need_for_the_same_client(cast: Cast) -> None:
    first, second = receive(cast), receive(cast, key="l" * 32)
    assert first.pk != second.pk
    assert first.client_id == second.client_id


def test_a_stranger_who_types_the_name_of_a_client_does_not_become_its_contact(cast: Cast) -> None:
    """Else everybody could read the requests of any organisation whose name they know."""
    secret = receive(cast)
    stranger = operations.Sender(
        organisation=ClientDraft(name="Bakery Nord", client_type="sme", country="ES"),
        name="Eve",
        email="eve@evil.example",
    )
    other = receive(cast, sender=stranger, key="m" * 32)
    eve = User.objects.get(email="eve@evil.example")
    assert other.client_id != secret.client_id
    assert set(queries.requests_visible_to(acting(eve))) == {other}


def test_a_hub_where_nobody_works_takes_no_needs(cast: Cast) -> None:
    Membership.objects.filter(hub=cast.ebro).update(ended_at=NOW)
    with pytest.raises(operations.CannotState, match="takes no needs"):
        receive(cast)
    assert not Request.objects.exists()


@pytest.mark.parametrize("text", ["", "   \n\t "])
def test_a_need_without_words_is_refused(cast: Cast, text: str) -> None:
    with pytest.raises(operations.CannotState, match="Say what you want to solve"):
        receive(cast, words=operations.NeedWords(text=text))


def test_ten_thousand_characters_are_kept(cast: Cast) -> None:
    text = "x" * 10_000
    assert receive(cast, words=operations.NeedWords(text=text)).text == text


def test_more_are_refused_with_both_numbers(cast: Cast) -> None:
    with pytest.raises(operations.CannotState, match=r"10000.*100000"):
        receive(cast, words=operations.NeedWords(text="x" * 100_000))


@pytest.mark.parametrize(
    "text",
    [
        "نريد صيانة تنبؤية للخطوط",
        "🏭💥 line stops 🤷",
        "Wir brauchen edge AI et un audit, grazie.",
        "<script>alert(1)</script>",
        "Zażółć gęślą jaźń",
    ],
)
def test_any_script_is_kept_letter_by_letter(cast: Cast, text: str) -> None:
    assert receive(cast, words=operations.NeedWords(text=text)).text == text


def test_nothing_found_is_no_failure(cast: Cast) -> None:
    request = receive(cast, words=operations.NeedWords(text="Hm."))
    assert list(request.wants.all()) == []


def test_concepts_that_were_replaced_are_not_asked_for_twice(cast: Cast) -> None:
    now = make_concept("technology", "edge-new", "Edge computing")
    make_concept("technology", "edge-old", "Edge AI", replaced_by=now)
    request = receive(cast, words=operations.NeedWords(text="Edge AI, that is edge computing."))
    assert list(request.wants.values_list("concept_id", flat=True)) == [now.pk]


class TestByTheHub:
    """Source: BP-JD-02, BP-CUS-01."""

    def choice(self, cast: Cast) -> operations.ClientChoice:
        return operations.ClientChoice(client_id=cast.elsewhere.pk)

    def test_it_knows_the_clients_contact(self, cast: Cast) -> None:
        request = operations.state_need_for_client(
            choice=self.choice(cast), words=WORDS, consent=CONSENT, by=acting(cast.pau), at=NOW
        )
        assert (request.client_id, request.contact_id) == (cast.elsewhere.pk, cast.mayor.pk)

    def test_a_new_client_needs_no_contact(self, cast: Cast) -> None:
        draft = ClientDraft(name="Bakery Nord", client_type="sme", country="ES")
        request = operations.state_need_for_client(
            choice=operations.ClientChoice(draft=draft), words=WORDS, consent=None, by=acting(cast.pau), at=NOW
        )
        assert (request.client.name, request.contact_id, request.turn_client) == ("Bakery Nord", None, False)

    def test_a_client_of_another_hub_is_not_theirs(self, cast: Cast) -> None:
        other = make_client(cast.isar)
        with pytest.raises(operations.CannotState, match="your own clients"):
            operations.state_need_for_client(
                choice=operations.ClientChoice(client_id=other.pk),
                words=WORDS,
                consent=None,
                by=acting(cast.pau),
                at=NOW,
            )

    def test_agreement_needs_evidence(self, cast: Cast) -> None:
        consent = operations.Consent(level="A2", granted_by="Maria", evidence="")  # type: ignore[arg-type]
        with pytest.raises(operations.CannotState, match="how you know"):
            operations.state_need_for_client(
                choice=self.choice(cast), words=WORDS, consent=consent, by=acting(cast.pau), at=NOW
            )

    @pytest.mark.parametrize("who", ["mayor", "steward", "assessor", "observer"])
    def test_only_people_of_a_hub_type_needs(self, cast: Cast, who: str) -> None:
        with pytest.raises(operations.CannotState):
            operations.state_need_for_client(
                choice=self.choice(cast), words=WORDS, consent=None, by=acting(getattr(cast, who)), at=NOW
            )
