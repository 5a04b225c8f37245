"""The composition: which datasets there are, what stops the start, what is cleaned up."""

from __future__ import annotations

import io
import os
import signal
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from core.cache import Cache
from core.config import Secret, Settings
from core.errors import ConfigurationError, QueryError, SandboxError, StorageError
from core.models import PauseReason
from core.query import Query
from core.sandbox import process as sandbox
from core.sandbox.stories import COMMUNITIES, TOKENS
from core.secrets import TokenFile
from core.storage import writes
from core.storage.store import Store
from core.tasks.records import TaskState
from dashboard import services
from dashboard.demo import DemoVk
from dashboard.services import Services
from dashboard.tickets import TICKET_S, Tickets
from dashboard.vk import TokenVk
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


@dataclass(frozen=True, slots=True)
class Vk:
    """A synthetic VK in a process of its own, and the way to order what it does."""

    process: sandbox.SandboxProcess

    @property
    def url(self) -> str:
        return self.process.url

    def change(self, order: dict[str, object]) -> None:
        httpx.post(f"{self.process.admin_url}world", json=order).raise_for_status()


@pytest.fixture(scope="module")
def vk() -> Iterator[Vk]:
    """Give a small VK that answers as fast as it can."""
    with sandbox.start(300, 7, 0) as process:
        yield Vk(process)


@pytest.fixture
def vk_url(vk: Vk) -> str:
    """Return where that VK is."""
    return vk.url


def test_a_token_of_the_environment_leaves_no_demo(tmp_path: Path) -> None:
    """With VK_TOKEN there is one dataset, and asking for the demo is refused by name."""
    made = services.build(settings_in(tmp_path, **WITH_TOKEN))
    assert [workspace.dataset for workspace in made.workspaces] == ["own"]
    assert (made.collecting().dataset, made.uses_demo) == ("own", False)
    with pytest.raises(QueryError, match="demo"):
        made.workspace(Query(dataset="demo"))
    made.close()


def test_tokens_decide_where_collecting_goes(tmp_path: Path, vk_url: str) -> None:
    """The first token leads to VK, removing the last one back to the demo, which stays readable."""
    made = services.build(settings_in(tmp_path), vk_url)
    assert (made.uses_demo, made.collecting().dataset, made.tokens()) == (True, "demo", [])
    held = made.add_token(TOKENS.USER, remember=False)
    assert (made.uses_demo, made.collecting().dataset) == (False, "own")
    assert made.workspace(Query(dataset="demo")).dataset == "demo"
    made.remove_token(held.state.id)
    assert (made.uses_demo, made.collecting().dataset) == (True, "demo")
    made.close()


def test_a_remembered_token_is_there_at_the_next_start(tmp_path: Path, vk_url: str) -> None:
    """Only what was to be remembered is kept, and what it called today is counted on."""
    first = services.build(settings_in(tmp_path), vk_url)
    kept = first.add_token(TOKENS.SERVICE, remember=True)
    first.add_token(TOKENS.USER, remember=False)
    called = first.tokens()[0].calls_today
    first.close()
    second = services.build(settings_in(tmp_path), vk_url)
    again = second.token_vk.tokens()
    assert [(held.state.id, held.source, held.is_remembered) for held in again] == [
        (kept.state.id, "file", True)
    ]
    assert not second.uses_demo
    assert all(again[0].state.calls_today[method] >= calls > 0 for method, calls in called.items())
    second.remove_token(kept.state.id)
    second.close()
    third = services.build(settings_in(tmp_path), vk_url)
    assert third.uses_demo
    third.close()


def test_a_start_does_not_wait_for_vk(tmp_path: Path) -> None:
    """Tokens are checked behind the start; until VK answers nothing is claimed to be known."""
    silent = socket.create_server(("127.0.0.1", 0))
    port = silent.getsockname()[1]
    made = services.build(
        settings_in(tmp_path, vk_token=(Secret(TOKENS.USER),), vk_api_url=f"http://127.0.0.1:{port}/")
    )
    assert [state.checked_at for state in made.tokens()] == [None]
    made.close()
    silent.close()


