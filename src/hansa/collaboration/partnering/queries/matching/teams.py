"""A team in words: what it covers, what each member adds, where it is thin, which others would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from hansa.collaboration.partnering.queries.matching.problem import CheckedTeam, Question
from hansa.collaboration.partnering.queries.matching.words import said, said_all
from hansa.engine.consortium import Member, SinglePoint, TeamAnswer, TeamEffect
from hansa.engine.problem import Reason


def picked_team(asked: Question, effect: TeamEffect, hub_ids: Sequence[int]) -> dict[str, Any]:
    """The team the lead put together, for the team panel; also hubs that cover nothing of the need."""
    members = {member.hub_id: member for member in effect.members}
    needs = [_state(asked, effect, want.id, place) for place, want in enumerate(asked.need.wants)]
    open_wants = [want.label for want, state in zip(asked.need.wants, needs, strict=True) if state == "gap"]
    note = _("Not covered: %(wants)s") % {"wants": ", ".join(open_wants)} if open_wants else _("No gaps left")
    return {
        "covered": sum(state != "gap" for state in needs),
        "total": len(needs),
        "needs": needs,
        "note": note,
        "members": [_lead_member(asked), *(_member(asked, hub_id, members.get(hub_id)) for hub_id in hub_ids)],
        "pros": [],
        "cons": [*said_all(effect.breaks), *_single_points(asked, effect.single_points_of_failure)],
        "privacy": _privacy(asked),
    }


def _privacy(asked: Question) -> str:
    if not asked.has_client:
        return _("They see the idea as you write it. You can take an invitation back until they answer.")
    return _("They see the need, not the client's name. You can take an invitation back until they answer.")


def proposed_team(asked: Question, best: CheckedTeam, effect: TeamEffect, picked: Sequence[int]) -> dict[str, Any]:
    """The smallest, cheapest team that covers everything, and others that would do; or why there is none, and what
    covers most."""
    answer = best.answer
    panel = picked_team(asked, effect, answer.hub_ids)
    reasons = [said(reason) for reason in answer.reasons if reason.good and reason.code != "not_proven"]
    doubts = [said(reason) for reason in answer.reasons if not reason.good]
    if best.problems and not any(reason.code == "not_proven" for reason in answer.reasons):
        doubts.append(said(Reason("not_proven", good=False)))
    panel |= {"pros": reasons, "cons": list(dict.fromkeys(doubts))}
    return {
        "panel": panel,
        "hub_ids": list(answer.hub_ids),
        "status": answer.status,
        "is_proven": best.is_proven,
        "others": [
            other | {"is_picked": set(other["hub_ids"]) == set(picked)} for other in other_teams(asked, best.answer)
        ],
    }


def _state(asked: Question, effect: TeamEffect, want_id: str, place: int) -> str:
    holders = effect.covered_by.get(want_id, ())
    if not holders:
        return "gap"
    return asked.mark(max(float(asked.strength_of(holder)[place]) for holder in holders))


def _lead_member(asked: Question) -> dict[str, Any]:
    name = asked.lead.name if asked.lead is not None else ""
    role = _("Lead. Single contact for the client") if asked.has_client else _("Lead")
    return {"id": asked.lead_id, "name": _("%(hub)s (you)") % {"hub": name}, "role": role, "lead": True}


def _member(asked: Question, hub_id: int, member: Member | None) -> dict[str, Any]:
    if member is None:
        return {"id": hub_id, "name": asked.name_of(hub_id), "role": _("Covers nothing asked for")}
    labels = {want.id: want.label for want in asked.need.wants}
    alone = [labels[want_id] for want_id in member.only_member_for]
    covers = [labels[want_id] for want_id, _strength in member.covers]
    if alone:
        role = _("Alone brings %(wants)s") % {"wants": ", ".join(alone)}
    else:
        role = _("Also covers %(wants)s") % {"wants": ", ".join(covers)}
    return {"id": hub_id, "name": asked.name_of(hub_id), "role": role}


def _single_points(asked: Question, points: Iterable[SinglePoint]) -> list[str]:
    """Warn where a must-have rests on one partner, with who could step in; the lead itself is no warning."""
    labels = {want.id: want.label for want in asked.need.wants}
    sentences = []
    for point in points:
        if point.hub_id is None:
            continue
        facts: dict[str, object] = {"hub": asked.name_of(point.hub_id), "want": labels[point.want_id]}
        if point.backups:
            facts["backups"] = tuple(asked.name_of(hub_id) for hub_id in point.backups)
        code = "team_is_single_point_backed" if point.backups else "team_is_single_point"
        sentences.append(said(Reason(code, facts=facts, good=False)))
    return sentences


def other_teams(asked: Question, answer: TeamAnswer) -> list[dict[str, Any]]:
    """The teams that could stand in for the proposed one: who is in each, what it takes, what differs."""
    return [
        {
            "hub_ids": list(other.hub_ids),
            "names": [asked.name_of(hub_id) for hub_id in other.hub_ids],
            "n": len(other.hub_ids),
            "cost_eur": other.values["cost"],
            "pros": said_all(reason for reason in other.reasons if reason.good),
            "cons": said_all(reason for reason in other.reasons if not reason.good),
        }
        for other in answer.alternatives
    ]
