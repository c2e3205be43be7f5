from hansa.collaboration.agreements.models import Agreement, Party, SealedFile, Signature, Version
from hansa.collaboration.delivery.models import Collaboration, Document, Feedback, Kpi, KpiResult, Task
from hansa.collaboration.partnering.models import (
    ClientAuthorisation,
    Disclosure,
    Invitation,
    InvitationNote,
    Request,
    RequestNote,
    TeamPick,
    Want,
)

__all__ = [
    "Agreement",
    "ClientAuthorisation",
    "Collaboration",
    "Disclosure",
    "Document",
    "Feedback",
    "Invitation",
    "InvitationNote",
    "Kpi",
    "KpiResult",
    "Party",
    "Request",
    "RequestNote",
    "SealedFile",
    "Signature",
    "Task",
    "TeamPick",
    "Version",
    "Want",
]
