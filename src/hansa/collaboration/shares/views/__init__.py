"""Pages and acts of this corner."""

from hansa.collaboration.shares.views.costs import add_expense, costs, estimate, receipt, release, remove_expense
from hansa.collaboration.shares.views.fair import fair, use_split

__all__ = [
    "add_expense",
    "costs",
    "estimate",
    "fair",
    "receipt",
    "release",
    "remove_expense",
    "use_split",
]
