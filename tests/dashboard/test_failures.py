"""Errors as sentences: the page's boundary, and the same fault on the page, in the API and of a task."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core import log
from core.errors import Busy, ImportRefused, QueryError, StorageError, VkHumanNeeded
from core.query import parse_query
from core.storage import reads
from core.storage.store import Store
from core.tasks.pool import TaskPool
from core.tasks.records import TaskKind
from core.tasks.running import Job, Outcome, TaskContext
from core.wording import LANGS, Lang
from core.wording.faults import told
from dashboard import services
from dashboard.api import problems
from dashboard.failures import explain
from dashboard.services import Services
from dashboard.workspaces import now

HOLDING = (
    "import duckdb, sys; base = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
)
ENDLESS = "select count(*) from range(3000000) a, range(3000000) b where a.range + b.range = 7"


PAGE = """
import streamlit as st
from dashboard.failures import shown

with shown(st.session_state["lang"]):
    st.session_state["provoke"]()
"""

Provoke = Callable[[], object]


def shown_on_page(provoke: Provoke, lang: Lang) -> AppTest:
    """Run a page that fails."""
    app = AppTest.from_string(PAGE, default_timeout=60)
    app.session_state["lang"] = lang
    app.session_state["provoke"] = provoke
    return app.run()


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Give the services that every page of the test finds."""
    monkeypatch.setenv("VK_TOKEN", "t" * 20)
    monkeypatch.setenv("VK_API_URL", "http://127.0.0.1:9/")
    services.current.clear()
    yield services.current()
    services.current.clear()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Let another process hold a database."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline()
        yield
        assert holder.stdin is not None
        holder.stdin.close()


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """Give a database that another process holds."""
    path = tmp_path / "locked.duckdb"
    with held(path):
        yield path


@pytest.fixture
def faults(built: Services, locked: Path) -> dict[str, Provoke]:
    """Give ways to provoke faults for real, by name."""
    own = built.workspace("own").store

    def timed_out() -> None:
        with own.reading(timeout_s=0.05) as reader:
            reader.execute(ENDLESS)

    return {
        "a query that ran past its limit": timed_out,
        "an unknown source": partial(reads.source, own, "wall:-9_9"),
        "a locked database": partial(Store.open, f"duckdb:///{locked.as_posix()}", clock=now),
        "a bad filter": partial(parse_query, {"hour": ["25"]}),
    }


def of_api(provoke: Provoke, built: Services, lang: Lang) -> tuple[str, str]:
    """Return what the API says of a fault: the whole, and the hint alone."""
    app = FastAPI()
    app.state.services = lambda: built
    problems.install(app)

    @app.get("/")
    def fails() -> None:
        provoke()

    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    answer = client.get("/", headers={"Accept-Language": lang}).json()
    return answer["detail"], answer["hint"]


def of_task(provoke: Provoke, lang: Lang) -> tuple[str, str]:
    """Return what a task says that failed by a fault."""

    def work(_context: TaskContext, _params: Mapping[str, Any]) -> Outcome:
        provoke()
        return Outcome()

    pool = TaskPool({TaskKind.EXPORT: Job(work)}, workers=1)
    try:
        task = pool.wait(pool.submit("export", {}).task.id, 60)
    finally:
        pool.close()
    assert task.fault is not None
    said = told(task.fault, lang)
    return str(said), said.remedy


@pytest.mark.parametrize(
    "name",
    [
        "a query that ran past its limit",
        pytest.param("an unknown source", marks=pytest.mark.slow),
        pytest.param("a locked database", marks=pytest.mark.slow),
        "a bad filter",
    ],
)
def test_the_same_fault_reads_the_same_everywhere(
    name: str, faults: dict[str, Provoke], built: Services
) -> None:
    """API, page and worker say one sentence and one remedy of a fault, in either language."""
    provoke = faults[name]
    sentences = set()
    for lang in LANGS:
        whole, remedy = of_api(provoke, built, lang)
        assert of_task(provoke, lang) == (whole, remedy)
        (error,) = shown_on_page(provoke, lang).error
        assert plain(error.value) == whole
        sentences.add(whole)
    assert len(sentences) == len(LANGS)


def plain(markdown: str) -> str:
    """Return what a reader sees of the markdown of a failure."""
    return markdown.replace("**", "").replace("\\", "")


