"""When a party changes the text. Source: BP-AGR-09."""

from __future__ import annotations

from dataclasses import replace

import pytest
from collaboration.agreements.agreeing import actor, draft, tick

from hansa.collaboration.agreements import operations, queries
from hansa.collaboration.agreements.operations import (
    CannotRevise,
    ChangedMeanwhile,
    ModelWording,
    NewTerms,
    NewWording,
)
from hansa.collaboration.models import Signature
from hansa.foundation.activity import Activity

OTHER = NewWording(clause="insurance", words="Nobody needs insurance.")


def revise(agreement, user, change=OTHER, *, base=1, note="Our insurer asks for it.", at=None):
    return operations.revise(agreement, by=actor(user), base_version=base, change=change, note=note, at=at or tick())


def clause(version, key):
    return next(c for c in version.clauses if c["key"] == key)


def test_makes_the_next_version_with_author_and_note(cast, agreement):
    version = revise(agreement, cast.jonas)
    assert (version.number, version.author, version.author_hub) == (2, cast.jonas, cast.isar)
    assert version.note == "Our insurer asks for it."
    assert clause(version, "insurance")["paragraphs"] == ["Nobody needs insurance."]
    assert agreement.versions.count() == 2


def test_author_accepts_and_everybody_else_has_the_turn(cast, accepted):
    revise(accepted, cast.jonas)
    accepted.refresh_from_db()
    assert (accepted.state, accepted.version_number, accepted.request.state) == ("reading", 2, "agreeing")
    assert accepted.request.turn_hub_ids == sorted([cast.ebro.pk, cast.aarhus.pk])
    assert [p.accepted_version for p in accepted.parties.all()] == [1, 2, 1]


def test_voids_signatures_with_the_reason(cast, accepted, sign):
    first = sign(accepted, cast.mette)
    revise(accepted, cast.jonas)
    first.refresh_from_db()
    assert first.voided_at is not None
    assert first.void_reason == "Version 2 changed the text."
    assert Activity.objects.get(verb="signature.voided").facts["name"] == "Mette Holm"


def test_signed_again_after_the_change(cast, accepted, sign):
    sign(accepted, cast.mette)
    revise(accepted, cast.jonas)
    for person in (cast.lucia, cast.mette):
        operations.accept(accepted, by=actor(person), version=2, at=tick())
    for person in (cast.lucia, cast.mette, cast.jonas):
        sign(accepted, person)
    accepted.refresh_from_db()
    assert accepted.state == "in-force"
    assert Signature.objects.filter(voided_at=None).count() == 3
    assert {s.version.number for s in Signature.objects.filter(voided_at=None)} == {2}


def test_refuses_a_change_written_for_an_older_version(cast, agreement):
    at = tick()
    revise(agreement, cast.jonas, at=at)
    with pytest.raises(ChangedMeanwhile, match=r"Jonas Weber \(Isar Edge Lab\) changed this \d+.minutes? ago"):
        revise(agreement, cast.mette, NewWording(clause="insurance", words="Mine."), base=1)
    assert agreement.versions.count() == 2


def test_refuses_without_a_note(cast, agreement):
    with pytest.raises(CannotRevise, match="why you change"):
        revise(agreement, cast.jonas, note=" \n ")


def test_refuses_a_change_that_changes_nothing(cast, agreement):
    words = "\n\n".join(clause(agreement.versions.get(), "insurance")["paragraphs"])
    with pytest.raises(CannotRevise, match="Nothing was changed"):
        revise(agreement, cast.jonas, NewWording(clause="insurance", words=words))
    with pytest.raises(CannotRevise, match="Nothing was changed"):
        revise(agreement, cast.jonas, NewTerms(terms=queries.terms_of(agreement)))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "Write the new wording"),
        (" \n\n ", "Write the new wording"),
        ("hidden \u202e turn", "hidden character"),
        ("robots 🤖", "Latin, Greek or Cyrillic"),
        ("x" * 20_001, "at most 20000"),
    ],
)
def test_refuses_words_that_cannot_stand_in_the_text(cast, agreement, words, reason):
    with pytest.raises(CannotRevise, match=reason):
        revise(agreement, cast.jonas, NewWording(clause="insurance", words=words))
    agreement.refresh_from_db()
    assert agreement.version_number == 1


