"""Why an organisation was recommended: facts a reader can look up, never a bare number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from hansa.engine.problem import Reason
from hansa.engine.recommendation.mentions import Mentions
from hansa.engine.recommendation.network import Network
from hansa.engine.recommendation.past import Draft
from hansa.engine.recommendation.signals import NEAREST, Signals
from hansa.engine.recommendation.words import spelt

MOST_PARTNERS = 2  # partners named beside one organisation
MOST_NAMED = 3  # projects, words or organisations named in one sentence


class Reasons:
    """The reasons of one network. All facts are counts and names of the history, and words of the texts."""

    def __init__(self, network: Network, signals: Signals, mentions: Mentions) -> None:
        self.network, self.signals, self.mentions = network, signals, mentions

    def of(
        self,
        draft: Draft,
        words: Any,
        near: npt.NDArray[np.float64],
        partners: Sequence[int],
        best: Sequence[int],
    ) -> list[tuple[Reason, ...]]:
        """Return the reasons for each of ``best``. words: sparse (1, words); near: shape (projects,), how near each is."""
        order = [int(row) for row in np.argsort(-near, kind="stable")[:NEAREST] if near[row] > 0]
        written = spelt(f"{draft.title} {draft.objective}")
        shared = {
            row: tuple(written[word] for word in self.network.texts.shared(words, row) if len(word) > 2)[:MOST_NAMED]
            for row in order
        }
        return [tuple(self._one(draft, shared, partners, place)) for place in best]

    def _one(
        self, draft: Draft, nearest: dict[int, tuple[str, ...]], partners: Sequence[int], place: int
    ) -> Iterator[Reason]:
        mine = self._projects(place)
        if not mine:
            yield Reason("no_past_project", good=False)
        direct = list(self._direct(mine, partners))
        yield from direct
        on_topic = [row for row in nearest if row in mine]
        yield from self._topic(on_topic, nearest)
        if not direct:
            yield from self._company(mine, partners)
        if named := self.mentions.words(place, (draft.title, draft.objective)):
            yield Reason("named_in_draft", facts={"words": named[:MOST_NAMED]})
        yield from self._place_of(place, partners)
        if mine and not direct and not on_topic:
            titles = tuple(self._title(row) for row in sorted(mine)[:MOST_NAMED])
            yield Reason("took_part", facts={"n": len(mine), "projects": titles})

    def _topic(self, on_topic: list[int], nearest: dict[int, tuple[str, ...]]) -> Iterator[Reason]:
        if on_topic:
            title = self._title(on_topic[0])
            yield Reason("took_part_on_topic", facts={"n": len(on_topic), "of": len(nearest), "nearest": title})
            if words := nearest[on_topic[0]]:
                yield Reason("topic_shares_words", facts={"nearest": title, "words": words})

    def _direct(self, mine: set[int], partners: Sequence[int]) -> Iterator[Reason]:
        shared = [(sorted(mine & self._projects(partner)), partner) for partner in partners]
        shared.sort(key=lambda pair: -len(pair[0]))
        for rows, partner in shared[:MOST_PARTNERS]:
            if rows:
                titles = tuple(self._title(row) for row in rows[:MOST_NAMED])
                facts = {"n": len(rows), "partner": self.network.names[partner], "projects": titles}
                yield Reason("was_with", facts=facts)

    def _company(self, mine: set[int], partners: Sequence[int]) -> Iterator[Reason]:
        """The partner with whom most organisations are shared that either has worked with."""
        beside = self._members(mine)
        shared = [(sorted(beside & self._members(self._projects(partner))), partner) for partner in partners]
        others, partner = max(shared, key=lambda pair: len(pair[0]), default=([], -1))
        if others:
            known = sorted(others, key=lambda other: (-self.signals.projects_of[other], other))
            names = tuple(self.network.names[other] for other in known[:MOST_NAMED])
            facts = {"n": len(others), "partner": self.network.names[partner], "others": names}
            yield Reason("shares_companions", facts=facts)

    def _place_of(self, place: int, partners: Sequence[int]) -> Iterator[Reason]:
        network = self.network
        for partner in partners:
            if network.city[place] and network.city[partner] == network.city[place]:
                yield Reason("same_city_as", facts={"partner": network.names[partner]})
                return
        for partner in partners:
            if network.country[place] and network.country[partner] == network.country[place]:
                facts = {"partner": network.names[partner], "country": network.countries[place]}
                yield Reason("same_country_as", facts=facts)
                return

    def _projects(self, place: int) -> set[int]:
        matrix = self.signals.by_organisation
        return set(matrix.indices[matrix.indptr[place] : matrix.indptr[place + 1]].tolist())

    def _members(self, rows: set[int]) -> set[int]:
        matrix = self.network.members
        return {int(place) for row in rows for place in matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]}

    def _title(self, row: int) -> str:
        project = self.network.projects[row]
        return project.title or project.id
