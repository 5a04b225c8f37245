"""The collector against the synthetic VK in its own process, over real HTTP: exactly its truth."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from core.collect.balance import BalanceSheet
from core.collect.run import CollectRequest, collect
from core.collect.targets import resolve
from core.links import recognise
from core.sandbox import process
from core.sandbox.stories import COMMUNITIES, TOKENS
from core.storage.store import Store
from core.vk.api import connect
from tests.core.collect.running import now

pytestmark = pytest.mark.slow
CITY, CLOSED = COMMUNITIES[0], next(each for each in COMMUNITIES if each.access == "members")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[process.SandboxProcess]:
    """Serve a small world without a speed limit."""
    with process.start(1500, 7, rate=0) as running:
        yield running


def run(
    sandbox: process.SandboxProcess, store: Store, links: str, token: str, run_id: str = "run"
) -> BalanceSheet:
    """Collect over HTTP with one of the sandbox's tokens."""
    found = recognise(links)
    api = connect(sandbox.url, (token,), 0)
    try:
        return collect(
            CollectRequest(found.targets, found.refused, run_id=run_id),
            api,
            store,
            report=lambda progress: None,
            cancel=threading.Event(),
            clock=now,
            in_flight=4,
        )
    finally:
        api.close()


def truth(sandbox: process.SandboxProcess, source: str) -> list[int]:
    """Return the ids the sandbox has for a source; none where comments are closed."""
    answer: dict[str, Any] = httpx.get(sandbox.admin_url + "truth", params={"source": source}).json()
    return [] if answer["closed"] else list(answer["ids"])


@pytest.mark.parametrize("token", [TOKENS.USER, pytest.param(TOKENS.SERVICE, marks=pytest.mark.soak)])
def test_walls_and_boards_are_the_sandboxs_truth(sandbox: process.SandboxProcess, token: str) -> None:
    """With a user token (packed) and a service key (single calls) every source equals the server's truth."""
    store = Store.open("duckdb:///:memory:", clock=now)
    links = " ".join(f"wall{each.owner_id} board{each.owner_id}" for each in COMMUNITIES)
    sheet = run(sandbox, store, links, token)
    with store.reading() as cursor:
        rows = cursor.execute("select source, comment_id from comments_now").fetchall()
    store.close()
    stored: dict[str, list[int]] = {str(each.ref): [] for each in sheet.sources}
    for source, comment_id in rows:
        stored[source].append(comment_id)
    assert len(stored) > 50
    assert {source: sorted(ids) for source, ids in stored.items()} == {
        source: truth(sandbox, source) for source in stored
    }
    assert {each.target.owner_id for each in sheet.refused_targets} >= {CLOSED.owner_id}


def test_photos_videos_and_goods_come_with_a_user_token(sandbox: process.SandboxProcess) -> None:
    """All kinds of sources are one model; a service key may not read these and is told so."""
    links = "albums-900000003 video-900000003_456239001 product-900000002_7000001"
    store = Store.open("duckdb:///:memory:", clock=now)
    sheet = run(sandbox, store, links, TOKENS.USER)
    refused = run(sandbox, store, links, TOKENS.SERVICE, "other")
    store.close()
    assert sheet.state == "succeeded"
    assert {str(each.ref.kind) for each in sheet.sources} == {"photo", "video", "market"}
    assert all(each.collected == len(truth(sandbox, str(each.ref))) for each in sheet.sources)
    assert (refused.state, refused.error) == ("failed", "access_denied")


def test_names_become_owners_with_titles(sandbox: process.SandboxProcess) -> None:
    """Names and ids are shown as what they are called; a name nobody has is refused."""
    api = connect(sandbox.url, (TOKENS.USER,), 0)
    found = resolve(recognise(f"{CITY.screen_name}\nclub{CITY.id}\nthis_name_is_nobodys"), api)
    api.close()
    assert [(each.owner_id, each.title) for each in found.targets] == [(CITY.owner_id, CITY.name)]
    assert [str(each.reason) for each in found.refused] == ["unknown_name"]
