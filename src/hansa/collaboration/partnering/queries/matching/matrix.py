"""Who covers what, as the coverage matrix reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hansa.collaboration.partnering.queries.matching.problem import Question
from hansa.engine.consortium import TeamEffect
from hansa.hubs.directory import queries as directory


def table(
    asked: Question, columns: Sequence[int], picked: Sequence[int], invited: Mapping[int, str], effect: TeamEffect
) -> dict[str, Any]:
    """Return ``hubs`` and ``rows`` for the matrix; one query for the evidence behind the marks."""
    evidence = directory.evidence(list(columns), list(asked.concept_ids), directory=asked.directory)
    heads = [_head(asked, hub_id, picked, invited) for hub_id in columns]
    strengths = [asked.strength_of(hub_id) for hub_id in columns]
    rows = []
    for place, want in enumerate(asked.need.wants):
        concept_id = asked.concept_ids[place]
        marks = []
        for hub_id, strength in zip(columns, strengths, strict=True):
            cover = asked.mark(float(strength[place]))
            marks.append({"cover": cover, "text": evidence.get((hub_id, concept_id), "") if cover != "no" else ""})
        note = _("Must have") if want.must_have else _("Nice to have")
        rows.append({"name": want.label, "note": note, "marks": marks, **_team_cell(asked, effect, want.id, place)})
    return {"hubs": heads, "rows": rows}


def _head(asked: Question, hub_id: int, picked: Sequence[int], invited: Mapping[int, str]) -> dict[str, Any]:
    is_own = hub_id == asked.lead_id
    covers = int((asked.strength_of(hub_id) >= asked.limits.min_strength).sum())
    name = asked.name_of(hub_id)
    return {
        "id": hub_id,
        "name": name,
        "short": _("You") if is_own else name,
        "chosen": is_own or hub_id in picked,
        "fixed": is_own or hub_id in invited,
        "total": _("%(n)s of %(of)s") % {"n": covers, "of": len(asked.need.wants)},
    }


def _team_cell(asked: Question, effect: TeamEffect, want_id: str, place: int) -> dict[str, str]:
    """Say who of the team covers a want."""
    holders = effect.covered_by.get(want_id, ())
    if not holders:
        return {"cover": "no", "team": _("Gap")}
    if asked.mark(max(float(asked.strength_of(holder)[place]) for holder in holders)) == "partly":
        return {"cover": "partly", "team": _("Partly")}
    if list(holders) == [None]:
        return {"cover": "yes", "team": _("You")}
    return {"cover": "yes", "team": ngettext("%(n)s hub", "%(n)s hubs", len(holders)) % {"n": len(holders)}}
