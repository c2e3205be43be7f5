"""The front: learn from a history once, then recommend partners for any number of drafts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from hansa.engine.problem import BadProblem
from hansa.engine.recommendation.mentions import Mentions
from hansa.engine.recommendation.names import SameAs, key_of
from hansa.engine.recommendation.network import Network, network_of
from hansa.engine.recommendation.past import Draft, History, Suggestion
from hansa.engine.recommendation.signals import Signals, Table
from hansa.engine.recommendation.weights import Example, Weights, learn_weights

CELLS_AT_ONCE = 150_000  # drafts times organisations, so that memory stays under half a gigabyte
FOLDS = 5
ROUNDS = 2
OTHERS = 500  # organisations that did not join, per draft learnt from
# Before anything is seen: who was with the partners, or worked on the topic, or is experienced, is likelier.
HELD = {"together": 0.3, "walk": 0.3, "topic": 0.2, "topic_share": 0.2, "theme_share": 0.2, "experience": 0.3}
MOST_LEARNT = 600  # drafts per round; more cost memory and change little


class Recommender:
    """Organisations likely to be good partners, learnt from one history. Same history and seed, same answers."""

    def __init__(self, history: History, *, same_as: SameAs = key_of, seed: int = 0) -> None:
        self.same_as = same_as
        self.network = network_of(history, same_as=same_as)
        texts = [(project.title, project.objective) for project in self.network.projects]
        self.mentions = Mentions(self.network.names, texts)
        self.signals = Signals(self.network)
        self.weights = _learn(self.network, self.mentions, seed)

    def recommend(self, drafts: Sequence[Draft], *, top: int = 20) -> Iterator[tuple[Suggestion, ...]]:
        """Yield the best organisations for each draft, best first; known partners are left out.

        Equal scores: the one of the first key by alphabet.

        :raises BadProblem: ``top`` is below 1.
        """
        from hansa.engine.recommendation.reasons import Reasons

        if top < 1:
            raise BadProblem("recommend: top must be 1 or more")
        reasons = Reasons(self.network, self.signals, self.mentions)
        at_once = _at_once(self.network)
        for start in range(0, len(drafts), at_once):
            chunk = drafts[start : start + at_once]
            words = self.network.texts.read([(draft.title, draft.objective) for draft in chunk])
            places = [self.partners_of(draft) for draft in chunk]
            shares = self.shares(chunk, words, places)
            near = self.signals.nearness(words)
            for row, draft in enumerate(chunk):
                order = np.argsort(-shares[row], kind="stable")[: top + len(places[row])]
                best = [int(place) for place in order if place not in places[row]][:top]
                told = reasons.of(draft, words[[row]], near[row], places[row], best)
                yield tuple(
                    Suggestion(name=self.network.names[place], score=round(float(shares[row, place]), 6), reasons=why)
                    for place, why in zip(best, told, strict=True)
                )

    def partners_of(self, draft: Draft) -> list[int]:
        """Return the places of the known partners; names nobody knows are left out."""
        keys = dict.fromkeys(self.same_as(name) for name in draft.partners)
        return [self.network.place[key] for key in keys if key in self.network.place]

    def shares(self, drafts: Sequence[Draft], words: Any, places: Sequence[Sequence[int]]) -> Table:
        """Return how likely each organisation is the next partner, shape (drafts, organisations), rows adding to 1."""
        named = self.mentions.read([(draft.title, draft.objective) for draft in drafts])
        partners = _incidence(places, self.network.size)
        weight = self.weights.per_unit
        score = np.zeros((len(drafts), self.network.size))
        for one, table in zip(weight, self.signals.read(words, partners, named).values(), strict=True):
            score += one * table
        for row, taken in enumerate(places):
            score[row, list(taken)] = -np.inf
        raised = np.exp(np.round(score - score.max(axis=1, keepdims=True), 9))
        shares: Table = raised / raised.sum(axis=1, keepdims=True)
        return shares


def _at_once(network: Network) -> int:
    return max(1, CELLS_AT_ONCE // network.size)


def _incidence(places: Sequence[Sequence[int]], n: int) -> Any:
    from scipy.sparse import csr_array

    pairs = [(row, place) for row, taken in enumerate(places) for place in taken]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(places), n))


def _learn(network: Network, mentions: Mentions, seed: int) -> Weights:
    """Learn the weights by asking for each past project, as if it were a draft, what the others would have said."""
    chance = np.random.default_rng(seed)
    examples: list[Example] = []
    n = len(network.projects)
    for _ in range(ROUNDS):
        order = chance.permutation(n)
        asked = order[:MOST_LEARNT]
        for fold in range(FOLDS):
            drafts = asked[fold::FOLDS]
            rest = np.sort(np.setdiff1d(np.arange(n), drafts))
            if len(rest) and len(drafts):
                examples += _examples(network, network.part(rest), mentions, drafts, chance)
    held = np.array([HELD.get(name, 0.0) for name in Signals(network).names()])
    if not examples:  # nobody was in two projects: there is nothing to learn from
        return Weights(held, np.zeros_like(held), np.ones_like(held))
    return learn_weights(examples, held=held)


def _examples(
    network: Network, past: Network, mentions: Mentions, drafts: npt.NDArray[np.int64], chance: np.random.Generator
) -> Iterator[Example]:
    signals = Signals(past)
    known = signals.projects_of > 0
    at_once = _at_once(network)
    for start in range(0, len(drafts), at_once):
        rows = drafts[start : start + at_once]
        members = [np.array([place for place in network.members[[row]].indices if known[place]]) for row in rows]
        rows, members = rows[[len(m) > 0 for m in members]], [m for m in members if len(m)]
        if not len(rows):
            continue
        split = [_split(chance.permutation(all_of), chance) for all_of in members]
        texts = [(network.projects[row].title, network.projects[row].objective) for row in rows]
        partners = _incidence([given for given, _ in split], network.size)
        tables = signals.read(network.words[rows], partners, mentions.read(texts))
        stacked = np.stack(list(tables.values()), axis=2)
        for row, (given, joined) in enumerate(split):
            others = np.flatnonzero(known)
            others = np.setdiff1d(others, np.concatenate([given, joined]))
            drawn = others if len(others) <= OTHERS else np.sort(chance.choice(others, OTHERS, replace=False))
            if len(drawn):
                yield Example(stacked[row, joined], stacked[row, drawn], len(others) / len(drawn))


def _split(members: npt.NDArray[np.int64], chance: np.random.Generator) -> tuple[Any, Any]:
    """Known partners and those to be found: none, few, half, all but one, so that drafts of all ages are learnt from."""
    n = len(members)
    given = min(int(chance.choice([0, 1, 2, 3, n // 2, n - 1])), n - 1)
    return members[:given], members[given:]
