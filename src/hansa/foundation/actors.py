"""Who acts: a person, in the organisation they act for, with their roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

HubRole = Literal["manager", "staff", "signatory"]
NetworkRole = Literal["steward", "assessor", "policy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person as policies see them; built once per request, never from a guess.

    ``hub_id`` is the hub the person acts for now (people with several hubs switch), ``hub_roles`` their roles there.
    ``client_ids`` are the clients the person speaks for. An actor without ``user_id`` is a visitor.
    """

    user_id: int | None = None
    name: str = ""
    email: str = ""
    hub_id: int | None = None
    hub_name: str = ""
    hub_roles: frozenset[str] = field(default_factory=frozenset)
    client_ids: frozenset[int] = field(default_factory=frozenset)
    network_roles: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_visitor(self) -> bool:
        return self.user_id is None

    @property
    def works_for_hub(self) -> bool:
        """Whether the person may work on their hub's cases (manager or staff)."""
        return self.hub_id is not None and bool(self.hub_roles & {"manager", "staff"})

    @property
    def manages_hub(self) -> bool:
        return self.hub_id is not None and "manager" in self.hub_roles

    @property
    def signs_for_hub(self) -> bool:
        return self.hub_id is not None and "signatory" in self.hub_roles

    @property
    def is_steward(self) -> bool:
        return "steward" in self.network_roles


VISITOR = Actor()
SYSTEM = Actor(name="Hansa")
