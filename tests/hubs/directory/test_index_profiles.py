"""When the index of profiles is kept, read by others meanwhile, damaged, or of another model."""

from __future__ import annotations

import hashlib
import json
import threading
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from factories import make_hub
from formats import faults, schema

from hansa.engine.language import CachedEncoder, HashingEncoder
from hansa.hubs.directory import operations, queries
from hansa.hubs.directory.queries import near
from hansa.hubs.models import Hub

pytestmark = pytest.mark.django_db


class Counting(HashingEncoder):
    """An encoder that costs little and counts."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Any, kind: Any = "passage") -> Any:
        self.asked += texts
        return super().encode(texts, kind)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Counting:
    made = Counting()
    monkeypatch.setattr(near.taxonomy, "encoder", lambda: CachedEncoder(made, lambda keys: {}, lambda fresh: None))
    monkeypatch.setattr(near, "_readers", {})
    return made


@pytest.fixture
def folder(tmp_path: Path, settings: Any, encoder: Counting) -> Path:
    settings.VAR_DIR = tmp_path
    return near.profiles_folder()


def nearest(text: str) -> list[int]:
    return [found.profile_id for found in queries.nearest_profiles(text)]


def vector_of(number: int) -> tuple[bytes, np.ndarray]:
    vector = np.random.default_rng(number).normal(size=384).astype(np.float32)
    return hashlib.sha256(str(number).encode()).digest(), vector / np.linalg.norm(vector)


def test_reads_each_profile_once_and_finds_it(folder: Path, encoder: Counting):
    welders = make_hub(description="We weld pipes and train welders.")
    make_hub(description="Cyber security for hospitals.")
    assert operations.index_profiles() == operations.Indexed(n_read=2, n_profiles=2)
    assert nearest("Who can weld our pipes and train us?")[0] == welders.pk
    encoder.asked.clear()
    assert operations.index_profiles() == operations.Indexed(n_profiles=2)
    assert encoder.asked == []


def test_reads_only_what_changed_and_drops_what_left(folder: Path, encoder: Counting):
    first, second, third = (make_hub(description=text) for text in ("We weld.", "We brew beer.", "We bake bread."))
    operations.index_profiles()
    encoder.asked.clear()
    Hub.objects.filter(pk=first.pk).update(description="We grow tomatoes.")
    Hub.objects.filter(pk=second.pk).update(is_listed=False)
    assert operations.index_profiles() == operations.Indexed(n_read=1, n_removed=1, n_profiles=2)
    assert encoder.asked == ["We grow tomatoes."]
    assert nearest("tomatoes grow")[0] == first.pk
    assert second.pk not in nearest("We brew beer.")
    assert nearest("bread")[0] == third.pk


def test_says_that_there_is_none_yet(folder: Path):
    with pytest.raises(queries.NoIndex, match="hansa profiles index"):
        nearest("anything")


def test_another_model_is_refused_by_readers_and_begun_anew_by_the_writer(folder: Path, encoder: Counting):
    make_hub(description="We weld.")
    operations.index_profiles()
    near._readers.clear()
    encoder.model_id = "other/2"
    with pytest.raises(queries.IndexOfAnotherModel, match="hashing-3-5/1, not other/2"):
        nearest("We weld.")
    assert "hashing-3-5/1" in operations.index_profiles().was_rebuilt
    assert len(nearest("We weld.")) == 1


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0x40
    path.write_bytes(bytes(raw))


@pytest.mark.parametrize("harm", [_cut, _flip, Path.unlink, lambda path: path.write_bytes(b"")])
@pytest.mark.parametrize("which", ["head.npz", "vectors-*.f4"])
def test_damage_is_refused_by_readers_and_mended_by_the_writer(folder: Path, harm: Any, which: str):
    hub = make_hub(description="We weld pipes.")
    make_hub(description="We brew beer.")
    operations.index_profiles()
    near._opened.clear()
    [path] = folder.glob(which)
    harm(path)
    gone = which == "head.npz" and not path.exists()
    with pytest.raises(queries.NoIndex if gone else queries.DamagedIndex, match="hansa profiles index"):
        nearest("We weld pipes.")
    done = operations.index_profiles()
    assert done.n_read == 2
    assert bool(done.was_rebuilt) == (not gone)
    assert nearest("We weld pipes.")[0] == hub.pk


def test_what_a_writer_left_half_done_does_not_count(folder: Path):
    operations.change_index(folder, model_id="m", put={1: vector_of(1)})
    [matrix] = folder.glob("vectors-*.f4")
    with matrix.open("ab") as file:
        file.write(b"rows of a writer that died")
    near._opened.clear()
    assert len(queries.profile_index(folder, model_id="m")) == 1
    operations.change_index(folder, model_id="m", put={2: vector_of(2)})
    near._opened.clear()
    found = queries.profile_index(folder, model_id="m").nearest(vector_of(2)[1], top=1)
    assert [near.profile_id for near in found] == [2]


def test_a_change_writes_its_own_rows_only(folder: Path):
    operations.change_index(folder, model_id="m", put={number: vector_of(number) for number in range(300)})
    [matrix] = folder.glob("vectors-*.f4")
    before = matrix.read_bytes()
    operations.change_index(folder, model_id="m", put={5: vector_of(1000)}, remove=[6])
    assert matrix.read_bytes() == before + vector_of(1000)[1].tobytes()


def test_the_matrix_is_made_anew_when_much_of_it_is_nobodys(folder: Path):
    for round_ in range(4):
        operations.change_index(folder, model_id="m", put={n: vector_of(n + 1000 * round_) for n in range(120)})
    [matrix] = folder.glob("vectors-*.f4")
    assert matrix.stat().st_size < 480 * 384 * 4
    index = queries.profile_index(folder, model_id="m")
    assert [index.nearest(vector_of(n + 3000)[1], top=1)[0].profile_id for n in range(120)] == list(range(120))


def test_readers_see_a_whole_index_while_writers_write(folder: Path):
    """Ids 0..39 always hold vectors of one round each; a reader that saw half of a write would meet two rounds."""
    operations.change_index(folder, model_id="m", put={n: vector_of(n) for n in range(40)})
    failed: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                index = near._read(folder, before=None).index
                rounds = {int(near.profile_id) for near in index.nearest(vector_of(0)[1], top=1)}
                assert len(index) == 40, len(index)
                assert len(rounds) == 1
            except Exception as error:
                failed.append(error)
                return

    def write(first: int) -> None:
        try:
            for round_ in range(first, first + 12):
                operations.change_index(folder, model_id="m", put={n: vector_of(n + 100 * round_) for n in range(40)})
        except Exception as error:
            failed.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    writers = [threading.Thread(target=write, args=(first,)) for first in (1, 51)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert failed == []
    assert len(near._read(folder, before=None).index) == 40


def test_from_the_shell(folder: Path):
    hub = make_hub("Weld Lab", description="We weld pipes and train welders.")
    out = StringIO()
    call_command("profiles", "index", stdout=out, stderr=StringIO())
    assert out.getvalue() == "1 profiles: 1 read, 0 removed.\n"
    out = StringIO()
    call_command("profiles", "near", "weld pipes", stdout=out)
    assert out.getvalue().endswith("Weld Lab\n")
    out = StringIO()
    call_command("profiles", "near", "weld pipes", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert list(faults(answer, schema("profiles-near-answer.schema.json"))) == []
    assert [(found["name"], found["slug"]) for found in answer["hubs"]] == [("Weld Lab", hub.slug)]


@pytest.mark.parametrize(
    ("arguments", "message"), [([" "], "empty"), (["x", "--top", "0"], "--top"), (["weld pipes"], "no index")]
)
def test_the_shell_says_what_is_wrong(folder: Path, arguments: list[str], message: str):
    with pytest.raises(CommandError, match=message):
        call_command("profiles", "near", *arguments)
