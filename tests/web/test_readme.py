"""When a newcomer follows the README."""

import re
from pathlib import Path

from django.core.management import get_commands

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text()


def test_settings_table_names_every_setting_and_no_other() -> None:
    sources = "".join(path.read_text() for path in (CHECKOUT / "src").rglob("*.py"))
    read = set(re.findall(r"\benv\(\s*\"([A-Z_]+)\"", sources))
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", README, re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"[A-Z_]{3,}", row)}
    assert told == read


def test_commands_exist() -> None:
    told = set(re.findall(r"`hansa (\w+)", README)) - {"help"}
    assert told <= set(get_commands())


def test_verbs_exist() -> None:
    verbs = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
    text = README + (CHECKOUT / "CONTRIBUTING.md").read_text()
    assert set(re.findall(r"\bmake (\w+)(?=[ `]|$)", text)) <= verbs


def test_links_lead_somewhere() -> None:
    for text in (README, (CHECKOUT / "CONTRIBUTING.md").read_text()):
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (CHECKOUT / target).exists(), target


def test_log_ins_are_those_of_the_demo() -> None:
    from hansa.web.demo import queries as demo

    told = set(re.findall(r"`(\w+@demo\.example)`", README))
    assert told <= {login.email for login in demo.logins()}
