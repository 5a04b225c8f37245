"""What the collector is measured against: reading one call after the other, `vk_api`, and perfect packing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final

import httpx
import vk_api

from core.sandbox.stories import TOKENS
from tests.benchmarks.collect_worlds import World

PACK: Final = 25
PACK_BYTES: Final = 5 * 1024 * 1024
COMMENTS: Final = {
    "need_likes": 1,
    "extended": 1,
    "fields": "screen_name",
    "preview_length": 0,
    "sort": "asc",
    "count": 100,
}
OPEN: Final = "listing"
FIRST: Final = "first pages"
REST: Final = "what they reveal"


@dataclass(slots=True)
class Read:
    """What one way of reading cost and found; `calls` is (stage, bytes) of each call that went out."""

    requests: int = 0
    found: set[int] = field(default_factory=set)
    lost_posts: list[int] = field(default_factory=list)
    calls: list[tuple[str, int]] = field(default_factory=list)
    seconds: float = 0.0


def minimum(read: Read) -> int:
    """Return the fewest requests that can make the calls of a sequential reading.

    The list's first page tells of its others; the first pages of all posts reveal everything else.
    """
    sizes: dict[str, list[int]] = {OPEN: [], FIRST: [], REST: []}
    for stage, size in read.calls:
        sizes[stage].append(size)
    first, *others = sizes[OPEN]
    return sum(map(_packed, ([first], others, sizes[FIRST], sizes[REST])))


def _packed(sizes: list[int]) -> int:
    return max(ceil(len(sizes) / PACK), ceil(sum(sizes) / PACK_BYTES))


class Sequential:
    """Correct paging with thread tails, one plain call after the other."""

    def __init__(self, world: World, gap_s: float) -> None:
        self.read = Read()
        self._world = world
        self._gap_s = gap_s
        self._last = float("-inf")
        headers = {"Authorization": f"Bearer {TOKENS.USER}"}
        self._http = httpx.Client(base_url=world.server.url, headers=headers, timeout=60)

    def run(self) -> Read:
        """Read the whole world."""
        began = time.perf_counter()
        for post in self._posts():
            self._post(post)
        self.read.seconds = time.perf_counter() - began
        self._http.close()
        return self.read

    def _posts(self) -> Iterator[int]:
        """Name the posts that may hold comments."""
        for row in self._listed():
            if row["comments"]["count"] or not row["comments"].get("can_post", 1):
                yield row["id"]

    def _listed(self) -> Iterator[dict[str, Any]]:
        owner, given = self._world.owner_id, self._world.posts
        for start in range(0, len(given), 100):
            some = ",".join(f"{owner}_{post}" for post in given[start : start + 100])
            yield from self._call(OPEN, "wall.getById", {"posts": some, "extended": 1})["items"]
        total = 0 if given else 1
        offset = 0
        while offset < total:
            page = self._call(
                OPEN, "wall.get", {"owner_id": owner, "offset": offset, "count": 100, "extended": 1}
            )
            total, offset = page["count"], offset + 100
            yield from page["items"]

    def _post(self, post: int) -> None:
        params = {"owner_id": self._world.owner_id, "post_id": post}
        roots: list[dict[str, Any]] = []
        offset, level = 0, 1
        while offset < level:
            stage = REST if offset else FIRST
            page = self._call(
                stage, "wall.getComments", params | {"offset": offset, "thread_items_count": 10}
            )
            if page is None:
                return
            roots += page["items"]
            offset, level = offset + 100, page["current_level_count"]
        for root in roots:
            self.read.found.add(root["id"])
            self.read.found.update(reply["id"] for reply in root["thread"]["items"])
            for begin in range(len(root["thread"]["items"]), root["thread"]["count"], 100):
                tail = self._call(
                    REST, "wall.getComments", params | {"comment_id": root["id"], "offset": begin}
                )
                self.read.found.update(reply["id"] for reply in tail["items"])

    def _call(self, stage: str, method: str, params: Mapping[str, object]) -> Any:
        wait = self._last + self._gap_s - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last = time.monotonic()
        own = COMMENTS if method == "wall.getComments" else {}
        answer = self._http.post(method, data={**own, **params, "v": "5.199"})
        self.read.requests += 1
        self.read.calls.append((stage, len(answer.content)))
        body = answer.json()
        if "error" in body and body["error"]["error_code"] != 212:
            raise AssertionError(body["error"]["error_msg"])
        return body.get("response")


class WithVkApi:
    """`vk_api` as its manual shows it: VkTools.get_all_iter for posts, roots and longer threads."""

    def __init__(self, world: World, gap_s: float) -> None:
        self.read = Read()
        self._world = world
        self._api = vk_api.VkApi(token=TOKENS.USER, api_version="5.199", config=lambda *_, **__: None)
        self._api.RPS_DELAY = gap_s
        self._post_to_vk = self._api.http.post
        self._api.http.post = self._post_to_world  # its address of VK is fixed
        self._tools = vk_api.VkTools(self._api)

    def _post_to_world(self, url: str, *given: Any, **named: Any) -> Any:
        self.read.requests += 1
        return self._post_to_vk(self._world.server.url + url.rpartition("/")[2], *given, **named)

    def run(self) -> Read:
        """Read the world; posts whose packed answer is refused are lost."""
        began = time.perf_counter()
        owner = self._world.owner_id
        posts: Iterable[int] = self._world.posts
        if not posts:
            listed = self._tools.get_all_iter("wall.get", 100, {"owner_id": owner})
            posts = [row["id"] for row in listed if row["comments"]["count"]]
        for post in posts:
            try:
                self._post(post, self._tools.get_all_iter)
            except vk_api.ApiError as error:
                if error.code != 13:
                    raise
                self.read.lost_posts.append(post)
            except vk_api.VkToolsException:
                continue
        self.read.seconds = time.perf_counter() - began
        return self.read

    def complete(self) -> Read:
        """Read singly what was lost."""
        began = time.perf_counter()
        for post in self.read.lost_posts:
            self._post(post, self._tools.get_all_slow_iter)
        self.read.seconds += time.perf_counter() - began
        return self.read

    def _post(self, post: int, listed: Any) -> None:
        params = {**COMMENTS, "owner_id": self._world.owner_id, "post_id": post}
        for root in list(listed("wall.getComments", 100, params | {"thread_items_count": 10})):
            self.read.found.add(root["id"])
            shown = root["thread"]["items"]
            if root["thread"]["count"] > len(shown):
                shown = listed("wall.getComments", 100, params | {"comment_id": root["id"]})
            self.read.found.update(reply["id"] for reply in shown)
