"""Mails to people, in their language. This corner sends links and codes; everything else is a notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from hansa.hubs.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody without an account, to whom a mail goes."""

    name: str
    email: str
    language: str = ""


def language_of(user: User | Addressee) -> str:
    """Return the language to write in: the person's, if the site speaks it."""
    return user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def send(template: str, *, to: User | Addressee, **context: Any) -> None:
    """Send one mail in the person's language, as text and HTML.

    :param template: path without its ending; a ``.txt`` and a ``.html`` template must exist. The subject is the first
        line of the text template; a blank line ends it.

    :raises OSError: when the mail server cannot be reached (SMTP errors are OSErrors)
    """
    with translation.override(language_of(to)):
        context |= {"user": to, "network": settings.NETWORK_NAME, "site_url": settings.SITE_URL}
        subject, text = render_to_string(f"{template}.txt", context).lstrip().split("\n\n", 1)
        mail = EmailMultiAlternatives(subject=" ".join(subject.split()), body=text.strip() + "\n", to=[to.email])
        mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
        mail.send()
