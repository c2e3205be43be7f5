"""How well terms and sentences in several languages are linked to all of ESCO, beside plain means in the same run.

Data beside the checkout only. The first run encodes some 64,000 labels (about 15 minutes of one core, kept in the folder of the
benchmarks). No order is fitted to what is measured here; what a score promises is, on the other half of the terms.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import os
import sqlite3
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("HANSA_SHARED") or ROOT.parent / "shared") / "data"
TOP = 100
STEPS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 1.01)
NOT_A_SKILL = {"LABEL NOT PRESENT", "UNDERSPECIFIED", ""}


def main() -> None:
    """Print the figures of terms, sentences and occupations."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if not DATA.exists():
        print("   no data beside the checkout: left out")
        return
    csv.field_size_limit(10_000_000)
    encoder, skills = _encoder(), list(_skills())
    _terms(encoder, skills)
    _sentences(encoder, skills)
    for name, language in (("hun_q_hu_c_hu", "hu"), ("ita_q_it_c_en", "it")):
        _occupations(encoder, name, language)


def _terms(encoder: Any, skills: Sequence[Any]) -> None:
    from hansa.engine.language import Linker, without_languages

    whole = Linker(skills, encoder)
    _promises(whole)
    own, hidden = [], []
    for language in ("de", "sv", "nl", "fr"):
        asked = _crosswalk(language)
        begun = time.process_time()
        own.append(_mrr(_linked(whole, asked, language), asked))
        seconds = (time.process_time() - begun) / len(asked)
        hidden.append(_mrr(_linked(Linker(without_languages(skills, {language}), encoder), asked, language), asked))
        print(
            f"   {language}: MRR/hit@10 {own[-1][0]:.3f}/{own[-1][1]:.3f}, labels hidden {hidden[-1][0]:.3f}/", end=""
        )
        print(f"{hidden[-1][1]:.3f}, {1000 * seconds:.0f} ms a term, {len(asked)} terms")
    for name, rows, marks in (("own labels, de sv nl", own[:3], (0.79, 0.92)), ("hidden, four", hidden, (0.66, 0.82))):
        mean = np.mean(rows, axis=0)
        _least(f"terms, {name}: MRR", mean[0], marks[0])
        _least(f"terms, {name}: hit@10", mean[1], marks[1])


def _promises(linker: Any) -> None:
    """What scores promise and what holds, on the half of all terms that the promise was not fitted on.

    Right is what the tables of the national agencies call the same or nearly the same; the first ten links of each term.
    """
    asked: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for language, number, text, uri, _, relation in _lines("skill_crosswalk/qrels_sample.tsv.gz"):
        if hashlib.sha256(number.encode()).digest()[0] % 2:
            asked[language, number, text] |= {uri} if relation in {"exactMatch", "closeMatch"} else set()
    known, fitted = linker._combination, []
    for name, promise in (("share of the choice", (0.0, 1.0, 0.0)), ("score", known.promise)):
        linker._combination = replace(known, promise=promise)
        pairs = np.array(_scored(linker, asked))
        shown = []
        for low, high in pairwise(STEPS):
            inside = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < high)]
            if len(inside):
                shown.append(f"{inside[:, 0].mean():.2f}: {inside[:, 1].mean():.2f} of {len(inside)}")
        fitted.append(float(((pairs[:, 0] - pairs[:, 1]) ** 2).mean()))
        print(f"   {name} promises: right {', '.join(shown)}; Brier {fitted[-1]:.4f}, {len(asked)} terms")
    linker._combination = known


def _scored(linker: Any, asked: Mapping[tuple[str, str, str], set[str]]) -> list[tuple[float, bool]]:
    from hansa.engine.language import Query

    found = linker.link([Query(text, language) for language, _, text in asked], top=10)
    return [
        (link.score, link.concept.id in right)
        for links, right in zip(found, asked.values(), strict=True)
        for link in links
    ]


