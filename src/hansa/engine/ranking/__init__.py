"""Whom or what to look at first for a need: hubs, facilities, experts, past cases, organisations, in one list."""

from hansa.engine.ranking.answer import LeftOut, Part, Ranked, Ranking
from hansa.engine.ranking.board import rank
from hansa.engine.ranking.question import (
    APPLIES,
    CONFLICTS,
    KINDS,
    MODES,
    PARTS,
    Conflict,
    Kind,
    Mode,
    PartName,
    Rules,
    Traits,
    Weights,
)

__all__ = [
    "APPLIES",
    "CONFLICTS",
    "KINDS",
    "MODES",
    "PARTS",
    "Conflict",
    "Kind",
    "LeftOut",
    "Mode",
    "Part",
    "PartName",
    "Ranked",
    "Ranking",
    "Rules",
    "Traits",
    "Weights",
    "rank",
]
