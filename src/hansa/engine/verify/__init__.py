"""Independent checks of answers. They share no code with the searches and run in production on every answer."""

from hansa.engine.verify.allocation import check_assessors, check_grants, check_sample
from hansa.engine.verify.closeness import check_nearness
from hansa.engine.verify.ranking import check_ranking
from hansa.engine.verify.shares import check_split
from hansa.engine.verify.team import check_team
from hansa.engine.verify.timetable import check_repair, check_timetable

__all__ = [
    "check_assessors",
    "check_grants",
    "check_nearness",
    "check_ranking",
    "check_repair",
    "check_sample",
    "check_split",
    "check_team",
    "check_timetable",
]
