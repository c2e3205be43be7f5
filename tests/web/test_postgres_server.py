"""When processes come and go that use the embedded server."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from web.postgres_places import environment, outcome, place, postmaster, process

from hansa.web.postgres import server
from hansa.web.postgres.problems import DatabaseUnavailable

SAY_READY_AND_WAIT = "print('ready', flush=True); input()"


@pytest.fixture(scope="module")
def var_dir() -> Iterator[Path]:
    with place() as folder:
        outcome("", var_dir=folder / "var")
        yield folder / "var"


def is_there(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def until_ready(user: subprocess.Popen[str]) -> subprocess.Popen[str]:
    assert user.stdout.readline() == "ready\n"
    return user


def test_one_command_makes_the_database_and_stops_the_server(var_dir: Path) -> None:
    asking = "import django; django.setup(); from django.db import connection as c\n"
    asking += "with c.cursor() as q: q.execute('SELECT current_database()'); print(q.fetchone()[0])"
    assert outcome(asking, var_dir=var_dir) == "hansa"
    assert postmaster(var_dir / "postgres") is None


def test_server_stays_until_the_last_process_leaves(var_dir: Path) -> None:
    first = until_ready(process(SAY_READY_AND_WAIT, var_dir=var_dir))
    pid = postmaster(var_dir / "postgres")
    second = until_ready(process(SAY_READY_AND_WAIT, var_dir=var_dir))
    first.communicate("\n", timeout=30)
    assert is_there(pid)
    assert postmaster(var_dir / "postgres") == pid
    second.communicate("\n", timeout=30)
    assert postmaster(var_dir / "postgres") is None


def test_server_of_a_killed_process_is_used_and_stopped_by_the_next(var_dir: Path) -> None:
    killed = until_ready(process(SAY_READY_AND_WAIT, var_dir=var_dir))
    pid = postmaster(var_dir / "postgres")
    killed.kill()
    killed.communicate()
    assert is_there(pid)
    assert outcome("print('here')", var_dir=var_dir) == "here"
    assert postmaster(var_dir / "postgres") is None


def test_commands_at_once_start_one_server(var_dir: Path) -> None:
    asking = "print(ask('SELECT pg_postmaster_start_time()'), flush=True); input()"
    several = [process(asking, var_dir=var_dir) for _ in range(4)]
    started = {one.stdout.readline() for one in several}
    for one in several:
        one.communicate("\n", timeout=30)
    assert len(started) == 1
    assert "Error" not in started.pop()


def test_connection_after_the_server_died_brings_it_back(var_dir: Path) -> None:
    dying = (
        "import os, signal, time\n"
        "mark = settings.VAR_DIR / 'postgres' / 'data' / 'postmaster.pid'\n"
        "os.kill(int(mark.read_text().split()[0]), signal.SIGKILL)\n"
        "[cluster] = [presence.cluster for presence in server._presences.values()]\n"
        "while cluster.is_alive(): time.sleep(0.05)\n"
        "print(ask('SELECT 2'))"
    )
    printed = outcome(dying, var_dir=var_dir)
    assert printed == "2", printed


def test_running_installation_brings_a_dead_server_back_unasked(var_dir: Path) -> None:
    watching = (
        "print('ready', flush=True); input()\n"
        "print(server.revive(settings.VAR_DIR), server.revive(settings.VAR_DIR), ask('SELECT 2'))"
    )
    watcher = until_ready(process(watching, var_dir=var_dir))
    pid = postmaster(var_dir / "postgres")
    os.kill(pid, signal.SIGKILL)
    while is_there(pid):
        time.sleep(0.05)
    printed, _ = watcher.communicate("\n", timeout=60)
    assert printed.strip() == "True False 2"


def test_forked_child_does_not_stop_the_server_of_its_parent(var_dir: Path) -> None:
    forking = (
        "import os, sys\npid = os.fork()\n"
        "if pid == 0:\n    ask('SELECT 1'); sys.exit()\n"
        "os.waitpid(pid, 0); print(ask('SELECT 3'))"
    )
    assert outcome(forking, var_dir=var_dir) == "3"
    assert postmaster(var_dir / "postgres") is None


def hansa(*arguments: str, var_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hansa.web.cli", *arguments],
        env=environment(var_dir),
        capture_output=True,
        text=True,
    )


def test_settings_and_checks_start_no_server(var_dir: Path) -> None:
    before = (var_dir / "postgres" / "server.log").stat().st_size
    assert hansa("check", var_dir=var_dir).returncode == 0
    assert (var_dir / "postgres" / "server.log").stat().st_size == before


def test_shell_of_the_database_reaches_it(var_dir: Path) -> None:
    shell = hansa("dbshell", "--", "-tAc", "SELECT current_user", var_dir=var_dir)
    assert (shell.stdout.strip(), shell.stderr) == (server.ROLE, "")


def test_folder_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with place() as folder:
        (folder / "file").write_text("in the way")
        with pytest.raises(DatabaseUnavailable, match=r"cannot write to .*file.*Set HANSA_VAR"):
            server.address(folder / "file" / "var")


def test_lock_held_too_long_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(server, "LOCK_PATIENCE_SECONDS", 0.1)
    with (
        server._locked(tmp_path),
        pytest.raises(DatabaseUnavailable, match="Another Hansa command"),
        server._locked(tmp_path),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders can be out of reach of the server's account")
class TestRoot:
    def test_closed_folder_sends_the_data_to_the_systems_state_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with place() as folder:
            monkeypatch.setattr(server, "STATE_DIR", folder / "state")
            closed = folder / "closed"
            closed.mkdir(mode=0o700)
            home = server._home(closed / "var")
            assert home.parent == folder / "state"
            assert closed.stat().st_mode & 0o777 == 0o700

    def test_data_found_in_the_state_folder_stays_there_when_the_folder_opens(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with place() as folder:
            monkeypatch.setattr(server, "STATE_DIR", folder / "state")
            closed = folder / "closed"
            closed.mkdir(mode=0o700)
            home = server._home(closed / "var")
            (home / "data").mkdir()
            (home / "data" / "PG_VERSION").write_text("18\n")
            closed.chmod(0o755)
            assert server._home(closed / "var") == home

    def test_data_of_an_ordinary_user_is_served_as_that_user(self) -> None:
        nobody = pwd.getpwnam("nobody")
        with place() as folder:
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            made = server.Cluster(server._home(folder / "var"))
            made.start()
            made.stop()
            for path in made.home.rglob("*"):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
            again = server.Cluster(made.home)
            assert again.account.uid == nobody.pw_uid
            try:
                assert again.start().answers()
            finally:
                again.stop()

    def test_ordinary_user_is_told_whose_data_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        nobody = pwd.getpwnam("nobody")
        with place() as folder:
            home = server._home(folder / "var")
            (home / "data").mkdir(mode=0o700)
            child = os.fork()
            if child == 0:
                os.setuid(nobody.pw_uid)
                try:
                    server.address(folder / "var")
                except DatabaseUnavailable as no:
                    os._exit(42 if "belongs to the account root" in str(no) else 1)
                os._exit(2)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 42
