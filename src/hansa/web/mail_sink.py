"""A mail server that delivers nothing: it keeps each message as a file, for the demo and the tests."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST_MAIL_BYTES = 30_000_000


class _Keeper:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        recipients = ", ".join(envelope.rcpt_tos).replace("\r", "").replace("\n", "")
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
        unfinished = self.folder / f"{name}.part"
        try:
            unfinished.write_bytes(f"X-Hansa-Recipients: {recipients}\r\n".encode() + content)
            unfinished.rename(self.folder / f"{name}.eml")
        except OSError as error:
            return f"452 The mail could not be kept: {error.strerror}"
        return "250 Kept"


class MailSink:
    """Listens from ``start`` to ``stop``. Files are called by the time they came, oldest first: ``*.eml``."""

    def __init__(self, *, folder: Path, host: str, port: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        # The links in the mails sign people in.
        folder.chmod(0o700)
        self._controller = Controller(
            _Keeper(folder), hostname=host, port=port, data_size_limit=LARGEST_MAIL_BYTES, ready_timeout=20
        )

    def start(self) -> None:
        """Start listening in a thread of its own.

        :raises OSError: when the port is taken
        """
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop(no_assert=True)
