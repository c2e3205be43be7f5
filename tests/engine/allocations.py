"""Made-up questions of allocation, small enough for brute force and wide enough to reach every rule."""

from __future__ import annotations

from hypothesis import strategies as st

from hansa.engine.allocation import RULES, Application, Assessed, Assessor, AssessorRules, Candidate, Draw, GrantRules

GROUPS = ("new", "rural")
COUNTRIES = ("", "DE", "FR")
TAGS = ("robots", "data")


@st.composite
def grant_questions(draw, most=8):
    n = draw(st.integers(0, most))
    applications = tuple(
        Application(
            id=f"a{number}",
            hub=draw(st.sampled_from(["h1", "h2", "h3"])),
            country=draw(st.sampled_from(COUNTRIES)),
            amount_eur=draw(st.sampled_from([0, 1, 10.5, 20, 33.33, 60])),
            value=draw(st.sampled_from([0, 1, 2.5, 2.505, 7])),
            groups=frozenset(draw(st.sets(st.sampled_from(GROUPS)))),
        )
        for number in range(n)
    )
    known = sorted({group for one in applications for group in one.groups})
    rules = GrantRules(
        budget_eur=draw(st.sampled_from([0, 21, 50, 75.25, 500])),
        max_per_hub=draw(st.sampled_from([None, None, 0, 1, 2])),
        max_per_country=draw(st.sampled_from([None, None, 1, 2])),
        min_shares={g: draw(st.sampled_from([0.2, 0.3333, 0.75])) for g in known if draw(st.integers(0, 2)) == 0},
    )
    return applications, rules


@st.composite
def assessor_questions(draw):
    some = lambda *names: frozenset(draw(st.sets(st.sampled_from(names))))  # noqa: E731
    hubs = tuple(
        Assessed(
            id=f"h{number}",
            country=draw(st.sampled_from(COUNTRIES)),
            networks=some("n1", "n2") if draw(st.booleans()) else frozenset(),
            languages=some("en", "fr"),
            expertise=some(*TAGS),
            n_assessors=draw(st.integers(1, 2)),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    assessors = tuple(
        Assessor(
            id=f"p{number}",
            country=draw(st.sampled_from(COUNTRIES)),
            networks=some("n1", "n2") if draw(st.integers(0, 2)) == 0 else frozenset(),
            languages=frozenset({"en", "fr"}) if draw(st.booleans()) else some("en", "fr"),
            expertise=some(*TAGS),
            cooperated=some("h0", "h1") if draw(st.integers(0, 2)) == 0 else frozenset(),
            conflicts=some("h0", "h2") if draw(st.integers(0, 2)) == 0 else frozenset(),
            max_load=draw(st.integers(0, 3)),
        )
        for number in range(draw(st.integers(0, 4)))
    )
    lifted = draw(st.sampled_from([frozenset(), *(frozenset({name}) for name in RULES), frozenset(RULES)]))
    return hubs, assessors, AssessorRules(lifted=lifted)


@st.composite
def draws(draw):
    candidates = tuple(
        Candidate(id=f"c{number}", stratum=draw(st.sampled_from(["", "north", "south", "west"])))
        for number in range(draw(st.integers(0, 30)))
    )
    least = draw(st.integers(0, 3))
    sizes = [sum(one.stratum == name for one in candidates) for name in {one.stratum for one in candidates}]
    floor = sum(min(least, size) for size in sizes)
    size = draw(st.integers(floor, len(candidates)))
    return candidates, Draw(size=size, seed=draw(st.sampled_from(["1 May", "ö seed"])), min_per_stratum=least)
