"""How well needs and descriptions are read: right findings by confidence, by language, and what reading costs.

Labels: ``bench/language_labels.yaml`` and ``tests/engine/needs.py``, by hand. Fitted on: the needs of the labels file, and half
of the tests' needs in four languages. Reported here on what the fit did not see. ``FIT=1`` fits the curves anew and prints them.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bench.place import say

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("HANSA_SHARED") or ROOT.parent / "shared")
KINDS = ("activity", "technology", "skill")
FITTED_LANGUAGES = ("en", "de", "it", "hu")
FITTED_TOPICS = ("predictive maintenance", "AI ethics certification", "staff training on AI", "data platform")
STEPS = (0.2, 0.3, 0.5, 0.7, 1.01)
# What is right as well, beside what the tests ask for.
ALSO = {
    "predictive maintenance": "Internet of Things,sensors,build predictive models,data analytics,deep learning,"
    "artificial neural networks,big-data,automation technology",
    "traffic counting": "data protection,respect data protection principles,sensors,artificial-intelligence,iot,"
    "utilise machine learning,deep learning,TBI-2.2,TBI-2.1,TBI-1.1,TBI-5.2",
    "AI ethics certification": "quality assurance methodologies,assessment processes,think critically,TBI-4.1,SFI-1.3,"
    "utilise machine learning,machine learning",
    "funding for a robot": "advise on investment,financial analysis,inform on government funding",
    "staff training on AI": "utilise machine learning,e-learning,identify technological needs,deep learning,"
    "artificial neural networks,organise training",
    "cybersecurity": "risk management,data protection,respect data protection principles,communication-network,TBI-5.1,"
    "perform risk analysis,apply information security policies",
    "data platform": "cloud technologies,data science,data mining methods,supply chain management,iot,TBI-5.1,SFI-2.2,"
    "respect data protection principles",
}
Labelled = tuple[str, set[str]]


def main() -> None:
    """Print the report; with FIT=1 the curves."""
    sys.path.insert(0, str(ROOT / "tests"))
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hansa.web.settings")
    import django

    django.setup()
    from engine import needs, vocabulary

    index = vocabulary.index()
    labels = yaml.safe_load((ROOT / "bench" / "language_labels.yaml").read_text(encoding="utf-8"))
    if os.environ.get("FIT"):
        return _fit(index, [*_own(labels), *_topics(needs, fitted=True)])
    _by_language(index, needs)
    for kind in KINDS:
        _bins(index, f"needs, {kind}", list(_topics(needs, fitted=False)), kind)
    hubs = list(_hubs(labels, "report"))
    for kind in KINDS:
        _bins(index, f"hub descriptions, {kind}", hubs, kind)
    _silence(index, needs)
    _cost(index, needs, hubs)
    return None


def _own(labels: dict[str, Any]) -> Iterator[Labelled]:
    for row in labels["needs"]:
        yield row["text"], {concept for kind in KINDS for concept in row[kind]}


def _topics(needs: Any, *, fitted: bool) -> Iterator[Labelled]:
    for topic in needs.TOPICS:
        right = set(topic.activities | topic.skills | topic.technologies) | set(ALSO[topic.name].split(","))
        for language, text in topic.texts.items():
            if fitted == (language in FITTED_LANGUAGES and topic.name in FITTED_TOPICS):
                yield text, right


def _hubs(labels: dict[str, Any], split: str) -> Iterator[Labelled]:
    path = SHARED / "data/hubs/dih_sample_214.json.gz"
    if not path.exists():
        print("   no descriptions of real hubs beside the checkout: left out")
        return
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = {int(hub["id"]): hub["description"] for hub in json.load(file)}
    for row in labels["hubs"]:
        if row["split"] == split:
            yield texts[row["hub"]], {concept for kind in KINDS for concept in row[kind]}


def _by_language(index: Any, needs: Any) -> None:
    for language in needs.MAINTENANCE.texts:
        met = asked = 0
        for topic in needs.TOPICS:
            found = {finding.concept_id for finding in index.find(topic.texts[language])}
            for right in (topic.activities, topic.skills, topic.technologies):
                asked += bool(right)
                met += bool(right & found)
        print(f"   {language}: {met} of {asked} kinds of seven needs understood")


def _bins(index: Any, name: str, texts: list[Labelled], kind: str) -> None:
    """Share of right findings per step of confidence."""
    pairs = [
        (finding.confidence, finding.concept_id in right)
        for text, right in texts
        for finding in index.find(text, limit_per_kind={"activity": 8, "technology": 8, "skill": 10})
        if finding.kind == kind
    ]
    shown = []
    for low, high in pairwise(STEPS):
        right = [is_right for confidence, is_right in pairs if low <= confidence < high]
        if right:
            shown.append(f"{low:.1f}+ {np.mean(right):.2f} of {len(right)}")
    print(f"   {name}: right by confidence {', '.join(shown)}")


def _silence(index: Any, needs: Any) -> None:
    wrong = sum(bool(index.find(text)) for text in needs.IRRELEVANT)
    say("texts about nothing in which something is found", wrong, 0, "")


def _cost(index: Any, needs: Any, hubs: list[Labelled]) -> None:
    texts = [text for topic in needs.TOPICS for text in topic.texts.values()]
    say("reading a need, dearest of 56", max(_seconds(index, texts)), 0.2, "s")
    if hubs:
        say("reading a description, dearest of 8", max(_seconds(index, [text for text, _ in hubs])), 1.0, "s")
    say("reading 100,000 characters", max(_seconds(index, ["We train staff in a laboratory. " * 3200])), 1.5, "s")


def _seconds(index: Any, texts: Iterable[str]) -> list[float]:
    taken = []
    for text in texts:
        begun = time.process_time()
        index.find(text)
        taken.append(time.process_time() - begun)
    return taken


def _fit(index: Any, texts: list[Labelled]) -> None:
    """Logistic regression of right on nearness and mean nearness, per kind; the best stretch of each text counts."""
    from hansa.engine.language.background import SENTENCES

    texts = [*texts, *((sentence, set()) for sentence in SENTENCES[::2])]
    for kind in KINDS:
        rows = [number for number, concept in enumerate(index.concepts) if concept.kind == kind and concept.prior == 0]
        features, right = [], []
        for text, concepts in texts:
            near = _nearness(index, text)[:, rows].astype(np.float64)
            mean = near.mean(axis=1, keepdims=True)
            best = (near - 0.68 * mean).argmax(axis=0)
            features.append(np.stack([near[best, np.arange(len(rows))], mean[best, 0]], axis=1))
            right.append([index.concepts[row].id in concepts for row in rows])
        bias, weight, others = _logistic(np.concatenate(features), np.concatenate(right).astype(np.float64))
        print(f"   {kind}: bias {bias:.2f}, near {weight:.2f}, others {others:.2f}, n {len(rows)}")


def _nearness(index: Any, text: str) -> np.ndarray:
    from hansa.engine.language import sentences
    from hansa.engine.language.windows import windows

    stretches = windows(sentences(text) or [(0, len(text))])
    return index._space.nearness(index._space.read([text[start:end] for start, end in stretches]))


def _logistic(features: np.ndarray, right: np.ndarray) -> np.ndarray:
    middle, spread = features.mean(axis=0), features.std(axis=0)
    table = np.column_stack([np.ones(len(features)), (features - middle) / spread])
    weights = np.zeros(table.shape[1])
    for _ in range(60):
        share = 1 / (1 + np.exp(-table @ weights))
        gradient = table.T @ (share - right) + 1e-4 * len(right) * np.array([0, *weights[1:]])
        curvature = (table * (share * (1 - share))[:, None]).T @ table + 1e-6 * np.eye(len(weights))
        weights -= np.linalg.solve(curvature, gradient)
    scaled = weights[1:] / spread
    return np.array([weights[0] - (scaled * middle).sum(), *scaled])
