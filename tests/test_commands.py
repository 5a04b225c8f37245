"""The commands a newcomer types: which Python they take, when they install, what they say if they cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
GOOD = f'exec "{sys.executable}" "$@"'
TOO_OLD = "exit 1"
BROKEN_SHIM = 'echo "command not found" >&2; exit 127'


def _program(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def _make(*arguments: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHON", "MAKEFLAGS"}}
    if path is not None:
        environment["PATH"] = f"{path}{os.pathsep}{environment['PATH']}"
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def _installed(venv: Path) -> None:
    """Make what a finished installation leaves behind."""
    _program(venv / "bin", "python", GOOD)
    for stamp in (".runtime", ".tools"):
        (venv / stamp).touch()


def test_the_first_python_that_works_is_taken(tmp_path: Path) -> None:
    """A shim that fails and a Python that is too old are passed over."""
    _program(tmp_path, "shim", BROKEN_SHIM)
    _program(tmp_path, "old", TOO_OLD)
    _program(tmp_path, "fine", GOOD)
    run = _make(
        "-n", f"VENV={tmp_path / 'new'}", "PYTHON_CANDIDATES=absent shim old fine other", "run", path=tmp_path
    )
    assert f'"fine" -m venv {tmp_path / "new"}' in run.stdout


def test_without_python_it_says_what_is_needed(tmp_path: Path) -> None:
    """Where no Python fits, the answer names the version and how to point at one."""
    run = _make(f"VENV={tmp_path / 'new'}", "PYTHON_CANDIDATES=absent", "run")
    assert run.returncode != 0
    assert "Python 3.11 or newer is needed" in run.stdout
    assert not (tmp_path / "new").exists()


def test_a_failed_environment_says_what_to_install(tmp_path: Path) -> None:
    """On a Debian without python3-venv the package is named and nothing half-made stays."""
    half_made = _program(tmp_path, "half", f'case "$1" in -m) mkdir -p "{tmp_path}/new/bin"; exit 1;; esac')
    run = _make(f"VENV={tmp_path / 'new'}", f"PYTHON={half_made}", "run")
    assert run.returncode != 0
    assert "apt install python3-venv" in run.stdout
    assert not (tmp_path / "new").exists()


def test_a_second_start_installs_nothing(tmp_path: Path) -> None:
    """With a finished environment `make run` starts the program and nothing else."""
    _installed(tmp_path)
    assert _make("-n", f"VENV={tmp_path}", "run").stdout.split() == [
        "exec",
        f"{tmp_path}/bin/python",
        "-m",
        "dashboard",
    ]


@pytest.mark.parametrize(("target", "stamp"), [("run", ".runtime"), ("check", ".tools")])
def test_newer_requirements_are_installed(tmp_path: Path, target: str, stamp: str) -> None:
    """An environment older than the requirements is brought up to date."""
    _installed(tmp_path)
    os.utime(tmp_path / stamp, (1, 1))
    assert "requirements.txt" in _make("-n", f"VENV={tmp_path}", target).stdout


def test_ci_runs_the_tests_from_anywhere(tmp_path: Path) -> None:
    """`.ci/run` runs `make test` in the project's folder, with skipping forbidden, wherever it is called."""
    _program(tmp_path / "bin", "make", 'echo "$PWD $CI $*"')
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(
        [str(ROOT / ".ci" / "run")], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == f"{ROOT} true test"


def test_a_missing_browser_is_named_and_stops_nothing(tmp_path: Path) -> None:
    """Where nothing can be installed, `make test` goes on and says which tests it will skip."""
    for name in ("bash", "uname"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    _program(tmp_path, "id", "echo 1000")
    environment = {"PATH": str(tmp_path)}
    run = subprocess.run(
        [str(ROOT / ".ci" / "chromium")], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0
    assert "chromium" in run.stdout
    assert "Browser tests will be skipped." in run.stdout


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "eighty"), ("DATABASE_URL", "ducklake:postgresql://localhost/lake")]
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(name: str, value: str) -> None:
    """`python -m dashboard` refuses by name, without a traceback."""
    run = subprocess.run(
        [sys.executable, "-m", "dashboard"],
        cwd=ROOT,
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode != 0
    assert f"{name} cannot be '{value}'." in run.stderr
    assert "Traceback" not in run.stderr


SKIPPING = '''
import pytest

@pytest.mark.skip(reason="not here")
def test_skipped():
    """Skip."""
'''


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_skip_is_a_failure_where_nothing_may_be_skipped(tmp_path: Path, ci: str, code: int) -> None:
    """With CI=true a skipped test fails the run and is named with its reason; elsewhere it does not."""
    (tmp_path / "conftest.py").write_text(
        (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "test_skipping.py").write_text(SKIPPING, encoding="utf-8")
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-rs",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            str(tmp_path),
            str(tmp_path),
        ],
        cwd=ROOT,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code
    assert ("skipped, which is a failure" in run.stdout) is bool(ci)
    assert "not here" in run.stdout
