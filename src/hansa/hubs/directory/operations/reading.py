"""Read what a hub says about itself, and suggest what it might offer and be able to do."""

from __future__ import annotations

import hashlib
import logging
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from hansa.engine.problem import Finding
from hansa.foundation import activity, tasks
from hansa.foundation.actors import SYSTEM
from hansa.hubs.directory.models import Hub, Suggestion
from hansa.hubs.directory.operations.publishing import next_revision, publish
from hansa.hubs.directory.states import SuggestionState, Trust
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

log = logging.getLogger(__name__)

# A description says more than a need does.
MOST_PER_KIND: dict[str, int] = {Kind.ACTIVITY: 6, Kind.SKILL: 8, Kind.TECHNOLOGY: 6}
# A finding less sure than this is not worth the hub's time: looked at by eye, most of them were wrong. Nearness in
# meaning is wrong more often than a label that occurs.
LEAST_CONFIDENCE = {"words": 0.5, "meaning": 0.6}
UNREADABLE = "unreadable"
_WORDS_KEPT = 500
_HUBS_PER_JOB = 20

# Texts copied from web pages often lost the space between two sentences.
_GLUED = re.compile(r"(?<=[a-zà-ÿ0-9)\"”’][.!?;:])(?=[A-ZÀ-Þ][a-zà-ÿ])")


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRead:
    """What reading one hub brought. ``is_new`` False: the text had been read already, nothing was written."""

    is_new: bool = True
    n_suggestions: int = 0
    n_dropped: int = 0


def read_description(hub: Hub, *, at: datetime) -> HubRead:
    """Read summary and description, and bring the open suggestions in line with what was found.

    Suggestions that were confirmed or dismissed stay as they are, and what the hub states itself is not suggested.
    Reading takes up to a second and holds no lock; a text that changes meanwhile is left to the job it started.
    """
    text = text_of(hub)
    digest = _digest_of(text)
    if hub.read_digest == digest:
        return HubRead(is_new=False)
    found = findings(text)
    return _write(hub.pk, digest, found, at=at)


def read_unread(*, at: datetime, limit: int = _HUBS_PER_JOB, progress: Callable[[int], None] = lambda n: None) -> int:
    """Read hubs whose text was never read, oldest first. Return how many are left.

    A text that cannot be read is logged and left until it changes: it must not keep the others waiting.
    """
    waiting = Hub.objects.filter(read_digest="").defer("search").order_by("pk")
    for done, hub in enumerate(waiting[:limit], start=1):
        try:
            read_description(hub, at=at)
        except Exception:
            log.exception("The description of hub %s could not be read", hub.pk)
            Hub.objects.filter(pk=hub.pk, read_digest="").update(read_digest=UNREADABLE)
        progress(done)
    return Hub.objects.filter(read_digest="").count()


def ask_to_read_all() -> None:
    """Start the job that reads all hubs nobody has read yet; once, however often it is asked."""
    tasks.defer("directory.read_unread", unique="directory.read_unread")


def text_of(hub: Hub) -> str:
    """What a hub says about itself: summary and description, each once."""
    summary, description = hub.summary.strip(), hub.description.strip()
    return description if not summary or description.startswith(summary) else f"{summary}\n\n{description}"


def _digest_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()


def findings(text: str) -> list[Finding]:
    """Return what the text is about, sure enough, each concept of today once."""
    if not text:
        return []
    spaced = _GLUED.sub(" ", text)
    found = taxonomy.concept_index().find(spaced, limit_per_kind=MOST_PER_KIND)
    sure = [finding for finding in found if finding.confidence >= LEAST_CONFIDENCE[finding.evidence]]
    # The n-th space put in stands n characters further on than the place it was put at.
    put_in = [match.start() + n for n, match in enumerate(_GLUED.finditer(text))]
    return [_in_original(finding, text, spaced, put_in) for finding in sure] if put_in else sure


def _in_original(finding: Finding, text: str, spaced: str, put_in: Sequence[int]) -> Finding:
    """Return the finding with its words and sentence as they stand in the text, without the spaces put in."""

    def original(place: int) -> int:
        return place - bisect_left(put_in, place)

    first = max(0, spaced.rfind(finding.sentence, 0, finding.start + len(finding.sentence)))
    start, end = original(finding.start), original(finding.end)
    return replace(
        finding,
        start=start,
        end=end,
        words=text[start:end],
        sentence=text[original(first) : original(first + len(finding.sentence))],
    )


@transaction.atomic
def _write(hub_id: int, digest: str, found: Sequence[Finding], *, at: datetime) -> HubRead:
    revision = next_revision()
    hub = Hub.objects.select_for_update(no_key=True).defer("search").filter(pk=hub_id).first()
    if hub is None or _digest_of(text_of(hub)) != digest:
        return HubRead(is_new=False)
    stated = _stated_by(hub)
    wanted: dict[int, Finding] = {}
    for finding in sorted(found, key=lambda finding: -finding.confidence):
        concept_id = int(finding.concept_id)
        if concept_id not in stated:
            wanted.setdefault(concept_id, finding)
    n_dropped = _bring_in_line(hub_id, wanted)
    Hub.objects.filter(pk=hub_id).update(read_digest=digest)
    publish([hub_id], revision=revision)
    if wanted and hub.trust != Trust.IMPORTED:
        activity.record(
            "suggestions.made", actor=SYSTEM, subject=hub, at=at, hub_ids=[hub_id], facts={"n": len(wanted)}
        )
    return HubRead(n_suggestions=len(wanted), n_dropped=n_dropped)


def _bring_in_line(hub_id: int, wanted: dict[int, Finding]) -> int:
    """Write what is new or different among the open suggestions; return how many went."""
    present = {row.concept_id: row for row in Suggestion.objects.filter(hub_id=hub_id)}
    gone = [row.pk for pk, row in present.items() if row.state == SuggestionState.OPEN and pk not in wanted]
    Suggestion.objects.filter(pk__in=gone).delete()
    fresh, changed = [], []
    for concept_id, finding in wanted.items():
        values = {
            "sentence": finding.sentence,
            "words": finding.words[:_WORDS_KEPT],
            "confidence": finding.confidence,
        }
        row = present.get(concept_id)
        if row is None:
            fresh.append(Suggestion(hub_id=hub_id, concept_id=concept_id, **values))
        elif row.state == SuggestionState.OPEN and any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    Suggestion.objects.bulk_create(fresh)
    Suggestion.objects.bulk_update(changed, ["sentence", "words", "confidence"])
    return len(gone)


def _stated_by(hub: Hub) -> set[int]:
    """Return the concepts the hub names itself."""
    technologies = taxonomy.entries_of(Kind.TECHNOLOGY, hub.technologies).values()
    return {
        *hub.offers.values_list("activity_id", flat=True),
        *hub.competences.values_list("skill_id", flat=True),
        *(entry.id for entry in technologies),
    }
