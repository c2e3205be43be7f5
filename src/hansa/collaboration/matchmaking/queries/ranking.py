"""Organisations ranked for a need: the own ecosystem for the hub that searches, the answers for the lead."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hansa.collaboration.matchmaking.models import Match, PartnerRequest
from hansa.collaboration.matchmaking.queries.gate import SharedMatch, shared_match
from hansa.collaboration.partnering import queries as partnering
from hansa.engine.problem import Need, Want
from hansa.engine.ranking import Ranked, rank
from hansa.engine.verify import check_ranking
from hansa.hubs.directory import queries as directory
from hansa.hubs.taxonomy import queries as taxonomy

log = logging.getLogger(__name__)

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An organisation of the own ecosystem with its place in the ranking and the reasons for it.

    ``fits_kind``: whether it is the kind of partner that is looked for.
    """

    organisation: Any
    place: int
    fits_kind: bool
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    scores: tuple[tuple[str, float, float], ...] = ()


def search_ecosystem(
    need: partnering.SharedNeed, hub_id: int, *, kind: str, text: str = "", only_kind: bool = False
) -> list[Found]:
    """Rank the hub's own organisations for what it may read of a need; three queries for any number.

    Where the need asks for nothing that a vocabulary knows, those of the kind looked for come first, by name.
    """
    rows = directory.suggestible(hub_id, text=text)
    if only_kind:
        rows = [row for row in rows if kind in row.partner_kinds]
    by_id = {row.pk: row for row in rows}
    ranked = _ranked(need, [directory.candidate_of(row) for row in rows])
    if not ranked:
        rows.sort(key=lambda row: kind not in row.partner_kinds)
        return [
            Found(organisation=row, place=place, fits_kind=kind in row.partner_kinds)
            for place, row in enumerate(rows[:MOST_SHOWN], start=1)
        ]
    return [
        Found(
            organisation=by_id[one.id],
            place=one.place,
            fits_kind=kind in by_id[one.id].partner_kinds,
            pros=tuple(partnering.said_all(one.pros[:3])),
            cons=tuple(partnering.said_all(one.cons[:2])),
            scores=tuple(partnering.scores_of(one)),
        )
        for one in ranked[:MOST_SHOWN]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one hub suggests, as the lead may read it, with its place among the answers and the reasons."""

    match: Match
    shown: SharedMatch
    place: int
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    scores: tuple[tuple[str, float, float], ...] = ()


def answers(request: Any, matches: Sequence[Match], *, at: datetime) -> list[Answer]:
    """Rank what the hubs suggested by what the gate shows of it to the lead, best first.

    ``request`` comes from ``partnering.full_request``.
    """
    shown = {match.pk: shared_match(match, request.lead_id, at=at) for match in matches}
    candidates = [
        directory.Candidate(
            id=match.pk,
            name=shown[match.pk].title,
            country=shown[match.pk].country_code,
            languages=frozenset(shown[match.pk].languages),
            concept_ids=frozenset(pk for pk, _label in shown[match.pk].offers),
        )
        for match in matches
    ]
    by_id = {match.pk: match for match in matches}
    ranked = _ranked(partnering.whole_need(request), candidates)
    if not ranked:
        return [Answer(match=match, shown=shown[match.pk], place=n) for n, match in enumerate(matches, start=1)]
    return [
        Answer(
            match=by_id[one.id],
            shown=shown[one.id],
            place=one.place,
            pros=tuple(partnering.said_all(one.pros[:3])),
            cons=tuple(partnering.said_all(one.cons[:3])),
            scores=tuple(partnering.scores_of(one)),
        )
        for one in ranked
    ]


def _ranked(need: partnering.SharedNeed, candidates: Sequence[directory.Candidate]) -> tuple[Ranked, ...]:
    """Rank and check; nothing without wants or candidates."""
    if not need.wants or not candidates:
        return ()
    wants = tuple(Want(id=str(want.id), label=want.label, must_have=want.must_have) for want in need.wants)
    market, traits = directory.organisations_market([want.concept_id for want in need.wants], candidates)
    question = {"need": Need(wants=wants, languages=frozenset(need.languages)), "market": market,
                "weights": partnering.WEIGHTS, "traits": traits}  # fmt: skip
    answer = rank(**question)  # type: ignore[arg-type]
    for problem in check_ranking(**question, answer=answer):  # type: ignore[arg-type]
        log.error("A ranking of organisations did not pass its check: %s", problem)
    taxonomy.entries(concept for one in answer.ranked for near in one.near for concept in near.path.concepts)
    return answer.ranked


def hub_ids_reached(asked: PartnerRequest) -> list[int]:
    """Return the hubs that the partner request goes to, but not the lead; one query, none for hubs that are named."""
    if asked.reach == "hubs":
        return [pk for pk in asked.hub_ids if pk != asked.request.lead_id]
    countries = asked.countries if asked.reach == "countries" else None
    return [pk for pk in directory.reachable_ids(countries=countries) if pk != asked.request.lead_id]
