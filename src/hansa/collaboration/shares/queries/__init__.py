"""Named reads of this corner."""

from hansa.collaboration.shares.queries.cases import NOT_IN_TEAM, Rate, ShareCase, case_for, role_in, words_of
from hansa.collaboration.shares.queries.fair import FairPage, HubLine, SplitLine, WrongSplit, fair_page
from hansa.collaboration.shares.queries.matrix import Matrix, kinds_of, matrix_of
from hansa.collaboration.shares.queries.network import NetworkCosts, cost_table, definitions, network_costs
from hansa.collaboration.shares.queries.sheets import (
    Sheet,
    changes_of,
    expense_of,
    expenses_of,
    newest_estimates,
    releases_of,
    sheets_of,
)

__all__ = [
    "NOT_IN_TEAM",
    "FairPage",
    "HubLine",
    "Matrix",
    "NetworkCosts",
    "Rate",
    "ShareCase",
    "Sheet",
    "SplitLine",
    "WrongSplit",
    "case_for",
    "changes_of",
    "cost_table",
    "definitions",
    "expense_of",
    "expenses_of",
    "fair_page",
    "kinds_of",
    "matrix_of",
    "network_costs",
    "newest_estimates",
    "releases_of",
    "role_in",
    "sheets_of",
    "words_of",
]
