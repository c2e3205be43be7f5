"""The mails of a journey: sent by SMTP, kept by the sink as files, read by the people they are for."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path


class Mailbox:
    """Every mail that came, oldest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def to(self, address: str, about: str = "") -> list[EmailMessage]:
        """Return the mails to this address whose subject has these words."""
        mails = [
            email.message_from_bytes(path.read_bytes(), policy=default) for path in sorted(self.folder.glob("*.eml"))
        ]
        return [mail for mail in mails if address in mail["To"] and about in mail["Subject"]]

    def link(self, address: str, about: str) -> str:
        """Return the link in the latest of these mails."""
        return re.search(r"https?://\S+/link/\S+", self._latest(address, about))[0]

    def link_to(self, page: str, address: str, about: str) -> str:
        """Return the link to a page of this kind (a part of its address) in the latest of these mails."""
        return re.search(rf"https?://\S+/{page}/\S+", self._latest(address, about))[0]

    def code(self, address: str) -> str:
        """Return the signing code that was mailed last."""
        return re.search(r"\b\d{6}\b", self._latest(address, "code"))[0]

    def _latest(self, address: str, about: str) -> str:
        mails = self.to(address, about)
        assert mails, (
            f"No mail about “{about}” came to {address}, only {[mail['Subject'] for mail in self.to(address)]}"
        )
        return mails[-1].get_body(("plain",)).get_content()

    @property
    def everything(self) -> str:
        """Return all that was sent, as text."""
        mails = [email.message_from_bytes(path.read_bytes(), policy=default) for path in self.folder.glob("*.eml")]
        parts = [part for mail in mails for part in mail.walk() if part.get_content_maintype() == "text"]
        return "\n".join(part.get_content() for part in parts)
