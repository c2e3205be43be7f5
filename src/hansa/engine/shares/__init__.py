"""Sharing out what a client pays: by proportion, by need, by contribution (Shapley), and what an incentive would have to be.

Front doors: ``fair_shares``, ``weigh_split``, ``shapley``, and ``shown`` for figures that must not point at a few.
"""

from hansa.engine.shares.contribution import EXACT_UP_TO, Contribution, shapley
from hansa.engine.shares.problem import Member, ShareProblem
from hansa.engine.shares.split import METHODS, Method, Share, Split, fair_shares, weigh_split
from hansa.engine.shares.suppression import LEAST, Cell, shown

__all__ = [
    "EXACT_UP_TO",
    "LEAST",
    "METHODS",
    "Cell",
    "Contribution",
    "Member",
    "Method",
    "Share",
    "ShareProblem",
    "Split",
    "fair_shares",
    "shapley",
    "shown",
    "weigh_split",
]