@pytest.mark.usefixtures("built")
def test_what_failed_can_be_tried_again_by_a_click() -> None:
    """The button runs the page once more; where only another question helps there is none."""
    tried = []

    def fail() -> None:
        tried.append(1)
        if len(tried) == 1:
            raise Busy("The database is busy.")

    app = shown_on_page(fail, "en")
    (again,) = app.button
    assert again.label == "Try again"
    again.click().run()
    assert (len(tried), len(app.error)) == (2, 0)

    def ask_wrongly() -> None:
        raise QueryError("The search text is empty.")

    app = shown_on_page(ask_wrongly, "en")
    assert (len(app.error), len(app.button)) == (1, 0)


def test_a_failure_is_kept_for_the_system_page(built: Services) -> None:
    """What the product failed at can be looked up later; what was asked wrongly is no incident."""

    def broken() -> None:
        raise StorageError("The database is closed.")

    def asked_wrongly() -> None:
        raise QueryError("The filter '{key}' cannot be '{value}'.", key="hour", value="25")

    shown_on_page(asked_wrongly, "en")
    shown_on_page(broken, "en")
    assert [(each.where, type(each.error)) for each in built.incidents.last()] == [("page", StorageError)]


def test_a_defect_shows_the_mark_it_has_in_the_log(built: Services) -> None:
    """The reader gets a mark and nothing of the error; its line in the log and the incident have it too."""
    lines = io.StringIO()
    log.configure("json", "INFO", stream=lines)

    def broken() -> None:
        raise ZeroDivisionError("secret path")

    (error,) = shown_on_page(broken, "ru").error
    (incident,) = built.incidents.last()
    assert incident.ids["reference"] in error.value
    assert "secret" not in error.value
    found = [line for line in lines.getvalue().splitlines() if incident.ids["reference"] in line]
    assert [json.loads(line)["event"] for line in found if "ZeroDivisionError" in line] == ["page failed"]


def test_a_page_says_why_there_are_no_services(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the services themselves failed, the page still says so, though nothing can be kept."""
    url = f"duckdb:///{locked.as_posix()}"
    monkeypatch.setenv("DATABASE_URL", url)
    services.current.clear()
    (error,) = shown_on_page(services.current, "ru").error
    with pytest.raises(StorageError) as refused:
        Store.open(url, clock=now)
    assert plain(error.value) == str(told(refused.value, "ru"))


def test_what_kept_services_from_being_built_is_shown_once_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A System page that came up late says what it waited for; noting a failure is no further attempt."""
    path = tmp_path / "held.duckdb"
    monkeypatch.setenv("DATABASE_URL", f"duckdb:///{path.as_posix()}")
    services.current.clear()
    with held(path):
        for _ in range(2):
            assert shown_on_page(services.current, "en").error
    late = [each for each in services.current().incidents.last() if str(path) in str(each.error)]
    services.current.clear()
    assert [(each.where, each.times) for each in late] == [("start", 2)]


def test_a_page_that_fails_where_no_services_can_be_built_says_why(
    locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The boundary holds also where the failure cannot be noted."""

    def broken() -> None:
        raise StorageError("Refused.", hint="Start the program again.")

    monkeypatch.setenv("DATABASE_URL", f"duckdb:///{locked.as_posix()}")
    services.current.clear()
    (error,) = shown_on_page(broken, "en").error
    assert plain(error.value) == "Refused. Start the program again."


def test_a_check_of_vk_leads_to_it(built: Services) -> None:
    """Only a person can pass a captcha, so the page leads there."""
    error = VkHumanNeeded("VK asks for a captcha.", link="https://vk.com/c")
    assert explain(error, "ru").detail == "https://vk.com/c"

    def asked() -> None:
        raise VkHumanNeeded("VK asks for a captcha.", link="https://vk.com/c")

    assert [each.value for each in shown_on_page(asked, "ru").text] == ["https://vk.com/c"]
    assert built.incidents.last()


def test_a_stranger_s_text_is_no_markup() -> None:
    """The name of a column is shown letter by letter, alone or in a list."""
    refused = ImportRefused(
        "The file has no column '{column}'.",
        hint="It has: {columns}.",
        column="*a*",
        columns=("[x](y)", 1),
    )
    assert explain(refused, "en").what == r"The file has no column '\*a\*'."
    assert explain(refused, "ru").remedy == r"В нём есть: \[x\]\(y\), 1."


def test_the_fault_of_a_task_is_explained_as_well() -> None:
    """A fault that is no exception needs no more than a code, templates and values."""
    fault = SimpleNamespace(code="storage", template="The file is empty.", hint_template="", params={})
    assert explain(fault, "ru").what == "Файл пуст."
    assert explain(fault, "ru").remedy.startswith("Проверьте")
