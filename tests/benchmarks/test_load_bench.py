"""Two hundred clients at once, for a minute, against the product as it is started: what they wait for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

import pytest

from core.sandbox.stories import COMMUNITIES
from tests.running import ROOT, RunningApp, running_app

CLIENT = Path(__file__).with_name("load_client.py")
CLIENTS = 200
SECONDS = 60.0
DEMO = {"VK_REQUESTS_PER_SECOND": "0", "LOG_FORMAT": "json"}


def collect_demo(app: RunningApp) -> int:
    """Collect every open community of the demo and return how many comments they have."""
    links = [f"https://vk.com/{each.screen_name}" for each in COMMUNITIES if each.access == "open"]
    task = app.api.post("/tasks", json={"kind": "collect", "params": {"targets": links}}).json()
    return int(app.wait_for_task(task["id"])["result"]["collected"])


def paths_of(app: RunningApp) -> list[str]:
    """Return what clients of a dashboard ask for: lists by many filters, single comments, states."""
    rows = app.rows({"limit": "50"})[:50]
    filters = (
        {},
        {"sort": "-date"},
        {"sort": "-likes", "limit": "20"},
        {"level": "root", "limit": "100"},
        {"text": "это"},
        {"likes_min": "5", "sort": "-likes"},
        {"hour": "12"},
        {"weekday": "6", "limit": "10"},
        {"state": "deleted"},
        {"author": str(rows[0]["author_id"])},
    )
    asked_before = [
        *("/comments?" + urlencode(each) for each in filters),
        *(f"/comments?{urlencode({'source': row['source'], 'limit': 25})}" for row in rows[::10]),
        *(f"/comments/{row['comment_key']}" for row in rows[::10]),
        *("/sources", "/sources?limit=10", "/tasks", "/tasks/stats", "/health/ready", "/health/live"),
        *("/analyses", "/analyses/volume"),
    ]
    never_before = [
        "/comments?author={n}",
        "/comments?likes_min={n}&sort=-likes",
        "/comments?from=2025-06-01T00:00:00.{n}Z&limit=50",
        "/comments?from=2026-02-01T00:00:00.{n}Z&sort=-date&limit=50",
    ]
    return [*asked_before, *never_before]


def load(
    app: RunningApp, paths: list[str], seconds: float, clients: int
) -> dict[str, dict[str, list[float]]]:
    """Let clients in a process of their own ask for these paths."""
    port = str(urlsplit(app.url).port)
    command = [sys.executable, str(CLIENT), port, str(seconds), str(clients), json.dumps(paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=seconds + 180)
    seen: dict[str, dict[str, list[float]]] = json.loads(done.stdout)
    return seen


def figures(name: str, times: list[float], seconds: float) -> str:
    """Say rate and percentiles of some answers."""
    cuts = quantiles(times, n=100)
    return (
        f"{name:<22} {len(times) / seconds:8.0f} /s   p50 {cuts[49] * 1000:7.1f}   "
        f"p95 {cuts[94] * 1000:7.1f}   p99 {cuts[98] * 1000:7.1f} ms"
    )


@pytest.mark.bench
def test_two_hundred_clients_for_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    """No client gets an error, and the slowest answers are told beside the usual ones."""
    with running_app(DEMO) as app:
        comments = collect_demo(app)
        paths = paths_of(app)
        seen = load(app, paths, SECONDS, CLIENTS)
    groups: dict[str, list[float]] = {}
    for path, times in seen["seconds"].items():
        groups.setdefault(path.partition("?")[0].partition("wall")[0], []).extend(times)
    lines = [figures(name, times, SECONDS) for name, times in sorted(groups.items())]
    lines.append(figures("all", [each for times in groups.values() for each in times], SECONDS))
    told = f"{CLIENTS} clients, {SECONDS:g} s, {comments:,} comments, errors: {seen['errors'] or 'none'}"
    with capsys.disabled():
        print("\n".join(("", told, *lines)))  # noqa: T201
    assert not seen["errors"]
