"""Working days, for deadlines that are counted in them."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta


def working_day_after(day: date, n: int, *, holidays: Container[date] = ()) -> date:
    """Return the n-th working day after a day, which itself does not count.

    Saturdays, Sundays and ``holidays`` are no working days (Regulation (EEC, Euratom) No 1182/71, Article 3).
    """
    while n > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            n -= 1
    return day
