"""The same answers for the shell: findings, ranked hubs, teams, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hansa.collaboration.partnering.queries.matching.problem import checked_team, question
from hansa.collaboration.partnering.queries.matching.ranked import ranked_hubs
from hansa.collaboration.partnering.queries.matching.teams import other_teams
from hansa.collaboration.partnering.queries.matching.words import said, said_all, scores_of
from hansa.collaboration.partnering.queries.reading import WANTED_KINDS, NeedReading, read_need
from hansa.engine.problem import Reason, Want
from hansa.hubs.taxonomy import queries as taxonomy


def wants_from(reading: NeedReading) -> list[dict[str, Any]]:
    """What was read, as wants: concept, label, words, confidence, and whether it is a must-have."""
    known = taxonomy.entries(found.concept_id for found in reading.wants)
    return [
        {
            "concept_id": found.concept_id,
            "notation": known[found.concept_id].notation,
            "kind": found.kind,
            "label": known[found.concept_id].label,
            "must_have": found.must_have,
            "weight_words": found.weight_words,
            "words": found.words,
            "sentence": found.sentence,
            "confidence": found.confidence,
        }
        for found in reading.wants
        if found.concept_id in known
    ]


def concept_named(name: str) -> dict[str, Any] | None:
    """Find what somebody wrote by hand: a notation, an id, a URI's last part or a label, in any language."""
    name = name.strip()
    entry = taxonomy.entry(int(name)) if name.isdecimal() else None
    if entry is None:
        entry = next(filter(None, (taxonomy.entry_of(kind, name) for kind in WANTED_KINDS)), None)
    if entry is None:
        found = taxonomy.search_concepts(name, kinds=WANTED_KINDS, limit=5)
        wanted = taxonomy.normalised(name)
        entry = next((e for e in found if wanted in map(taxonomy.normalised, e.labels.values())), None)
    if entry is None or entry.kind not in WANTED_KINDS:
        return None
    return {"concept_id": entry.id, "notation": entry.notation, "kind": entry.kind, "label": entry.label}


def match(text: str, *, limit: int = 10, languages: Iterable[str] = ()) -> dict[str, Any]:
    """Read a text and rank the hubs for it: ``title language findings hubs``."""
    reading = read_need(text)
    wants = wants_from(reading)
    answer: dict[str, Any] = {
        "title": reading.title,
        "language": reading.language,
        "findings": wants,
        "hubs": [],
        "n_hubs": 0,
    }
    if not wants:
        return answer
    asked = question(*_engine_side(wants), lead_id=None, limits={}, languages=languages)
    ranked = ranked_hubs(asked, limit=limit)
    labels = {want.id: want.label for want in asked.need.wants}
    answer["n_hubs"] = len(asked.directory.rows)
    answer["hubs"] = [
        {
            "place": one.place,
            "id": one.id,
            "name": asked.name_of(one.id),
            "country": hub.country if (hub := asked.hub(one.id)) else "",
            "score": round(one.score, 2),
            "parts": [{"name": name, "points": points, "of": of} for name, points, of in scores_of(one)],
            "covers": [{"label": labels[want_id], "strength": strength} for want_id, strength in one.covers],
            "lacks": [labels[want_id] for want_id in one.lacks],
            "pros": said_all(one.pros),
            "cons": said_all(one.cons),
            "change": said(one.change),
        }
        for one in ranked
    ]
    return answer


def _engine_side(wants: Sequence[Mapping[str, Any]]) -> tuple[list[Want], list[int]]:
    unique = {int(want["concept_id"]): want for want in wants}
    return (
        [Want(id=str(pk), label=want["label"], must_have=bool(want["must_have"])) for pk, want in unique.items()],
        list(unique),
    )


def team_for(
    wants: Sequence[Mapping[str, Any]],
    *,
    lead_id: int | None = None,
    limits: Mapping[str, Any],
    languages: Iterable[str] = (),
) -> dict[str, Any]:
    """Find the best team: ``status goals members gaps alternatives reasons``, checked independently.

    :raises BadProblem: the limits make no sense
    """
    asked = question(*_engine_side(wants), lead_id=lead_id, limits=limits, languages=languages)
    checked = checked_team(asked)
    answer = checked.answer
    labels = {want.id: want.label for want in asked.need.wants}
    doubt = (Reason("not_proven", good=False),) if checked.problems else ()
    return {
        "status": answer.status,
        "is_proven": checked.is_proven,
        "goals": [
            {"name": goal.name, "value": goal.value, "bound": goal.bound, "proven": goal.proven}
            for goal in answer.goals
        ],
        "members": [
            {
                "id": member.hub_id,
                "name": asked.name_of(member.hub_id),
                "country": asked.market.countries[asked.rows[member.hub_id]],
                "covers": [labels[want_id] for want_id, _strength in member.covers],
                "only_member_for": [labels[want_id] for want_id in member.only_member_for],
                "contribution": round(member.contribution, 4),
            }
            for member in answer.members
        ],
        "gaps": [labels[want_id] for want_id in answer.gaps],
        "missed": [labels[want_id] for want_id in answer.missed],
        "conflicts": list(answer.conflicts),
        "alternatives": [
            {"members": other["names"], "cost_eur": other["cost_eur"], "reasons": [*other["pros"], *other["cons"]]}
            for other in other_teams(asked, answer)
        ],
        "reasons": said_all((*answer.reasons, *doubt)),
    }
