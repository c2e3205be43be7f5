"""What happened to an agreement, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hansa.foundation.activity import Activity

_ICONS = {
    "agreement.drafted": "file-plus",
    "agreement.revised": "file-pen",
    "agreement.seen": "eye",
    "agreement.accepted": "check",
    "agreement.declined": "x",
    "agreement.signed": "pen-line",
    "agreement.signatory_appointed": "user-check",
    "agreement.in_force": "handshake",
    "agreement.sealed": "shield-check",
    "signature.voided": "circle-slash",
}


def told(rows: Sequence[Activity], hubs: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return the rows as the component ``history`` reads them. ``hubs`` names the parties by id."""
    return [
        {"text": _sentence(row, hubs), "when": moment(row.at), "icon": _ICONS.get(row.verb, "activity")} for row in rows
    ]


def moment(at: datetime | None) -> str:
    """Return an instant for reading, in the reader's language: 24 Nov 2026, 09:12."""
    return date_format(timezone.localtime(at), "j M Y, H:i") if at else ""


def clause_changed_by(rows: Sequence[Activity]) -> dict[int, str]:
    """Return which clause each version changed, for those that changed the wording of one."""
    revised = (row for row in rows if row.verb == "agreement.revised" and row.facts.get("clause"))
    return {row.facts["version"]: row.facts["clause"] for row in revised}


def _sentence(row: Activity, hubs: Mapping[int, str]) -> str:
    sentences = {
        "agreement.drafted": _("%(who)s drafted the agreement."),
        "agreement.revised": _("%(who)s made version %(version)s."),
        "agreement.seen": _("%(who)s opened version %(version)s."),
        "agreement.accepted": _("%(who)s accepted version %(version)s."),
        "agreement.declined": _("%(who)s declined version %(version)s."),
        "agreement.signed": _("%(who)s signed version %(version)s."),
        "agreement.signatory_appointed": _("%(who)s said that %(name)s signs."),
        "agreement.in_force": _("Every party has signed. The agreement is in force."),
        "agreement.sealed": _("The signed text was sealed."),
        "signature.voided": _("The signature of %(name)s became void: version %(version)s changed the text."),
    }
    hub = hubs.get(row.acting_hub_id or 0, "")
    facts = {
        "who": f"{row.actor_name} ({hub})" if hub else row.actor_name,
        "name": row.facts.get("name", ""),
        "version": row.facts.get("version", ""),
    }
    return sentences.get(row.verb, row.verb) % facts
