"""Parameters of tasks: one form for equal work, and a name for what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import QueryError, TaskError
from core.tasks.params import collect_params, export_params, import_params, query_in


def test_equal_collections_look_equal() -> None:
    """Blank links, spaces and defaults make no difference."""
    short = collect_params({"targets": [" vk.com/wall-1_2 ", ""]})
    full = collect_params(
        {"targets": ["vk.com/wall-1_2"], "refresh": "new", "posts": None, "since": None, "words": " "}
    )
    assert short == full


def test_several_thousand_links_are_one_collection() -> None:
    """Twenty thousand links of an upload are one task."""
    links = [f"vk.com/wall-1_{number}" for number in range(20_000)]
    assert collect_params({"targets": links, "words": "цена"})["targets"] == links


def test_an_exports_query_is_written_back_as_a_url_would_be() -> None:
    """Numbers, booleans and single values become the texts of a URL, and are read back to the same query."""
    params = export_params(
        {"format": "csv", "query": {"likes_min": 3, "has_attachments": True, "hour": [1, 2]}}
    )
    assert params["query"] == {"likes_min": ["3"], "has_attachments": ["true"], "hour": ["1", "2"]}
    query = query_in(params)
    assert (query.likes_min, query.has_attachments, query.hour) == (3, True, (1, 2))
    assert (params["dialect"], params["headers"]) == ("data", "en")


@pytest.mark.parametrize("upload", [None, 5, "../etc/passwd"])
def test_an_import_names_an_upload_and_no_path(upload: object) -> None:
    """What did not come by the upload route is refused with the way to go."""
    with pytest.raises(TaskError, match="POST /imports"):
        import_params({"file": "c.csv", "upload": upload})
    checked = import_params({"file": "c.csv", "upload": "abc"})
    assert checked == {"file": "c.csv", "upload": "abc", "mapping": None}


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"targets": "vk.com/wall-1_2"}, "targets"),
        ({"targets": [1]}, "targets"),
        ({"targets": ["  "]}, "targets"),
        ({"targets": ["x"] * 20_001}, "targets"),
        ({"targets": ["x" * 9_000] * 500}, "targets"),
        ({"targets": ["x"], "since": "yesterday"}, "since"),
        ({"targets": ["x"], "since": "2026-02-01", "until": "2026-01-01"}, "until"),
        ({"targets": ["x"], "posts": 0}, "posts"),
        ({"targets": ["x"], "posts": True}, "posts"),
        ({"targets": ["x"], "refresh": "never"}, "refresh"),
        ({"targets": ["x"], "words": ["a"]}, "words"),
        ({"targets": ["x"], "words": "a" * 1001}, "words"),
        ({"targets": ["x"], "words": '""'}, "words"),
        ({"targets": ["x"], "colour": 1}, "colour"),
    ],
)
def test_a_wrong_collection_is_refused_by_name(params: dict[str, Any], named: str) -> None:
    """The error names the parameter that cannot be used."""
    with pytest.raises(TaskError, match=f"'{named}'"):
        collect_params(params)


def test_a_wrong_export_is_refused_by_name() -> None:
    """A format, an option or a key of the query that does not exist is named."""
    for params, named in (({"format": "doc"}, "format"), ({"format": "csv", "dialect": "x"}, "dialect")):
        with pytest.raises(TaskError, match=f"'{named}'"):
            export_params(params)
    with pytest.raises(TaskError, match="'query'"):
        export_params({"format": "csv", "query": "hour=1"})
    with pytest.raises(QueryError, match="'colour'"):
        export_params({"format": "csv", "query": {"colour": "red"}})


@pytest.mark.parametrize("upload", ["../../etc/passwd", "a/b", "", 5])
def test_an_import_names_a_kept_file_and_never_a_path(upload: object) -> None:
    """What could lead out of the tasks' folder is refused."""
    with pytest.raises(TaskError):
        import_params({"file": "c.csv", "upload": upload})


def test_the_token_of_a_pasted_address_is_not_kept_with_the_task() -> None:
    """What is written down and answered holds stars in its place, and the link means the same."""
    params = collect_params({"targets": ["https://vk.com/wall-1_2?access_token=vk1.a.PlAnTeD-0123"]})
    assert params["targets"] == ["https://vk.com/wall-1_2?access_token=***"]
