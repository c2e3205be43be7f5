"""Turn what people type into clean values."""

from hansa.collaboration.partnering.forms.invitations import (
    AnswerForm,
    HubProposalForm,
    InviteForm,
    NoteForm,
    ReasonForm,
)
from hansa.collaboration.partnering.forms.needs import (
    CaseNeedForm,
    ConsentForm,
    ProblemForm,
    ResultForm,
    WhoForm,
    choice_labels,
    labelled_countries,
)
from hansa.collaboration.partnering.forms.team import FollowForm, LimitsForm

__all__ = [
    "AnswerForm",
    "CaseNeedForm",
    "ConsentForm",
    "FollowForm",
    "HubProposalForm",
    "InviteForm",
    "LimitsForm",
    "NoteForm",
    "ProblemForm",
    "ReasonForm",
    "ResultForm",
    "WhoForm",
    "choice_labels",
    "labelled_countries",
]
