"""Facilities and past work that fit a need, in the reader's words."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hansa.collaboration.partnering.models import Request
from hansa.collaboration.partnering.queries.addresses import address
from hansa.collaboration.partnering.queries.matching.keeping import kept
from hansa.collaboration.partnering.queries.matching.page import place_of, question_of
from hansa.collaboration.partnering.queries.matching.problem import WEIGHTS, Question
from hansa.collaboration.partnering.queries.matching.words import PART_NAMES, said, said_all, scores_of
from hansa.engine.ranking import Kind, Ranked, rank
from hansa.engine.verify import check_ranking
from hansa.hubs.directory import queries as directory
from hansa.hubs.directory.queries import Belonging
from hansa.hubs.taxonomy import queries as taxonomy

log = logging.getLogger(__name__)

MOST_SHOWN = 12
KINDS: tuple[Kind, ...] = ("facility", "case")


@dataclass(frozen=True, slots=True, kw_only=True)
class BelongingsPage:
    """What the page shows: ``rows`` as candidates, ``weights`` per kind, how many were ranked."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    weights: list[tuple[str, list[tuple[str, float]]]] = field(default_factory=list)
    n_ranked: int = 0
    asks_for_nothing: bool = False


def belongings_page(request: Request) -> BelongingsPage:
    """Rank the facilities and past cases of the network for a need; six statements at most, one when nothing changed."""
    listed = directory.catalogue()
    asked, _problem = question_of(request, listed=listed)
    if not asked.need.wants:
        return BelongingsPage(asks_for_nothing=True)
    key = ("belongings", get_language(), asked.need, asked.concept_ids, asked.lead_id, taxonomy.stamp())
    return kept(listed, key, lambda: _page(asked))


def _page(asked: Question) -> BelongingsPage:
    market, traits, found = directory.belongings_market(asked.concept_ids, place=asked.place, directory=asked.directory)
    question = {"need": asked.need, "market": market, "weights": WEIGHTS, "traits": traits}
    answer = rank(**question, limit=MOST_SHOWN)
    for problem in check_ranking(**question, answer=answer):
        log.error("The facilities and cases for lead %s did not pass their check: %s", asked.lead_id, problem)
    ranked = [row for row in answer.ranked if row.points("fit") > 0]
    taxonomy.entries(concept for row in ranked for near in row.near for concept in near.path.concepts)
    return BelongingsPage(
        rows=[_row(asked, row, found[row.id - 1]) for row in ranked],
        weights=[(_name_of(kind), _weights_of(kind)) for kind in KINDS],
        n_ranked=answer.n,
    )


def _name_of(kind: Kind) -> str:
    return _("Facility") if kind == "facility" else _("Past work")


def _weights_of(kind: Kind) -> list[tuple[str, float]]:
    of = zip(PART_NAMES.values(), WEIGHTS.of(kind), strict=True)
    return [(str(name), points) for name, points in of if points]


def _row(asked: Question, ranked: Ranked, one: Belonging) -> dict[str, Any]:
    kind = _name_of(ranked.kind)
    hub = _("your hub") if one.hub.id == asked.lead_id else one.hub.name
    words = [f"{kind} ({one.year})" if one.year else kind, hub, place_of(one.hub)]
    return {
        "id": one.hub.id,
        "rank": ranked.place,
        "name": one.name,
        "href": address("directory:profile", one.hub.slug),
        "text": one.text,
        "note": " · ".join(filter(None, words)),
        "pros": said_all(ranked.pros[:3]),
        "cons": said_all(ranked.cons[:2]),
        "scores": scores_of(ranked),
        "change": said(ranked.change),
    }
