"""Who may do what with a request, and what of it may leave its hub."""

from hansa.collaboration.partnering.policies.cases import (
    can_answer_client,
    can_ask_client,
    can_cancel,
    can_confirm_understanding,
    can_correct_wants,
    can_follow,
    can_go_on,
    can_pick,
    can_state_for_client,
    leads,
    speaks_for_client,
)
from hansa.collaboration.partnering.policies.consent import (
    FIELDS,
    WITHHOLDABLE,
    can_authorise,
    can_withdraw_authorisation,
    is_in_force,
    may_disclose,
    stage_of,
)
from hansa.collaboration.partnering.policies.invitations import (
    can_answer,
    can_ask,
    can_invite,
    can_let_go,
    can_take_back,
)
from hansa.collaboration.partnering.policies.masking import Secrets, betrayals, masked, names_client

__all__ = [
    "FIELDS",
    "WITHHOLDABLE",
    "Secrets",
    "betrayals",
    "can_answer",
    "can_answer_client",
    "can_ask",
    "can_ask_client",
    "can_authorise",
    "can_cancel",
    "can_confirm_understanding",
    "can_correct_wants",
    "can_follow",
    "can_go_on",
    "can_invite",
    "can_let_go",
    "can_pick",
    "can_state_for_client",
    "can_take_back",
    "can_withdraw_authorisation",
    "is_in_force",
    "leads",
    "masked",
    "may_disclose",
    "names_client",
    "speaks_for_client",
    "stage_of",
]
