"""The quick start of the API is true: its blocks are taken from the document and run against a server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import ROOT, RunningApp, running_app

DOCUMENT = ROOT / "docs" / "api.md"
LIMIT_S = 120
pytestmark = pytest.mark.slow


def blocks(language: str) -> str:
    """Return all blocks of a language as one script."""
    found = re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found
    return "\n".join(found)


@pytest.fixture(scope="module")
def app() -> Iterator[RunningApp]:
    """Start the product as a newcomer does, with a small demo at full speed."""
    with running_app({"DEMO_COMMENTS": "1500", "VK_REQUESTS_PER_SECOND": "0"}) as started:
        yield started


def run(command: list[str], app: RunningApp, folder: Path) -> str:
    """Run a script against the server in a folder of its own and return what it printed."""
    environ = {**os.environ, "API": f"{app.url}/api/v1", "API_KEY": ""}
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_curl_blocks_work(app: RunningApp, tmp_path: Path) -> None:
    """A collection is started, followed to its end, read and downloaded."""
    run(["bash", "-euc", blocks("bash")], app, tmp_path)
    assert (tmp_path / "events.txt").read_text().count("event: task") >= 1
    balance = json.loads((tmp_path / "balance.json").read_text())
    assert balance["collected"] > 0
    assert len(json.loads((tmp_path / "top.json").read_text())["items"]) == 3
    assert len((tmp_path / "comments.csv").read_text().splitlines()) > balance["collected"]
    assert (tmp_path / "comments-excel.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_python_blocks_work(app: RunningApp, tmp_path: Path) -> None:
    """Collect, wait, read by cursor, export, errors, ETags, changes and analyses, as one program."""
    said = run([sys.executable, "-c", blocks("python")], app, tmp_path)
    assert "succeeded" in said or "partial" in said
    assert (tmp_path / "comments.parquet").read_bytes().startswith(b"PAR1")


def test_the_document_names_every_route(app: RunningApp) -> None:
    """No route is left out of the table, by the first part of its path."""
    parts = {path.split("/")[1].partition(".")[0] for path in app.api.get("/openapi.json").json()["paths"]}
    text = DOCUMENT.read_text("utf-8")
    assert {part for part in parts if f"/{part}" not in text} == set()
