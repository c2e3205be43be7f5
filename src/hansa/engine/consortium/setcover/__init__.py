"""The cheapest cover: every row by at least one chosen column, at the least cost, with a proof.

The bare problem inside a team: rows are must-haves, columns hubs. Front doors: ``read_orlib`` and ``cheapest_cover``.
"""

from hansa.engine.consortium.setcover.problem import CoverAnswer, CoverProblem
from hansa.engine.consortium.setcover.reading import read_orlib
from hansa.engine.consortium.setcover.solving import cheapest_cover

__all__ = ["CoverAnswer", "CoverProblem", "cheapest_cover", "read_orlib"]
