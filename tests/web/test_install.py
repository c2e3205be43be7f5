"""When the packages are installed on a machine that only tells pip where they come from."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The installer, which asks the pip of this Python; nothing in the environment speaks to pip."""
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode != 0:
        pytest.skip("this environment was made without pip")
    spec = importlib.util.spec_from_file_location("install", CHECKOUT / "requirements" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CERT"):
        monkeypatch.delenv(name, raising=False)
    return module


class TestPlaces:
    def test_in_the_file_of_pip_are_used(
        self, install: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "pip.conf"
        file.write_text(
            "[global]\nindex-url = https://packages.example/simple\ncert = /etc/ours.pem\n"
            "extra-index-url =\n    https://one.example\n    https://two.example\n"
        )
        monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
        told = install.as_pip_was_told()
        assert told["UV_DEFAULT_INDEX"] == "https://packages.example/simple"
        assert told["UV_INDEX"] == "https://one.example https://two.example"
        # One that has an older version of a package must not hide the others.
        assert told["UV_INDEX_STRATEGY"] == "unsafe-best-match"
        assert told["SSL_CERT_FILE"] == "/etc/ours.pem"

    def test_in_the_environment_go_before_those_in_the_file(
        self, install: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "pip.conf"
        file.write_text("[global]\nindex-url = https://packages.example/simple\n")
        monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
        monkeypatch.setenv("PIP_INDEX_URL", "https://nearer.example/simple")
        assert install.as_pip_was_told()["UV_DEFAULT_INDEX"] == "https://nearer.example/simple"


class TestCertificates:
    def test_of_the_system_are_trusted_where_it_has_any(
        self, install: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = tmp_path / "ours.pem"
        store.write_text("")
        monkeypatch.setenv("SSL_CERT_FILE", str(store))
        assert install.as_pip_was_told()["UV_SYSTEM_CERTS"] == "1"

    def test_stay_those_of_the_installer_where_the_system_has_none(
        self, install: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
        assert "UV_SYSTEM_CERTS" not in install.as_pip_was_told()
