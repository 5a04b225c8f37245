"""A clock that stands before what the database has seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog

from core.storage import writes
from core.storage.store import Store
from dashboard import clock
from dashboard.workspaces import Workspace
from tests import builders

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Moving:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


def test_a_clock_set_back_is_noticed_and_said() -> None:
    """The time is compared with the last change; the log names the database and the gap."""
    moving = Moving()
    store = Store.open("duckdb:///:memory:", clock=moving)
    workspace = Workspace("own", store, lambda: None)  # type: ignore[arg-type, return-value]
    assert clock.behind(store) is None
    writes.write_sources(store, "run", [builders.source()], builders.at())
    with structlog.testing.capture_logs() as lines:
        clock.warn([workspace])
        moving.at = NOW - timedelta(days=3)
        clock.warn([workspace])
    assert clock.behind(store) == timedelta(days=3)
    assert [(line["dataset"], line["behind_s"]) for line in lines] == [("own", 3 * 86_400)]
    moving.at = NOW - timedelta(seconds=1)
    assert clock.behind(store) is None
    store.close()
