"""The product as a process of its own, as a user starts it: for tests that look from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
START_LIMIT_S = 60


@dataclass(frozen=True, slots=True)
class RunningApp:
    """A started server: its address, its data directory and a client of its API."""

    url: str
    data_dir: Path
    api: httpx.Client
    process: subprocess.Popen[bytes]
    output: Path

    def wait_for_task(self, task_id: str, limit_s: float = 120) -> dict[str, Any]:
        """Return the task once it has ended, following its event stream."""
        with self.api.stream("GET", f"/tasks/{task_id}/events", timeout=limit_s) as events:
            for _ in events.iter_lines():
                pass
        task: dict[str, Any] = self.api.get(f"/tasks/{task_id}").json()
        return task

    def rows(self, params: Mapping[str, str | list[str]] | None = None) -> list[dict[str, Any]]:
        """Return every comment of a query, page after page."""
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            asked = {**(params or {}), "limit": "1000", **({"cursor": cursor} if cursor else {})}
            answer = self.api.get("/comments", params=asked)
            answer.raise_for_status()
            found.extend(answer.json()["items"])
            cursor = answer.json()["next"]
            if cursor is None:
                return found


def free_port() -> int:
    """Return a loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_app(
    settings: Mapping[str, str] | None = None, *, command: tuple[str, ...] | None = None, cwd: Path = ROOT
) -> Iterator[RunningApp]:
    """Start the product with these settings in a data directory of its own; end it afterwards."""
    with tempfile.TemporaryDirectory(prefix="vk-comments-") as folder:
        port = free_port()
        output = Path(folder) / "output.txt"
        environ = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("VK_", "STREAMLIT_"))},
            "PORT": str(port),
            "STREAMLIT_SERVER_PORT": str(port),
            "DATA_DIR": str(Path(folder) / "data"),
            "DATABASE_URL": f"duckdb:///{folder}/data/comments.duckdb",
            **(settings or {}),
        }
        with output.open("wb") as sink:
            process = subprocess.Popen(
                command or (sys.executable, "-m", "dashboard"),
                cwd=cwd,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_until_alive(url, process, output)
            with httpx.Client(base_url=f"{url}/api/v1", timeout=60) as api:
                yield RunningApp(url, Path(folder) / "data", api, process, output)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_alive(url: str, process: subprocess.Popen[bytes], output: Path) -> None:
    transport = httpx.HTTPTransport(retries=0)
    pause = 0.05
    deadline = time.monotonic() + START_LIMIT_S
    with httpx.Client(transport=transport, timeout=5) as client:
        while time.monotonic() < deadline:
            try:
                if client.get(f"{url}/api/v1/health/live").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            try:
                process.wait(pause)
            except subprocess.TimeoutExpired:
                continue
            break
    raise AssertionError(f"The server did not start: {output.read_text(errors='replace')[-2000:]}")
