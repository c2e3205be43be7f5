"""The shortlist page: who covers what, the team, the proposed team, the candidates."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hansa.collaboration.partnering.models import Request
from hansa.collaboration.partnering.queries.addresses import address
from hansa.collaboration.partnering.queries.consent import wants_on
from hansa.collaboration.partnering.queries.matching import matrix, teams
from hansa.collaboration.partnering.queries.matching.keeping import kept
from hansa.collaboration.partnering.queries.matching.problem import (
    BY_ITS_OWN_WORD,
    WEIGHTS,
    CheckedTeam,
    Question,
    checked_team,
    engine_wants,
    limits_from,
    question,
)
from hansa.collaboration.partnering.queries.matching.ranked import ranked_hubs
from hansa.collaboration.partnering.queries.matching.words import PART_NAMES, country_name, said, said_all, scores_of
from hansa.engine.consortium import TeamEffect, evaluate_team
from hansa.engine.problem import BadProblem, Limits
from hansa.engine.ranking import Ranked
from hansa.hubs.directory import queries as directory
from hansa.hubs.directory.queries import Catalogue, Row
from hansa.hubs.taxonomy import queries as taxonomy

MOST_COLUMNS = 8
MOST_CANDIDATES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortlistPage:
    """Everything the page shows. ``team`` is what was picked (None: nobody yet), ``proposed`` what the search found."""

    table: dict[str, Any] = field(default_factory=dict)
    team: dict[str, Any] | None = None
    proposed: dict[str, Any] | None = None
    candidates: list[dict[str, Any]] = field(default_factory=list)
    weights: list[tuple[str, float]] = field(default_factory=list)
    to_invite: list[int] = field(default_factory=list)
    shown_ids: list[int] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    n_hubs: int = 0
    problem: str = ""

    @property
    def is_proposed(self) -> bool:
        """Whether the team picked is the proposed one."""
        chosen = [head["id"] for head in self.table.get("hubs", ()) if head["chosen"]]
        return bool(self.proposed) and sorted(chosen[1:]) == sorted(self.proposed["hub_ids"])  # type: ignore[index]


def question_of(request: Request, *, listed: Catalogue | None = None) -> tuple[Question, str]:
    """Put the wants of a request to the market; say which limits make no sense. At most one query."""
    wants, concept_ids = engine_wants(wants_on(request))
    limits, problem = request.limits, ""
    try:
        limits_from(limits)
    except BadProblem as bad:
        limits, problem = {}, str(bad)
    asked = question(
        wants,
        concept_ids,
        lead_id=request.lead_id,
        limits=limits,
        languages=request.working_languages,
        listed=listed,
        mode=request.mode,  # type: ignore[arg-type]
        has_client=request.client_id is not None,
    )
    return asked, problem


def own_cover(request: Request) -> dict[int, str]:
    """How the lead covers what its own request asks for: ``yes`` or ``partly`` by concept. One query."""
    listed = directory.catalogue()
    position = listed.by_id.get(request.lead_id)
    if position is None:
        return {}
    strengths = listed.rows[position].concepts
    return {
        want.concept_id: "yes" if strengths[want.concept_id] >= BY_ITS_OWN_WORD else "partly"
        for want in wants_on(request)
        if strengths.get(want.concept_id, 0) >= Limits().min_strength
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What a hub would be asked for: the ids of the wants."""

    hub_id: int
    name: str
    place: str
    want_ids: list[int]


def contributions(request: Request, hub_ids: Sequence[int]) -> list[Contribution]:
    """What each hub covers and the lead lacks; all it covers, if the lead lacks none of it or looks for similar hubs.

    One or two queries.

    Hubs that left the directory are left out.
    """
    asked, _problem = question_of(request)
    least, own = asked.limits.min_strength, asked.strength_of(None)
    found = []
    for hub_id in hub_ids:
        hub, strength = asked.hub(hub_id), asked.strength_of(hub_id)
        if hub is None:
            continue
        covers = [place for place in range(len(asked.need.wants)) if strength[place] >= least]
        lacking = [place for place in covers if own[place] < least]
        own_part = covers if asked.mode == "similar" else lacking or covers
        want_ids = [int(asked.need.wants[place].id) for place in own_part]
        found.append(Contribution(hub_id=hub_id, name=hub.name, place=place_of(hub), want_ids=want_ids))
    return found


