"""A stratified sample that anybody can draw again, from words announced in public.

How it is drawn (Webster's method, also called Sainte-Lague, with a floor; then the smallest hashes):

1. Every stratum gets ``min_per_stratum`` places, or as many as it has members.
2. The other places go out one by one, each to the stratum with the largest (members) / (2 x places so far + 1) that still
   has members left; of equal ones to the first by name.
3. The members of a stratum are ordered by SHA-256 of "seed, line feed, stratum, line feed, id" in UTF-8, all in Unicode
   normal form C, written in hexadecimal; the first ones are drawn.

Neither the order of the list nor who else is on it changes anybody's hash. ``sha256sum`` on any machine gives the same.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from hansa.engine.allocation.answer import SampleAnswer
from hansa.engine.allocation.problem import Candidate, Draw, require_distinct
from hansa.engine.problem import BadProblem, Reason


def draw_sample(candidates: Iterable[Candidate], *, draw: Draw) -> SampleAnswer:
    """Draw ``draw.size`` candidates, by strata, from the public words ``draw.seed``.

    :raises BadProblem: an id is empty or occurs twice, or more is asked for than there is
    """
    everyone = tuple(candidates)
    require_distinct((one.id for one in everyone), "Candidate.id")
    if draw.size > len(everyone):
        raise BadProblem(f"Draw.size must not be above the number of candidates, {len(everyone)}")
    strata: defaultdict[str, list[str]] = defaultdict(list)
    for one in everyone:
        strata[one.stratum].append(one.id)
    members = {name: len(strata[name]) for name in sorted(strata)}
    places = _places(members, draw)
    by_stratum = {
        name: tuple(sorted(strata[name], key=lambda one, name=name: (_hash(draw.seed, name, one), one))[:n])  # type: ignore[misc]
        for name, n in places.items()
    }
    sizes = {name: (members[name], places[name]) for name in members}
    return SampleAnswer(
        drawn=tuple(one for ids in by_stratum.values() for one in ids),
        by_stratum=by_stratum,
        sizes=sizes,
        check_sum=_check_sum(everyone),
        reasons=(
            Reason("sample_drawn", facts={"n": draw.size, "of": len(everyone), "seed": draw.seed}),
            *(
                Reason("sample_stratum", facts={"group": name or "-", "n": drawn, "of": of})
                for name, (of, drawn) in sizes.items()
            ),
        ),
    )


def _places(members: Mapping[str, int], draw: Draw) -> dict[str, int]:
    places = {name: min(draw.min_per_stratum, n) for name, n in members.items()}
    left = draw.size - sum(places.values())
    if left < 0:
        raise BadProblem(f"Draw.size must be {sum(places.values())} or more, so that every stratum gets its minimum")
    for _ in range(left):
        # Fractions are compared by cross-multiplying whole numbers: floats would decide ties by rounding.
        best = None
        for name, n in members.items():
            if places[name] < n and (
                best is None or n * (2 * places[best] + 1) > members[best] * (2 * places[name] + 1)
            ):
                best = name
        assert best is not None  # there are at least as many candidates as places
        places[best] += 1
    return places


def _hash(*words: str) -> str:
    return hashlib.sha256(unicodedata.normalize("NFC", "\n".join(words)).encode()).hexdigest()


def _check_sum(everyone: tuple[Candidate, ...]) -> str:
    """SHA-256 over "stratum, tab, id" of all candidates, one a line, in alphabetical order: what was drawn from."""
    return _hash(*sorted(f"{one.stratum}\t{one.id}" for one in everyone))
