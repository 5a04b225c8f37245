"""The state of everything as plain values, whatever fails."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import StorageError
from dashboard import condition, services
from dashboard.services import Services
from tests.dashboard.api.conftest import WITH_TOKEN, settings_in
from tests.dashboard.composed import BrokenCache, composed

ROOT = Path(__file__).resolve().parents[2]
BOUND_S = 2.0


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Give services with the demo."""
    made = services.build(settings_in(tmp_path_factory.mktemp("data"), demo_comments=100))
    yield made
    made.close()


def test_everything_is_there(built: Services) -> None:
    """Versions, databases with their files, disks, queue, cache, compute, tokens, the last failures."""
    built.incidents.note(StorageError("Refused."), "database")
    found = condition.gather(built)
    assert found.unread == ()
    assert [each.dataset for each in found.databases] == ["own", "demo"]
    assert all(each.size > 0 and each.stats is not None for each in found.databases)
    assert [each.file.name for each in found.databases if each.file] == ["own.duckdb", "demo.duckdb"]
    assert found.queue is not None
    assert found.queue.workers == built.settings.task_workers
    assert None not in (found.cache, found.compute)
    assert (found.uses_demo, found.tokens, found.vk_ahead) == (True, (), None)
    assert [str(each.error) for each in found.incidents] == ["Refused."]
    assert found.uptime.total_seconds() >= 0
    assert all(0 < disk.free <= disk.total for disk in found.disks)


def test_the_versions_are_those_installed(built: Services) -> None:
    """What the page calls the program's version is the project's own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    condition.versions.cache_clear()
    found = condition.gather(built).versions
    assert found.app == project["version"]
    assert found.schema == len(list((ROOT / "core" / "storage" / "schema").glob("[0-9]*.sql")))
    assert all(each[0].isdigit() for each in (found.python, found.duckdb, found.streamlit))


def test_a_part_that_fails_costs_no_other(tmp_path: Path) -> None:
    """What cannot be read is None and named; the rest is there."""
    with composed(tmp_path, cache=BrokenCache()) as made:
        found = condition.gather(made)
    assert (found.cache, found.unread) == (None, ("cache",))
    assert found.queue is not None
    assert [token.number for token in found.tokens] == [1]


def test_a_database_in_memory_has_no_file(tmp_path: Path) -> None:
    """There is nothing to measure, and no folder to write to but the data's."""
    made = services.build(settings_in(tmp_path, database_url="duckdb:///:memory:", **WITH_TOKEN))
    (own,) = condition.gather(made).databases
    assert (own.file, own.size, own.wal_size) == (None, 0, 0)
    assert condition.folders(made) == (tmp_path.resolve(),)
    made.close()


def test_a_file_that_is_gone_has_no_size(tmp_path: Path) -> None:
    """Somebody may remove a file under a running program; the figures go on."""
    made = services.build(settings_in(tmp_path, **WITH_TOKEN))
    (tmp_path / "own.duckdb").unlink()
    assert condition.gather(made).databases[0].size == 0
    made.close()


def test_gathering_is_quick(built: Services) -> None:
    """It asks no database and no VK, so a page may do it every few seconds."""
    began = time.perf_counter()
    for _ in range(10):
        condition.gather(built)
    assert time.perf_counter() - began < BOUND_S
