"""What the tests of the directory's pages share: a reader of words, the shelf of hubs, and what stands on a page."""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass
from typing import Any

from cast import Cast

from hansa.engine.problem import Finding
from hansa.hubs.models import Concept, Suggestion


class WordIndex:
    """Stands in for the language model: finds the concepts whose English label occurs in the text."""

    def find(self, text: str) -> tuple[Finding, ...]:
        found = []
        for concept in Concept.objects.filter(kind__in=["activity", "skill", "technology"]).order_by("pk"):
            label = concept.labels["en"]
            start = text.casefold().find(label.casefold())
            if start >= 0:
                found.append(
                    Finding(
                        concept_id=str(concept.pk), kind=concept.kind, confidence=0.95, words=label, start=start,
                        end=start + len(label), sentence=text, evidence="words",
                    )
                )  # fmt: skip
        return tuple(found)


@dataclass(frozen=True)
class Shelf:
    """The hubs of the cast with something to say, and what was read in Aarhus's text."""

    people: Cast
    robots: Suggestion


def names_in(html: str) -> list[str]:
    """Return the names of the hubs on cards, in order."""
    return [
        entities.unescape(name)
        for name in re.findall(r'<article class="card hub.*?<h3><a [^>]*>([^<]*)</a>', html, re.S)
    ]


def text_of(response: Any) -> str:
    """Return the words of a page, without its marks."""
    plain = re.sub(r"<(script|style|title|template)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(entities.unescape(re.sub(r"<[^>]+>", " ", plain)).split())
