"""When the lead drafts the agreement."""

from collaboration.agreements.conftest import actor, draft


def test_x(cast, case):
    agreement = draft(cast, case)
    v = agreement.versions.get()
    print(v.text[:3000])


def test_all(in_force):
    print(in_force.state, in_force.request.state)
