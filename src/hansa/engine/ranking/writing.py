"""A ranking as a JSON document (docs/formats/rank-answer.schema.json)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from hansa.engine.problem import Reason
from hansa.engine.ranking.answer import NearCover, Ranked, Ranking
from hansa.engine.ranking.document import RankQuestion

Say = Callable[[Reason], str]


def answer_to(question: RankQuestion, answer: Ranking, *, say: Say) -> dict[str, Any]:
    """Write a ranking with the settings it rests on; ``say`` turns a reason into its sentence."""
    names = question.asked["market"].names
    return {
        "mode": question.asked["mode"],
        "weights": asdict(question.asked["weights"]),
        "closeness": asdict(question.closeness),
        "n": answer.n,
        "ranking": [_one(question, row, say) for row in answer.ranked],
        "left_out": [
            {
                "id": question.ids[left.id - 1],
                "kind": left.kind,
                "name": names[left.id - 1],
                "reason": _said(left.reason, say),
            }
            for left in answer.left_out
        ],
    }


def _one(question: RankQuestion, row: Ranked, say: Say) -> dict[str, Any]:
    return {
        "place": row.place,
        "id": question.ids[row.id - 1],
        "kind": row.kind,
        "name": question.asked["market"].names[row.id - 1],
        "score": round(row.score, 4),
        "parts": [{"name": part.name, "points": round(part.points, 4), "of": round(part.of, 4)} for part in row.parts],
        "covers": dict(row.covers),
        "lacks": list(row.lacks),
        "near": [_near(near) for near in row.near],
        "pros": _all_said(row.pros, say),
        "cons": _all_said(row.cons, say),
        "change": _said(row.change, say),
    }


def _near(near: NearCover) -> dict[str, Any]:
    return {
        "want": near.want_id,
        "has": near.path.near,
        "strength": near.strength,
        "path": list(near.path.concepts),
        "steps": list(near.path.steps),
    }


def _all_said(reasons: Iterable[Reason], say: Say) -> list[dict[str, str]]:
    return [_said(reason, say) for reason in reasons]


def _said(reason: Reason, say: Say) -> dict[str, str]:
    return {"code": reason.code, "sentence": say(reason)}
