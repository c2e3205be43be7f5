"""When a candidate has not the wanted concept but one that is near it in the vocabulary."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.markets import lead_of, market_of, need_of
from hansa.engine.closeness import Closeness, Edge, Graph, near_concepts, nearness
from hansa.engine.consortium import best_team, evaluate_team
from hansa.engine.explain import say
from hansa.engine.problem import BadProblem, LeadCover, Limits
from hansa.engine.ranking import Traits, rank
from hansa.engine.reference import near_by_walking
from hansa.engine.verify import check_nearness, check_ranking, check_team

# welding robots < industrial robots < robotics; gripping < robotics; safety is related to industrial robots;
# "build cells" requires industrial robots, industrial robots require control.
EDGES = (
    Edge("welding robots", "industrial robots", "broader"),
    Edge("industrial robots", "robotics", "broader"),
    Edge("gripping", "robotics", "broader"),
    Edge("industrial robots", "safety", "related"),
    Edge("build cells", "industrial robots", "requires"),
    Edge("industrial robots", "control", "requires"),
)
GRAPH = Graph(EDGES)
NEED = need_of("ab")
WANTED = ("industrial robots", "audits")


def near(*held, setting=Closeness()):
    """What each candidate has near the two wants; ``held`` maps concepts to strengths, one mapping per candidate."""
    rows = {}
    for row, has in enumerate(held):
        for concept, strength in has.items():
            rows.setdefault(concept, []).append((row, strength))
    postings = {
        concept: (np.array([r for r, _ in found], np.int32), np.array([s for _, s in found], np.float32))
        for concept, found in rows.items()
    }
    return nearness(WANTED, graph=GRAPH, postings=postings, n_candidates=len(held), setting=setting)


def ranking_of(*held, rows=None, **options):
    rows = rows or [(number, "") for number in range(1, len(held) + 1)]
    return rank(need=NEED, market=market_of(NEED, *rows), traits=Traits(near=near(*held)), **options)


def test_knows_what_is_near_and_how_far():
    found = near_concepts("industrial robots", graph=GRAPH)
    assert {concept: (path.steps, round(path.worth, 4)) for concept, path in found.items()} == {
        "welding robots": (("narrower",), 0.5),
        "robotics": (("broader",), 0.4),
        "build cells": (("needed_by",), 0.4),
        "safety": (("related",), 0.3),
        "control": (("needs",), 0.2),
        "gripping": (("broader", "narrower"), 0.2),
    }
    assert list(found) == ["welding robots", "build cells", "robotics", "safety", "control", "gripping"]


@pytest.mark.parametrize(
    ("has", "sentence"),
    [
        ("robotics", "Has “robotics”, 1 step broader than “want a”."),
        ("welding robots", "Has “welding robots”, 1 step narrower than “want a”."),
        ("safety", "Has “safety”, which is related to “want a”."),
        ("control", "Has “control”, which “want a” needs."),
        ("build cells", "Has “build cells”, which needs “want a”."),
        ("gripping", "Has “gripping”. It stands beside “want a” under “robotics”."),
    ],
)
def test_the_distance_is_said(has, sentence):
    (row,) = ranking_of({has: 0.8}).ranked
    assert sentence in [say(reason) for reason in row.pros]


def test_two_steps_are_told_as_two():
    graph = Graph([Edge("a", "b", "broader"), Edge("b", "c", "broader")])
    found = nearness(
        ("a", "z"), graph=graph, postings={"c": (np.zeros(1, np.int32), np.ones(1, np.float32))}, n_candidates=1
    )
    (row,) = rank(need=NEED, market=market_of(NEED, (1, "")), traits=Traits(near=found)).ranked
    assert "Has “c”, 2 steps broader than “want a”." in [say(reason) for reason in row.pros]


def test_a_near_concept_counts_in_part():
    ranked = {row.id: row for row in ranking_of({}, {"robotics": 1.0}, {}, rows=[(1, "A"), (2, ""), (3, "")]).ranked}
    assert ranked[1].points("fit") == pytest.approx(25)
    assert ranked[2].points("fit") == pytest.approx(25 * 0.4)
    assert ranked[3].points("fit") == 0


def test_it_counts_by_its_own_evidence():
    first, second = ranking_of({"robotics": 0.4}, {"robotics": 1.0}).ranked
    assert (first.id, first.points("fit")) == (2, pytest.approx(10))
    assert (second.id, second.points("fit")) == (1, pytest.approx(4))


def test_it_is_no_cover():
    (row,) = ranking_of({"welding robots": 1.0}).ranked
    assert (row.covers, row.lacks) == ((), ("a", "b"))
    assert [(cover.want_id, cover.strength, cover.path.near) for cover in row.near] == [("a", 0.5, "welding robots")]
    assert "Covers nothing that is missing." in [say(reason) for reason in row.cons]


def test_the_wanted_concept_itself_counts_more_than_what_is_near():
    (row,) = ranking_of({"welding robots": 1.0}, rows=[(1, "a")]).ranked
    assert row.points("fit") == pytest.approx(25 * 0.8)
    assert row.near == ()


def test_several_near_concepts_count_as_the_best_of_them():
    (row,) = ranking_of({"robotics": 1.0, "welding robots": 0.9, "safety": 1.0}).ranked
    assert row.points("fit") == pytest.approx(25 * 0.45)


def test_what_the_lead_brings_itself_is_not_told():
    (row,) = ranking_of({"robotics": 1.0}, lead=lead_of(NEED, "A")).ranked
    assert (row.points("fit"), row.near) == (0, ())


def test_a_team_takes_no_notice_of_what_is_near():
    """A want that no hub covers itself stays a gap of every team, however near something is."""
    market = market_of(NEED, (1, "B"), (2, ""))
    found = near({}, {"welding robots": 1.0})
    (first, second) = rank(need=NEED, market=market, traits=Traits(near=found)).ranked
    assert (first.id, second.id, second.points("fit")) == (1, 2, pytest.approx(12.5))
    asked = {"need": NEED, "market": market, "limits": Limits(), "lead": None}
    answer = best_team(**asked)
    assert (answer.hub_ids, answer.gaps) == ((1,), ("a",))
    assert check_team(**asked, answer=answer) == ()
    assert evaluate_team([1, 2], need=NEED, market=market, limits=Limits()).gaps == ("a",)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"narrower": 0.6}, "Closeness.narrower"),
        ({"related": -0.1}, "Closeness.related"),
        ({"needs": float("nan")}, "Closeness.needs"),
        ({"most_steps": 9}, "Closeness.most_steps"),
        ({"least": 2}, "Closeness.least"),
    ],
)
def test_no_setting_lets_a_near_concept_count_as_a_whole_cover(change, field):
    with pytest.raises(BadProblem, match=field):
        Closeness(**change)


def test_a_near_concept_lifts_the_lead_over_nothing():
    ranked = ranking_of({"robotics": 1.0}, lead=LeadCover(strength=np.array([0.3, 0], np.float32))).ranked
    assert ranked[0].points("fit") == pytest.approx(50 * (0.4 - 0.3) * 2 / (0.7 * 2 + 2), abs=1e-4)


concepts = st.integers(0, 7)
graphs = st.lists(
    st.builds(Edge, concepts, concepts, st.sampled_from(["broader", "related", "requires"])), min_size=1, max_size=14
)
scales = st.builds(
    Closeness,
    broader=st.sampled_from([0.4, 0.5, 0.0]),
    narrower=st.sampled_from([0.5, 0.1]),
    related=st.sampled_from([0.3, 0.5]),
    needed_by=st.sampled_from([0.4, 0.05]),
    most_steps=st.integers(0, 4),
    least=st.sampled_from([0.0, 0.02, 0.1]),
)


@settings(max_examples=1500, deadline=None)
@given(edges=graphs, wanted=concepts, setting=scales)
def test_finds_the_best_path_to_each_concept(edges, wanted, setting):
    found = near_concepts(wanted, graph=Graph(edges), setting=setting)
    expected = near_by_walking(wanted, edges, setting)
    assert {concept: pytest.approx(path.worth, abs=1e-12) for concept, path in found.items()} == expected


@settings(max_examples=300, deadline=None)
@given(
    edges=graphs,
    wanted=st.lists(concepts, min_size=1, max_size=3, unique=True),
    held=st.lists(st.dictionaries(concepts, st.sampled_from([0.4, 0.8, 1.0])), min_size=1, max_size=5),
    setting=scales,
)
def test_each_candidate_gets_its_best_near_concept_and_the_check_agrees(edges, wanted, held, setting):
    postings = {}
    for concept in range(8):
        rows = [row for row, has in enumerate(held) if concept in has]
        postings[concept] = (np.array(rows, np.int32), np.array([held[row][concept] for row in rows], np.float32))
    found = nearness(wanted, graph=Graph(edges), postings=postings, n_candidates=len(held), setting=setting)
    for column, want in enumerate(wanted):
        worth = near_by_walking(want, edges, setting)
        best = [max((worth[c] * s for c, s in has.items() if c in worth), default=0) for has in held]
        assert found.strength[:, column].tolist() == pytest.approx(best, abs=1e-6)
    assert check_nearness(wanted=wanted, edges=edges, held=held, found=found, setting=setting) == ()


@pytest.mark.parametrize("row", [0, 1])
def test_a_planted_wrong_strength_is_caught(row):
    held = ({"robotics": 0.8}, {})
    found = near(*held)
    found.strength[row, 0] = 0.9
    assert check_nearness(wanted=WANTED, edges=EDGES, held=held, found=found)
    market = market_of(NEED, (1, ""), (2, ""))
    right = rank(need=NEED, market=market, traits=Traits(near=near(*held)))
    assert check_ranking(need=NEED, market=market, traits=Traits(near=found), answer=right)


def test_a_path_the_vocabulary_does_not_know_is_caught():
    held = ({"robotics": 0.8},)
    assert check_nearness(wanted=WANTED, edges=EDGES[2:], held=held, found=near(*held)) != ()
    assert check_nearness(wanted=WANTED, edges=EDGES, held=held, found=near({})) != ()
