"""When partners are recommended for a draft."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hansa.engine.explain import say
from hansa.engine.problem import BadProblem
from hansa.engine.recommendation import Draft, History, Participation, Project, Recommender
from hansa.engine.recommendation.names import key_of

THEMES = {
    "water": "pumps pipes leaks waterworks pressure wells",
    "timber": "forests planks sawmills timber trees glue",
    "towns": "streets noise traffic crossings buses trams",
}


def history(seed: int = 1, n: int = 24) -> History:
    """Projects on three themes; most organisations stay with one of them, ``org0`` is in many."""
    chance = random.Random(seed)
    projects, rows = [], []
    for number in range(n):
        theme = chance.choice(sorted(THEMES))
        text = " ".join(chance.choices(THEMES[theme].split(), k=8))
        projects.append(Project(id=f"p{number:02}", title=f"{theme} {number}", objective=text, groups={"call": theme}))
        names = {f"{theme}{chance.randrange(6)}" for _ in range(4)} | ({"org0"} if chance.random() < 0.4 else set())
        rows += [Participation(project_id=f"p{number:02}", name=name, country="DE", kind="PRC") for name in names]
    return History(projects=tuple(projects), participations=tuple(rows))


DRAFT = Draft(id="d", title="Leaks", objective="Find leaks in pipes and pumps of waterworks.", partners=("water1",))


def best(past: History, draft: Draft = DRAFT, top: int = 8):
    return next(iter(Recommender(past).recommend([draft], top=top)))


def codes(suggestion) -> list[str]:
    return [reason.code for reason in suggestion.reasons]


def test_finds_those_of_the_topic_first():
    assert {one.name.rstrip("012345") for one in best(history(), top=4)} <= {"water", "org"}


def test_never_names_a_known_partner_however_it_is_spelt():
    for spelling in ("water1", "WATER1", " Water1. "):
        names = {one.name for one in best(history(), replace(DRAFT, partners=(spelling,)), top=50)}
        assert "water1" not in names
        assert len(names) == len({row.name for row in history().participations}) - 1


def test_every_suggestion_has_reasons_that_can_be_said():
    for one in best(history(), top=50):
        assert one.reasons
        assert all(say(reason).endswith(".") for reason in one.reasons)


def test_says_in_which_projects_it_was_with_whom():
    past = history()
    members = {p.id: {row.name for row in past.participations if row.project_id == p.id} for p in past.projects}
    titles = {project.id: project.title for project in past.projects}
    for one in best(past, top=50):
        shared = [id for id, names in members.items() if {one.name, "water1"} <= names]
        told = [reason.facts for reason in one.reasons if reason.code == "was_with"]
        expected = {"n": len(shared), "partner": "water1", "projects": tuple(titles[id] for id in sorted(shared)[:3])}
        assert told == ([expected] if shared else [])


def test_scores_fall_and_lie_between_0_and_1():
    scores = [one.score for one in best(history(), top=50)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert sum(scores) == pytest.approx(1, abs=1e-3)


@settings(max_examples=10)
@given(st.integers(0, 999), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(seed, chance):
    past = history(seed)
    shuffled = History(
        projects=tuple(chance.sample(past.projects, len(past.projects))),
        participations=tuple(chance.sample(past.participations, len(past.participations))),
    )
    assert best(shuffled) == best(past)


@settings(max_examples=10)
@given(st.integers(0, 999))
def test_other_names_change_nothing_but_names(seed):
    past = history(seed)
    names = sorted({row.name for row in past.participations})
    # Backwards, so that the new names sort the other way round.
    new = {name: f"zz{len(names) - number:03}" for number, name in enumerate(names)}
    renamed = History(
        projects=past.projects,
        participations=tuple(replace(row, name=new[row.name]) for row in past.participations),
    )
    draft = replace(DRAFT, partners=tuple(new.get(partner, partner) for partner in DRAFT.partners))
    old = {new[one.name]: (one.score, codes(one)) for one in best(past, top=50)}
    assert {one.name: (one.score, codes(one)) for one in best(renamed, draft, top=50)} == old


@settings(max_examples=10)
@given(st.integers(0, 999))
def test_an_unrelated_project_changes_no_fact(seed):
    past = history(seed)
    more = History(
        projects=(*past.projects, Project(id="zz", title="Opera", objective="Singers rehearse arias.")),
        participations=(*past.participations, Participation(project_id="zz", name="Stage"),
                        Participation(project_id="zz", name="Choir")),
    )  # fmt: skip
    before = {one.name: one.reasons for one in best(past, top=50)}
    after = {one.name: one.reasons for one in best(more, top=50)}
    assert {name: reasons for name, reasons in after.items() if name in before} == before


def test_learns_nothing_from_projects_whose_text_is_not_given():
    past = history()
    hidden = (Participation(project_id="later", name="water1"), Participation(project_id="later", name="towns1"))
    assert best(replace(past, participations=(*past.participations, *hidden))) == best(past)


def test_an_organisation_without_past_projects_is_a_candidate_and_says_so():
    past = history()
    new = Participation(project_id="later", name="Newcomer", country="DE")
    found = {one.name: one for one in best(replace(past, participations=(*past.participations, new)), top=50)}
    assert codes(found["Newcomer"])[0] == "no_past_project"


def test_recommends_when_nobody_was_in_two_projects():
    projects = tuple(Project(id=id, title=id, objective=text) for id, text in THEMES.items())
    rows = tuple(Participation(project_id=id, name=f"{id} {n}") for id in THEMES for n in range(2))
    assert {one.name for one in best(History(projects=projects, participations=rows), top=2)} == {"water 0", "water 1"}


def test_recommends_by_partners_alone_and_by_text_alone():
    assert best(history(), replace(DRAFT, title="", objective=""))[0].name.startswith(("water", "org"))
    assert best(history(), replace(DRAFT, partners=()))[0].name.startswith(("water", "org"))


def test_many_drafts_get_the_answers_each_would_get_alone():
    drafts = [replace(DRAFT, id=f"d{n}", partners=(f"water{n % 6}",)) for n in range(40)]
    learnt = Recommender(history())
    alone = [next(iter(learnt.recommend([draft]))) for draft in drafts]
    assert list(learnt.recommend(drafts)) == alone


@pytest.mark.parametrize(
    "forms",
    [
        ("Werkstatt am See e.V.", "WERKSTATT AM SEE E. V.", "Werkstatt am See EV"),
        ("Malmö", "MALMO"),
        ("A&B", "a b", "AB"),
    ],
)
def test_forms_of_a_name_have_one_key(forms):
    assert len({key_of(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: Draft(id="", title="x"), "Draft.id"),
        (lambda: Draft(id="d", title=""), "Draft.title of d"),
        (lambda: Project(id=" ", title="x", objective=""), "Project.id"),
        (lambda: Participation(project_id="p", name=" "), "Participation.name"),
        (lambda: History(projects=(), participations=()), "History.projects"),
        (lambda: best(history(), top=0), "top must be 1 or more"),
    ],
)
def test_refuses_what_makes_no_sense_by_name(make, complaint):
    with pytest.raises(BadProblem, match=complaint):
        make()
