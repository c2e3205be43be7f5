"""The only writers of this corner."""

from hansa.collaboration.shares.operations.demo import forget_demo
from hansa.collaboration.shares.operations.estimating import CannotEstimate, Expected, estimate
from hansa.collaboration.shares.operations.releasing import CannotRelease, release
from hansa.collaboration.shares.operations.spending import CannotSpend, record_expense, remove_expense
from hansa.collaboration.shares.operations.splitting import CannotUseSplit, use_split

__all__ = [
    "CannotEstimate",
    "CannotRelease",
    "CannotSpend",
    "CannotUseSplit",
    "Expected",
    "estimate",
    "forget_demo",
    "record_expense",
    "release",
    "remove_expense",
    "use_split",
]
