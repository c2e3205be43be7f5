"""When a reason is said."""

import ast
import re
from pathlib import Path

import pytest

import hansa.engine
from hansa.engine.explain import LANGUAGE_NAMES, LIMIT_NAMES, MESSAGES, say
from hansa.engine.problem import Limits, Reason

ENGINE = Path(hansa.engine.__file__).parent
FACTS = {
    "n": 2, "of": 3, "wants": ("welding", "audits"), "want": "welding", "hubs": 9, "hub": "Isar", "languages": ("es",),
    "missing": ("it", "fr"), "points": 4.0, "place": 2, "eur": 1250.5, "countries": ("DE", "FR"), "country": "DE",
    "backups": ("Brno",), "asked": 2, "into": ("Brno",), "out": ("Isar",), "limits": ("budget_eur",), "limit": 5,
    "one": "Isar", "two": "Brno", "person": "Isar", "met": 2, "lost": 1, "value": 12.5, "bound": 13.0,
    "words": ("optics", "data"), "others": ("lasers",), "name": "TDF", "names": ("Isar", "Brno"), "city": "Lindau",
    "cities": ("Lindau", "Trier"), "domain": "isar.example", "number": "DE123456789", "numbers": ("DE1", "DE2"),
    "partner": "Isar", "projects": ("Weld", "Cast"), "nearest": "Weld",
    "group": "rural", "percent": 30, "rules": ("country",), "seed": "1 May", "least": 1, "most": 3, "has": "robotics", "over": ("automation",), "km": 40,
}  # fmt: skip


def codes_used() -> set[str]:
    """Every string that the engine hands to Reason, and those that it picks first and hands on later."""
    codes = set()
    for path in ENGINE.rglob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason" and node.args:
                if isinstance(node.args[0], ast.Constant):
                    codes.add(node.args[0].value)
                else:
                    codes |= {
                        constant.value
                        for constant in ast.walk(tree)
                        if isinstance(constant, ast.Constant) and constant.value in MESSAGES
                    }
    return codes


def test_every_code_of_the_engine_has_its_sentence_and_every_sentence_its_use():
    assert codes_used() == set(MESSAGES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_says_a_full_sentence(code):
    said = say(Reason(code, facts=FACTS))
    assert said.endswith(".")
    assert said[0].isupper() or said[0].isdigit() or said.startswith(("welding", "Brno", "Isar"))
    assert not re.search(r"%\(|None|\bDIH\b|!|—|\(", said)
    assert len(said) < 160


def test_says_one_and_many():
    assert say(Reason("joint_deliveries", facts={"n": 1})) == "1 joint delivery so far."
    assert say(Reason("joint_deliveries", facts={"n": 6})) == "6 joint deliveries so far."


def test_translates_sentence_plural_and_names():
    words = {
        "%(n)s joint deliveries so far.": "%(n)s gemeinsame Lieferungen bisher.",
        "Speaks %(languages)s.": "Spricht %(languages)s.",
        "Spanish": "Spanisch",
    }
    translate = lambda message: words.get(message, message)  # noqa: E731
    plural = lambda one, many, n: words[many]  # noqa: E731
    reason = Reason("joint_deliveries", facts={"n": 2})
    assert say(reason, translate=translate, translate_plural=plural) == "2 gemeinsame Lieferungen bisher."
    assert say(Reason("speaks_all", facts={"languages": ("es",)}), translate=translate) == "Spricht Spanisch."


def test_lets_the_caller_show_a_fact():
    show = lambda name, value: "<b>Isar</b>" if name == "hub" else None  # noqa: E731
    assert say(Reason("hub_missing", facts={"hub": 7}), show=show) == "<b>Isar</b> must be in the team."


def test_writes_numbers_plainly():
    assert say(Reason("team_cost", facts={"eur": 1200.0})) == "One day of every partner costs 1200 EUR."
    assert say(Reason("leads_by", facts={"points": 3.25, "hub": "Brno"})) == "First by 3.2 points. The next is Brno."


@pytest.mark.parametrize(
    ("points", "words"), [(1.0, "1 point"), (1.4, "1.4 points"), (0.4, "0.4 points"), (2, "2 points")]
)
def test_one_point_is_one(points: float, words: str):
    assert say(Reason("leads_by", facts={"points": points, "hub": "Brno"})) == f"First by {words}. The next is Brno."


def test_refuses_an_unknown_code():
    with pytest.raises(KeyError):
        say(Reason("no such reason"))


def test_knows_the_limits_and_the_languages():
    assert set(LIMIT_NAMES) - {"capacity"} <= set(Limits.__dataclass_fields__)  # capacity: of hubs and limits alike
    assert len(LANGUAGE_NAMES) == 28
