"""Which risks of each role an agreement answers, what closes the gaps, and the clauses to choose from. Source: BP-AGR."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.agreements.queries.composing import choice_problem, completed, pulled, title_of
from hansa.collaboration.agreements.queries.library import Instrument, ModelClause, Values
from hansa.collaboration.agreements.queries.shelf import families, instrument
from hansa.collaboration.scenarios.queries import scenario
from hansa.collaboration.scenarios.states import Point, Scenario
from hansa.engine.coverage import (
    ClauseAnswers,
    ClosingSet,
    Coverage,
    CoverageProblem,
    closing_set,
    coverage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLine:
    """One risk of a role in words, with the titles of the clauses that answer it by the blueprint and by our reading."""

    id: str
    words: str
    by_blueprint: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def is_covered(self) -> bool:
        return bool(self.by_blueprint or self.added)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLines:
    """The risks of one role."""

    name: str
    risks: tuple[RiskLine, ...]

    @property
    def n_covered(self) -> int:
        return sum(risk.is_covered for risk in self.risks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The fewest clauses that answer what is open: their keys, their titles, those of what they need besides."""

    keys: tuple[str, ...]
    titles: tuple[str, ...]
    needed: tuple[str, ...]
    is_proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """The coverage of one text. ``gap`` is what closes it, or nothing when nothing is open or can be closed."""

    roles: tuple[RoleLines, ...]
    gap: Gap | None = None

    @property
    def n_risks(self) -> int:
        return sum(len(role.risks) for role in self.roles)

    @property
    def n_covered(self) -> int:
        return sum(role.n_covered for role in self.roles)

    @property
    def n_open(self) -> int:
        return self.n_risks - self.n_covered


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One clause to tick. ``note`` says why it cannot be ticked off, ``loses`` which risks would open without it."""

    key: str
    title: str
    plain: str
    note: str
    caution: str
    is_taken: bool
    is_locked: bool
    is_asked: bool
    is_added: bool
    loses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The clauses chosen so far: what they cover, what came with them, what cannot stand, and all there is."""

    covered: Covered
    told: tuple[str, ...]
    problem: str
    families: tuple[tuple[str, tuple[Option, ...]], ...]
    n_taken: int
    n_clauses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredText:
    """A version's clauses as JSON, held against the risks of its scenario when that is shown."""

    current: str
    instrument_id: str
    scenario: str
    scenario_version: str

    @property
    def covered(self) -> Covered:
        keys = [clause["key"] for clause in json.loads(self.current)]
        return covered_by(instrument(self.instrument_id), scenario(self.scenario, self.scenario_version), keys)


def covered_by(of: Instrument, by: Scenario, keys: Collection[str]) -> Covered:
    """Return what the clauses of a text cover."""
    problem = _problem(of.id, _risks(by))
    return _covered(of, by, coverage(problem, [key for key in keys if of.clause(key)]))


def composition(of: Instrument, by: Scenario, chosen: Collection[str], values: Values) -> Composition:
    """Return what the parties have chosen, with all that the page of their choice says about it."""
    keys = completed(of, chosen)
    standing = [clause.key for clause in of.standing(keys, values)]
    problem = _problem(of.id, _risks(by))
    found = coverage(problem, standing)
    closing = closing_set(problem, standing) if found.open else ClosingSet()
    words = _words(by)
    came_with = pulled(of, chosen)
    option = _option_of(of, found, standing, {one.key: one.by for one in came_with}, words)
    rows = [
        (pgettext("content", family.title), tuple(option(c) for c in of.clauses if c.family == family.key))
        for family in families()
    ]
    return Composition(
        covered=_covered(of, by, found, closing),
        told=tuple(one.told(of) for one in came_with),
        problem=choice_problem(of, keys, values),
        families=tuple((title, options) for title, options in rows if options),
        n_taken=len(standing),
        n_clauses=len(of.clauses),
    )


