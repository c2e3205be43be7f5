from hansa.hubs.directory.models import (
    Client,
    Competence,
    ContactPerson,
    DirectoryState,
    EcosystemOrganisation,
    Facility,
    Hub,
    ServiceOffer,
    Suggestion,
    UseCase,
)
from hansa.hubs.people.models import Attempt, Membership, Session, SigningCode, SignInLink, User
from hansa.hubs.taxonomy.models import Concept, Relation, Scheme, Term, Vector

__all__ = [
    "Attempt",
    "Client",
    "Competence",
    "Concept",
    "ContactPerson",
    "DirectoryState",
    "EcosystemOrganisation",
    "Facility",
    "Hub",
    "Membership",
    "Relation",
    "Scheme",
    "ServiceOffer",
    "Session",
    "SignInLink",
    "SigningCode",
    "Suggestion",
    "Term",
    "UseCase",
    "User",
    "Vector",
]
