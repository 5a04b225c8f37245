"""`python -m dashboard` from outside: where it starts, what it says, how it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.errors import ConfigurationError
from dashboard.__main__ import refuse_taken_port
from tests.running import ROOT, free_port, running_app

pytestmark = pytest.mark.slow

COMMAND = (sys.executable, "-m", "dashboard")


def test_a_taken_port_and_a_foreign_address_are_named() -> None:
    """The sentence names PORT or HOST and what to choose instead."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(ConfigurationError, match="PORT"):
            refuse_taken_port("127.0.0.1", other.getsockname()[1])
    with pytest.raises(ConfigurationError, match="HOST"):
        refuse_taken_port("192.0.2.77", free_port())
    refuse_taken_port("127.0.0.1", free_port())


@pytest.mark.parametrize(
    ("setting", "value"),
    [("TASK_WORKERS", "many"), ("CACHE_URL", "memcached://localhost"), ("VK_API_URL", "http://127.0.0.1:9/")],
)
def test_a_wrong_setting_is_one_sentence_and_exit_code_2(tmp_path: Path, setting: str, value: str) -> None:
    """No traceback: one line that names the setting."""
    environ = {**os.environ, "DATA_DIR": str(tmp_path), "PORT": str(free_port()), setting: value}
    ended = subprocess.run(
        COMMAND, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 2
    assert setting in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_it_starts_anywhere_says_its_address_and_ends_cleanly(tmp_path: Path) -> None:
    """From another folder: page and API on the port; SIGTERM ends it with 0, open event streams and all."""
    settings = {"VK_REQUESTS_PER_SECOND": "1", "PYTHONPATH": str(ROOT)}
    with running_app(settings, cwd=tmp_path) as app:
        params = {"targets": ["https://vk.com/gorod_lipovsk"]}
        task = app.api.post("/tasks", json={"kind": "collect", "params": params}).json()
        with app.api.stream("GET", f"/tasks/{task['id']}/events", timeout=30) as events:
            lines = events.iter_lines()
            assert next(lines) == "event: task"
            app.process.send_signal(signal.SIGTERM)
            threading.Thread(target=lambda: list(lines), daemon=True).start()
            assert app.process.wait(15) == 0
        said = app.output.read_text(encoding="utf-8")
        assert f"VK Comments Dashboard: {app.url}" in said
        assert "Traceback" not in said


def test_a_caller_who_takes_nothing_does_not_hold_up_the_end() -> None:
    """Downloads that nobody reads, while a collection runs: SIGTERM ends it with 0 in seconds."""
    with running_app({"DEMO_COMMENTS": "20000"}) as app, contextlib.ExitStack() as stalled:
        params = {"targets": ["https://vk.com/lavka_oblako"]}
        app.wait_for_task(app.api.post("/tasks", json={"kind": "collect", "params": params}).json()["id"])
        app.api.post("/tasks", json={"kind": "collect", "params": {**params, "refresh": "all"}})
        for kind in ("csv", "jsonl", "xlsx"):
            caller = stalled.enter_context(socket.socket())
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            caller.connect(("127.0.0.1", int(app.url.rpartition(":")[2])))
            caller.sendall(f"GET /api/v1/export.{kind} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            caller.recv(1)
        app.process.send_signal(signal.SIGTERM)
        assert app.process.wait(20) == 0
