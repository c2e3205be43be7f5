"""The only writers of requests, wants, authorisations, picks and invitations."""

from hansa.collaboration.partnering.operations.case import CannotMove, hand_over, move

__all__ = ["CannotMove", "hand_over", "move"]
