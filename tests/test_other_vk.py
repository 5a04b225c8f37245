"""The whole product against a VK that shares no line with the sandbox or the collector."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.other_vk import TOKEN, OtherVk, Row, Serving
from tests.running import RunningApp, running_app

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def world() -> OtherVk:
    """Return an awkward world: page edges, deep threads, tombstones, closed and private places."""
    made = OtherVk(names={"other_city": ("group", 5), "some_game": ("vk_app", 9)})
    made.add_post(-5, 1000, [0, 1, 10, 11, 110, 111, 300, 0])
    made.add_post(-5, 5000, [3] * 100 + [0] * 101, tombstones=(0, 7, 150))
    made.add_post(-5, 9000, [])
    made.add_post(-5, 9100, [0])
    made.add_post(77, 20, [12, 0, 25])
    made.add_post(-5, 9300, [1])
    made.closed.add((-5, 9300))
    made.add_post(-6, 10, [2])
    made.private.add(-6)
    made.topics[-5, 3] = [
        Row(n, author=1 + n % 5, text=f"[id2:bp-5_1|Олег], мнение {n}") for n in range(1, 252)
    ]
    made.topics[-5, 4] = [Row(1, author=-5, text="Правила")]
    return made


@pytest.fixture(scope="module", params=["execute", "single calls"])
def app(request: pytest.FixtureRequest, world: OtherVk) -> Iterator[RunningApp]:
    """Start the product against that world, with and without `execute`."""
    world.execute_allowed = request.param == "execute"
    world.per_second = 3 if world.execute_allowed else 0
    rate = "3" if world.execute_allowed else "0"
    settings = {"VK_TOKEN": TOKEN, "VK_REQUESTS_PER_SECOND": rate}
    with Serving(world) as server, running_app(settings | {"VK_API_URL": server.url}) as started:
        yield started


def test_everything_that_exists_there_arrives_once(app: RunningApp, world: OtherVk) -> None:
    """Walls, a user's wall and boards give exactly that server's comments, no row more or less."""
    links = "https://vk.com/other_city и стена vk.com/id77, обсуждения https://vk.com/board5"
    task = app.api.post("/tasks", json={"kind": "collect", "params": {"targets": links.split(" ")}}).json()
    ended = app.wait_for_task(task["id"])
    keys = [row["comment_key"] for row in app.rows()]
    expected = {key for key in world.comment_keys() if not key.startswith(("wall:-5_9300:", "wall:-6_10:"))}
    assert ended["state"] == "partial", ended
    assert len(keys) == len(set(keys))
    assert set(keys) == expected


def test_closed_and_private_places_are_named(app: RunningApp) -> None:
    """A refused place is never a success: the task fails with the reason VK gave."""
    answers = {}
    for link in ("https://vk.com/wall-6_10", "https://vk.com/wall-5_9300", "https://vk.com/wall-5_424242"):
        task = app.api.post("/tasks", json={"kind": "collect", "params": {"targets": [link]}}).json()
        ended = app.wait_for_task(task["id"])
        answers[link] = (ended["state"], (ended["error"] or {}).get("code"))
    assert answers == {
        "https://vk.com/wall-6_10": ("failed", "access_denied"),
        "https://vk.com/wall-5_9300": ("failed", "comments_closed"),
        "https://vk.com/wall-5_424242": ("failed", "not_found"),
    }


def test_the_rate_is_a_promise(app: RunningApp, world: OtherVk) -> None:
    """A server that allows three starts in any second never has to say "too many"."""
    assert world.refused_for_rate == 0
    assert world.bad_tokens == 0
    assert world.token_outside_header == 0


def test_the_token_stays_in_the_header(app: RunningApp) -> None:
    """The token is in no file that the product writes and in no line that it prints."""
    written = [path for path in app.data_dir.rglob("*") if path.is_file()]
    assert written
    assert not [path for path in [*written, app.output] if TOKEN.encode() in path.read_bytes()]
