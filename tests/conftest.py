"""What all tests share: an environment of their own, the browser, and no silent skips."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from core.config import SETTINGS

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SLOW = ("slow", "browser")
NO_BROWSER = "no Chromium: install it (make test does so as root on Debian) or set CHROMIUM=/path/to/chrome"

NOT_TRACED = (
    *("browser", "core/collect", "core/morphology", "core/sandbox"),
    *(f"core/analysis/{name}" for name in ("contrast", "copies", "networks", "replies", "stats")),
)
"""Folders whose tests are about something else than the engine room; tracing makes them a third slower."""

_skipped: list[str] = []

# Each run of a page under test would read the metadata of every installed package again.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session", autouse=True)
def _blank_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hide the developer's settings, so that no test sees a real token or real data.

    An empty variable also hides what `.env` says, here and in every process a test starts.
    """
    with pytest.MonkeyPatch.context() as patch:
        for setting in SETTINGS:
            patch.setenv(setting.name, "")
        patch.setenv("DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def _own_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a data directory of its own."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _same_main() -> Iterator[None]:
    """Give `__main__` back: a page under test leaves its script there, and no process could start after."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Return the browser that journeys run in; the `browser` mark skips a test where there is none."""
    path = _chromium()
    if path is None:
        pytest.skip(NO_BROWSER)
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with slow tests first, trace only tests of the engine room, skip what lacks its browser."""
    here = Path(__file__).parent
    for item in items:
        place = item.path.relative_to(here)
        if len(place.parts) == 1 or place.as_posix().startswith(NOT_TRACED):
            item.add_marker(pytest.mark.no_cover)
    slow = {item.path for item in items if any(map(item.get_closest_marker, SLOW))}
    items.sort(key=lambda item: item.path not in slow)
    if _chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember modules that skipped themselves."""
    if report.skipped:
        _skipped.append(f"{report.nodeid}: {_reason(report.longrepr)}")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember skipped tests; an expected failure is not a skip."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(f"{report.nodeid}: {_reason(report.longrepr)}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when something was skipped although CI=true says that nothing may be."""
    if _skipped and _is_ci() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each skipped test where nothing may be skipped."""
    if _skipped and _is_ci():
        terminalreporter.section("skipped, which is a failure with CI=true", red=True)
        for line in _skipped:
            terminalreporter.line(line)


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"true", "1"}


def _chromium() -> Path | None:
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)
    return Path(found) if found else None


def _reason(longrepr: object) -> str:
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)
