"""Named reads of requests and invitations."""

from hansa.collaboration.partnering.queries.case import (
    Audience,
    Step,
    Turn,
    progress,
    requests_visible_to,
    shared_requests,
    whose_turn,
)
from hansa.collaboration.partnering.queries.consent import SharedNeed, disclosed, disclosed_each
from hansa.collaboration.partnering.queries.outcome import (
    AnswerTimes,
    CaseBrief,
    CaseTimes,
    answer_times,
    case_brief,
    case_times,
    coverage_agreed,
    functions_by_partner,
    functions_wanted,
)
from hansa.collaboration.partnering.queries.waiting import Waiting, n_waiting, waiting_for

__all__ = [
    "AnswerTimes",
    "Audience",
    "CaseBrief",
    "CaseTimes",
    "SharedNeed",
    "Step",
    "Turn",
    "Waiting",
    "answer_times",
    "case_brief",
    "case_times",
    "coverage_agreed",
    "disclosed",
    "disclosed_each",
    "functions_by_partner",
    "functions_wanted",
    "n_waiting",
    "progress",
    "requests_visible_to",
    "shared_requests",
    "waiting_for",
    "whose_turn",
]
