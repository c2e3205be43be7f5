"""Named reads of agreements. ``validation`` is left out: only who checks a seal needs it."""

from hansa.collaboration.agreements.queries.agreed import (
    Agreed,
    agreed,
    exit_shares,
    shares_of,
    terms_of,
    values_agreed,
    version_number_of,
)
from hansa.collaboration.agreements.queries.differences import words as words_changed
from hansa.collaboration.agreements.queries.proposal import instrument_for, proposed_terms
from hansa.collaboration.agreements.queries.reading import agreements_visible_to, parties_of, party_for, version_of
from hansa.collaboration.agreements.queries.shelf import instrument, instrument_of
from hansa.collaboration.agreements.queries.templates import (
    KpiTemplate,
    TaskTemplate,
    kpi_templates,
    task_templates,
)
from hansa.collaboration.agreements.queries.terms import PartyTerms, Terms

__all__ = [
    "Agreed",
    "KpiTemplate",
    "PartyTerms",
    "TaskTemplate",
    "Terms",
    "agreed",
    "agreements_visible_to",
    "exit_shares",
    "instrument",
    "instrument_for",
    "instrument_of",
    "kpi_templates",
    "parties_of",
    "party_for",
    "proposed_terms",
    "shares_of",
    "task_templates",
    "terms_of",
    "values_agreed",
    "version_number_of",
    "version_of",
    "words_changed",
]
