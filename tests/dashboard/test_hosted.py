"""`streamlit run dashboard/app.py`: how hosted Streamlit starts the app, from wherever it stands."""

from __future__ import annotations

import sys
from pathlib import Path

import httpx
import pytest

from tests.running import ROOT, running_app

pytestmark = pytest.mark.slow

COMMAND = (sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard" / "app.py"))


def test_it_serves_page_and_api_under_the_projects_own_options(tmp_path: Path) -> None:
    """From another folder it is the same app: page, API, and no address but loopback."""
    with running_app(command=COMMAND, cwd=tmp_path) as app:
        assert httpx.get(app.url).status_code == 200
        assert app.api.get("/health/ready").json()["status"] == "ok"
        said = app.output.read_text(encoding="utf-8")
        assert f"URL: {app.url}" in said
        assert "Network URL" not in said
        assert "External URL" not in said
