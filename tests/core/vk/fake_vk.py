"""A VK of a few dictionaries behind httpx's transport: pages, limits, execute, changes while it is read."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx

TOKEN = "secret-token-of-the-tests"
URL = "https://vk.test/method/"
START = 1_700_000_000
Refusal = tuple[int, str]


@dataclass
class FakeVk:
    """Posts as {(owner, post): {root: [replies]}}; everything else is told by the fields.

    `faults` answer the next requests instead of VK; `before` runs before each call, to change the world.
    """

    posts: dict[tuple[int, int], dict[int, list[int]]] = field(default_factory=dict)
    topics: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    refusals: dict[tuple[str, int, int], int] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    pinned: tuple[int, int] | None = None
    declared: dict[tuple[int, int], int] = field(default_factory=dict)
    thread_counts: dict[int, int] = field(default_factory=dict)
    faults: list[Callable[[httpx.Request], httpx.Response]] = field(default_factory=list)
    before: Callable[[FakeVk, str, dict[str, str]], None] = lambda vk, method, params: None
    execute_error: int = 0
    most_bytes: int = 5 * 1024 * 1024
    embeds_last: bool = False
    stuck: bool = False
    without_thread: bool = False
    day: dict[int, int] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def transport(self) -> httpx.MockTransport:
        """Return what a client talks to."""
        return httpx.MockTransport(self._handle)

    def truth(self, owner: int, post: int) -> set[int]:
        """Return the ids of all comments of a post that can be seen."""
        roots = self.posts[owner, post]
        return (set(roots) | {reply for replies in roots.values() for reply in replies}) - self.hidden

    def named_calls(self, method: str) -> list[dict[str, str]]:
        """Return the parameters of all calls of a method, packed or not."""
        return [params for name, params in self.calls if name == method]

    def _handle(self, request: httpx.Request) -> httpx.Response:
        with self.lock:
            self.requests.append(request)
            if self.faults:
                return self.faults.pop(0)(request)
            method = request.url.path.rsplit("/", 1)[-1]
            params = dict(parse_qsl(request.content.decode()))
            if request.headers.get("Authorization") != f"Bearer {TOKEN}":
                return answer_error(5, "User authorization failed")
            if method == "execute":
                return self._execute(params["code"])
            result = self._call(method, params)
            return answer_error(*result) if isinstance(result, tuple) else answer(result)

    def _execute(self, code: str) -> httpx.Response:
        if self.execute_error:
            return answer_error(self.execute_error, "execute refused")
        calls = re.findall(r"API\.(\w+\.\w+)\((\{.*?\})\)", code)
        if len(calls) > 25:
            return answer_error(13, "Too many API calls")
        results: list[Any] = []
        errors: list[dict[str, Any]] = []
        for name, given in calls:
            result = self._call(name, {key: str(value) for key, value in json.loads(given).items()})
            if isinstance(result, tuple):
                errors.append({"method": name, "error_code": result[0], "error_msg": result[1]})
            results.append(False if isinstance(result, tuple) else result)
        if len(json.dumps(results)) > self.most_bytes:
            return answer_error(13, "response size is too big")
        if errors:
            errors.append({**errors[-1], "method": "execute"})
        return httpx.Response(200, json={"response": results, "execute_errors": errors})

    def _call(self, method: str, params: dict[str, str]) -> Any:
        self.before(self, method, params)
        self.calls.append((method, params))
        owner = int(params.get("owner_id", -int(params.get("group_id", 0))))
        item = int(params.get("post_id", params.get("topic_id", 0)))
        code = self.refusals.get((method, owner, item)) or self.refusals.get((method, 0, 0))
        if code:
            return code, "refused by the test"
        known = {
            "wall.get": self._wall,
            "wall.getById": self._by_id,
            "wall.getComments": self._comments,
            "board.getTopics": self._topics,
            "board.getComments": self._board,
            "utils.resolveScreenName": self._name,
        }
        return known[method](params, owner, item) if method in known else (3, "Unknown method passed")

    def _name(self, params: dict[str, str], _owner: int, _item: int) -> Any:
        kind, number = self.names.get(params["screen_name"], ("", 0))
        return {"type": kind, "object_id": number} if kind else []

    def _post(self, owner: int, post: int) -> dict[str, Any]:
        roots = self.posts[owner, post]
        count = self.declared.get((owner, post), len(roots) + sum(map(len, roots.values())))
        date = START + 86_400 * self.day.get(post, post)
        return {
            "id": post, "owner_id": owner, "from_id": owner, "date": date, "text": f"post {post}",
            "comments": {"count": count, "can_post": 0 if (owner, post) in self.closed else 1},
            "is_pinned": int(self.pinned == (owner, post)),
        }  # fmt: skip

    @property
    def closed(self) -> set[tuple[int, int]]:
        """Return the posts whose comments are closed."""
        return {(owner, item) for (_, owner, item), code in self.refusals.items() if code == 212}

    def _wall(self, params: dict[str, str], owner: int, _item: int) -> Any:
        posts = sorted((post for each, post in self.posts if each == owner), reverse=True)
        posts.sort(key=lambda post: self.pinned != (owner, post))
        begin = 0 if self.stuck else int(params.get("offset", 0))
        shown = posts[begin : begin + int(params["count"])]
        return {"count": len(posts), "items": [self._post(owner, post) for post in shown]}

    def _by_id(self, params: dict[str, str], _owner: int, _item: int) -> Any:
        wanted = [tuple(map(int, each.split("_"))) for each in params["posts"].split(",")]
        return {"items": [self._post(*each) for each in wanted if each in self.posts]}

    def _comments(self, params: dict[str, str], owner: int, post: int) -> Any:
        roots = self.posts.get((owner, post))
        if roots is None:
            return 100, "post_id not found"
        thread = int(params.get("comment_id", 0))
        level = sorted(roots[thread]) if thread else sorted(roots)
        total = len(roots) + sum(map(len, roots.values()))
        return {
            "count": self.declared.get((owner, post), total),
            "current_level_count": len(level),
            "items": [self._item(each, thread, roots) for each in self._slice(level, params)],
            "profiles": [{"id": 7, "first_name": "Ирина", "last_name": "Т", "screen_name": "irina"}],
            "groups": [{"id": 5, "name": "Группа"}],
        }

    def _item(self, comment: int, thread: int, roots: dict[int, list[int]]) -> dict[str, Any]:
        item: dict[str, Any] = {
            "id": comment, "from_id": 7, "date": START + comment, "text": f"текст {comment}",
            "parents_stack": [thread] if thread else [], "likes": {"count": comment % 3},
        }  # fmt: skip
        if comment in self.deleted:
            item = {"id": comment, "date": 1, "parents_stack": item["parents_stack"], "deleted": True}
        if not thread and not self.without_thread:
            replies = sorted(roots[comment])
            shown = replies[-10:] if self.embeds_last else replies[:10]
            embedded = [self._item(each, comment, roots) for each in shown if each not in self.hidden]
            count = self.thread_counts.get(comment, len(replies))
            item["thread"] = {"count": count, "items": embedded}
        return item

    def _topics(self, params: dict[str, str], owner: int, _item: int) -> Any:
        wanted = [int(each) for each in params.get("topic_ids", "").split(",") if each]
        mine = [topic for each, topic in self.topics if each == owner and (not wanted or topic in wanted)]
        counts = {each: self.declared.get((owner, each), 3) for each in mine}
        items = [
            {"id": each, "title": f"t{each}", "created": START, "comments": counts[each]} for each in mine
        ]
        return {"count": len(mine), "items": items}

    def _board(self, params: dict[str, str], owner: int, topic: int) -> Any:
        level = self.topics[owner, topic]
        text = "[id7:bp-5_1|Ирина], да"
        rows = [
            {"id": each, "from_id": 7, "date": START, "text": text} for each in self._slice(level, params)
        ]
        return {"count": len(level), "items": rows}

    def _slice(self, level: list[int], params: dict[str, str]) -> list[int]:
        begin = 0 if self.stuck else int(params.get("offset", 0))
        return [each for each in level[begin : begin + int(params["count"])] if each not in self.hidden]


def answer(response: Any) -> httpx.Response:
    """Return VK's answer."""
    return httpx.Response(200, json={"response": response})


def answer_error(code: int, message: str, **more: Any) -> httpx.Response:
    """Return VK's refusal."""
    return httpx.Response(200, json={"error": {"error_code": code, "error_msg": message, **more}})


def post(roots: int, replies: dict[int, int] | None = None) -> dict[int, list[int]]:
    """Make the comments of a post: `replies` is how many the n-th root has."""
    world: dict[int, list[int]] = {1000 + 10 * place: [] for place in range(roots)}
    number = 1_000_000
    for place, count in (replies or {}).items():
        world[1000 + 10 * place] = list(range(number, number + count))
        number += 10_000
    return world
