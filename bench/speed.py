"""Processor time of one need read and ranked, warm: among 214 hubs, and among 100,000 profiles.

214: the real hubs beside the checkout with what is read in their descriptions. 100,000: profiles made of three to eight sentences of
those descriptions, seed 7, each with what is read in its sentences. A need is read (findings, their words, their sentences), the profiles
nearest to it are looked up, and the hubs that cover any of its wants are ranked. Every need counts once with the least of three runs,
between which all that was kept of it is forgotten. The first run reads some 1,200 sentences (two minutes, kept in the folder of the
benchmarks).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bench.place import say

ROOT = Path(__file__).resolve().parents[1]
HUBS = Path(os.environ.get("HANSA_SHARED") or ROOT.parent / "shared") / "data/hubs/dih_sample_214.json.gz"
MARKS = {214: 150, 100_000: 300}
MOST_SENTENCES = 1200
LONGER = (
    "We run a dairy with two hundred employees in the hills. Our cold rooms use more energy every year and nobody can say why. We would "
    "like sensors on the compressors, a dashboard for the shift leaders, and a forecast of what the next day will need. Ideally our own "
    "electricians learn to look after it.",
    "Nuestra cooperativa de aceite vende en nueve países. Queremos demostrar el origen de cada botella desde el olivar hasta la tienda. "
    "También buscamos financiación europea y un socio que sepa de etiquetas inteligentes. El proyecto debería empezar antes del verano.",
    "Unser Krankenhaus möchte Aufnahmen der Lunge schneller auswerten. Wir brauchen jemanden, der ein Verfahren an unseren Daten prüft, "
    "ohne dass sie das Haus verlassen. Außerdem müssen die Ärztinnen verstehen, wie sicher eine Aussage ist. Wünschenswert wäre eine "
    "Schulung für zwanzig Personen.",
)


def main() -> None:
    """Print processor time per need, at both sizes."""
    if not HUBS.exists():
        print("   no descriptions of real hubs beside the checkout: left out")
        return
    sys.path.insert(0, str(ROOT / "tests"))
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hansa.web.settings")
    import django

    django.setup()
    from engine import vocabulary

    from hansa.engine.language import RecentEncoder, TextReader, load_encoder

    inner = load_encoder()
    index, reader = vocabulary.index(), TextReader(inner)
    read = _Read(index, reader)
    with gzip.open(HUBS, "rt", encoding="utf-8") as file:
        texts = [hub["description"] or hub["title"] for hub in json.load(file)]
    for size, profiles in ((214, _real(texts, read)), (100_000, _made(texts, read))):
        directory = _Directory(index, profiles)
        spent = []
        for need in _needs():
            runs = []
            for _ in range(3):
                # One need is read for its wants and for the profiles near it; no other knows what was read before.
                index._space._encoder = reader._encoder = RecentEncoder(inner)
                begun = time.process_time()
                directory.answer(need, reader)
                runs.append(1000 * (time.process_time() - begun))
            spent.append((min(runs), len(need)))
        _report(size, spent)


def _report(size: int, spent: Sequence[tuple[float, int]]) -> None:
    usual = statistics.median(ms for ms, _ in spent)
    lengths = [length for _, length in spent]
    say(f"a need read and ranked, {size:,} profiles, median", usual, MARKS[size], "ms", more=f"{len(spent)} needs")
    short = sorted(ms for ms, _ in spent)[int(0.9 * len(spent))]
    say(f"a need read and ranked, {size:,} profiles, 9 of 10", short, MARKS[size], "ms")
    dearest, length = max(spent)
    more = f"{length} characters; all {min(lengths)} to {max(lengths)}"
    say(f"a need read and ranked, {size:,} profiles, dearest", dearest, MARKS[size], "ms", more=more)


def _needs() -> Iterator[str]:
    from engine import needs

    for topic in needs.TOPICS:
        yield from topic.texts.values()
    labels = yaml.safe_load((ROOT / "bench" / "language_labels.yaml").read_text(encoding="utf-8"))
    yield from (row["text"] for row in labels["needs"])
    yield from LONGER


class _Read:
    """What is read in a text, and its vector: kept in a file of the benchmarks."""

    def __init__(self, index: Any, reader: Any) -> None:
        folder = Path(os.environ.get("HANSA_BENCH_VAR") or Path(tempfile.gettempdir()) / f"hansa-bench-{os.getuid()}")
        folder.mkdir(parents=True, exist_ok=True)
        self._index, self._reader = index, reader
        self._path = folder / f"speed-{hashlib.sha256(index.model_id.encode()).hexdigest()[:12]}.json.gz"
        self._kept: dict[str, Any] = {}
        if self._path.exists():
            with gzip.open(self._path, "rt", encoding="utf-8") as file:
                self._kept = json.load(file)

    def all(self, texts: Sequence[str]) -> list[tuple[Mapping[str, float], np.ndarray]]:
        """Concepts (id to confidence) and vector of each text."""
        keys = [hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest() for text in texts]
        fresh = [(key, text) for key, text in zip(keys, texts, strict=True) if key not in self._kept]
        for key, text in fresh:
            found = {finding.concept_id: finding.confidence for finding in self._index.find(text[:3000])}
            self._kept[key] = [found, self._reader.vectors([text])[0].round(5).tolist()]
        if fresh:
            with gzip.open(self._path, "wt", encoding="utf-8", compresslevel=3) as file:
                json.dump(self._kept, file)
        return [(self._kept[key][0], np.array(self._kept[key][1], dtype=np.float32)) for key in keys]


_Profiles = list[tuple[Mapping[str, float], np.ndarray]]


def _real(texts: Sequence[str], read: _Read) -> _Profiles:
    return read.all(texts)


def _made(texts: Sequence[str], read: _Read) -> _Profiles:
    """100,000 profiles of recombined sentences."""
    from hansa.engine.language import sentences

    dice = random.Random(7)
    whole = [text[start:end] for text in texts for start, end in sentences(text) if end - start > 40]
    pool = read.all(dice.sample(whole, min(MOST_SENTENCES, len(whole))))
    made = []
    for _ in range(100_000):
        chosen = dice.sample(pool, dice.randint(3, 8))
        concepts: dict[str, float] = {}
        for found, _vector in chosen:
            for concept, confidence in found.items():
                concepts[concept] = max(confidence, concepts.get(concept, 0.0))
        vector = np.sum([vector for _, vector in chosen], axis=0)
        made.append((concepts, vector / max(float(np.linalg.norm(vector)), 1e-6)))
    return made


class _Directory:
    """Hubs as a process keeps them: columns, who covers which concept how strongly, and the index of profiles."""

    def __init__(self, index: Any, profiles: _Profiles) -> None:
        from hansa.engine.language import ProfileIndex

        dice, n = random.Random(8), len(profiles)
        self._index = index
        vectors = {number: (bytes(32), vector) for number, (_, vector) in enumerate(profiles)}
        self._profiles = ProfileIndex.empty(index.model_id).changed(put=vectors)
        covering: dict[str, list[tuple[int, float]]] = {}
        for number, (concepts, _) in enumerate(profiles):
            for concept, confidence in concepts.items():
                covering.setdefault(concept, []).append((number, 0.4 if confidence < 0.7 else 0.8))
        self._covering = {
            concept: (np.array([number for number, _ in rows]), np.array([s for _, s in rows], dtype=np.float32))
            for concept, rows in covering.items()
        }
        self._countries = [dice.choice(("DE", "ES", "FR", "IT", "PL", "SE", "EL", "HU")) for _ in range(n)]
        self._languages = [frozenset({"en", dice.choice(("de", "es", "fr", "it", "pl"))}) for _ in range(n)]
        self._names = [f"Hub {number}" for number in range(n)]
        self._numbers = np.random.default_rng(9).random((5, n)).astype(np.float32)

    def answer(self, text: str, reader: Any) -> tuple[Any, Any]:
        """Read a need, rank the hubs that cover any of it, and name the profiles nearest to it."""
        from hansa.engine.problem import Market, Need, Want
        from hansa.engine.ranking import rank

        found = self._index.find(text)[:10]
        near = self._profiles.nearest(reader.vectors([text])[0])
        columns = [self._covering.get(finding.concept_id) for finding in found]
        known = [rows for rows in columns if rows is not None]
        chosen = np.unique(np.concatenate([rows for rows, _ in known])) if known else np.zeros(0, dtype=np.int64)
        strength = np.zeros((len(chosen), len(found)), dtype=np.float32)
        for column, rows in enumerate(columns):
            if rows is not None:
                strength[np.searchsorted(chosen, rows[0]), column] = rows[1]
        wants = tuple(Want(id=f"{finding.kind}/{finding.concept_id}", label=finding.concept_id) for finding in found)
        cost, distance, trust, days, joint = self._numbers[:, chosen]
        market = Market(
            ids=tuple(chosen.tolist()),
            names=tuple(self._names[row] for row in chosen),
            countries=tuple(self._countries[row] for row in chosen),
            languages=tuple(self._languages[row] for row in chosen),
            strength=strength,
            cost_eur=400 + 500 * cost,
            distance_km=2000 * distance,
            trust=trust,
            free_days=12 * days,
            joint_deliveries=(4 * joint).astype(np.int32),
        )
        need = Need(wants=wants, languages=frozenset({"en"}))
        return rank(need=need, market=market, limit=30), near