def _sentences(encoder: Any, skills: Sequence[Any]) -> None:
    """R-precision@5: right ones among the first five, of at most five that are right."""
    from hansa.engine.language import Linker

    linker = Linker(skills, encoder)
    by_label = {skill.labels["en"][0].lower(): skill.id for skill in skills}
    asked: dict[str, set[str]] = defaultdict(set)
    for name in ("house", "tech"):
        with (DATA / f"skill_extraction/{name}_validation_annotations.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["label"] not in NOT_A_SKILL and row["label"].lower() in by_label:
                    asked[row["sentence"]].add(by_label[row["label"].lower()])
    labels = encoder.encode([skill.labels["en"][0] for skill in skills], "query")
    near = encoder.inner.encode(list(asked), "query") @ labels.T
    plain = [[skills[place].id for place in np.argsort(-row)[:5]] for row in near]
    figures = [
        np.mean(
            [
                len(right & set(found[:5])) / min(5, len(right))
                for right, found in zip(asked.values(), each, strict=True)
            ]
        )
        for each in (plain, [found[:5] for found in _linked(linker, asked, "en")])
    ]
    print(f"   sentences: label alone {figures[0]:.3f}, {len(asked)} sentences")
    _least("sentences: R-precision@5", figures[1], figures[0] * 4 / 3)


def _occupations(encoder: Any, name: str, language: str) -> None:
    from hansa.engine.language import Linker
    from hansa.engine.language.linking.grams import GramIndex
    from hansa.engine.problem import Concept

    rows = {part: list(_lines(f"occupations_melo/{name}/{part}.tsv.gz")) for part in
            ("queries", "corpus_elements", "annotations", "concept_mapping")}  # fmt: skip
    concept_of = {row[0]: row[1] for row in rows["concept_mapping"]}
    texts: dict[str, list[str]] = defaultdict(list)
    for number, text in rows["corpus_elements"]:
        texts[concept_of[number]].append(text)
    code = name[-2:]
    concepts = [Concept(id=uri, kind="occupation", labels={code: tuple(labels)}) for uri, labels in texts.items()]
    right: dict[str, set[str]] = defaultdict(set)
    for number, _, element, _ in rows["annotations"]:
        right[number].add(concept_of[element])
    asked = {text: right[number] for number, text in rows["queries"] if right[number]}
    flat = [(concept.id, label) for concept in concepts for label in concept.labels[code]]
    spelt = GramIndex([label for _, label in flat]).nearness(list(asked))
    plain = [list(dict.fromkeys(flat[place][0] for place in np.argsort(-row)[: 10 * TOP]))[:TOP] for row in spelt]
    floor = _mrr(plain, asked)
    print(f"   occupations {name}: character n-grams {floor[0]:.3f}/{floor[1]:.3f}, {len(asked)} queries")
    found = _mrr(_linked(Linker(concepts, encoder), asked, language), asked)
    _least(f"occupations {name}: MRR", found[0], floor[0] + 0.1)


def _linked(linker: Any, texts: Iterable[str], language: str) -> list[list[str]]:
    from hansa.engine.language import Query

    found = linker.link([Query(text, language) for text in texts], top=TOP)
    return [[link.concept.id for link in links] for links in found]


def _mrr(found: Sequence[Sequence[str]], asked: Mapping[str, set[str]]) -> tuple[float, float]:
    """Mean reciprocal rank of the first right one, and share of texts with one among the first ten."""
    ranks = [
        next((place for place, one in enumerate(each, start=1) if one in right), None)
        for each, right in zip(found, asked.values(), strict=True)
    ]
    return float(np.mean([1 / rank if rank else 0 for rank in ranks])), float(
        np.mean([rank is not None and rank <= 10 for rank in ranks])
    )


def _least(name: str, figure: float, mark: float) -> None:
    print(f"   {name} {figure:.3f}, mark {mark:.3f}{'' if figure >= mark else '   BELOW'}")


def _crosswalk(language: str) -> dict[str, set[str]]:
    asked: dict[str, set[str]] = defaultdict(set)
    for lang, _, text, uri, _, relation in _lines("skill_crosswalk/qrels_sample.tsv.gz"):
        if lang == language and relation == "exactMatch":
            asked[text].add(uri)
    return asked


def _skills() -> Iterator[Any]:
    """English skills with alternatives, and the labels of the other languages."""
    from hansa.engine.problem import Concept

    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for language, uri, label in _lines("esco/esco_skill_labels_en_de_sv_nl_fr.tsv.gz"):
        labels[uri].setdefault(language, label)
    with (
        zipfile.ZipFile(DATA / "esco/en_v1.1.1/esco_v1.1.1_classification_en_csv.zip") as archive,
        archive.open("skills_en.csv") as raw,
    ):
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8")):
            others = [text.strip() for text in row["altLabels"].split("\n") if text.strip()]
            spoken = {code: (label,) for code, label in labels[row["conceptUri"]].items()}
            english = tuple(dict.fromkeys((row["preferredLabel"], *others)))
            yield Concept(id=row["conceptUri"], kind="skill", labels={**spoken, "en": english})


def _lines(name: str) -> Iterator[list[str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        yield from (line.rstrip("\r\n").split("\t") for line in file)


def _encoder() -> Any:
    """The model, with a cache in the folder of the benchmarks."""
    from hansa.engine.language import CachedEncoder, load_encoder

    folder = Path(os.environ.get("HANSA_BENCH_VAR") or Path(tempfile.gettempdir()) / f"hansa-bench-{os.getuid()}")
    folder.mkdir(parents=True, exist_ok=True)
    store = sqlite3.connect(folder / "vectors.sqlite")
    store.execute("CREATE TABLE IF NOT EXISTS vector (key TEXT PRIMARY KEY, value BLOB)")

    def get_many(keys: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), 500):
            part = list(keys[start : start + 500])
            marks = ",".join("?" * len(part))
            found.update(store.execute(f"SELECT key, value FROM vector WHERE key IN ({marks})", part))
        return found

    def put_many(fresh: Mapping[str, bytes]) -> None:
        with store:
            store.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", list(fresh.items()))

    return CachedEncoder(load_encoder(), get_many, put_many)
