"""State aid as sums over time: how much room an undertaking has left, and by which working day a grant is reported.

Front doors: ``Grant``, ``headroom``, ``overruns``, ``single_undertaking``, ``working_day_after``. Source: BP-REC-R3.2.
"""

from hansa.engine.state_aid.ceilings import Grant, Headroom, headroom, overruns, window_start
from hansa.engine.state_aid.days import working_day_after
from hansa.engine.state_aid.undertakings import single_undertaking

__all__ = [
    "Grant",
    "Headroom",
    "headroom",
    "overruns",
    "single_undertaking",
    "window_start",
    "working_day_after",
]
