"""The organisations of a hub's ecosystem: added, changed, taken out. Their names never stand in the activity log."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.hubs.directory import policies
from hansa.hubs.directory.models import EcosystemOrganisation, Hub
from hansa.hubs.directory.operations.reading import findings
from hansa.hubs.directory.operations.refusals import CannotKeepOrganisation
from hansa.hubs.directory.states import ClientType, PartnerKind, Showing
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

MOST_ORGANISATIONS = 5_000
MOST_CONCEPTS = 40
# What an organisation can be said to be able to do.
CONCEPT_KINDS = (Kind.ACTIVITY, Kind.SKILL, Kind.TECHNOLOGY)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDraft:
    """What is known of an organisation. ``sector`` and ``languages`` are notations, ``concept_ids`` what it can do.

    ``named`` are further things it can do, by their label in any language.
    """

    name: str
    organisation_type: str = ClientType.SME
    partner_kinds: tuple[str, ...] = ()
    country: str = ""
    city: str = ""
    sector: str = ""
    website: str = ""
    offer: str = ""
    languages: tuple[str, ...] = ()
    contact_name: str = ""
    contact_email: str = ""
    showing: str = Showing.ASK
    concept_ids: tuple[int, ...] = ()
    named: tuple[str, ...] = ()


@transaction.atomic
def save_organisation(
    draft: OrganisationDraft, *, by: Actor, at: datetime, organisation_id: int | None = None, is_demo: bool = False
) -> EcosystemOrganisation:
    """Add an organisation to the hub's ecosystem, or change the one of this id.

    What a new one can do is read in its text, where nobody says it.

    :raises CannotKeepOrganisation: by a stranger, twice the same name, or something it can do is in no vocabulary
    """
    policies.can_keep_ecosystem(by).or_raise(CannotKeepOrganisation)
    # Two people who add the same organisation at once: the second waits here.
    Hub.objects.select_for_update(no_key=True).only("id").get(pk=by.hub_id)
    own = EcosystemOrganisation.objects.filter(hub_id=by.hub_id)
    row = (
        own.filter(pk=organisation_id).first() if organisation_id is not None else EcosystemOrganisation(created_at=at)
    )
    if row is None:
        raise CannotKeepOrganisation(_("This organisation is no longer in your ecosystem."))
    _check(draft, own.exclude(pk=row.pk))
    concept_ids = dict.fromkeys([*_known(draft.concept_ids), *map(_named, draft.named)])
    if row.pk is None and not concept_ids:
        concept_ids = dict.fromkeys(int(found.concept_id) for found in findings(draft.offer))
    if len(concept_ids) > MOST_CONCEPTS:
        raise CannotKeepOrganisation(
            _("Name at most %(n)s things that it can do, those that tell it apart.") % {"n": MOST_CONCEPTS}
        )
    values = {name: value for name, value in asdict(draft).items() if name not in {"concept_ids", "named"}}
    for name, value in values.items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value.strip())
    row.hub_id, row.is_demo = by.hub_id, row.is_demo or is_demo  # type: ignore[assignment]
    row.save()
    row.concepts.set(concept_ids)
    verb = "ecosystem.changed" if organisation_id is not None else "ecosystem.added"
    activity.record(verb, actor=by, subject=row, at=at, hub_ids=[row.hub_id])
    return row


def _check(draft: OrganisationDraft, others: object) -> None:
    name = draft.name.strip()
    if not name:
        raise CannotKeepOrganisation(_("Say what the organisation is called."))
    if others.filter(name__iexact=name).exists():  # type: ignore[attr-defined]
        raise CannotKeepOrganisation(
            _("Your ecosystem has an organisation called “%(name)s” already.") % {"name": name}
        )
    if others.count() >= MOST_ORGANISATIONS:  # type: ignore[attr-defined]
        raise CannotKeepOrganisation(_("Your ecosystem is full. Take out organisations that you no longer know."))
    if unknown := set(draft.partner_kinds) - set(PartnerKind.values):
        raise CannotKeepOrganisation(_("“%(kind)s” is no kind of partner.") % {"kind": sorted(unknown)[0]})
    if draft.showing not in Showing.values or draft.organisation_type not in ClientType.values:
        raise CannotKeepOrganisation(_("Choose one of the options."))


def _known(concept_ids: tuple[int, ...]) -> list[int]:
    entries = taxonomy.entries(concept_ids)
    return [pk for pk in concept_ids if pk in entries and entries[pk].kind in CONCEPT_KINDS]


def _named(words: str) -> int:
    wanted = taxonomy.normalised(words)
    for entry in taxonomy.search_concepts(words, kinds=CONCEPT_KINDS, limit=10):
        if wanted in map(taxonomy.normalised, entry.labels.values()):
            return entry.id
    raise CannotKeepOrganisation(
        _("“%(words)s” is not in the vocabulary. Use another word, or leave it in the text.") % {"words": words}
    )


@transaction.atomic
def remove_organisation(organisation: EcosystemOrganisation, *, by: Actor, at: datetime) -> None:
    """Take an organisation out of the ecosystem, and forget all about it.

    :raises CannotKeepOrganisation: by a stranger, or it is part of a case
    """
    policies.can_keep_ecosystem(by).or_raise(CannotKeepOrganisation)
    if organisation.hub_id != by.hub_id:
        raise CannotKeepOrganisation(_("This organisation is no longer in your ecosystem."))
    activity.record("ecosystem.removed", actor=by, subject=organisation, at=at, hub_ids=[organisation.hub_id])
    try:
        with transaction.atomic():
            organisation.delete()
    except ProtectedError as error:
        raise CannotKeepOrganisation(
            _("It is part of a case, so it stays. Choose “Never” if it is not to be suggested any more.")
        ) from error
