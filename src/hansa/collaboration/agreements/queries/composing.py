"""Which clauses the parties take: what comes with them, and what cannot stand together. Source: BP-AGR."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.agreements.queries.library import Instrument, ModelClause, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """A clause that comes with another one, which it names."""

    key: str
    by: str

    def told(self, of: Instrument) -> str:
        """Say so in a sentence."""
        return _("“%(needed)s” is part of it because “%(clause)s” needs it.") % {
            "needed": title_of(of, self.key),
            "clause": title_of(of, self.by),
        }


def title_of(of: Instrument, key: str) -> str:
    """Return the title of a clause in the reader's language."""
    found = of.clause(key)
    return pgettext("content", found.title) if found else key


def pulled(of: Instrument, chosen: Collection[str]) -> tuple[Pulled, ...]:
    """Return the clauses that the chosen ones cannot stand without and that are not chosen."""
    found: dict[str, Pulled] = {}
    waiting = [clause for clause in of.clauses if clause.key in chosen]
    while waiting:
        clause = waiting.pop(0)
        for key in clause.requires:
            needed = of.clause(key)
            if needed is not None and key not in chosen and key not in found:
                found[key] = Pulled(key=key, by=clause.key)
                waiting.append(needed)
    return tuple(found.values())


def completed(of: Instrument, chosen: Collection[str]) -> tuple[str, ...]:
    """Return the chosen clauses with all they need, in the order of the text; what it does not know comes last."""
    keys = {*chosen, *(one.key for one in pulled(of, chosen))}
    known = [clause.key for clause in of.clauses if clause.key in keys]
    return (*known, *sorted(keys - set(known)))


def choice_problem(of: Instrument, chosen: Collection[str], values: Values) -> str:
    """Return why these clauses make no agreement, in a sentence; nothing if they do."""
    if set(chosen) - {clause.key for clause in of.clauses}:
        return _("One of the clauses is not in the library of this agreement. Load the page again.")
    for clause in of.clauses:
        if clause.key in of.fixed and clause.key not in chosen:
            return _("“%(clause)s” cannot be left out: the agreement would not stand.") % {
                "clause": pgettext("content", clause.title)
            }
    standing = {clause.key: clause for clause in of.standing(chosen, values)}
    return next((problem for clause in standing.values() if (problem := _clash(clause, standing))), "")


def _clash(clause: ModelClause, standing: dict[str, ModelClause]) -> str:
    if clause.alternative_of in standing:
        return _("“%(one)s” and “%(other)s” are alternatives. Choose one and leave the other out.") % {
            "one": pgettext("content", clause.title),
            "other": pgettext("content", standing[clause.alternative_of].title),
        }
    return next((pgettext("content", says) for other, says in clause.conflicts.items() if other in standing), "")