def shortlist_page(request: Request, picked: Sequence[int], invited: Mapping[int, str]) -> ShortlistPage:
    """Compute the page of one request; two queries whatever the size of the directory, one when nothing changed.

    :param picked: the hubs in the team, in order
    :param invited: the state of each live invitation, by hub
    """
    listed = directory.catalogue()
    wants = tuple(
        (want.pk, want.concept_id, want.label, want.must_have) for want in wants_on(request) if want.is_wanted
    )
    limits = json.dumps(request.limits, sort_keys=True)
    key = (
        *("shortlist", get_language(), request.lead_id, wants, limits, tuple(request.working_languages)),
        *(request.mode, request.client_id is None),
        *(tuple(picked), tuple(sorted(invited.items())), taxonomy.stamp()),
    )
    return kept(listed, key, lambda: _page(request, list(picked), invited, listed))


def _page(request: Request, picked: list[int], invited: Mapping[int, str], listed: Catalogue) -> ShortlistPage:
    asked, problem = question_of(request, listed=listed)
    if not asked.need.wants:
        return ShortlistPage(problem=_("Nothing is asked for yet. Add at least one competence or activity."))
    try:
        best = checked_team(asked)
    except BadProblem as bad:
        return ShortlistPage(problem=str(bad))
    picked = [hub_id for hub_id in picked if asked.hub(hub_id) is not None]
    ranked = ranked_hubs(asked, limit=MOST_CANDIDATES)
    effect = _effect(asked, [hub_id for hub_id in picked if asked.knows(hub_id)])
    columns = _columns(asked, picked, best, ranked)
    return ShortlistPage(
        table=matrix.table(asked, columns, picked, invited, effect),
        team=teams.picked_team(asked, effect, picked) if picked else None,
        proposed=teams.proposed_team(asked, best, _effect(asked, best.answer.hub_ids), picked),
        candidates=[_candidate(r, asked.hub(r.id), picked, invited) for r in ranked],
        weights=[(str(name), getattr(WEIGHTS, key)) for key, name in PART_NAMES.items()],
        to_invite=[hub_id for hub_id in picked if hub_id not in invited],
        shown_ids=[hub_id for hub_id in columns if hub_id != asked.lead_id],
        left_out=[(hub_id, asked.name_of(hub_id)) for hub_id in sorted(asked.limits.excluded) if asked.hub(hub_id)],
        n_hubs=len(asked.directory.rows),
        problem=problem,
    )


def _effect(asked: Question, hub_ids: Sequence[int]) -> TeamEffect:
    return evaluate_team(hub_ids, need=asked.need, market=asked.market, limits=asked.limits, lead=asked.lead)


def _columns(asked: Question, picked: Sequence[int], best: CheckedTeam, ranked: Sequence[Ranked]) -> list[int]:
    """The lead, the picked hubs, the proposed ones, then the best candidates: up to eight, picked ones always."""
    own = [asked.lead_id] if asked.lead_id is not None else []
    columns = list(dict.fromkeys([*own, *picked, *best.answer.hub_ids, *(r.id for r in ranked)]))
    return columns[: max(MOST_COLUMNS, len(own) + len(picked))]


def _candidate(ranked: Ranked, hub: Row | None, picked: Sequence[int], invited: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": ranked.id,
        "rank": ranked.place,
        "name": hub.name if hub else "",
        "href": address("directory:profile", hub.slug) if hub else "",
        "note": place_of(hub) if hub else "",
        "pros": said_all(ranked.pros[:2]),
        "cons": said_all(ranked.cons[:2]),
        "scores": scores_of(ranked),
        "change": said(ranked.change),
        "is_picked": ranked.id in picked,
        "is_invited": ranked.id in invited,
    }


def place_of(hub: Row) -> str:
    """Return where the hub is, and whether it is an invented one: real ones may stand beside it."""
    place = ", ".join(filter(None, [hub.city, country_name(hub.country) if hub.country else ""]))
    return f"{place} · {_('Example')}" if hub.is_demo else place
