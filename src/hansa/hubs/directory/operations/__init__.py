"""The only writers of the directory. Every change gets the next revision, and readers see it at once."""

from hansa.hubs.directory.operations.clients import ClientDraft, add_clients, ensure_client, note_vat_numbers
from hansa.hubs.directory.operations.demo import forget_demo
from hansa.hubs.directory.operations.ecosystem import OrganisationDraft, remove_organisation, save_organisation
from hansa.hubs.directory.operations.imported import CannotImport, ImportedHub, Saved, record_import, save_imported
from hansa.hubs.directory.operations.indexing import Indexed, change_index, index_profiles
from hansa.hubs.directory.operations.locking import lock_hub
from hansa.hubs.directory.operations.parts import (
    CompetenceDraft,
    ContactDraft,
    FacilityDraft,
    UseCaseDraft,
    add_joint_offer,
    add_offer,
    change_offer,
    remove_offer,
    set_competences,
    set_contacts,
    set_facilities,
    set_use_cases,
)
from hansa.hubs.directory.operations.profile import create_hub, remove_hub, update_profile
from hansa.hubs.directory.operations.publishing import next_revision, publish
from hansa.hubs.directory.operations.reading import HubRead, ask_to_read_all, read_description, read_unread
from hansa.hubs.directory.operations.refusals import (
    CannotAddHub,
    CannotChangeProfile,
    CannotDecide,
    CannotKeepOrganisation,
    CannotRemoveHub,
)
from hansa.hubs.directory.operations.single import remove_part, save_part
from hansa.hubs.directory.operations.suggestions import (
    confirm_all,
    confirm_suggestion,
    dismiss_suggestion,
    reopen_suggestion,
)
from hansa.hubs.directory.operations.told import record_joint_delivery, record_reply

__all__ = [
    "CannotAddHub",
    "CannotChangeProfile",
    "CannotDecide",
    "CannotImport",
    "CannotKeepOrganisation",
    "CannotRemoveHub",
    "ClientDraft",
    "CompetenceDraft",
    "ContactDraft",
    "FacilityDraft",
    "HubRead",
    "ImportedHub",
    "Indexed",
    "OrganisationDraft",
    "Saved",
    "UseCaseDraft",
    "add_clients",
    "add_joint_offer",
    "add_offer",
    "ask_to_read_all",
    "change_index",
    "change_offer",
    "confirm_all",
    "confirm_suggestion",
    "create_hub",
    "dismiss_suggestion",
    "ensure_client",
    "forget_demo",
    "index_profiles",
    "lock_hub",
    "next_revision",
    "note_vat_numbers",
    "publish",
    "read_description",
    "read_unread",
    "record_import",
    "record_joint_delivery",
    "record_reply",
    "remove_hub",
    "remove_offer",
    "remove_organisation",
    "remove_part",
    "reopen_suggestion",
    "save_imported",
    "save_organisation",
    "save_part",
    "set_competences",
    "set_contacts",
    "set_facilities",
    "set_use_cases",
    "update_profile",
]
