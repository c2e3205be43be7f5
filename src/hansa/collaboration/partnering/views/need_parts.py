"""The parts of the need page that its lead sees, each drawn once for the same content."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from hansa.collaboration.partnering import policies, queries
from hansa.collaboration.partnering.states import Anonymity
from hansa.foundation.actors import Actor
from hansa.foundation.fragments import drawn, fragment

_PARTS = "collaboration/partnering/request_parts.html"


def parts(
    case: Any,
    need: Any,
    actor: Actor,
    *,
    case_url: str,
    reason: str = "",
    note_form: Any = None,
    cancel_form: Any = None,
) -> dict[str, SafeString]:
    """Return ``actions words wants talk client ends`` of the page.

    :param reason: why a correction of the wants was refused
    :param note_form: a message to the client that was refused; ``cancel_form`` likewise
    """
    may_correct, may_ask = policies.can_correct_wants(actor, case), bool(policies.can_ask_client(actor, case))
    return {
        "actions": fragment(
            f"{_PARTS}#actions", is_new=case.state == "need", may_correct=may_correct, case_url=case_url
        ),
        "words": fragment(
            f"{_PARTS}#words", text=need.text, outcome=need.outcome, language=case.language, client=case.client.name
        ),
        "wants": wants(need, may_correct=bool(may_correct), case_url=case_url, reason=reason),
        "talk": drawn(
            f"{_PARTS}#talk",
            note_form,
            notes=need.notes,
            may_ask=may_ask,
            has_contact=case.contact is not None,
            case_url=case_url,
        ),
        "client": _client(case, case_url),
        "ends": drawn(
            f"{_PARTS}#ends",
            cancel_form,
            may_ask=may_ask,
            may_cancel=bool(policies.can_cancel(actor, case)),
            title=case.title,
            case_url=case_url,
        ),
    }


def wants(need: Any, *, may_correct: bool, case_url: str, reason: str = "") -> SafeString:
    """Return what is asked for, to be corrected one by one."""
    return fragment(
        "collaboration/partnering/wants_list.html",
        wants=need.wants,
        removed=need.removed,
        covered=tuple(line.label for line in need.wants if line.own),
        missing=tuple(line.label for line in need.wants if not line.own),
        may_correct=may_correct,
        case_url=case_url,
        reason=reason,
    )


def _client(case: Any, case_url: str) -> SafeString:
    consent = queries.authorisation_of(case)
    return fragment(
        f"{_PARTS}#client",
        client=case.client.name,
        contact=case.contact.name if case.contact else None,
        timing=case.timing,
        budget_eur=case.budget_eur,
        is_understood=case.understood_at is not None,
        held=policies.is_in_force(consent, at=timezone.now()),
        level=str(Anonymity(consent.level).label) if consent else "",
        case_url=case_url,
    )
