"""What the page of an agreement shows, put together for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from hansa.collaboration.agreements import policies
from hansa.collaboration.agreements.models import Agreement, Party, Version
from hansa.collaboration.agreements.queries import reading
from hansa.collaboration.agreements.queries.clauses import Comment, Text
from hansa.collaboration.agreements.queries.history import Event, clause_changed_by, moment, told
from hansa.collaboration.agreements.states import AgreementState, PartyState, SignatureLevel
from hansa.foundation.actors import Actor

_TONES = {PartyState.SIGNED: "good", PartyState.ACCEPTED: "brand", PartyState.DECLINED: "bad", PartyState.SEEN: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLine:
    """One party as the component ``signatures`` shows it, told when it is drawn.

    ``signer`` is who signed or is to sign; ``function`` is known of those who signed; ``is_there`` says whether who is
    to sign still may. ``level`` is that of the signature, ``place`` the party's place in the order, if there is one. ``at`` is when the party came to where it is.
    """

    id: int
    name: str
    reached: PartyState
    at: datetime | None
    signer: str
    function: str
    is_there: bool
    level: str = ""
    place: int = 0

    @property
    def person(self) -> str:
        if self.reached == PartyState.SIGNED:
            return f"{self.signer}, {self.function}, {SignatureLevel(self.level).label}"
        if not self.signer:
            return _("Nobody was named to sign yet")
        if not self.is_there:
            return _("%(name)s was to sign, but has left") % {"name": self.signer}
        return _("%(name)s signs") % {"name": self.signer}

    @property
    def when(self) -> str:
        return moment(self.at)

    @property
    def state(self) -> str:
        return str(self.reached.label)

    @property
    def tone(self) -> str:
        return _TONES.get(self.reached, "warn")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version as the list shows it."""

    number: int
    by: str
    hub: str
    created_at: datetime
    note: str

    @property
    def when(self) -> str:
        return moment(self.created_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """``mine`` is the party the reader acts for; ``waiting`` the parties that must act, since ``since``."""

    agreement: Agreement
    version: Version
    parties: list[Party]
    mine: Party
    my_state: PartyState
    lines: tuple[PartyLine, ...]
    waiting: list[Party]
    since: datetime
    text: Text
    versions: tuple[VersionLine, ...]
    events: tuple[Event, ...]

    @property
    def is_my_turn(self) -> bool:
        return self.mine in self.waiting


def page_of(agreement: Agreement, *, parties: list[Party], actor: Actor, with_changes: bool) -> Page:
    """Return the page of the current version; two queries.

    :param with_changes: mark what differs from the version before
    """
    number = agreement.version_number
    versions = reading.versions_of(agreement, texts_of=(number, number - 1) if with_changes else (number,))
    current = versions[0]
    history = reading.history_of(agreement)
    mine = reading.party_for(actor, parties)
    assert mine is not None
    waited_for = policies.waited_for(agreement, parties)
    has_order = len({party.sign_step for party in parties}) > 1
    return Page(
        agreement=agreement,
        version=current,
        parties=parties,
        mine=mine,
        my_state=policies.state_of(mine, agreement),
        lines=tuple(_line(party, agreement, is_reader=party is mine, has_order=has_order) for party in parties),
        waiting=[party for party in parties if party.hub_id in waited_for],
        since=_since(agreement, current, parties),
        text=Text(
            current=current.shown or "",
            instrument_id=agreement.instrument,
            before=versions[1].shown or "" if len(versions) > 1 else "",
            said=_said(versions, clause_changed_by(history)),
        ),
        versions=tuple(_version_line(version) for version in versions),
        events=told(history, {party.hub_id: party.hub.name for party in parties}),
    )


def _version_line(version: Version) -> VersionLine:
    return VersionLine(
        number=version.number,
        by=str(version.author or ""),
        hub=version.author_hub.name,
        created_at=version.created_at,
        note=version.note,
    )


def _said(versions: Sequence[Version], clauses: dict[int, str]) -> tuple[Comment, ...]:
    """Return the notes of the versions that changed one clause, oldest first."""
    return tuple(
        Comment(
            clause=clauses[version.number],
            by=str(version.author or ""),
            hub=version.author_hub.name,
            text=version.note,
            version=version.number,
        )
        for version in reversed(versions)
        if clauses.get(version.number)
    )


def _since(agreement: Agreement, current: Version, parties: Sequence[Party]) -> datetime:
    """Return since when the parties waited for have had the turn."""
    if agreement.state == AgreementState.READING:
        return max([current.created_at, *(party.declined_at for party in parties if party.declined_at)])
    return max([current.created_at, *(party.accepted_at for party in parties if party.accepted_at)])


def _line(party: Party, agreement: Agreement, *, is_reader: bool, has_order: bool) -> PartyLine:
    state = policies.state_of(party, agreement)
    if is_reader and state == PartyState.NOT_SEEN:
        state = PartyState.SEEN
    when = {
        PartyState.SIGNED: party.valid.signed_at if party.valid else None,
        PartyState.DECLINED: party.declined_at,
        PartyState.ACCEPTED: party.accepted_at,
        PartyState.SEEN: party.seen_at,
    }.get(state)
    signed = party.valid
    return PartyLine(
        id=party.hub_id,
        name=party.hub.name,
        reached=state,
        at=when,
        signer=signed.name if signed else str(party.signatory or ""),
        function=signed.function if signed else "",
        is_there=party.signatory_is_there,
        level=signed.level if signed else "",
        place=party.sign_step if has_order else 0,
    )
