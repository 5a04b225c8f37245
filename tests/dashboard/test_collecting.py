"""What the Collect page says about pasted links and finished tasks."""

from typing import Any

import pytest

from core.links import recognise
from core.tasks.records import Task, TaskKind, TaskState
from dashboard.components.outcome import imported, lacks_only_closed, way_on
from dashboard.components.pasting import in_demo
from tests.builders import at


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://vk.com/wall-900000001_5210417", True),
        ("https://vk.com/gorod_lipovsk", True),
        ("https://vk.com/wall-22822305_1286374", False),
        ("https://vk.com/durov", False),
    ],
)
def test_a_link_into_the_demo_is_told_from_one_to_the_real_vk(link: str, expected: bool) -> None:
    """Without a token only the synthetic communities can be reached, which is said before the start."""
    (target,) = recognise(link).targets
    assert in_demo(target) is expected


def test_a_second_import_of_a_file_is_not_called_an_import() -> None:
    """Where nothing was added, only that it was here already is said."""
    again = {"rows": 9, "written": 0, "notes": [{"code": "already_here", "count": 9}]}
    (told,) = imported(again, "en")
    assert told.startswith("9 rows are here")
    assert imported({"rows": 9, "written": 9}, "ru") == ["Загружено: 9\u00a0строк."]


@pytest.mark.parametrize(
    ("state", "sources", "expected"),
    [
        ("succeeded", ["complete"], ""),
        ("partial", ["complete", "partial"], "task.fetch_missing"),
        ("partial", ["complete", "refused"], "task.retry"),
        ("partial", ["complete", "closed"], ""),
        ("failed", [], "task.retry"),
        ("cancelled", ["partial"], "task.go_on"),
        ("interrupted", [], "task.go_on"),
    ],
)
def test_the_way_on_is_called_by_what_it_does(state: str, sources: list[str], expected: str) -> None:
    """What is missing is fetched, what stopped goes on, a refusal is tried again; closed stays closed."""
    result = {"sources": [{"state": each} for each in sources]}
    task = Task("1", TaskKind.COLLECT, {}, at(), state=TaskState(state), result=result)
    assert way_on(task) == expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"sources": [{"state": "complete"}, {"state": "closed"}]}, True),
        ({"sources": [{"state": "refused"}, {"state": "closed"}]}, False),
        ({"sources": [{"state": "closed"}], "refused_targets": [{"input": "vk.com/a"}]}, False),
        ({"sources": []}, False),
        (None, False),
    ],
)
def test_closed_comments_are_no_unfinished_work(result: Any, expected: bool) -> None:
    """A wall with a closed post is told from one where something can still be fetched."""
    task = Task("1", TaskKind.COLLECT, {}, at(), state=TaskState.PARTIAL, result=result)
    assert lacks_only_closed(task) is expected
