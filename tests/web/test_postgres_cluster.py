"""When the embedded server's cluster is made, started and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from web.postgres_places import place, postmaster

from hansa.web.postgres import accounts, binaries, cluster
from hansa.web.postgres.cluster import ROLE, Address, Cluster
from hansa.web.postgres.problems import DatabaseUnavailable


def connect(address: Address) -> psycopg.Connection:
    return psycopg.connect(host=address.folder, port=address.port, user=ROLE, dbname="postgres", autocommit=True)


def wait_until_gone(pid: int) -> None:
    for _ in range(100):
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail(f"process {pid} is still there")


@pytest.fixture(scope="module")
def made() -> Iterator[Cluster]:
    with place() as folder:
        home = folder / "postgres"
        home.mkdir(mode=0o755)
        one = Cluster(home)
        one.start()
        yield one
        one.stop()


@pytest.fixture
def running(made: Cluster) -> Cluster:
    if made.running_at() is None:
        made.start()
    return made


@pytest.fixture
def stopped(made: Cluster) -> Cluster:
    made.stop()
    return Cluster(made.home)


def test_server_speaks_utf8_sorts_alike_everywhere_and_listens_on_no_port(running: Cluster) -> None:
    with connect(running.running_at()) as connection:
        encoding = connection.execute("SHOW server_encoding").fetchone()[0]
        ports = connection.execute("SHOW listen_addresses").fetchone()[0]
        upper = connection.execute("SELECT upper('straße ž ő')").fetchone()[0]
    assert (encoding, ports) == ("UTF8", "")
    assert upper in {"STRASSE Ž Ő", "STRAßE Ž Ő"}


def test_only_the_servers_account_may_enter_data_and_socket_folder(running: Cluster) -> None:
    address = running.running_at()
    assert running.data.stat().st_mode & 0o777 == 0o700
    assert Path(address.folder).stat().st_mode & 0o777 == 0o700
    assert running.data.stat().st_uid != 0


def test_extensions_of_the_catalogue_are_there(running: Cluster) -> None:
    with connect(running.running_at()) as connection:
        rows = connection.execute("SELECT name FROM pg_available_extensions").fetchall()
    assert {"pg_trgm", "unaccent", "btree_gist"} <= {row[0] for row in rows}


def test_committed_work_survives_a_killed_server(running: Cluster) -> None:
    with connect(running.running_at()) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        connection.execute("INSERT INTO kept VALUES (1)")
    pid = postmaster(running.home)
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(pid)
    assert not running.is_alive()

    with connect(running.start()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone()[0] >= 1


def test_starts_although_the_dead_servers_number_is_taken_by_another_process(stopped: Cluster) -> None:
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        run = stopped.home / "run"
        (stopped.data / "postmaster.pid").write_text(f"{other.pid}\n{stopped.data}\n1\n5432\n{run}\n\n 1 1\nready\n")
        (run / ".s.PGSQL.5432.lock").write_text(f"{other.pid}\n{stopped.data}\n1\n5432\n{run}\n")
        stopped.account.give(stopped.data / "postmaster.pid")
        stopped.account.give(run / ".s.PGSQL.5432.lock")
        assert stopped.running_at() is None
        assert stopped.start().answers()
    finally:
        other.kill()
        other.wait()


def test_starts_beside_a_stale_socket(stopped: Cluster) -> None:
    path = stopped.home / "run" / ".s.PGSQL.5432"
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(path))
    assert stopped.start().answers()


def test_half_made_data_folder_is_made_anew() -> None:
    with place() as folder:
        one = Cluster(folder)
        (folder / "data.new").mkdir()
        (folder / "data.new" / "PG_VERSION").write_text("18\n")
        try:
            assert one.start().answers()
        finally:
            one.stop()
        assert not (folder / "data.new").exists()


@pytest.mark.parametrize("name", ["n" * 120, 'it\'s, "odd" $HOME'], ids=["long", "odd"])
def test_starts_in_a_path_a_socket_cannot_have(stopped: Cluster, name: str) -> None:
    with place() as folder:
        home = folder / name
        home.mkdir(mode=0o755)
        subprocess.run(["cp", "-a", str(stopped.data), str(home / "data")], check=True)
        one = Cluster(home)
        try:
            address = one.start()
            assert address.answers()
            assert len(address.folder) < 60 or "," not in address.folder
        finally:
            one.stop()
        if not address.folder.startswith(str(home)):
            shutil.rmtree(address.folder)


def test_data_of_another_version_is_refused_with_the_way_out(stopped: Cluster) -> None:
    version = stopped.data / "PG_VERSION"
    before = version.read_text()
    try:
        version.write_text("9.6\n")
        with pytest.raises(DatabaseUnavailable, match=r"made by PostgreSQL 9, .*HANSA_PG_BIN"):
            Cluster(stopped.home).start()
    finally:
        version.write_text(before)
    assert Cluster(stopped.home).start().answers()


def test_chosen_folder_without_programs_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="HANSA_PG_BIN"):
        binaries.find(major=None, chosen=tmp_path)


def test_full_disk_is_said_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")(10**9, 10**9, 5_000_000)
    monkeypatch.setattr(cluster.shutil, "disk_usage", lambda path: usage)
    with place() as folder, pytest.raises(DatabaseUnavailable, match=r"needs 300 MB .* has only 5 MB left"):
        Cluster(folder).start()


def test_disk_that_fills_up_while_starting_is_named(stopped: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cluster, "_pg_ctl", lambda *a: "FATAL:  could not write lock file: No space left on device")
    with pytest.raises(DatabaseUnavailable, match=r"is full\. Free some space"):
        stopped.start()


def test_unknown_failure_names_its_cause_and_the_log(stopped: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cluster, "_pg_ctl", lambda *a: "LOG:  x\nFATAL:  the moon is wrong\nLOG:  y")
    with pytest.raises(DatabaseUnavailable, match=r"the moon is wrong.*server\.log"):
        stopped.start()


def test_socket_folder_of_somebody_else_is_not_used(monkeypatch: pytest.MonkeyPatch, made: Cluster) -> None:
    with place() as folder:
        target = folder / "theirs"
        target.mkdir()
        (folder / "run").symlink_to(target)
        with pytest.raises(DatabaseUnavailable, match="belongs to somebody else"):
            Cluster(folder)._socket_folder()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_uses_a_namespace_when_there_is_no_other_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "_UNPRIVILEGED", ())
    if not accounts.Account(0, 0, accounts._NAMESPACE).can_run():
        pytest.skip("this system allows no user namespaces")
    account = accounts.choose(owner=None)
    assert account.run("id", "-u", timeout=10).stdout.strip() == "1000"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_without_any_way_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts.Account, "can_run", lambda self: False)
    with pytest.raises(DatabaseUnavailable, match="ordinary user, or set DATABASE_URL"):
        accounts.choose(owner=None)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_programs_out_of_the_accounts_reach_are_copied(stopped: Cluster) -> None:
    found = binaries.find(major=None, chosen=None)
    with place() as folder:
        copied = binaries.copy_to(folder / "program", binaries=found)
        assert accounts.choose(owner=None).can_execute(copied.program("postgres"))
        assert copied.version == found.version
        before = Path(copied.program("postgres")).stat().st_mtime_ns
        assert binaries.copy_to(folder / "program", binaries=found) == copied
        assert Path(copied.program("postgres")).stat().st_mtime_ns == before
