"""Looking for viruses with what the installation has: a command, or the socket of clamd."""

from __future__ import annotations

import logging
import shlex
import socket
import struct
import subprocess

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from hansa.collaboration.delivery.states import Scan

log = logging.getLogger("hansa.collaboration.delivery")
_SECONDS = 60


class VirusFound(Exception):
    """The scanner named something in the file."""


class CannotScan(Exception):
    """There is a scanner, and it did not answer."""


def scan(upload: UploadedFile) -> Scan:
    """Return what the scanner says; without one, that nobody looked.

    :raises VirusFound: it found something
    :raises CannotScan: it is set up and does not answer, so that nothing slips through meanwhile
    """
    if settings.VIRUS_SOCKET:
        answer = _ask_clamd(upload, settings.VIRUS_SOCKET)
        if answer.endswith("FOUND"):
            raise VirusFound(answer)
        if not answer.endswith("OK"):
            raise CannotScan(answer)
        return Scan.CLEAN
    if settings.VIRUS_COMMAND:
        return _run(upload, settings.VIRUS_COMMAND)
    return Scan.NOT_SCANNED


def _run(upload: UploadedFile, command: str) -> Scan:
    """Give the file to the command's standard input: 0 is clean, 1 is a virus, as clamscan and clamdscan answer."""
    upload.seek(0)
    try:
        done = subprocess.run(
            shlex.split(command), input=upload.read(), capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotScan(str(error)) from error
    finally:
        upload.seek(0)
    if done.returncode == 1:
        raise VirusFound(done.stdout.decode(errors="replace")[:200])
    if done.returncode:
        raise CannotScan(done.stderr.decode(errors="replace")[:200])
    return Scan.CLEAN


def _ask_clamd(upload: UploadedFile, path: str) -> str:
    upload.seek(0)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(_SECONDS)
            line.connect(path)
            line.sendall(b"zINSTREAM\0")
            for chunk in upload.chunks(64 * 1024):
                line.sendall(struct.pack("!I", len(chunk)) + chunk)
            line.sendall(struct.pack("!I", 0))
            answer = b""
            while not answer.endswith(b"\0") and (part := line.recv(4096)):
                answer += part
    except OSError as error:
        raise CannotScan(str(error)) from error
    finally:
        upload.seek(0)
    return answer.rstrip(b"\0").decode(errors="replace").strip()
