"""The hubs of the directory ranked for a question, and checked."""

from __future__ import annotations

import logging

from hansa.collaboration.partnering.queries.matching.keeping import kept
from hansa.collaboration.partnering.queries.matching.problem import WEIGHTS, Question
from hansa.engine.ranking import Ranked, Ranking, Traits, rank
from hansa.engine.verify import check_ranking
from hansa.hubs.directory import queries as directory
from hansa.hubs.taxonomy import queries as taxonomy

log = logging.getLogger(__name__)


def ranked_hubs(asked: Question, *, limit: int) -> tuple[Ranked, ...]:
    """Rank the hubs that cover something or have something near, best first, without those left out by the limits.

    Distances are measured from the lead. One statement for the names of near concepts not met lately.
    """
    excluded = asked.limits.excluded

    def compute() -> Ranking:
        place = asked.place
        market, near = directory.market_with_near(asked.concept_ids, place=place, directory=asked.directory)
        question = {"need": asked.need, "market": market, "weights": WEIGHTS, "lead": asked.lead, "mode": asked.mode,
                    "min_strength": asked.limits.min_strength, "traits": Traits(near=near, has_place=place is not None)}  # fmt: skip
        answer = rank(**question, limit=limit + len(excluded))
        for problem in check_ranking(**question, answer=answer):
            log.error("The ranking for lead %s did not pass its check: %s", asked.lead_id, problem)
        return answer

    answer = kept(
        asked.directory, ("rank", asked.need, asked.limits, asked.lead_id, asked.mode, limit, taxonomy.stamp()), compute
    )
    found = tuple(one for one in answer.ranked if one.id not in excluded and one.points("fit") > 0)[:limit]
    taxonomy.entries(concept for one in found for near in one.near for concept in near.path.concepts)
    return found
