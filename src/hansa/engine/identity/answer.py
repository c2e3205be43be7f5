"""What the identity question answers: values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hansa.engine.problem import Reason

Verdict = Literal["merge", "review", "apart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence: its reason, and how much it moves the log-odds (natural log; above 0 speaks for one
    organisation). ``is_veto``: whatever else speaks for it, the two are not merged by themselves."""

    reason: Reason
    log_odds: float
    is_veto: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records and whether they mean one organisation. ``left`` stands before ``right`` in the input.

    ``probability`` is 1 / (1 + exp(-sum of the evidence's log-odds)). ``verdict``: ``merge`` from the upper threshold on,
    unless there is a veto; ``review`` from the lower one on; else ``apart``.
    """

    left: str
    right: str
    probability: float
    verdict: Verdict
    evidence: tuple[Evidence, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The evidence as reasons, the most telling first."""
        return tuple(one.reason for one in sorted(self.evidence, key=lambda one: -abs(one.log_odds)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A proposal to un-merge: the records of one cluster, in the groups that belong together, largest first.
    ``contradictions`` are the pairs that cannot be one organisation."""

    cluster: str
    groups: tuple[tuple[str, ...], ...]
    contradictions: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAnswer:
    """Pairs to merge or to look at, surest first; groups of records proposed as one; clusters proposed to be split."""

    pairs: tuple[Pair, ...] = ()
    merges: tuple[tuple[str, ...], ...] = ()
    splits: tuple[Split, ...] = ()
    n_compared: int = 0
