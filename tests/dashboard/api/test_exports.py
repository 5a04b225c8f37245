"""Downloads: exactly the rows of the query, under a good name, leaving nothing behind."""

from __future__ import annotations

import io
import json

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from core.storage.columns import COLUMNS
from dashboard.services import Services


def test_csv_is_exact_and_in_order(client: TestClient) -> None:
    """The data dialect has the contract's columns and the query's rows, untouched."""
    answer = client.get("/export.csv?sort=-date&state=live")
    lines = answer.text.splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert [line.split(",")[0] for line in lines[1:]] == ["wall:-1_2:3", "wall:-1_2:2", "wall:-1_2:1"]
    assert ",=1+1," in lines[1]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_the_excel_dialect_guards_formulas(client: TestClient) -> None:
    """The excel dialect has a BOM, semicolons and an apostrophe before what Excel would calculate."""
    content = client.get("/export.csv?dialect=excel&headers=ru").content
    assert content.startswith(b"\xef\xbb\xbf")
    assert ";'=1+1;" in content.decode("utf-8-sig")


def test_jsonl_parquet_and_xlsx_hold_the_same_rows(client: TestClient) -> None:
    """Every format has the same keys in the same order."""
    wanted = [row["comment_key"] for row in client.get("/comments?sort=-likes").json()["items"]]
    lines = client.get("/export.jsonl?sort=-likes").text.splitlines()
    table = pq.read_table(io.BytesIO(client.get("/export.parquet?sort=-likes").content))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/export.xlsx?sort=-likes").content)).worksheets[0]
    assert [json.loads(line)["comment_key"] for line in lines] == wanted
    assert table["comment_key"].to_pylist() == wanted
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == wanted


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet", "xlsx"])
def test_a_download_has_a_name_and_leaves_no_file(client: TestClient, built: Services, suffix: str) -> None:
    """The browser is told a name with the source and the day; temporary files are gone after."""
    before = set(built.folder.iterdir())
    header = client.get(f"/export.{suffix}?source=wall:-1_2").headers["content-disposition"]
    assert header.startswith('attachment; filename="vk-wall_-1_2-20')
    assert f".{suffix}" in header
    assert set(built.folder.iterdir()) == before


def test_a_bad_option_is_refused_before_the_first_byte(client: TestClient) -> None:
    """A wrong dialect, query or regular expression is a problem, not half a file."""
    for query in ("dialect=latex", "hour=99", "regex=("):
        assert client.get(f"/export.csv?{query}").status_code == 422


@pytest.mark.parametrize(
    ("name", "kind"), [("graphml", "application/graphml+xml"), ("gexf", "application/gexf+xml")]
)
def test_the_reply_network_is_a_file_like_any_other(client: TestClient, name: str, kind: str) -> None:
    """Who answers whom in the query streams under a good name, and networkx opens it."""
    answer = client.get(f"/export.{name}?source=wall:-1_2")
    read = nx.read_graphml if name == "graphml" else nx.read_gexf
    graph = read(io.BytesIO(answer.content))
    rows = client.get("/comments?source=wall:-1_2").json()["items"]
    assert answer.headers["content-type"] == kind
    assert f".{name}" in answer.headers["content-disposition"]
    assert graph.is_directed()
    assert graph.number_of_edges() <= len([row for row in rows if row["parent_id"]])
    assert client.get(f"/export.{name}?hour=99").status_code == 422