def test_tasks_survive_a_restart_with_their_pause_and_their_results(tmp_path: Path, vk: Vk) -> None:
    """What waited for a captcha still does, goes on from there, and what was finished can be read."""
    settings = settings_in(tmp_path, vk_token=(Secret(TOKENS.USER),), vk_api_url=vk.url)
    first = services.build(settings)
    done = first.tasks.submit("export", {"format": "csv"}).task.id
    assert first.tasks.wait(done, 30).state is TaskState.SUCCEEDED
    vk.change({"captcha": True})
    link = f"https://vk.com/{COMMUNITIES[0].screen_name}"
    paused = first.tasks.submit("collect", {"targets": [link], "posts": 2}, key="k").task.id
    assert first.tasks.wait(paused, 30).state is TaskState.PAUSED
    first.close()

    vk.change({"captcha": False})
    second = services.build(settings)
    task = second.tasks.get(paused)
    assert (task.state, task.attempt, task.place) == (TaskState.PAUSED, 1, "own")
    assert task.pause is not None
    assert task.pause.reason is PauseReason.CAPTCHA
    second.tasks.resume(paused, {})
    ended = second.tasks.wait(paused, 30)
    assert (ended.state, ended.attempt) == (TaskState.SUCCEEDED, 2), ended.fault
    assert second.tasks.submit("collect", {"targets": [link], "posts": 2}, key="k").task.id == paused
    made = second.tasks.get(done)
    assert made.file is not None
    assert made.file.exists()
    second.close()


def test_a_schedule_survives_a_restart(tmp_path: Path) -> None:
    """It is kept in the database beside the comments."""
    first = services.build(settings_in(tmp_path, **WITH_TOKEN))
    made = first.schedules.add({"targets": ["vk.com/wall-1_2"]}, 6)
    first.close()
    second = services.build(settings_in(tmp_path, **WITH_TOKEN))
    assert second.schedules.all() == [made]
    second.close()


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


def test_what_stands_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    """A file named as the folder of the tasks stops the start with what to do, and stays as it is."""
    (tmp_path / "tasks").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="tasks cannot be made") as raised:
        services.build(settings_in(tmp_path, **WITH_TOKEN))
    assert "DATA_DIR" in raised.value.hint
    assert (tmp_path / "tasks").read_text(encoding="utf-8") == "mine"


def test_a_folder_among_the_files_of_tasks_stops_no_start(tmp_path: Path) -> None:
    """What is no file of ours and cannot be removed is left, and the start goes on."""
    (tmp_path / "tasks" / "mine").mkdir(parents=True)
    services.build(settings_in(tmp_path, **WITH_TOKEN)).close()
    assert (tmp_path / "tasks" / "mine").is_dir()


def test_files_that_no_task_owns_are_removed(tmp_path: Path) -> None:
    """A start clears what an ended process left over, and touches nothing else."""
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
        settings = settings_in(tmp_path, vk_token=(Secret(token),), vk_api_url=demo._process.url)
        vk = TokenVk(settings, Cache(), TokenFile(tmp_path / "secrets"))
        said = vk.problem()
        assert (said is None) is is_well
        assert token not in str(said or "")
        vk.close()
    demo.close()


def test_a_check_that_a_captcha_ended_is_made_up_for(tmp_path: Path, vk: Vk) -> None:
    """Held, a token is left in peace; free again, it is asked about anew and no old problem is shown."""
    settings = settings_in(tmp_path, vk_token=(Secret(TOKENS.USER),), vk_api_url=vk.url)
    made = TokenVk(settings, Cache(), TokenFile(tmp_path / "secrets"))
    vk.change({"captcha": True})
    made._checking(None).join(30)
    vk.change({"captcha": False})
    assert (made.tokens()[0].state.kind, made.check_again()) == ("unknown", [])
    made.api().release()
    for check in made.check_again():
        check.join(30)
    state = made.tokens()[0].state
    assert (state.kind, state.problem, made.check_again()) == ("user", None, [])
    made.close()


def test_a_ticket_ends_after_a_minute() -> None:
    """A ticket that nobody used in time opens nothing."""
    moments = [0.0]
    tickets = Tickets(Cache(clock=lambda: moments[0]))
    kept, late = tickets.issue("/api/v1/export.csv"), tickets.issue("/api/v1/export.csv")
    assert tickets.redeem(kept, "/api/v1/export.csv")
    moments[0] += TICKET_S + 1
    assert not tickets.redeem(late, "/api/v1/export.csv")
