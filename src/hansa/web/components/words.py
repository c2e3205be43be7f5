"""Numbers, money, days and spans in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, gettext, ngettext, pgettext

_NO_BREAK = "\N{NO-BREAK SPACE}"
_NAMES_LACKING = {"mt": "Maltese", "qps": "Pseudo"}


def money(amount: Decimal | float | None, currency: str = "€") -> str:
    """Return ``amount`` as money: ``€ 14 000``; cents only when there are some; a dash when not known."""
    if amount is None or amount == "":
        return "–"
    value = Decimal(str(amount))
    digits = 0 if value == value.to_integral_value() else 2
    return f"{currency}{_NO_BREAK}{number_format(value, digits, use_l10n=True, force_grouping=True)}".replace(
        " ", _NO_BREAK
    )


def content(text: str) -> str:
    """Return words of a content file in the reader's language; what somebody typed stays as it is."""
    return pgettext("content", text) if text else ""


def day(moment: date | datetime | None, *, with_year: bool | None = None) -> str:
    """Return a day as ``24 Nov``, with the year unless it is this year; nothing for nothing."""
    if not moment:
        return ""
    local = timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment
    if with_year is None:
        with_year = local.year != timezone.localdate().year
    return date_format(local, "j M Y" if with_year else "j M")


def clock(moment: datetime | None) -> str:
    """Return day, time and zone: ``24 Nov, 09:12 UTC``."""
    if not moment:
        return ""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{day(local)}, {date_format(local, 'H:i')}{_NO_BREAK}{local.tzname() or ''}".rstrip(_NO_BREAK)


def when(moment: datetime | date | None) -> SafeString:
    """Return a ``<time>`` element: the day to read, the exact moment for machines and as a title."""
    if not moment:
        return mark_safe("")
    exact = moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
    title = clock(moment) if isinstance(moment, datetime) else day(moment, with_year=True)
    return mark_safe(f'<time datetime="{exact}" title="{title}">{day(moment)}</time>')


def since(moment: datetime | date | None, now: datetime | None = None) -> str:
    """Return since when in words: ``since today``, ``since Monday``, ``since 3 Nov``."""
    if not moment:
        return ""
    days = _days_between(moment, now)
    if days <= 0:
        return gettext("since today")
    if days == 1:
        return gettext("since yesterday")
    if days < 7:
        return gettext("since %(weekday)s") % {"weekday": date_format(_local(moment), "l")}
    return gettext("since %(day)s") % {"day": day(moment)}


def ago(moment: datetime | date | None, now: datetime | None = None) -> str:
    """Return how long ago in words: ``today``, ``yesterday``, ``3 days ago``, then the day itself."""
    if not moment:
        return ""
    days = _days_between(moment, now)
    if days <= 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    if days < 14:
        return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
    return day(moment)


def due(moment: date | datetime | None, now: datetime | None = None) -> str:
    """Return a deadline in words: ``Overdue by 2 days``, ``Due today``, ``Due tomorrow``, ``Due 4 Dec``."""
    if not moment:
        return ""
    days = -_days_between(moment, now)
    if days < 0:
        return ngettext("Overdue by %(days)s day", "Overdue by %(days)s days", -days) % {"days": -days}
    if days == 0:
        return gettext("Due today")
    if days == 1:
        return gettext("Due tomorrow")
    return gettext("Due %(day)s") % {"day": day(moment)}


def is_late(moment: date | datetime | None, now: datetime | None = None) -> bool:
    """Return whether ``moment`` is today or past, for the tone of a deadline."""
    return bool(moment) and _days_between(moment, now) >= 0


def file_size(n_bytes: int | None) -> str:
    """Return a file's size: ``820 kB``, ``2.4 MB``."""
    if n_bytes is None:
        return ""
    if n_bytes < 1_000_000:
        return f"{number_format(max(1, round(n_bytes / 1000)))}{_NO_BREAK}kB"
    return f"{number_format(round(n_bytes / 1_000_000, 1), 1)}{_NO_BREAK}MB"


def joined(things: Any) -> str:
    """Return ``a, b and c``."""
    texts = [str(thing) for thing in things]
    if len(texts) < 2:
        return "".join(texts)
    return gettext("%(list)s and %(last)s") % {"list": ", ".join(texts[:-1]), "last": texts[-1]}


@lru_cache(maxsize=256)
def _language_name(code: str) -> str:
    try:
        return get_language_info(code)["name"]
    except KeyError:
        return _NAMES_LACKING.get(code, code.upper())


def language_name(code: str) -> str:
    """Return the name of a language in the reader's language."""
    return gettext(_language_name((code or "").lower()))


def _local(moment: date | datetime) -> date:
    if isinstance(moment, datetime):
        return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date()
    return moment


def _days_between(moment: date | datetime, now: datetime | None) -> int:
    today = _local(now or timezone.now())
    return (today - _local(moment)) // timedelta(days=1)
