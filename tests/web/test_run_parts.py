"""When the parts of ``hansa run`` are used by themselves."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from hansa.foundation.policies import Refusal
from hansa.web import cli
from hansa.web.launch import options, ports, steps
from hansa.web.launch.progress import Progress


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HANSA_PORT", "HANSA_HOST", "HANSA_DEMO", "HANSA_HASHED_STATIC"):
        # Set first, so that what the test sets is undone as well.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


class TestOptions:
    @pytest.mark.usefixtures("clean_environment")
    def test_become_settings(self) -> None:
        options.into_environment(["--port", "8123", "--host", "0.0.0.0", "--no-demo"])
        names = ("HANSA_PORT", "HANSA_HOST", "HANSA_DEMO", "HANSA_HASHED_STATIC")
        assert [os.environ[name] for name in names] == ["8123", "0.0.0.0", "0", "1"]

    @pytest.mark.usefixtures("clean_environment")
    def test_not_given_leave_settings_alone(self) -> None:
        options.into_environment([])
        assert "HANSA_PORT" not in os.environ
        assert "HANSA_DEMO" not in os.environ


class TestPorts:
    def test_free_port_passes(self) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        ports.demand_free(host="127.0.0.1", port=port)

    def test_port_shared_by_another_server_counts_as_taken(self) -> None:
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            with pytest.raises(ImproperlyConfigured, match=f"Port {port} is taken"):
                ports.demand_free(host="127.0.0.1", port=port)

    def test_port_taken_on_every_address_counts_for_one(self) -> None:
        with socket.socket() as other:
            other.bind(("0.0.0.0", 0))
            other.listen()
            port = other.getsockname()[1]
            with pytest.raises(ImproperlyConfigured, match=f"Port {port} is taken"):
                ports.demand_free(host="127.0.0.1", port=port)

    @pytest.mark.parametrize("port", [0, -1, 65536, 65535])
    def test_port_that_does_not_exist_is_said(self, port: int) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"does not exist\. Choose one from 1024 to 65510"):
            ports.demand_free(host="127.0.0.1", port=port, beside=25)

    def test_address_of_another_machine_is_said(self) -> None:
        with pytest.raises(ImproperlyConfigured, match="Correct HANSA_HOST"):
            ports.demand_free(host="192.0.2.1", port=8000)

    def test_name_of_no_machine_is_said(self) -> None:
        with pytest.raises(ImproperlyConfigured, match="Correct HANSA_HOST"):
            ports.demand_free(host="no.such.name.invalid", port=8000)


class _Out(io.StringIO):
    def write(self, text: str, style_func: None = None, ending: str | None = None) -> int:
        return super().write(text)


class TestProgress:
    def test_counts_steps_and_tells_notes(self) -> None:
        out = _Out()
        progress = Progress(out, n_steps=2)
        with progress.step("Bread") as notes:
            notes.append("2 loaves")
        with progress.step("Butter"):
            pass
        assert out.getvalue() == "1/2 Bread ... 2 loaves, 0.0 s\n2/2 Butter ... 0.0 s\n"

    def test_breaks_the_line_before_a_failure_is_told(self) -> None:
        out = _Out()
        with pytest.raises(KeyError), Progress(out, n_steps=1).step("Bread"):
            raise KeyError
        assert out.getvalue() == "1/1 Bread ... \n"


class TestStaticFiles:
    @pytest.fixture
    def root(self, settings, tmp_path: Path) -> Path:
        source = tmp_path / "source"
        source.mkdir()
        (source / "one.css").write_text("body { color: black }\n" * 40)
        settings.STATICFILES_DIRS = [source]
        settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
        settings.STATIC_ROOT = tmp_path / "static"
        from django.contrib.staticfiles import finders

        finders.get_finder.cache_clear()
        yield settings.STATIC_ROOT
        finders.get_finder.cache_clear()

    def test_are_collected_compressed_once(self, root: Path) -> None:
        assert steps.static_files() == "1 files"
        assert (root / "one.css").exists()
        assert (root / "one.css.gz").stat().st_size < (root / "one.css").stat().st_size
        assert steps.static_files() == "unchanged"

    def test_are_collected_again_when_one_changed(self, root: Path, settings) -> None:
        steps.static_files()
        (settings.STATICFILES_DIRS[0] / "one.css").write_text("body { color: white }")
        assert steps.static_files() == "1 files"
        assert "white" in (root / "one.css").read_text()
        assert not (root / "one.css.gz").exists()

    def test_are_collected_again_after_an_interrupted_collection(self, root: Path) -> None:
        steps.static_files()
        root.with_name("static.stamp").unlink()
        assert steps.static_files() == "1 files"


class TestRefusals:
    """What the command line says when it cannot do what it was asked."""

    def run(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
    ) -> tuple[int, str]:
        def fail(self: object) -> None:
            raise error

        monkeypatch.setattr("hansa.web.launch.commands.Commands.execute", fail)
        code = cli._run(["hansa", "whatever"])
        return code, capsys.readouterr().err

    def test_refusal_is_its_reason(self, monkeypatch, capsys) -> None:
        assert self.run(monkeypatch, capsys, Refusal("Not today.")) == (2, "Not today.\n")

    def test_wrong_setting_is_a_sentence(self, monkeypatch, capsys) -> None:
        assert self.run(monkeypatch, capsys, ImproperlyConfigured("Set X.")) == (2, "Set X.\n")

    def test_debug_adds_the_traceback(self, monkeypatch, capsys) -> None:
        monkeypatch.setenv("HANSA_DEBUG", "1")
        code, printed = self.run(monkeypatch, capsys, Refusal("Not today."))
        assert code == 2
        assert "Traceback" in printed
        assert printed.endswith("Not today.\n")

    def test_interruption_is_no_error(self, monkeypatch, capsys) -> None:
        assert self.run(monkeypatch, capsys, KeyboardInterrupt()) == (130, "")

    def test_unforeseen_errors_are_not_hidden(self, monkeypatch, capsys) -> None:
        with pytest.raises(ZeroDivisionError):
            self.run(monkeypatch, capsys, ZeroDivisionError())

    @pytest.mark.django_db
    def test_missing_table_says_how_to_get_it(self, monkeypatch, capsys) -> None:
        from django.db import ProgrammingError, connection, transaction

        with pytest.raises(ProgrammingError) as caught, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")
        code, printed = self.run(monkeypatch, capsys, caught.value)
        assert (code, "hansa migrate" in printed) == (2, True)

    def test_unreadable_setting_names_it(self) -> None:
        run = subprocess.run(
            [sys.executable, "-m", "hansa.web.cli", "check"],
            env={**os.environ, "HANSA_PORT": "eighty"},
            capture_output=True,
            text=True,
        )
        assert run.returncode == 2
        assert run.stderr.startswith("HANSA_PORT='eighty' cannot be read")
        assert "Traceback" not in run.stderr

    def test_reader_that_stops_reading_is_no_error(self) -> None:
        run = subprocess.run(
            f"{sys.executable} -m hansa.web.cli help --commands | head -1",
            shell=True,
            executable="/bin/bash",
            capture_output=True,
            text=True,
        )
        assert run.stderr == ""
