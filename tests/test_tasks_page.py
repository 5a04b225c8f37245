"""The page of tasks through the real app: every state, the buttons, the filters, the log, long lists."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from core.errors import TaskError, TaskPaused
from core.log import bound_contextvars, logger
from core.models import Pause, PauseReason, Progress
from core.tasks.pool import TaskPool
from core.tasks.records import Task, TaskKind, TaskState
from core.tasks.running import Job, Outcome, TaskContext
from core.trail import KEPT
from dashboard import services
from dashboard.components import queue_rows

pytestmark = pytest.mark.slow

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
LIMIT_S = 30
HOSTILE = "<b>x</b> *y* <script>z</script>"


class Stage:
    """Jobs that do as their parameters say, so that a test has tasks in every state."""

    def __init__(self, folder: Path) -> None:
        self.go_on = threading.Event()
        self.folder = folder
        self.pool = TaskPool(
            {
                TaskKind.COLLECT: Job(self._work),
                TaskKind.EXPORT: Job(self._work, timeout_s=600),
            },
            workers=2,
        )

    def submit(self, kind: str, until: TaskState | None = None, **params: Any) -> Task:
        """Start a task and wait until it stands as it should."""
        task = self.pool.submit(kind, params).task
        if until is not None:
            task = self.pool.wait(task.id, LIMIT_S)
            assert task.state is until
        return task

    def running(self, number: int, **params: Any) -> list[Task]:
        """Start tasks that run until they are told to go on."""
        began = threading.Barrier(number + 1)
        self.began: Callable[[], object] = lambda: began.wait(LIMIT_S)
        tasks = [self.submit("collect", do="wait", n=n, **params) for n in range(number)]
        self.began()
        return tasks

    def _work(self, context: TaskContext, params: Mapping[str, Any]) -> Outcome:
        logger("test").info("it said", what=HOSTILE)
        do = params.get("do", "")
        if do == "fail":
            raise TaskError("Tasks of the kind '{kind}' are not built yet.", kind="*x*")
        if do == "pause":
            pause = Pause(PauseReason.VALIDATION, link="https://vk.com/confirm")
            raise TaskPaused("VK wants a confirmation.", pause=pause)
        if do == "wait":
            context.report(Progress(done=3, total=10, eta_s=(10, 20), note="collect.comments"))
            self.began()
            while not (context.cancel.is_set() or self.go_on.is_set()):
                context.cancel.wait(0.02)
        if do == "file":
            path = self.folder / "made.csv"
            path.write_text("a,b\n", encoding="utf-8")
            return Outcome({"rows": 1}, file=path, file_name="made.csv")
        return Outcome({"rows": 2})


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Stage]:
    """Give the app a pool of obedient jobs, in a database of its own, with a token so that no demo starts."""
    monkeypatch.setenv("VK_TOKEN", "token-for-tests")
    monkeypatch.setenv("VK_API_URL", "http://127.0.0.1:9/method/")
    services.current.clear()
    st.cache_data.clear()
    made = Stage(tmp_path)
    services.current().tasks.close()
    services.current().tasks = made.pool
    yield made
    made.go_on.set()
    services.current.clear()
    st.cache_data.clear()


def _open(ui: str = "en", **params: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=LIMIT_S)
    for key, value in {"ui": ui, **params}.items():
        app.query_params[key] = value
    app.run()
    app.switch_page("../pages/tasks.py").run()
    assert not app.exception
    assert not app.error
    return app


def _text(app: AppTest) -> str:
    drawn = (*app.markdown, *app.caption, *app.header, *app.info)
    return "\n".join(str(each.value) for each in drawn)


def _log(app: AppTest) -> str:
    return "".join(str(each.proto.body) for each in app.get("html"))


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize(("ui", "said"), [("en", "Nothing has run yet"), ("ru", "Задач ещё не было")])
def test_an_empty_page_says_what_to_do(ui: str, said: str) -> None:
    """Before anything has run, the page leads to where work is started."""
    app = _open(ui)
    assert app.header[0].value == said
    assert not app.metric


def test_every_state_has_its_place(stage: Stage) -> None:
    """Workers, running, waiting, paused and ended tasks are all shown, with what each waits for."""
    stage.submit("export", TaskState.SUCCEEDED, do="file")
    stage.submit("collect", TaskState.FAILED, do="fail")
    stage.submit("collect", TaskState.PAUSED, do="pause")
    stage.running(2)
    stage.submit("collect", do="wait", n=9)
    app = _open()
    assert [each.value for each in app.metric] == ["2 of 2", "1", "1", "2"]
    assert [each.value for each in app.header] == ["Running · 2", "Paused · 1", "Queue · 1", "History · 2"]
    drawn = _text(app)
    assert "no. 1 in the queue · waits for a free worker" in drawn
    assert "VK wants the owner of the token to confirm it." in drawn
    assert "Tasks of the kind" in drawn
    assert "1\u00a0row" in drawn


def test_a_cancelled_task_has_ended_when_the_page_is_drawn(stage: Stage) -> None:
    """Cancel ends a running task before the answer is drawn; what waited behind it begins."""
    first, _ = stage.running(2)
    app = _open()
    app.button(f"job.cancel.{first.id}").click().run()
    assert stage.pool.get(first.id).state is TaskState.CANCELLED
    assert "cancelled" in _text(app)
    assert app.button(f"job.again.{first.id}").label == "Go on"


def test_cancelling_what_has_ended_meanwhile_shows_its_end(stage: Stage) -> None:
    """A button that comes too late does no harm, whatever it was."""
    first, second = stage.running(2)
    app = _open()
    stage.go_on.set()
    for task in (first, second):
        stage.pool.wait(task.id, LIMIT_S)
    app.button(f"job.cancel.{first.id}").click().run()
    assert "complete" in _text(app)
    assert not app.error


def test_a_failed_task_is_started_again(stage: Stage) -> None:
    """Retry begins the next attempt of the same task; a second click finds it under way."""
    failed = stage.submit("collect", TaskState.FAILED, do="fail")
    app = _open()
    button = app.button(f"job.again.{failed.id}")
    button.click().run()
    again = stage.pool.wait(failed.id, LIMIT_S)
    assert again.attempt == 2
    app.run()
    assert "attempt 2" in _text(app)
    queue_rows._retry("nosuchtask")


def test_the_open_task_stands_in_the_address_with_its_log(stage: Stage) -> None:
    """Details show the log in words, markup in it as text; the link opens the same again, and it closes."""
    task = stage.submit("export", TaskState.SUCCEEDED, do="file")
    with bound_contextvars(task=task.id):
        logger("test").warning("beware", number=7)
        try:
            raise ValueError(HOSTILE)
        except ValueError:
            logger("test").exception("it broke")
    app = _open()
    app.button(f"job.open.{task.id}").click().run()
    assert app.query_params["sel.task"] in (task.id, [task.id])
    log = _log(app)
    assert "Started, attempt 1" in log
    assert "number=7" in log
    assert 'class="tl-warning"' in log
    assert "<pre>Traceback" in log
    assert "<script>" not in log
    assert "time limit 10" in _text(app)
    linked = _open("ru", **{"sel.task": task.id})
    assert "Начато, попытка 1" in _log(linked)
    linked.button(f"job.open.{task.id}").click().run()
    assert "Начато" not in _log(linked)


def test_a_task_without_lines_says_so(stage: Stage) -> None:
    """A task that waits has said nothing yet."""
    stage.running(2)
    waiting = stage.submit("collect", do="wait", n=9)
    app = _open(**{"sel.task": waiting.id})
    assert "Nothing was logged yet." in _text(app)


def test_a_failed_task_tells_its_remedy_in_the_readers_language(stage: Stage) -> None:
    """The open task says once what happened and what to do."""
    failed = stage.submit("collect", TaskState.FAILED, do="fail")
    app = _open("ru", **{"sel.task": failed.id})
    assert _text(app).count(":material/error:") == 1
    assert "are not built" not in _text(app)


def test_filters_choose_by_state_and_kind(stage: Stage) -> None:
    """Only what is asked for is shown; where nothing is like that, one click shows everything again."""
    stage.submit("export", TaskState.SUCCEEDED)
    failed = stage.submit("collect", TaskState.FAILED, do="fail")
    app = _open()
    app.selectbox("queue.filter.kind").select("collect").run()
    assert [each.value for each in app.header] == ["History · 1"]
    app.selectbox("queue.filter.state").select("succeeded").run()
    assert "No task is like that." in _text(app)
    app.button("queue.everything").click().run()
    assert [each.value for each in app.header] == ["History · 2"]
    hidden = _open(**{"sel.task": failed.id})
    hidden.selectbox("queue.filter.kind").select("export").run()
    assert "The task of this link" in [each.value for each in hidden.header]


def test_the_filters_stand_in_the_address(stage: Stage) -> None:
    """A link to failed collections shows those alone, nonsense in it is named; a choice changes it."""
    stage.submit("export", TaskState.SUCCEEDED)
    stage.submit("collect", TaskState.FAILED, do="fail")
    app = _open(**{"sel.state": "failed", "sel.kind": "collect"})
    assert [each.value for each in app.header] == ["History · 1"]
    assert app.selectbox("queue.filter.state").value == "failed"
    app.selectbox("queue.filter.state").select("").run()
    assert "sel.state" not in app.query_params
    assert app.query_params["sel.kind"] in ("collect", ["collect"])
    assert [each.value for each in _open(**{"sel.kind": "digest"}).header] == []
    odd = _open(**{"sel.state": "sleepy"})
    assert [each.value for each in odd.header] == ["History · 2"]
    assert "sleepy" in odd.warning[0].value


def test_a_task_that_a_link_brings_stands_on_top(stage: Stage) -> None:
    """Who follows a link sees its task first; who opens one in a list finds it where it was."""
    old = stage.submit("export", TaskState.SUCCEEDED, n=1)
    stage.submit("export", TaskState.SUCCEEDED, n=2)
    brought = _open(**{"sel.task": old.id})
    assert [each.value for each in brought.header] == ["The task of this link", "History · 1"]
    assert next(str(each.key) for each in brought.button if "job.open" in str(each.key)).endswith(old.id)
    brought.button(f"job.open.{old.id}").click().run()
    assert [each.value for each in brought.header] == ["History · 2"]
    brought.button(f"job.open.{old.id}").click().run()
    assert [each.value for each in brought.header] == ["History · 2"]
    assert brought.button(f"job.open.{old.id}").label == "Hide"


def test_a_link_to_a_forgotten_task_says_so(stage: Stage) -> None:
    """A task that is gone is not an empty page."""
    stage.submit("export", TaskState.SUCCEEDED)
    assert "is not known" in _text(_open(**{"sel.task": "0" * 32}))


def test_a_long_history_comes_in_parts(stage: Stage) -> None:
    """Of many tasks the first are drawn, the others on demand, so that the page stays quick."""
    for n in range(25):
        stage.submit("export", TaskState.SUCCEEDED, n=n)
    app = _open()
    assert len([each for each in app.button if str(each.key).startswith("job.open.")]) == 20
    assert app.button("queue.more.ended").label == "Show 5 more"
    app.button("queue.more.ended").click().run()
    assert len([each for each in app.button if str(each.key).startswith("job.open.")]) == 25


def test_the_result_is_a_link_with_a_pass_where_a_key_is_set(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is downloaded from the API, below the base path, and with a one-time pass behind a key."""
    task = stage.submit("export", TaskState.SUCCEEDED, do="file")
    plain = stage.submit("export", TaskState.SUCCEEDED)
    path = f"/api/v1/tasks/{task.id}/result"
    assert queue_rows.address(task.id) == path
    links = [each.proto.url for each in _open(**{"sel.task": task.id}).get("link_button")]
    assert links == [path]
    opened = _open(**{"sel.task": plain.id}).get("link_button")
    assert opened[0].proto.label == "Open the result"
    monkeypatch.setenv("API_KEY", "a-key-for-tests-0815")
    services.current.clear()
    config.set_option("server.baseUrlPath", "base")
    try:
        address = queue_rows.address(task.id)
    finally:
        config.set_option("server.baseUrlPath", "")
    assert address.startswith(f"/base{path}?ticket=")


def test_the_page_asks_more_often_once_something_runs(stage: Stage) -> None:
    """When work begins or ends between two looks, the whole page runs again and settles its pace."""

    def script() -> None:
        import streamlit as st

        from dashboard import state
        from dashboard.components import queue

        state.begin()
        is_first = "seen" not in st.session_state
        st.session_state["seen"] = True
        st.text("first" if is_first else "again")
        queue._live("en", was_busy=is_first)

    stage.submit("export", TaskState.SUCCEEDED)
    app = AppTest.from_function(script, default_timeout=LIMIT_S).run()
    assert [each.value for each in app.text] == ["again"]


def test_the_log_shows_as_many_lines_as_are_kept(stage: Stage) -> None:
    """A talkative task shows its last lines only, the newest first."""
    task = stage.submit("export", TaskState.SUCCEEDED)
    for number in range(KEPT + 5):
        with bound_contextvars(task=task.id):
            logger("test").info("line", number=number)
    log = _log(_open(**{"sel.task": task.id}))
    assert log.count("<li>") == KEPT
    assert log.index(f"number={KEPT + 4}") < log.index("number=10")
    assert "number=4<" not in log
