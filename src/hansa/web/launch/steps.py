"""What has to be true before the web server starts. Each step does nothing when it is true already."""

from __future__ import annotations

import gzip
import io
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from hansa.collaboration.scenarios import operations as scenarios
from hansa.web.postgres import server

OLDEST_POSTGRES = 15
_COMPRESSIBLE = {".css", ".js", ".svg", ".json", ".txt", ".html", ".map"}


def database() -> str:
    """Reach the database (this starts the embedded server) and return which version it is.

    :raises ImproperlyConfigured: when it cannot be reached or is too old
    """
    try:
        version = connection.cursor().connection.info.server_version
    except OperationalError as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise ImproperlyConfigured(
            f"The database server cannot be reached: {reason}. Check that it runs and that DATABASE_URL is right."
        ) from error
    major, minor = divmod(version, 10000)
    if major < OLDEST_POSTGRES:
        raise ImproperlyConfigured(
            f"Hansa needs PostgreSQL {OLDEST_POSTGRES} or newer, and the server is {major}.{minor}."
        )
    return f"PostgreSQL {major}.{minor}{_elsewhere()}"


def _elsewhere() -> str:
    """Return where the embedded server keeps its data when that is not the installation's own folder."""
    if settings.DATABASES["default"]["ENGINE"] != "hansa.web.postgres":
        return ""
    home = server.home(settings.VAR_DIR)
    return "" if home.is_relative_to(settings.VAR_DIR.resolve()) else f" in {home}"


def tables() -> str:
    """Bring the tables up to date and return how many changes that took."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return "up to date"
    call_command("migrate", interactive=False, verbosity=0, stdout=io.StringIO())
    return "1 change" if len(plan) == 1 else f"{len(plan)} changes"


def vocabularies() -> None:
    call_command("vocabulary", "ensure", stdout=io.StringIO())
    scenarios.keep_shipped(at=timezone.now())


def demo_network() -> None:
    call_command("demo", "ensure", stdout=io.StringIO())


def static_files() -> str:
    """Collect and compress the static files when one has changed; return how many there are."""
    sources = _static_sources()
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name("static.stamp")
    if root.is_dir() and stamp.is_file() and stamp.read_text() == sources:
        return "unchanged"
    try:
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=io.StringIO())
        for path in root.rglob("*"):
            if path.suffix in _COMPRESSIBLE and path.stat().st_size > 200:
                path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        stamp.write_text(sources)
    except OSError as error:
        raise ImproperlyConfigured(
            f"Hansa cannot write to {root} ({error.strerror}). Make room or rights there, or set HANSA_VAR to another folder."
        ) from error
    return f"{sources.count(chr(10))} files"


def _static_sources() -> str:
    """Return one line for every source file, which changes when the file does."""
    lines = [f"{settings.STORAGES['staticfiles']['BACKEND']}"]
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            lines.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return "\n".join([sha256(lines[0].encode()).hexdigest(), *sorted(lines[1:])])
