"""What this corner adds to the pages of a case: the headroom of the client, for its own hub."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from hansa.collaboration.aid import policies, queries
from hansa.foundation.actors import Actor

_SHOWN_WHILE = frozenset({"agreeing", "signing", "delivering", "confirming"})


def headroom(actor: Actor, case: Any) -> SafeString:
    """Return the headroom beside a case, to the people of the client's hub while it matters; nothing to others."""
    # Asked first: a page may load the rest only when it is looked at.
    if not policies.can_change(actor, case.lead_id) or case.state not in _SHOWN_WHILE or case.client_id is None:
        return mark_safe("")
    ahead = queries.headroom_ahead(ref=case.ref, client_id=case.client_id, actor=actor, on=timezone.localdate())
    if ahead is None:
        return mark_safe("")
    return render_to_string("collaboration/aid/panel.html", {"ahead": ahead, "standing": ahead.standing})
