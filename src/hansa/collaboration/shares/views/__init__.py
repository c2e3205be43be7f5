"""Pages and acts of this corner."""

from hansa.collaboration.shares.views.costs import add_expense, costs, estimate, receipt, release, remove_expense
from hansa.collaboration.shares.views.fair import fair, use_split
from hansa.collaboration.shares.views.network import export, network

__all__ = [
    "add_expense",
    "costs",
    "estimate",
    "export",
    "fair",
    "network",
    "receipt",
    "release",
    "remove_expense",
    "use_split",
]
