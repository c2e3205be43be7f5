"""Verdicts: one answer for the button, the operation and the message."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed, and if not, why, in words for the user.

    Reads as truth in templates and conditions; ``reason`` is translatable text.
    """

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_raise(self, refusal: type[Refusal]) -> None:
        """Raise ``refusal`` with the reason unless allowed."""
        if not self.allowed:
            raise refusal(self.reason)


class Refusal(Exception):
    """An anticipated refusal. Subclasses are called ``Cannot<Verb>``; the reason is fit for the user's eyes."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


YES = Verdict(True)


def No(reason: str) -> Verdict:
    """Return a refusal with its reason."""
    return Verdict(False, reason)


def first_no(*verdicts: Verdict) -> Verdict:
    """Return the first refusal among ``verdicts``, or YES."""
    return next((verdict for verdict in verdicts if not verdict), YES)
