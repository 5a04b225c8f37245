"""For thirty queries the table, the charts, the figures, every file and the API hold the same comments."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from core.models import CommentState
from core.query import Query
from dashboard import data, services
from dashboard.components.exporting import File, written
from tests.core.enriched import read_texts
from tests.core.storage import world
from tests.dashboard.api.conftest import client_of
from tests.own_data import own_data

pytestmark = pytest.mark.slow

QUERIES = (
    Query(),
    Query(sort="-date"),
    Query(sort="-likes"),
    Query(sort="-replies"),
    Query(source=(world.KEYS[0],)),
    Query(source=world.KEYS[1:3], sort="likes"),
    Query(kind=("wall",)),
    Query(kind=("topic", "video"), sort="-date"),
    Query(since=date(2026, 3, 2)),
    Query(until=date(2026, 3, 8), sort="-likes"),
    Query(since=date(2026, 3, 8), until=date(2026, 3, 8), tz="America/New_York"),
    Query(since=date(2026, 10, 31), until=date(2026, 11, 2), tz="America/New_York", sort="-date"),
    Query(author=(1,)),
    Query(author=(2, -4), sort="-replies"),
    Query(level="root"),
    Query(level="reply", sort="-likes"),
    Query(text="кот"),
    Query(text='"красный кот"'),
    Query(text="кот -красный"),
    Query(text="кот OR привет"),
    Query(text="елк*"),
    Query(lemma="кот", sort="-date"),
    Query(regex="к[ор]"),
    Query(likes_min=2),
    Query(has_attachments=True),
    Query(has_attachments=False, sort="-likes"),
    Query(state=(CommentState.DELETED,)),
    Query(hour=(9, 10, 15), weekday=(1, 7), tz="Asia/Kolkata"),
    Query(sentiment=("positive", "neutral"), level="root"),
    Query(source=(world.KEYS[0],), text="кот", likes_min=1, level="root", tz="Asia/Omsk", sort="-likes"),
)
ROWS = 40
FORMS = ("csv", "jsonl", "parquet", "xlsx")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Fill the database that the page and the API share, and give a client of the API."""
    with own_data() as store:
        world.fill(store, folded=True)
        read_texts(store)
        yield client_of(services.current())


def through_the_api(client: TestClient, asked: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return all rows of a query, page after page."""
    rows: list[dict[str, Any]] = []
    cursor: list[tuple[str, str]] = []
    while True:
        answer = client.get("/comments", params=[*asked, ("limit", str(ROWS)), *cursor])
        assert answer.status_code == 200, answer.json()
        rows += answer.json()["items"]
        if answer.json()["next"] is None:
            return rows
        cursor = [("cursor", answer.json()["next"])]


def in_the_table(query: Query, total: int) -> list[str]:
    """Return the keys of all pages of the table."""
    pages = [data.window(query, start, ROWS) for start in range(0, total, ROWS)]
    return [key for page in pages for key in page["comment_key"].to_pylist()]


def in_files(query: Query) -> dict[str, list[str]]:
    """Return the keys in each file of a query, read by libraries of others."""
    files = {form: io.BytesIO(written("own", query, File(form, "data", "en"))) for form in FORMS}
    head, *rest = openpyxl.load_workbook(files["xlsx"]).worksheets[0].iter_rows(values_only=True)
    return {
        "csv": pd.read_csv(files["csv"])["comment_key"].tolist(),
        "jsonl": [json.loads(line)["comment_key"] for line in files["jsonl"]],
        "parquet": pq.read_table(files["parquet"])["comment_key"].to_pylist(),
        "xlsx": [str(row[head.index("comment_key")]) for row in rest],
    }


@pytest.mark.parametrize(
    "query", QUERIES, ids=lambda query: "&".join("=".join(pair) for pair in query.params())
)
def test_a_query_is_the_same_everywhere(client: TestClient, query: Query) -> None:
    """Equal ids in equal order from table, files and API; equal figures from tiles, charts and analyses."""
    asked = [*query.params()]
    rows = through_the_api(client, asked)
    keys = [row["comment_key"] for row in rows]
    figures = data.figures(query)
    assert keys
    assert in_the_table(query, figures.comments) == keys
    assert in_files(query) == dict.fromkeys(FORMS, keys)

    dated = [row for row in rows if row["published_at"] is not None]
    assert figures.comments == data.totals(query).comments == len(rows)
    assert figures.replies == sum(row["root_id"] is not None for row in rows)
    assert figures.likes == sum(row["likes"] or 0 for row in rows)
    assert figures.authors == len({row["author_id"] for row in rows} - {None})
    assert int(data.per_period(query, "day")["comments"].sum()) == len(dated)
    assert int(data.per_hour_weekday(query)["comments"].sum()) == len(dated)
    assert int(data.top_sources(query, 100)["comments"].sum()) == len(rows)
    assert int(data.likes(query)["comments"].sum()) == sum(row["likes"] is not None for row in rows)
    answers = {name: client.get(f"/analyses/{name}", params=asked).json() for name in ("sources", "likes")}
    assert {name: answer["n"] for name, answer in answers.items()} == dict.fromkeys(answers, len(rows))
    assert sum(row["comments"] for row in answers["sources"]["rows"]) == len(rows)


def test_thirty_different_queries_are_asked() -> None:
    """There are thirty of them, no two alike."""
    assert len({tuple(query.params()) for query in QUERIES}) == len(QUERIES) == 30
