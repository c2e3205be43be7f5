"""What a check of a signed or sealed file found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hansa.collaboration.agreements.states import PadesLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signature or seal in a file.

    ``by`` and ``issuer`` are the names in the certificate; ``is_known`` says whether somebody trusted here vouches for
    them. ``at`` is proven when ``stamped_by`` names a trusted time-stamping authority; else it is what the signer's own
    clock said. ``says_qualified``: the certificate calls itself qualified, which nobody checked here.
    ``sha256`` tells two signatures apart. ``stranger`` is the problem that its issuer is unknown here, if it is one.
    """

    by: str
    issuer: str
    at: datetime | None
    stamped_by: str = ""
    level: PadesLevel = PadesLevel.B
    is_intact: bool = False
    is_known: bool = False
    says_qualified: bool = False
    sha256: str = ""
    stranger: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What can be said about a file. ``kind`` is "sealed" for what this installation sealed, "signed" for a text of
    this installation that people signed elsewhere, and empty for anything else.

    ``is_whole``: the last signature covers all of the file, and what lies between is only what signing adds.
    ``text_agrees``: the pages, the attached text and its fingerprint say the same.
    ``problems`` are full sentences; a file holds when there is none.
    """

    kind: str = ""
    signatures: tuple[Signed, ...] = ()
    is_whole: bool = False
    text_agrees: bool = False
    sha256: str = ""
    case_ref: str = ""
    version: int = 0
    problems: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        return bool(self.signatures) and not self.problems

    @property
    def flaws(self) -> tuple[str, ...]:
        """The problems besides that nobody here knows who issued a certificate."""
        strangers = {signed.stranger for signed in self.signatures}
        return tuple(problem for problem in self.problems if problem not in strangers)

    @property
    def is_intact(self) -> bool:
        return bool(self.signatures) and all(signed.is_intact for signed in self.signatures)

    @property
    def is_known(self) -> bool:
        return bool(self.signatures) and all(signed.is_known for signed in self.signatures)

    @property
    def seal(self) -> Signed | None:
        return self.signatures[0] if self.kind == "sealed" and self.signatures else None

    @property
    def blocks(self) -> list[str]:
        """The fingerprint in pieces that a narrow screen may part."""
        return [self.sha256[start : start + 8] for start in range(0, len(self.sha256), 8)]
