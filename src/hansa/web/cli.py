"""The ``hansa`` command: Django's commands under our name, with reasons instead of tracebacks."""

from __future__ import annotations

import os
import sys
import traceback

from django.core.exceptions import ImproperlyConfigured

from hansa.foundation.policies import Refusal


def main() -> None:
    """Run one command and leave with its exit code: 0 done, 1 failed, 2 refused (the reason is printed), 130 interrupted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hansa.web.settings")
    sys.exit(_run(["hansa", *sys.argv[1:]]))


def _run(argv: list[str]) -> int:
    try:
        if argv[1:2] == ["run"]:
            # What ``run`` is told decides settings, so it is read before they are.
            from hansa.web.launch import options

            options.into_environment(argv[2:])
        from django.conf import settings

        from hansa.web.launch.commands import Commands

        _ = settings.VAR_DIR
        Commands(argv).execute()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        reason = _reason(error)
        if reason is None:
            raise
        if os.environ.get("HANSA_DEBUG", "0") not in {"", "0"}:
            traceback.print_exc()
        print(reason, file=sys.stderr)  # noqa: T201
        return 2
    return 0


def _reason(error: Exception) -> str | None:
    """Return what to tell the user, or None when nobody foresaw this error."""
    if isinstance(error, Refusal):
        return str(error.reason)
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    from django.db import OperationalError, ProgrammingError
    from psycopg.errors import UndefinedColumn, UndefinedTable

    if isinstance(error, ProgrammingError) and isinstance(error.__cause__, UndefinedTable | UndefinedColumn):
        return "The database is not up to date. Run 'hansa migrate', or 'make run', which does it."
    if isinstance(error, OperationalError):
        lines = str(error).strip().splitlines() or ["no reason given"]
        return f"The database cannot be used: {lines[0]}. Check that it runs, and what DATABASE_URL says."
    return None


if __name__ == "__main__":
    main()
