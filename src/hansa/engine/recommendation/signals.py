"""What speaks for an organisation as a partner of a draft: one table of numbers per signal, no weights yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from hansa.engine.recommendation.network import Network

Table: TypeAlias = npt.NDArray[np.float64]  # shape (drafts, organisations) unless said otherwise

NEAREST = 20
STEPS = 4  # of the walk from the partners through their projects
BACK = 0.3  # chance of each step to start again


class Signals:
    """The signals of one network, for any number of drafts at once. O(drafts x organisations) each."""

    def __init__(self, network: Network) -> None:
        from scipy.sparse import csr_array

        self.network = network
        members = network.members
        self.members = members
        self.by_organisation = csr_array(members.T)
        self.projects_of = np.asarray(members.sum(axis=0)).ravel()
        self.size_of = np.maximum(np.asarray(members.sum(axis=1)).ravel(), 1.0)
        self.experience = np.log1p(self.projects_of)
        self.countries = _one_hot(network.country)
        self.kinds = _one_hot(network.kind)
        self.mix_country = (members @ self.countries).toarray() / self.size_of[:, None]
        self.mix_kind = (members @ self.kinds).toarray() / self.size_of[:, None]
        self.cities = _one_hot(network.city)
        self.rates = {name: self._rate(table) for name, table in network.groups.items()}

    def _rate(self, table: Any) -> tuple[Table, Table]:
        """Shape (values, organisations): share of the projects of a group the organisation was in, drawn to the mean."""
        overall = self.projects_of / len(self.size_of)
        within = (table.T @ self.members).toarray()
        projects = np.asarray(table.sum(axis=0)).ravel()[:, None]
        rate = (within + 0.3 * overall) / (projects + 0.3)
        return rate, np.log(rate + 1e-3)

    def names(self) -> tuple[str, ...]:
        """Return the names of the signals, in the order of ``read``."""
        from scipy.sparse import csr_array

        n_words, n = self.network.words.shape[1], self.network.size
        return tuple(self.read(csr_array((1, n_words)), csr_array((1, n)), np.zeros((1, n))))

    def nearness(self, words: Any) -> Table:
        """Return the cosine of drafts and projects, shape (drafts, projects)."""
        near: Table = (words @ self.network.words.T).toarray()
        return near

    def read(self, words: Any, partners: Any, named: Table) -> dict[str, Table]:
        """Return all signals. words: sparse (drafts, words); partners: sparse 0 or 1 (drafts, organisations)."""
        near = self.nearness(words)
        tables: dict[str, Table] = {}
        for signals in (
            self._topic(near),
            self._theme(words),
            self._together(near, partners),
            self._origin(near, partners),
            self._sort(near, partners),
            self._funding(near, partners),
            self._standing(near, partners),
        ):
            tables.update(signals)
        tables["named"] = named / np.maximum(named.max(axis=1, keepdims=True), 1e-9)
        return tables

    def _topic(self, near: Table) -> Iterator[tuple[str, Table]]:
        square = _top_one(near**2 @ self.members)
        yield "topic", np.log1p(20 * square)
        few = np.where(near >= np.sort(near, axis=1)[:, -min(NEAREST, near.shape[1])][:, None], near, 0)
        yield "topic_nearest", np.log1p(20 * _top_one(few @ self.members))
        yield "topic_sharp", np.log1p(20 * _top_one(near**6 @ self.members))
        yield "topic_share", np.log1p(20 * _top_one(square / np.sqrt(np.maximum(self.projects_of, 1))))
        at = (_shares(near) / self.size_of) @ self.members
        for _ in range(2):
            at = self._step(at)
        yield "topic_walk", np.log1p(1000 * at)

    def _theme(self, words: Any) -> Iterator[tuple[str, Table]]:
        near = np.maximum(self.network.texts.themes(words) @ self.network.themes.T, 0)
        yield "theme", np.log1p(20 * _top_one(near**3 @ self.members))
        shared = near**4 @ self.members / np.sqrt(np.maximum(self.projects_of, 1))
        yield "theme_share", np.log1p(20 * _top_one(shared))

    def _step(self, at: Table) -> Table:
        """Walk from organisations to their projects and on to the members of these."""
        there = (at / np.maximum(self.projects_of, 1)) @ self.by_organisation
        onward: Table = (there / self.size_of) @ self.members
        return onward

    def _together(self, near: Table, partners: Any) -> Iterator[tuple[str, Table]]:
        count = np.maximum(np.asarray(partners.sum(axis=1)), 1.0).reshape(-1, 1)
        shared = (partners @ self.by_organisation).toarray()
        rare = (partners * (1 / np.log(2 + self.projects_of)) @ self.by_organisation) / np.sqrt(self.size_of)
        rare = rare.toarray() if hasattr(rare, "toarray") else np.asarray(rare)
        yield "together", np.log1p(3 * (rare @ self.members))
        yield "together_at_all", (shared @ self.members > 0).astype(np.float64)
        cosine = (shared / np.sqrt(self.size_of)) @ self.members / np.sqrt(self.projects_of + 1) / count
        yield "together_share", np.log1p(30 * cosine)
        yield "together_on_topic", np.log1p(30 * ((rare * near) @ self.members))
        start = partners.toarray() / count
        at = start
        for _ in range(STEPS):
            at = BACK * start + (1 - BACK) * self._step(at)
        yield "walk", np.log1p(200 * at)

    def _origin(self, near: Table, partners: Any) -> Iterator[tuple[str, Table]]:
        country = self.network.country
        count = np.maximum(np.asarray(partners.sum(axis=1)), 1.0).reshape(-1, 1)
        usual = self.mix_country.mean(axis=0)
        likely = _shares(near) @ self.mix_country
        yield "country_of_topic", np.log((likely + 0.002) / (usual + 0.002))[:, country]
        present = (partners @ self.countries).toarray()
        yield "country_of_partners", np.log1p(present)[:, country]
        yield "country_share", (present / count)[:, country]
        has = (self.mix_country > 0).astype(np.float64)
        together = has.T @ has / np.sqrt(np.outer(has.sum(axis=0) + 1, has.sum(axis=0) + 1))
        yield "countries_together", ((present > 0) @ together / count)[:, country]
        known_city = self.network.city > 0
        yield "city_of_partners", np.log1p((partners @ self.cities).toarray())[:, self.network.city] * known_city

    def _sort(self, near: Table, partners: Any) -> Iterator[tuple[str, Table]]:
        kind = self.network.kind
        count = np.maximum(np.asarray(partners.sum(axis=1)), 1.0).reshape(-1, 1)
        likely, usual = _shares(near) @ self.mix_kind, self.mix_kind.mean(axis=0)
        yield "kind_likely", np.log(likely + 0.02)[:, kind]
        yield "kind_of_topic", np.log((likely + 0.002) / (usual + 0.002))[:, kind]
        present = (partners @ self.kinds).toarray() / count
        yield "kind_of_partners", present[:, kind]
        apart = ((present[:, None, :] - self.mix_kind[None]) ** 2).sum(axis=2)
        alike = np.exp(-8 * apart)
        alike /= np.maximum(alike.sum(axis=1, keepdims=True), 1e-12)
        yield "kind_beside_partners", np.log(alike @ self.mix_kind + 0.02)[:, kind]
        for value in range(1, self.kinds.shape[1]):
            yield f"kind_{value}", np.broadcast_to((kind == value) * 1.0, (len(near), len(kind)))

    def _funding(self, near: Table, partners: Any) -> Iterator[tuple[str, Table]]:
        """The groups the draft would fall into are not said: they come by its nearest projects and its partners."""
        shares, usual = _shares(near), self.projects_of / len(self.size_of)
        for name, (rate, log_rate) in self.rates.items():
            prior = np.log(shares @ self.network.groups[name].toarray() + 1e-3)
            likely = np.exp(_less_top(prior + 0.5 * (partners @ log_rate.T)))
            likely /= likely.sum(axis=1, keepdims=True)
            yield f"group_{name}", np.log((likely @ rate + 1e-4) / (usual + 1e-4))

    def _standing(self, near: Table, partners: Any) -> Iterator[tuple[str, Table]]:
        experience = np.broadcast_to(self.experience, (len(near), len(self.experience)))
        yield "experience", experience
        yield "experience_squared", experience**2
        yield "experience_if_large", np.log(np.maximum(_shares(near) @ self.size_of, 1))[:, None] * experience
        n = np.asarray(partners.sum(axis=1)).reshape(-1, 1)
        yield "experience_beside_partners", np.log1p(n) * experience
        yield "experience_with_partners", (n > 0) * experience
        like = (partners @ self.experience).reshape(-1, 1) / np.maximum(n, 1)
        yield "experience_like_partners", like * experience
        nearest = np.sort(near, axis=1)[:, -5:].mean(axis=1, keepdims=True)
        yield "experience_if_near", nearest * experience


def _one_hot(values: npt.NDArray[np.int64]) -> Any:
    from scipy.sparse import csr_array

    n = len(values)
    return csr_array((np.ones(n), (np.arange(n), values)), shape=(n, int(values.max(initial=0)) + 1))


def _top_one(table: Table) -> Table:
    scaled: Table = table / np.maximum(table.max(axis=1, keepdims=True), 1e-12)
    return scaled


def _less_top(table: Table) -> Table:
    lower: Table = table - table.max(axis=1, keepdims=True)
    return lower


def _shares(near: Table) -> Table:
    """Shape (drafts, projects), rows adding up to 1: how much each past project has to say about a draft."""
    cubed = near**3 + 1e-12
    shares: Table = cubed / cubed.sum(axis=1, keepdims=True)
    return shares
