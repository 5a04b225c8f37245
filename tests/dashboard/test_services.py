"""The composition: which datasets there are, what stops the start, what is cleaned up."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cache import Cache
from core.config import Secret, Settings
from core.errors import ConfigurationError, QueryError, SandboxError, StorageError
from core.query import Query
from core.sandbox.stories import TOKENS
from core.storage import writes
from core.storage.store import Store
from core.tasks.records import TaskState
from dashboard import services
from dashboard.services import TICKET_S, Services, Tickets
from dashboard.vk import DemoVk, TokenVk
from tests import builders

pytestmark = pytest.mark.slow

WITH_TOKEN = {"vk_token": (Secret("a-token-of-a-test"),), "vk_api_url": "http://127.0.0.1:9/"}


def settings_in(folder: Path, **changes: object) -> Settings:
    """Build settings whose files lie in one folder, with a small demo at full speed."""
    values: dict[str, object] = {
        "data_dir": folder,
        "database_url": f"duckdb:///{(folder / 'own.duckdb').as_posix()}",
        "vk_requests_per_second": 0,
        "demo_comments": 100,
    }
    return Settings(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Services]:
    """Give services without a token."""
    made = services.build(settings_in(tmp_path))
    yield made
    made.close()


def test_a_token_leaves_no_demo(tmp_path: Path) -> None:
    """With VK_TOKEN there is one dataset, and asking for the demo is refused by name."""
    made = services.build(settings_in(tmp_path, **WITH_TOKEN))
    assert [workspace.dataset for workspace in made.workspaces] == ["own"]
    assert made.collecting().dataset == "own"
    with pytest.raises(QueryError, match="demo"):
        made.workspace(Query(dataset="demo"))
    made.close()


def test_an_address_of_vk_without_a_token_stops_the_start(tmp_path: Path) -> None:
    """VK_API_URL alone is a mistake that the sentence explains by naming VK_TOKEN."""
    with pytest.raises(ConfigurationError, match="VK_TOKEN"):
        services.build(settings_in(tmp_path, vk_api_url="http://127.0.0.1:9/"))


def test_a_query_means_the_dataset_that_holds_its_source(built: Services) -> None:
    """A named source decides; without one it is the demo until there is anything of one's own."""
    assert built.workspace(Query()).dataset == "demo"
    writes.write_sources(built.workspace("demo").store, "run", [builders.source("wall:-1_2")], builders.at())
    writes.write_sources(built.workspace("own").store, "run", [builders.source("topic:-3_4")], builders.at())
    assert built.workspace(Query(source=("wall:-1_2",))).dataset == "demo"
    assert built.workspace(Query(source=("topic:-3_4",))).dataset == "own"
    assert built.workspace(Query()).dataset == "own"
    assert built.workspace(Query(dataset="demo")).dataset == "demo"
    writes.delete_source(built.workspace("own").store, "topic:-3_4")
    assert built.workspace(Query()).dataset == "demo"


def test_a_failed_start_leaves_nothing_open(tmp_path: Path) -> None:
    """When the demo's file cannot be opened, the own one is closed again and can be opened by another."""
    (tmp_path / "demo.duckdb").write_text("not a database", encoding="utf-8")
    with pytest.raises(StorageError, match=r"demo\.duckdb"):
        services.build(settings_in(tmp_path))
    Store.open(settings_in(tmp_path).database_url, clock=services.now).close()


def test_files_of_a_former_process_are_removed(tmp_path: Path) -> None:
    """What an ended process kept for its tasks is gone after the next start; nothing else is touched."""
    old = tmp_path / "tasks" / "export-old.csv"
    old.parent.mkdir()
    old.write_text("rows", encoding="utf-8")
    other = tmp_path / "notes.txt"
    other.write_text("mine", encoding="utf-8")
    services.build(settings_in(tmp_path, **WITH_TOKEN)).close()
    assert not old.exists()
    assert other.exists()


def test_an_upload_is_imported_into_the_own_dataset_and_then_gone(built: Services) -> None:
    """A kept file belongs to `own`, whatever VK is, and is removed once it is imported."""
    task = built.keep_upload(io.BytesIO(b"text\nhello\n"), "c.csv", None).task
    ended = built.tasks.wait(task.id, 30)
    assert ended.state is TaskState.SUCCEEDED
    assert built.workspace(Query(source=(ended.result["source"],))).dataset == "own"
    assert list(built.folder.iterdir()) == []


def test_closing_twice_is_fine(tmp_path: Path) -> None:
    """A second close, as a signal and a release may cause it, does nothing."""
    made = services.build(settings_in(tmp_path))
    made.close()
    made.close()
    assert made.stopping.is_set()


def test_a_synthetic_vk_that_died_is_started_again(tmp_path: Path) -> None:
    """The next use after its death finds a new one; after closing there is none."""
    vk = DemoVk(settings_in(tmp_path), Cache())
    first = vk.api()
    assert vk.api() is first
    process = vk._process
    assert process is not None
    os.kill(process._process.pid, signal.SIGKILL)
    process._process.wait()
    assert vk.problem() is not None
    assert vk.api() is not first
    assert vk.problem() is None
    vk.close()
    with pytest.raises(SandboxError):
        vk.api()


def test_vk_that_answers_is_no_problem_and_a_lost_token_is_one(tmp_path: Path) -> None:
    """The health question reaches the server that is set, and says what is wrong without the token."""
    demo = DemoVk(settings_in(tmp_path), Cache())
    demo.api()
    assert demo._process is not None
    for token, is_well in ((TOKENS.USER, True), (TOKENS.EXPIRED, False)):
        vk = TokenVk(settings_in(tmp_path, vk_token=(Secret(token),), vk_api_url=demo._process.url), Cache())
        said = vk.problem()
        assert (said is None) is is_well
        assert token not in (said or "")
        vk.close()
    demo.close()


def test_a_ticket_ends_after_a_minute() -> None:
    """A ticket that nobody used in time opens nothing."""
    moments = [0.0]
    tickets = Tickets(Cache(clock=lambda: moments[0]))
    kept, late = tickets.issue("/api/v1/export.csv"), tickets.issue("/api/v1/export.csv")
    assert tickets.redeem(kept, "/api/v1/export.csv")
    moments[0] += TICKET_S + 1
    assert not tickets.redeem(late, "/api/v1/export.csv")