def test_endless_words_and_markup_are_only_words(cast, agreement):
    words = f"{'w' * 3000} <b>bold</b> #set text(red) {{{{ lead }}}} \\n $x$"
    version = revise(agreement, cast.jonas, NewWording(clause="insurance", words=words))
    assert words in version.text


def test_refuses_a_clause_that_is_not_there(cast, agreement):
    with pytest.raises(CannotRevise, match="not part of the agreement"):
        revise(agreement, cast.jonas, NewWording(clause="expert-mobilisation", words="x"))


def test_returns_to_the_model_text(cast, agreement):
    model = clause(agreement.versions.get(), "insurance")["paragraphs"]
    revise(agreement, cast.jonas)
    version = revise(agreement, cast.mette, ModelWording(clause="insurance"), base=2)
    assert clause(version, "insurance")["paragraphs"] == model
    assert clause(version, "insurance")["reworded"] is False


def test_new_terms_change_text_and_shares_but_keep_own_words(cast, agreement):
    revise(agreement, cast.jonas)
    agreement.refresh_from_db()
    terms = queries.terms_of(agreement)
    shares = (replace(terms.parties[0], effort_days=21), *terms.parties[1:])
    changed = replace(terms, values={**terms.values, "liability_cap": "double-fee"}, parties=shares)
    version = revise(agreement, cast.lucia, NewTerms(terms=changed), base=2)
    assert "twice the fee of that Partner" in version.text
    assert "Ebro Data Hub 21 working days" in version.text
    assert clause(version, "insurance")["paragraphs"] == ["Nobody needs insurance."]
    agreement.refresh_from_db()
    assert agreement.terms["values"]["liability_cap"] == "double-fee"
    assert agreement.parties.first().effort_days == 21


def test_refuses_new_terms_that_cannot_stand(cast, agreement):
    terms = queries.terms_of(agreement)
    with pytest.raises(CannotRevise, match="Days to pay"):
        revise(agreement, cast.lucia, NewTerms(terms=replace(terms, values={**terms.values, "payment_days": 0})))
    with pytest.raises(CannotRevise, match="do not fit the parties"):
        revise(agreement, cast.lucia, NewTerms(terms=replace(terms, parties=terms.parties[:2])))
    agreement.refresh_from_db()
    assert agreement.terms["values"]["payment_days"] == 30


@pytest.mark.parametrize("person", ["stranger", "mayor", "steward"])
def test_refuses_whoever_is_no_party(cast, agreement, person):
    with pytest.raises(CannotRevise, match="party to the agreement"):
        revise(agreement, getattr(cast, person))


def test_refuses_once_in_force(cast, in_force):
    with pytest.raises(CannotRevise, match="in force"):
        revise(in_force, cast.jonas)


def test_refuses_in_a_cancelled_case(cast, agreement):
    agreement.request.state = "cancelled"
    agreement.request.save()
    with pytest.raises(CannotRevise, match="cancelled"):
        revise(agreement, cast.jonas)


def test_lead_may_not_name_the_client_and_a_partner_learns_nothing_by_trying(cast, agreement):
    naming = NewWording(clause="insurance", words="The Municipality of Elsewhere is insured.")
    with pytest.raises(CannotRevise, match="names the client"):
        revise(agreement, cast.pau, naming)
    with pytest.raises(CannotRevise, match="names the client"):
        revise(agreement, cast.pau, note="Municipality of Elsewhere wants it")
    assert revise(agreement, cast.jonas, naming).number == 2


def test_versions_are_never_changed(cast, agreement):
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        agreement.versions.update(text="another")


def test_terms_of_an_older_draft_stay_readable(cast, case):
    agreement = draft(cast, case, non_compete=False)
    assert "Client protection" not in agreement.versions.get().text
