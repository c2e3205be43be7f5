"""The parts of the need page that its lead sees, each drawn once for the same content."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from hansa.collaboration.partnering import policies, queries
from hansa.collaboration.partnering.states import Anonymity
from hansa.foundation.actors import Actor
from hansa.foundation.fragments import drawn, fragment
from hansa.foundation.policies import Verdict

_PARTS = "collaboration/partnering/request_parts.html"


def actions(case: Any, may_correct: Verdict) -> SafeString:
    """Return the way on to the shortlist."""
    return fragment(
        f"{_PARTS}#actions",
        is_new=case.state == "need",
        may_correct=may_correct,
        finds_match=policies.finds_match(case),
        page_url=queries.page_of_state(case),
        case_url=queries.address("partnering:request", case.ref),
    )


def parts(
    case: Any, need: Any, actor: Actor, *, reason: str = "", note_form: Any = None, cancel_form: Any = None
) -> dict[str, SafeString]:
    """Return ``words wants talk aside`` of the page.

    :param reason: why a correction of the wants was refused
    :param note_form: a message to the client that was refused; ``cancel_form`` likewise
    """
    case_url = queries.address("partnering:request", case.ref)
    may_ask = bool(policies.can_ask_client(actor, case))
    return {
        "words": fragment(
            f"{_PARTS}#words",
            text=need.text,
            outcome=need.outcome,
            language=case.language,
            existing=case.existing,
            has_client=case.client is not None,
            by=_client_name(case) or case.lead.name,
        ),
        "wants": _wants(need, bool(policies.can_correct_wants(actor, case)), case_url, reason),
        "talk": _talk(case, need, case_url, may_ask, note_form),
        "aside": _aside(case, case_url, actor, cancel_form),
    }


def _talk(case: Any, need: Any, case_url: str, may_ask: bool, note_form: Any) -> SafeString:
    """Return the notes between lead and client; nothing for an idea of the lead itself."""
    if case.client is None:
        return SafeString()
    return drawn(
        f"{_PARTS}#talk",
        note_form,
        notes=need.notes,
        may_ask=may_ask,
        has_contact=case.contact is not None,
        case_url=case_url,
    )


def _wants(need: Any, may_correct: bool, case_url: str, reason: str) -> SafeString:
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
        by_words_alone=queries.reads_by_words_alone(),
    )


def _aside(case: Any, case_url: str, actor: Actor, cancel_form: Any) -> SafeString:
    """Return who the client is, what may leave the hub, and the rarer acts."""
    consent = queries.authorisation_of(case)
    return drawn(
        f"{_PARTS}#aside",
        cancel_form,
        has_client=case.client is not None,
        audience=queries.audience_label(case),
        client=_client_name(case),
        contact=case.contact.name if case.contact else None,
        timing=case.timing,
        budget_eur=case.budget_eur,
        is_understood=case.understood_at is not None,
        held=policies.is_in_force(consent, at=timezone.now()),
        level=str(Anonymity(consent.level).label) if consent else "",
        may_ask=bool(policies.can_ask_client(actor, case)),
        may_cancel=bool(policies.can_cancel(actor, case)),
        finds_match=policies.finds_match(case),
        may_reroute=bool(policies.can_follow(actor, case)) and case.client_id is not None,
        title=case.title,
        scenario=pgettext("content", queries.scenario_of(case).short),
        case_url=case_url,
    )


def _client_name(case: Any) -> str:
    """The client's name, empty for a case that has none."""
    return case.client.name if case.client else ""
