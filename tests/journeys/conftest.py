"""The network in which journeys are played: a database, a mail server and a web server of their own."""

from __future__ import annotations

import importlib
import io
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import django.conf.locale
import jobs
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone
from journeys.mailbox import Mailbox
from pytest_django.live_server_helper import LiveServer

from hansa.hubs.people import operations as people
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.web.demo.operations.hubs import add_hubs
from hansa.web.mail_sink import MailSink

STEWARD = "steward@demo.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where journeys are played: the address of the running site, and its mails."""

    site: str
    mailbox: Mailbox


@pytest.fixture(scope="module")
def place(
    django_test_environment: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """Start an installation with the real vocabularies, a steward, and no hubs.

    What journeys write is committed, as in a running installation, so they get a database of their own.
    """
    folder = tmp_path_factory.mktemp("journeys")
    with django_db_blocker.unblock(), _own_database(), _pseudo_language(), _mail(folder / "mail") as port:
        places = {"MEDIA_ROOT": folder / "files", "SEAL_DIR": folder / "seal"}
        mail = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1"}
        with override_settings(**places, **mail, EMAIL_PORT=port):
            call_command("vocabulary", "ensure", stdout=io.StringIO())
            people.create_person(email=STEWARD, name="Stefan Ilić", roles=["steward"])
            server = LiveServer("localhost")
            with override_settings(SITE_URL=server.url):
                yield Place(site=server.url, mailbox=Mailbox(folder / "mail"))
            server.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def managers(place: Place) -> dict[str, str]:
    """Add the 24 invented hubs, without cases; return the addresses of their managers by hub."""
    members = add_hubs(at=timezone.now() - timedelta(days=300))
    return {name: member.manager.email for name, member in members.items()}


@contextmanager
def _own_database() -> Iterator[None]:
    """Use a test database that keeps its vocabularies from one run to the next, and nothing else."""
    creation, values = connection.creation, connection.settings_dict
    before, told = values["NAME"], values["TEST"]["NAME"]
    connections.close_all()
    values["TEST"]["NAME"] = f"test_{before.removeprefix('test_')}_journeys"
    try:
        creation.create_test_db(verbosity=0, autoclobber=True, keepdb=True)
        _empty_all_but_vocabularies()
        _forget()
        yield
    finally:
        connections.close_all()
        values["NAME"], values["TEST"]["NAME"] = before, told
        _forget()


def _empty_all_but_vocabularies() -> None:
    kept = {model._meta.db_table for model in apps.get_models() if ".taxonomy." in model.__module__}
    kept |= {"django_migrations", "django_content_type", "auth_permission"}
    tables = sorted(set(connection.introspection.table_names()) - kept)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables))


def _forget() -> None:
    """Forget what this process remembers of another database."""
    jobs.forget()
    taxonomy.forget()
    directory = importlib.import_module("hansa.hubs.directory.queries.catalogue")
    directory._catalogue = directory.Catalogue(stamp=(-1, -1), rows=())


@contextmanager
def _pseudo_language() -> Iterator[None]:
    info = {"bidi": True, "code": "qps", "name": "Pseudo", "name_local": "[Pseudo]"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(django.conf.locale.LANG_INFO, "qps", info)
        languages = dict(settings.LANGUAGES) | {"qps": "Pseudo"}
        with override_settings(LANGUAGES=list(languages.items())):
            yield


@contextmanager
def _mail(folder: Path) -> Iterator[int]:
    """Run a mail server that keeps every mail as a file, and yield its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    sink = MailSink(folder=folder, host="127.0.0.1", port=port)
    sink.start()
    try:
        yield port
    finally:
        sink.stop()
