"""What this corner refuses, each with a sentence for the user."""

from __future__ import annotations

from hansa.foundation.policies import Refusal


class CannotRecord(Refusal):
    """A service cannot be recorded like this. ``field`` names what to change, if it is one thing."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.field = field


class CannotSetUp(Refusal):
    """The hub's way to give aid, or its price list, cannot be changed like this."""


class CannotDeclare(Refusal):
    """Aid or a linked undertaking cannot be declared."""


class CannotIssue(Refusal):
    """A certificate cannot be issued or withdrawn."""
