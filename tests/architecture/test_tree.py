"""When a file is added: it is short, clean, and names no machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 40
# Files and functions that are longer, each with the decision record that says why.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}

TEXT = {".py", ".html", ".txt", ".md", ".toml", ".yaml", ".yml", ".lock", ".css", ".js", ".svg", ".po", ".json", ".typ"}


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the length of a function in lines, its docstring not counted."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def name_in_package(path: Path, checkout: Path) -> str:
    return str(path.relative_to(checkout / "src" / "hansa"))


def test_files_are_short_or_have_a_decision(sources: list[Path], checkout: Path) -> None:
    long = {
        name_in_package(p, checkout)
        for p in sources
        if len(p.read_text(encoding="utf-8").splitlines()) > MAX_FILE_LINES
    }
    assert long == set(LONG_FILES)


def test_functions_are_short_or_have_a_decision(sources: list[Path], checkout: Path) -> None:
    long = {
        f"{name_in_package(path, checkout)}:{node.name}"
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(node) > MAX_FUNCTION_LINES
    }
    assert long == set(LONG_FUNCTIONS)


def test_excuses_name_a_decision_that_exists(checkout: Path) -> None:
    for record in [*LONG_FILES.values(), *LONG_FUNCTIONS.values()]:
        assert (checkout / "docs" / "decisions" / record).is_file(), record


INLINE = re.compile(
    r"""\sstyle\s*=                      # style attribute
      | <style\b
      | <script\b(?![^>]*\bsrc\s*=)      # script without a source
      | \son[a-z]+\s*=                   # onclick and its family
      | javascript:
    """,
    re.IGNORECASE | re.VERBOSE,
)


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>go()</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_inline_code_is_seen(text: str) -> None:
    assert INLINE.search(text)


@pytest.mark.parametrize("text", ['<script src="x.js"></script>', '<p class="style">', "{% block content %}on = 1"])
def test_clean_markup_passes(text: str) -> None:
    assert not INLINE.search(text)


def test_templates_hold_no_inline_style_and_no_inline_script(templates: list[tuple[str, str]]) -> None:
    """The content security policy would refuse it anyway, silently for the user."""
    own_language = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}", re.DOTALL)
    wrong = []
    for name, text in templates:
        clean = own_language.sub("", text)
        wrong += [f"{name}: {match.group().strip()}" for match in INLINE.finditer(clean)]
    assert not wrong, "\n".join(wrong)


# Put together here, so that this file does not find itself.
HOSTS = ["py" + "pi.org", "files.python" + "hosted.org", "registry.npm" + "js.org", "deb.deb" + "ian.org"]
MACHINE_PATHS = re.compile(r"(?<![\w./~-])/(?:wo" + r"rk|ro" + r"ot|Us" + r"ers)/[\w.]|/ho" + r"me/(?!<)\w")


def texts(tracked: list[Path], checkout: Path) -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(checkout)), path.read_text(encoding="utf-8"))
        for path in tracked
        if path.suffix in TEXT or path.name in {"Makefile", "run", ".gitignore", ".gitattributes"}
    ]


def test_no_file_names_a_package_registry(tracked: list[Path], checkout: Path) -> None:
    """Which registry a machine uses is that machine's business (decision 0001)."""
    wrong = [f"{name}: {host}" for name, text in texts(tracked, checkout) for host in HOSTS if host in text]
    assert not wrong, "\n".join(wrong)


def test_no_file_names_a_path_of_one_machine(tracked: list[Path], checkout: Path) -> None:
    wrong = [
        f"{name}: {match.group()}" for name, text in texts(tracked, checkout) for match in MACHINE_PATHS.finditer(text)
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_of_the_shared_data_is_in_the_repository(tracked: list[Path]) -> None:
    """Hub texts belong to the hubs; vocabularies come from their publishers."""
    names = {path.name for path in tracked}
    assert not {"dih_sample_214.json", "dih_sample_214.json.gz", "participants.csv.gz", "qrels_sample.tsv.gz"} & names


FOUNDATION = {
    "activity",
    "actors",
    "files",
    "fragments",
    "numbers",
    "pages",
    "policies",
    "prepared",
    "states",
    "tables",
    "tasks",
}


def test_foundation_is_closed_and_small(checkout: Path) -> None:
    """Another module needs a decision record, two rooms that use it, and a change of this test (decisions 0006, 0014, 0016, 0017, 0020, 0023)."""
    folder = checkout / "src" / "hansa" / "foundation"
    modules = {path.stem: path for path in folder.glob("*.py")}
    assert set(modules) - {"__init__", "apps", "models"} == FOUNDATION
    for path in modules.values():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 150, path.name


def test_corners_say_what_they_are(checkout: Path) -> None:
    """Each corner opens with its words and its front doors."""
    package = checkout / "src" / "hansa"
    rooms = ["hubs", "collaboration", "exchange", "pulse"]
    plain = {"migrations", "management", "templates", "templatetags", "locale", "static", "__pycache__"}
    for room in rooms:
        for corner in (package / room).iterdir():
            if corner.is_dir() and corner.name not in plain:
                doc = ast.get_docstring(ast.parse((corner / "__init__.py").read_text(encoding="utf-8")))
                assert doc, f"{room}/{corner.name}/__init__.py"