def answers_that_take_in(of: Instrument, key: str) -> Mapping[str, object]:
    """Return the answers to questions that switch a clause on, by parameter."""
    clause = of.clause(key)
    return {name: fitting[0] for name, fitting in clause.when.items()} if clause else {}


def _risks(by: Scenario) -> tuple[str, ...]:
    return tuple(dict.fromkeys(risk.id for role in by.roles.values() for risk in role.risks))


@lru_cache(maxsize=256)
def _problem(instrument_id: str, risks: tuple[str, ...]) -> CoverageProblem:
    of = instrument(instrument_id)
    beside: dict[str, set[str]] = {clause.key: set() for clause in of.clauses}
    for clause in of.clauses:
        for other in (*clause.conflicts, *filter(None, [clause.alternative_of])):
            beside[clause.key].add(other)
            beside[other].add(clause.key)
    return CoverageProblem(
        risks=risks,
        clauses=tuple(
            ClauseAnswers(
                key=clause.key,
                risks=frozenset(clause.answers) & frozenset(risks),
                requires=frozenset(clause.requires),
                excludes=frozenset(beside[clause.key]),
                preferred=clause.blueprint == "yes",
            )
            for clause in of.clauses
        ),
    )


def _words(by: Scenario) -> dict[str, str]:
    return {risk.id: pgettext("content", risk.label) for role in by.roles.values() for risk in role.risks}


def _covered(of: Instrument, by: Scenario, found: Coverage, closing: ClosingSet | None = None) -> Covered:
    gap = None
    if closing and closing.clauses:
        gap = Gap(
            keys=closing.clauses,
            titles=tuple(title_of(of, key) for key in closing.clauses),
            needed=tuple(title_of(of, key) for key in closing.needed),
            is_proven=closing.is_proven,
        )
    return Covered(
        roles=tuple(
            RoleLines(name=_role(key), risks=tuple(_line(of, risk, found.answered_by[risk.id]) for risk in role.risks))
            for key, role in by.roles.items()
            if role.risks
        ),
        gap=gap,
    )


def _role(key: str) -> str:
    return {"lead": _("Risks of the lead"), "partner": _("Risks of a partner")}.get(key, key)


def _line(of: Instrument, risk: Point, keys: tuple[str, ...]) -> RiskLine:
    seeded = [key for key in keys if _is_of_blueprint(of.clause(key), risk)]
    return RiskLine(
        id=risk.id,
        words=pgettext("content", risk.label),
        by_blueprint=tuple(title_of(of, key) for key in seeded),
        added=tuple(title_of(of, key) for key in keys if key not in seeded),
    )


def _is_of_blueprint(clause: ModelClause | None, risk: Point) -> bool:
    """Whether the blueprint itself answers this risk by this clause."""
    return clause is not None and clause.blueprint == "yes" and risk.id in clause.mitigates and risk.is_answered != "no"


def _option_of(
    of: Instrument, found: Coverage, standing: Collection[str], came_with: Mapping[str, str], words: Mapping[str, str]
) -> Callable[[ModelClause], Option]:
    def option(clause: ModelClause) -> Option:
        key = clause.key
        note = ""
        if key in of.fixed:
            note = _("Always part of it.")
        elif clause.when:
            asked = next(iter(clause.when))
            label = pgettext("content", of.parameters[asked].label)
            note = _("Switched by your answer to “%(question)s”.") % {"question": label}
        elif key in came_with:
            note = _("Needed by “%(clause)s”.") % {"clause": title_of(of, came_with[key])}
        return Option(
            key=key,
            title=pgettext("content", clause.title),
            plain=pgettext("content", clause.plain_words),
            note=note,
            caution=pgettext("content", clause.caution) if clause.caution else "",
            is_taken=key in standing,
            is_locked=key in of.fixed,
            is_asked=bool(clause.when),
            is_added=key in of.added,
            loses=tuple(words[risk] for risk in found.lost_without(key)),
        )

    return option
