"""What changed and what a comment said before, over HTTP from a real store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from core.balances import SourceBalance
from core.models import SourceState
from core.storage import writes
from core.storage.columns import COLUMNS
from core.templates import Reason
from dashboard.services import Services
from tests import builders
from tests.dashboard.api.conftest import client_of

KEY = "wall:-7_7"


@pytest.fixture(scope="module")
def version(built: Services) -> Iterator[int]:
    """Give the dataset version between two readings of a post: one edit, two deletions, one new comment."""
    demo = built.workspace("demo").store
    writes.write_sources(demo, "first", [builders.source(KEY)], builders.at())
    first = (
        builders.comment(1, "Было", source=KEY),
        builders.comment(2, "Исчезнет", source=KEY),
        builders.comment(3, "Станет надгробием", source=KEY),
    )
    writes.write_pages(demo, "first", [builders.page(*first)], builders.at(1))
    between = demo.version()
    second = (
        builders.comment(1, "Стало", source=KEY, likes=5),
        builders.tombstone(3, source=KEY),
        builders.comment(4, "Новый", source=KEY),
    )
    writes.write_pages(demo, "second", [builders.page(*second)], builders.at(5))
    writes.write_absent(demo, "second", [(builders.ref(KEY), None)], builders.at(5))
    yield between
    writes.delete_source(demo, KEY)


def asked(client: TestClient, **params: Any) -> dict[str, Any]:
    """Ask for the changes of the post."""
    answer = client.get("/changes", params={"source": KEY, **params})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_changes_since_a_version(client: TestClient, version: int) -> None:
    """Each change has its kind, its evidence, the text before and the comment in the contract's columns."""
    body = asked(client, since=version)
    found = {each["comment"]["comment_id"]: each for each in body["items"]}
    assert {number: each["change"] for number, each in found.items()} == {
        1: "edited",
        2: "deleted",
        3: "deleted",
        4: "new",
    }
    assert (found[1]["text_before"], found[1]["comment"]["text"]) == ("Было", "Стало")
    assert [found[number]["evidence"] for number in (1, 2, 3, 4)] == ["", "absent", "tombstone", ""]
    assert found[1]["changed_at"] == "2026-03-02T17:00:00Z"
    assert tuple(found[1]["comment"]) == COLUMNS
    assert asked(client, since=body["version"])["items"] == []


@pytest.mark.parametrize(
    ("since", "changes"),
    [
        ("2026-03-02T14:00:00Z", 4),
        ("2026-03-02T17:00:00+03:00", 4),
        ("2026-03-02T17:00:00", 4),
        ("2026-03-02", 7),
        ("2026-03-03", 0),
    ],
)
def test_changes_since_a_moment(client: TestClient, version: int, since: str, changes: int) -> None:
    """An instant, one without a zone (in `tz`), and a day that begins in `tz`."""
    assert version
    assert len(asked(client, since=since)["items"]) == changes


def test_changes_come_in_pages_and_by_kind(client: TestClient, version: int) -> None:
    """Following `next` gives each change once; `change` keeps some kinds; the filters of a query hold."""
    seen: list[int] = []
    cursor: str | None = None
    while True:
        params: dict[str, Any] = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        body = asked(client, since=version, **params)
        seen += [each["comment"]["comment_id"] for each in body["items"]]
        cursor = body["next"]
        if cursor is None:
            break
    assert sorted(seen) == [1, 2, 3, 4]
    kinds = [each["change"] for each in asked(client, since=version, change=["new", "edited"])["items"]]
    assert sorted(kinds) == ["edited", "new"]
    assert len(asked(client, since=version, state="deleted")["items"]) == 2


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({}, "since"),
        ({"since": "yesterday"}, "since"),
        ({"since": "-1"}, "since"),
        ({"since": "2026-13-01"}, "since"),
        ({"since": "9" * 30}, "since"),
        ({"since": "1", "change": "vanished"}, "change"),
        ({"since": "1", "colour": "red"}, "colour"),
        ({"since": "1", "cursor": "x"}, "cursor"),
        ({"since": "1", "limit": "0"}, "limit"),
    ],
)
def test_a_bad_value_is_named(client: TestClient, params: dict[str, str], named: str) -> None:
    """What cannot be meant is a 422 whose detail names the key."""
    answer = client.get("/changes", params=params)
    assert answer.status_code == 422
    assert named in answer.json()["detail"]


def test_since_is_no_filter_of_comments(client: TestClient) -> None:
    """The keys of one route are unknown to the others."""
    assert client.get("/comments?since=1").status_code == 422


def test_a_comment_keeps_every_version(client: TestClient, version: int) -> None:
    """The history is what was seen, the oldest first: texts, likes, state, evidence."""
    assert version
    edited = client.get(f"/comments/{KEY}:1/history").json()
    assert edited["next"] is None
    assert [(each["change"], each["text"], each["likes"], each["state"]) for each in edited["items"]] == [
        ("new", "Было", 1, "live"),
        ("edited", "Стало", 5, "edited"),
    ]
    gone = client.get(f"/comments/{KEY}:2/history").json()["items"]
    assert [(each["change"], each["text"], each["evidence"]) for each in gone] == [
        ("new", "Исчезнет", ""),
        ("deleted", None, "absent"),
    ]
    assert gone[1]["seen_at"] == "2026-03-02T17:00:00Z"


@pytest.mark.parametrize("key", ["wall:-7_7:99", "wall:-7_8:1", "nonsense"])
def test_an_unknown_comment_has_no_history(client: TestClient, key: str) -> None:
    """A key that is not there is a 404."""
    assert client.get(f"/comments/{key}/history").status_code == 404


def test_the_balance_of_a_source_is_in_its_health(built: Services) -> None:
    """What a source lacks is named: the thread, and the first level; with what the reading cost."""
    demo = built.workspace("demo").store
    ref = builders.ref("wall:-8_8")
    writes.write_sources(demo, "run", [builders.source(str(ref))], builders.at())
    writes.write_balances(
        demo,
        "run",
        [
            SourceBalance(
                ref, "Пост", SourceState.PARTIAL, declared=12, declared_level=5, roots=4, replies=6,
                collected=10, missing_roots=1, missing_threads=((3, 1),), reason=Reason("VK hides them."),
                calls=3, retries=1, bytes=4096,
            )
        ],
        builders.at(),
    )  # fmt: skip
    rows = client_of(built).get("/health/data?dataset=demo").json()["items"]
    row = next(each for each in rows if each["source"] == str(ref))
    assert (row["state"], row["declared"], row["missing"]) == (
        "partial",
        12,
        ["wall:-8_8:roots", "wall:-8_8:3"],
    )
    assert (row["declared_roots"], row["roots"], row["replies"], row["missing_roots"]) == (5, 4, 6, 1)
    assert (row["calls"], row["retries"], row["bytes"], row["reason"]) == (3, 1, 4096, "VK hides them.")
    writes.delete_source(demo, str(ref))
