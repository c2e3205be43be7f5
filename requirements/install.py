#!/usr/bin/env python3
"""Make the virtual environment and fill it from a lock file: ``python3 requirements/install.py run|dev``.

Runs on the system's own Python, with nothing but the standard library. A second call with nothing changed takes no time.
"""

from __future__ import annotations

import ast
import fcntl
import hashlib
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

OLDEST = (3, 11)
NEEDED_BYTES = 2_500_000_000
CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
THIS_PYTHON = "{}.{}".format(*sys.version_info[:2])
OLDEST_PYTHON = "{}.{}".format(*OLDEST)


def main(kind: str) -> None:
    """Bring the environment to what the lock file ``kind`` says."""
    if sys.version_info < OLDEST:
        stop(
            f"Hansa needs Python {OLDEST_PYTHON} or newer, and this is {THIS_PYTHON}. "
            "Name another one: make run PYTHON=python3.12"
        )
    # The development tools include everything that running needs: never take them away again.
    if kind == "run" and os.path.exists(stamp("dev")):
        kind = "dev"
    wanted = fingerprint(kind)
    if is_filled(kind, wanted):
        return
    if not os.access(CHECKOUT, os.W_OK):
        stop(f"Hansa cannot write to {CHECKOUT}. Copy it to a folder you may write to.")
    free = shutil.disk_usage(CHECKOUT).free
    if not os.path.exists(PYTHON) and free < NEEDED_BYTES:
        stop(
            f"Hansa needs {NEEDED_BYTES / 1e9:.1f} GB for its packages, and the disk that holds {CHECKOUT} has only "
            f"{free / 1e9:.1f} GB left. Free some space, or copy Hansa to another disk."
        )
    with one_at_a_time():
        if is_filled(kind, wanted):
            return
        for old in VENV.glob(".hansa-*"):
            old.unlink()
        make_venv()
        install_uv()
        fill(kind)
        stamp(kind).write_text(wanted)


def stop(reason: str) -> NoReturn:
    sys.exit(f"\n{reason}")


def say(text: str) -> None:
    print(text, flush=True)


def stamp(kind: str) -> Path:
    return VENV / f".hansa-{kind}"


def is_filled(kind: str, wanted: str) -> bool:
    try:
        return os.access(PYTHON, os.X_OK) and stamp(kind).read_text() == wanted
    except OSError:
        return False


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for another call that is at work in this checkout."""
    folder = os.open(CHECKOUT / "requirements", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def fingerprint(kind: str) -> str:
    """Return what the environment depends on; the checkout's place counts, since the installed scripts name it."""
    digest = hashlib.sha256(f"{CHECKOUT} {THIS_PYTHON}".encode())
    for path in (CHECKOUT / "requirements" / f"{kind}.lock", CHECKOUT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def works(*command: str) -> bool:
    """Whether a command runs and succeeds; says nothing itself."""
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    """Make ``.venv``, unless it is there, works and is of this Python version."""
    is_this_version = f"import sys; sys.exit('{{}}.{{}}'.format(*sys.version_info[:2]) != '{THIS_PYTHON}')"
    if PYTHON.exists() and works(str(PYTHON), "-c", is_this_version):
        return
    say(f"Making the virtual environment in .venv with Python {THIS_PYTHON}")
    # Debian splits pip's installer off Python; the environment can still be made without, and filled from outside.
    for options in ((), ("--without-pip",)):
        shutil.rmtree(VENV, ignore_errors=True)
        if works(sys.executable, "-m", "venv", *options, str(VENV)) and works(str(PYTHON), "-c", ""):
            return
    shutil.rmtree(VENV, ignore_errors=True)
    if not (works(sys.executable, "-m", "virtualenv", str(VENV)) or works("uv", "venv", "--seed", str(VENV))):
        stop(no_installer())


def no_installer() -> str:
    return (
        "This Python cannot make a virtual environment and install packages into it. On Debian and Ubuntu, run\n"
        f"    sudo apt install python{THIS_PYTHON}-venv\n"
        f"and start again. Any other Python {OLDEST_PYTHON} or newer will do too: make run PYTHON=/path/to/python3"
    )


def install_uv() -> None:
    """Put the pinned uv into the environment, checked by its hash: with any pip there is, or use a uv that is there."""
    locked = (CHECKOUT / "requirements" / "dev.lock").read_text()
    pinned = re.search(r"^uv==(\S+).*?(?=^\S|\Z)", locked, re.MULTILINE | re.DOTALL)
    if pinned is None:
        stop("requirements/dev.lock does not name uv. Restore the file from the repository.")
    version = pinned.group(1)
    if UV.exists() and version in subprocess.run([UV, "--version"], capture_output=True, text=True).stdout:
        return
    pips = ((str(PYTHON), "-m", "pip"), (sys.executable, "-m", "pip", "--python", str(PYTHON)))
    pip = next((command for command in pips if works(*command, "--version")), None)
    if pip is None:
        if works("uv", "--version"):
            return
        shutil.rmtree(VENV, ignore_errors=True)
        stop(no_installer())
    say(f"Installing the installer (uv {version})")
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder) / "uv.txt"
        lock.write_text(pinned.group())
        install = ("install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--requirement", str(lock))
        if subprocess.run([*pip, *install]).returncode != 0:
            stop("The packages cannot be fetched. Check the internet connection or the proxy, and start again.")


def as_pip_was_told() -> dict[str, str]:
    """Return uv's settings for where packages come from: on most machines only pip knows, from its files or the environment."""
    pip_config = subprocess.run([PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    told: dict[str, str] = {}
    for section in ("global", "install", ":env:"):
        told |= re.findall(rf"^{section}\.([a-z-]+)=(.*)$", pip_config, re.MULTILINE)
    settings = {
        meant: " ".join(ast.literal_eval(told[name]).split())
        for name, meant in (
            ("index-url", "UV_DEFAULT_INDEX"),
            ("extra-index-url", "UV_INDEX"),
            ("cert", "SSL_CERT_FILE"),
        )
        if name in told
    }
    # The files are those whose hashes the lock holds, from wherever: as pip does, look for them in all indexes.
    settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    # An organisation that inspects its traffic puts its own certificate into the system's store; uv looks into none by itself.
    store = ssl.get_default_verify_paths()
    if store.cafile or (store.capath and os.listdir(store.capath)):
        settings["UV_SYSTEM_CERTS"] = "1"
    return settings


def fill(kind: str) -> None:
    """Install exactly what the lock file says, then Hansa itself in place."""
    uv = str(UV) if UV.exists() else "uv"
    environment = {**as_pip_was_told(), **os.environ, "VIRTUAL_ENV": str(VENV)}
    say(f"Installing the packages of requirements/{kind}.lock (the first time downloads about 400 MB)")
    lock = CHECKOUT / "requirements" / f"{kind}.lock"
    for arguments in (
        ("sync", "--require-hashes", str(lock)),
        ("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(CHECKOUT)),
    ):
        if subprocess.run([uv, "pip", *arguments, "--python", str(PYTHON)], env=environment).returncode != 0:
            stop("The packages could not be installed; the reason stands above. Correct it and start again.")


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except KeyboardInterrupt:
        sys.exit(130)
