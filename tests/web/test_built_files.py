"""Building the style sheet, scripts and sprites."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import django_htmx
import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/hansa/web/static/hansa"
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"


def _build():
    spec = spec_from_file_location("frontend_build", ROOT / "frontend/build.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def packed(path: Path) -> int:
    """Return the bytes a browser loads: compressed, unless the file already is."""
    return path.stat().st_size if path.suffix == ".woff2" else len(gzip.compress(path.read_bytes(), 9))


def test_committed_files_are_fresh() -> None:
    answer = subprocess.run(
        [sys.executable, "frontend/build.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.stdout == ""
    assert answer.returncode == 0


def test_reports_a_stale_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    build = _build()
    monkeypatch.setattr(build, "STATIC", tmp_path)
    assert build.main([]) == 0
    (tmp_path / "hansa.css").write_text("old")
    assert build.main(["--check"]) == 1
    assert "Not fresh: hansa.css. Run: python frontend/build.py" in capsys.readouterr().out


def test_names_an_icon_that_does_not_exist(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    build = _build()
    monkeypatch.setattr(build, "icon_names", lambda: {"icons.svg": ["check", "no-such-thing"], "icons-more.svg": []})
    assert build.unknown_icons() == ["no-such-thing"]


def test_style_sheet_survives_the_squeezing() -> None:
    """Braces balance, nothing is physical, and the fallback for old browsers names every colour."""
    css = (STATIC / "hansa.css").read_text()
    assert css.count("{") == css.count("}")
    assert re.findall(r"(?:margin|padding|border)-(?:left|right)|[{;](?:left|right):", css) == []
    fallback = css.split("@supports not (color:light-dark(#000,#fff))")[1]
    assert set(re.findall(r"--[\w-]+(?=:light-dark)", css)) == set(re.findall(r"--[\w-]+(?=:)", fallback))


KB = 1024


def test_files_of_every_page_fit_the_budget() -> None:
    sizes = {
        "style sheet": packed(STATIC / "hansa.css"),
        "own scripts": packed(STATIC / "hansa.js"),
        "font": packed(STATIC / "fonts/commissioner-latin.woff2"),
        "icons": packed(STATIC / "icons.svg"),
        "htmx": packed(HTMX),
    }
    assert sizes["style sheet"] <= 14 * KB
    assert sizes["own scripts"] <= 6 * KB
    assert sizes["font"] <= 26 * KB
    assert sum(sizes.values()) <= 55 * KB, sizes
    # The list of hubs also loads its map and the emblems; 8 KB are left for its HTML.
    assert sum(sizes.values()) + packed(STATIC / "europe.svg") + packed(STATIC / "emblems.svg") <= 62 * KB


def test_later_scripts_stay_small() -> None:
    for name in ("palette.js", "autosave.js", "passkeys.js"):
        assert packed(STATIC / name) <= 2_000


def test_no_file_asks_another_host() -> None:
    for path in [*STATIC.glob("*.css"), *STATIC.glob("*.js")]:
        assert re.findall(r"https?:|[\"'(]//", path.read_text().replace("http://www.w3.org/2000/svg", "")) == []
