"""The mails that the local sink kept, so that a newcomer can play every part of the story alone."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_LINK = re.compile(r"https?://\S+")
_NAME = re.compile(r"(\d{8}T\d{12})-[0-9a-f]{6}\.eml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail of the sink. ``body`` is its text with working links."""

    to: str
    subject: str
    at: datetime | None
    body: SafeString


def latest(limit: int = 30) -> list[Mail]:
    """Return the newest mails first; nothing when the installation sends real mail or got none."""
    folder: Path = settings.MAIL_SINK_DIR
    if not folder.is_dir():
        return []
    paths = sorted((path for path in folder.iterdir() if _NAME.fullmatch(path.name)), reverse=True)
    return [_read(path) for path in paths[:limit]]


def _read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    text = message.get_body(preferencelist=("plain",))
    at = datetime.strptime(path.name[:21] + "+0000", "%Y%m%dT%H%M%S%f%z")
    return Mail(
        to=str(message["X-Hansa-Recipients"] or message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=at,
        body=_with_links(str(text.get_content()) if text is not None else ""),
    )


def _with_links(text: str) -> SafeString:
    """Escape the text and make its addresses links."""
    parts, end = [], 0
    for match in _LINK.finditer(text):
        address = conditional_escape(match[0])
        parts += [conditional_escape(text[end : match.start()]), f'<a href="{address}">{address}</a>']
        end = match.end()
    return mark_safe("".join([*parts, conditional_escape(text[end:])]))
