"""What happened to an agreement, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hansa.foundation.activity import Activity

_ICONS = {
    "agreement.drafted": "file-plus",
    "agreement.revised": "file-pen",
    "agreement.seen": "eye",
    "agreement.accepted": "check",
    "agreement.declined": "x",
    "agreement.signed": "pen-line",
    "agreement.signatory_appointed": "user-check",
    "agreement.signing_passed_on": "user-check",
    "agreement.signature_withdrawn": "undo-2",
    "agreement.round_arranged": "list-ordered",
    "agreement.round_over": "calendar-x",
    "agreement.upload_refused": "file-x",
    "agreement.in_force": "handshake",
    "agreement.sealed": "shield-check",
    "signature.voided": "circle-slash",
}
_SENTENCES = {
    "agreement.drafted": gettext_noop("%(who)s drafted the agreement."),
    "agreement.revised": gettext_noop("%(who)s made version %(version)s."),
    "agreement.seen": gettext_noop("%(who)s opened version %(version)s."),
    "agreement.accepted": gettext_noop("%(who)s accepted version %(version)s."),
    "agreement.declined": gettext_noop("%(who)s declined version %(version)s."),
    "agreement.signed": gettext_noop("%(who)s signed version %(version)s."),
    "agreement.signatory_appointed": gettext_noop("%(who)s said that %(name)s signs."),
    "agreement.signing_passed_on": gettext_noop("%(who)s passed signing on to %(name)s."),
    "agreement.signature_withdrawn": gettext_noop("%(name)s took the signature back."),
    "agreement.round_arranged": gettext_noop("%(who)s set the order and the last day of signing."),
    "agreement.round_over": gettext_noop("The last day to sign has passed."),
    "agreement.upload_refused": gettext_noop("The file that %(name)s signed elsewhere was refused."),
    "agreement.in_force": gettext_noop("Every party has signed. The agreement is in force."),
    "agreement.sealed": gettext_noop("The signed text was sealed."),
    "signature.voided": gettext_noop("The signature of %(name)s became void: version %(version)s changed the text."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, for the component ``history``: told when it is drawn."""

    verb: str
    at: datetime
    who: str
    name: str
    version: int | str

    @property
    def text(self) -> str:
        if self.verb not in _SENTENCES:
            return self.verb
        return _(_SENTENCES[self.verb]) % {"who": self.who, "name": self.name, "version": self.version}

    @property
    def when(self) -> str:
        return moment(self.at)

    @property
    def icon(self) -> str:
        return _ICONS.get(self.verb, "activity")


def told(rows: Sequence[Activity], hubs: Mapping[int, str]) -> tuple[Event, ...]:
    """Return the rows as events. ``hubs`` names the parties by id."""
    return tuple(_event(row, hubs.get(row.acting_hub_id or 0, "")) for row in rows)


def _event(row: Activity, hub: str) -> Event:
    return Event(
        verb=row.verb,
        at=row.at,
        who=f"{row.actor_name} ({hub})" if hub else row.actor_name,
        name=row.facts.get("name", ""),
        version=row.facts.get("version", ""),
    )


def moment(at: datetime | None) -> str:
    """Return an instant for reading, in the reader's language: 24 Nov 2026, 09:12."""
    return date_format(timezone.localtime(at), "j M Y, H:i") if at else ""


def clause_changed_by(rows: Sequence[Activity]) -> dict[int, str]:
    """Return which clause each version changed, for those that changed the wording of one."""
    revised = (row for row in rows if row.verb == "agreement.revised" and row.facts.get("clause"))
    return {row.facts["version"]: row.facts["clause"] for row in revised}
