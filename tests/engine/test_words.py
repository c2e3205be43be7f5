"""When labels are looked for as words."""

import time

import pytest

from hansa.engine.language.words import WordIndex

LABELS = {
    "ai": ("AI", "Künstliche Intelligenz", "sztuczna inteligencja", "μηχανική μάθηση", "mesterséges intelligencia"),
    "robot": ("robot", "Roboter"),
    "proto": ("prototyping", "build a prototype"),
    "3d": ("3D printing",),
    "logistics": ("logistics",),
    "grant": ("demande de subvention",),
}
OWNERS = {name: number for number, name in enumerate(LABELS)}
INDEX = WordIndex(
    (OWNERS[name], label, position == 0) for name, labels in LABELS.items() for position, label in enumerate(labels)
)


def found(text):
    names = list(LABELS)
    return {names[owner]: text[at.start : at.end] for owner, at in INDEX.find(text).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use AI daily.", {"ai": "AI"}),
        ("Vado ai monti, j'ai faim.", {}),
        ("KÜNSTLICHE INTELLIGENZ", {"ai": "KÜNSTLICHE INTELLIGENZ"}),
        ("mit künstlicher Intelligenz", {"ai": "künstlicher Intelligenz"}),
        ("mit kuenstlicher Intelligenz", {"ai": "kuenstlicher Intelligenz"}),
        ("Knstliche Intelligenz", {"ai": "Knstliche Intelligenz"}),
        ("zakresu sztucznej inteligencji", {"ai": "sztucznej inteligencji"}),
        ("ΜΗΧΑΝΙΚΉ ΜΆΘΗΣΗ", {"ai": "ΜΗΧΑΝΙΚΉ ΜΆΘΗΣΗ"}),
        ("a mesterséges intelligencia eszközei", {"ai": "mesterséges intelligencia"}),
        ("3D-printing lab", {"3d": "3D-printing"}),
        ("two robots", {"robot": "robots"}),
        ("ein Schweißroboter", {"robot": "Schweißroboter"}),
        ("hegesztőrobotot vennénk", {"robot": "hegesztőrobotot"}),
        ("aborted", {}),
        ("intelligence is artificial", {}),
        ("une demande de subventions", {"grant": "demande de subventions"}),
        ("une demande, sans subvention", {}),
        ("We build a prototype by rapid prototyping", {"proto": "build a prototype"}),
        ("logistic", {"logistics": "logistic"}),
        ("", {}),
        ("\x00\ud800 AI \u202e", {"ai": "AI"}),
    ],
)
def test_finds_labels_bent_glued_and_without_their_accents(text, expected):
    assert found(text) == expected


def test_tells_exact_from_bent_and_preferred_from_alternative():
    (exact,), (bent,) = INDEX.find("robot").values(), INDEX.find("robotok").values()
    assert (exact.exact, exact.preferred, bent.exact) == (True, True, False)
    (other,) = INDEX.find("build a prototype").values()
    assert (other.n_words, other.preferred) == (3, False)


def test_takes_100_000_characters_in_a_second():
    begun = time.process_time()
    INDEX.find("robot prototyping künstliche " * 3500)
    assert time.process_time() - begun < 1
