"""Between the rows of a request and the engine: what goes in, and the answers in words."""

from hansa.collaboration.partnering.queries.matching.answers import concept_named, match, team_for, wants_from
from hansa.collaboration.partnering.queries.matching.belongings import BelongingsPage, belongings_page
from hansa.collaboration.partnering.queries.matching.page import ShortlistPage, contributions, own_cover, shortlist_page
from hansa.collaboration.partnering.queries.matching.problem import WEIGHTS
from hansa.collaboration.partnering.queries.matching.words import said_all, scores_of
from hansa.engine.problem import BadProblem

__all__ = [
    "WEIGHTS",
    "BadProblem",
    "BelongingsPage",
    "ShortlistPage",
    "belongings_page",
    "concept_named",
    "contributions",
    "match",
    "own_cover",
    "said_all",
    "scores_of",
    "shortlist_page",
    "team_for",
    "wants_from",
]
