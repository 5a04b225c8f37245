"""A second VK, written apart from the sandbox and from the collector, on the standard library alone.

It serves one small, awkward world and answers strictly: form POST or GET, version, token, three starts
in any second. Its habits differ from the sandbox's where VK's reference leaves room: it refuses methods
it was not asked to know (3), answers unknown posts with 100, omits optional keys, sends unknown ones,
and writes integers where VK has been seen to write booleans.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

TOKEN = "other-vk-token-0123456789abcdef"
START = 1_760_000_000


@dataclass
class Row:
    """One comment: its id, its thread (0 for a root), whom it answers and whether it is a tombstone."""

    number: int
    root: int = 0
    parent: int = 0
    author: int = 1
    text: str = ""
    deleted: bool = False
    attachments: tuple[str, ...] = ()


@dataclass
class OtherVk:
    """The server's world: posts and topics by (owner, id), and what it saw of its clients."""

    posts: dict[tuple[int, int], list[Row]] = field(default_factory=dict)
    topics: dict[tuple[int, int], list[Row]] = field(default_factory=dict)
    closed: set[tuple[int, int]] = field(default_factory=set)
    private: set[int] = field(default_factory=set)
    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    per_second: int = 3
    execute_allowed: bool = True
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=100_000))
    methods: list[str] = field(default_factory=list)
    refused_for_rate: int = 0
    bad_tokens: int = 0
    token_outside_header: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add_post(
        self, owner: int, post: int, threads: list[int], *, tombstones: tuple[int, ...] = ()
    ) -> None:
        """Add a post whose n-th root has `threads[n]` replies; roots named in `tombstones` are deleted."""
        rows: list[Row] = []
        number = post
        roots: list[Row] = []
        for place, _ in enumerate(threads):
            number += 1
            gone = place in tombstones
            roots.append(
                Row(number, author=1 + place % 7, text="" if gone else f"Корень {place} 👋", deleted=gone)
            )
        rows.extend(roots)
        for root, replies in zip(roots, threads, strict=True):
            previous = root.number
            for place in range(replies):
                number += 1
                author = owner if place % 5 == 4 else 1 + place % 9
                rows.append(Row(number, root.number, previous, author, f"[id1|Анна], ответ {place}"))
                previous = number if place % 3 else root.number
        self.posts[owner, post] = rows

    def comment_keys(self) -> set[str]:
        """Return the key of every comment of the world."""
        walls = {f"wall:{o}_{p}:{row.number}" for (o, p), rows in self.posts.items() for row in rows}
        boards = {f"topic:{o}_{t}:{row.number}" for (o, t), rows in self.topics.items() for row in rows}
        return walls | boards

    def answer(self, method: str, params: dict[str, str]) -> dict[str, Any]:
        """Answer one call as VK does: a response or an error object."""
        try:
            if method == "execute":
                return self._execute(params)
            return {"response": self._call(method, params)}
        except LookupError as error:
            code, message = error.args
            return {"error": _error(code, message, method, params)}

    def _execute(self, params: dict[str, str]) -> dict[str, Any]:
        if not self.execute_allowed:
            raise LookupError(
                28, "Application authorization failed: method is unavailable with service token"
            )
        calls = re.findall(r"API\.(\w+\.\w+)\((\{.*?\})\)", params.get("code", ""), re.DOTALL)
        if len(calls) > 25:
            raise LookupError(13, "Runtime error occurred during code invocation: Too many API calls")
        results: list[Any] = []
        errors: list[dict[str, Any]] = []
        for name, given in calls:
            inner = {key: str(value) for key, value in json.loads(given).items()}
            try:
                results.append(self._call(name, inner))
            except LookupError as error:
                results.append(False)
                errors.append({"method": name, "error_code": error.args[0], "error_msg": error.args[1]})
        if len(json.dumps(results)) > 5 * 1024 * 1024:
            raise LookupError(13, "Runtime error occurred during code invocation: response size is too big")
        if errors:
            errors.append({"method": "execute", **{k: errors[-1][k] for k in ("error_code", "error_msg")}})
        return {"response": results, **({"execute_errors": errors} if errors else {})}

    def _call(self, method: str, params: dict[str, str]) -> Any:
        known = {
            "wall.get": self._wall,
            "wall.getById": self._wall_by_id,
            "wall.getComments": self._wall_comments,
            "board.getTopics": self._board_topics,
            "board.getComments": self._board_comments,
            "utils.resolveScreenName": self._resolve,
        }
        if method not in known:
            raise LookupError(3, "Unknown method passed")
        with self.lock:
            self.methods.append(method)
            return known[method](params)

    def _resolve(self, params: dict[str, str]) -> Any:
        found = self.names.get(params.get("screen_name", ""))
        return {"type": found[0], "object_id": found[1], "extra": {"new": 1}} if found else []

    def _post(self, owner: int, post: int) -> dict[str, Any]:
        return {
            "id": post, "owner_id": owner, "from_id": owner, "date": START + post, "text": f"Пост {post}",
            "comments": {"count": len(self.posts[owner, post])}, "inner_type": "wall_wallpost",
        }  # fmt: skip

    def _wall(self, params: dict[str, str]) -> Any:
        owner = int(params["owner_id"]) if "owner_id" in params else -self.names[params["domain"]][1]
        if owner in self.private:
            raise LookupError(15, "Access denied: this wall available only for community members")
        mine = sorted((post for o, post in self.posts if o == owner), reverse=True)
        offset, count = int(params.get("offset", 0)), min(100, int(params.get("count", 20)))
        answer: dict[str, Any] = {
            "count": len(mine),
            "items": [self._post(owner, post) for post in mine[offset : offset + count]],
        }
        return answer | ({"profiles": [], "groups": []} if params.get("extended") == "1" else {})

    def _wall_by_id(self, params: dict[str, str]) -> Any:
        wanted = [tuple(map(int, each.split("_")[:2])) for each in params["posts"].split(",")]
        return {
            "items": [self._post(o, p) for o, p in wanted if (o, p) in self.posts and o not in self.private]
        }

    def _wall_comments(self, params: dict[str, str]) -> Any:
        where = int(params["owner_id"]), int(params["post_id"])
        if where[0] in self.private:
            raise LookupError(15, "Access denied: user hid his wall from accessing from outside")
        if where in self.closed:
            raise LookupError(212, "Access to post comments denied")
        if where not in self.posts:
            raise LookupError(
                100, "One of the parameters specified was missing or invalid: post_id not found"
            )
        rows = self.posts[where]
        root = int(params.get("comment_id", 0))
        level = [row for row in rows if row.root == root]
        shown = _slice(level, params, default=10)
        embedded = min(10, int(params.get("thread_items_count", 0)))
        items = []
        for row in shown:
            item = self._item(row, where, params)
            if not row.root:
                replies = [each for each in rows if each.root == row.number]
                item["thread"] = {
                    "count": len(replies),
                    "items": [self._item(each, where, params) for each in replies[:embedded]],
                    "can_post": 0,
                }
            items.append(item)
        answer: dict[str, Any] = {"count": len(rows), "current_level_count": len(level), "items": items}
        return answer | (self._people(shown) if params.get("extended") == "1" else {})

    def _people(self, rows: list[Row]) -> dict[str, Any]:
        users = sorted({row.author for row in rows if row.author > 1})
        people = [{"id": each, "first_name": f"Имя{each}", "last_name": "Тестовая"} for each in users]
        return {"profiles": people, "groups": [], "post_author_id": 1}

    def _item(self, row: Row, where: tuple[int, int], params: dict[str, str]) -> dict[str, Any]:
        parents = [row.root] if row.root else []
        if row.deleted:
            return {"id": row.number, "date": START + row.number, "parents_stack": parents, "deleted": True}
        item: dict[str, Any] = {
            "id": row.number, "from_id": row.author, "date": START + row.number, "text": row.text,
            "owner_id": where[0], "post_id": where[1], "parents_stack": parents,
            "unknown_key": [1, {"a": None}],
        }  # fmt: skip
        if row.root:
            item["reply_to_comment"] = row.parent
            item["reply_to_user"] = 1
        if params.get("need_likes") == "1":
            item["likes"] = {"count": row.number % 4, "can_like": 1, "user_likes": 0, "can_publish": True}
        return item

    def _board_topics(self, params: dict[str, str]) -> Any:
        owner = -int(params["group_id"])
        mine = [topic for o, topic in self.topics if o == owner]
        if params.get("topic_ids"):
            mine = [
                topic for topic in map(int, params["topic_ids"].split(",")) if (owner, topic) in self.topics
            ]
        else:
            mine = mine[int(params.get("offset", 0)) :][: min(100, int(params.get("count", 40)))]
        items = [
            {"id": t, "title": f"Тема {t}", "created": START, "created_by": 1, "updated": START,
             "updated_by": 1, "is_closed": 0, "is_fixed": 0, "comments": len(self.topics[owner, t])}
            for t in mine
        ]  # fmt: skip
        return {"count": len(mine), "items": items, "default_order": 1.0, "can_add_topics": 0}

    def _board_comments(self, params: dict[str, str]) -> Any:
        if int(params["group_id"]) < 1:
            raise LookupError(
                100, "One of the parameters specified was missing or invalid: group_id should be positive"
            )
        where = -int(params["group_id"]), int(params["topic_id"])
        if where not in self.topics:
            raise LookupError(100, "One of the parameters specified was missing or invalid: invalid tid")
        rows = self.topics[where]
        shown = _slice(rows, params, default=20)
        items = [
            {"id": row.number, "from_id": row.author, "date": START + row.number, "text": row.text}
            for row in shown
        ]
        answer: dict[str, Any] = {
            "count": len(rows),
            "items": items,
            "real_offset": int(params.get("offset", 0)),
        }
        return answer | (self._people(shown) if params.get("extended") == "1" else {})


def _slice(rows: list[Row], params: dict[str, str], *, default: int) -> list[Row]:
    ordered = sorted(rows, key=lambda row: row.number, reverse=params.get("sort") == "desc")
    begin = 0
    if params.get("start_comment_id"):
        anchor = int(params["start_comment_id"])
        begin = next((place for place, row in enumerate(ordered) if row.number == anchor), 0)
    begin = max(0, begin + int(params.get("offset", 0)))
    return ordered[begin : begin + min(100, int(params.get("count", default)))]


def _error(code: int, message: str, method: str, params: dict[str, str]) -> dict[str, Any]:
    shown = [{"key": key, "value": value} for key, value in params.items() if key != "access_token"]
    return {
        "error_code": code,
        "error_msg": message,
        "request_params": [{"key": "method", "value": method}, *shown],
    }


def _handler(world: OtherVk) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._serve(dict(parse_qsl(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._serve(dict(parse_qsl(urlsplit(self.path).query)) | dict(parse_qsl(body)))

        def _serve(self, params: dict[str, str]) -> None:
            method = urlsplit(self.path).path.rsplit("/", 1)[-1]
            answer = self._refusal(method, params) or world.answer(method, params)
            body = json.dumps(answer, ensure_ascii=False).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _refusal(self, method: str, params: dict[str, str]) -> dict[str, Any] | None:
            now = time.monotonic()
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            with world.lock:
                if "access_token" in params:
                    world.token_outside_header += 1
                    token = token or params["access_token"]
                recent = sum(1 for start in world.starts if start > now - 1)
                too_many = world.per_second > 0 and recent >= world.per_second
                world.starts.append(now)
                world.refused_for_rate += too_many
                world.bad_tokens += token != TOKEN
            if token != TOKEN:
                return {
                    "error": _error(5, "User authorization failed: invalid access_token (4).", method, params)
                }
            if tuple(int(part) for part in params.get("v", "0.0").split(".")) < (5, 81):
                return {
                    "error": _error(8, "Invalid request: versions below 5.81 are deprecated", method, params)
                }
            if too_many:
                return {"error": _error(6, "Too many requests per second", method, params)}
            return None

        def log_message(self, *args: object) -> None:
            """Stay silent."""

    return Handler


class Serving:
    """Serve a world on a free loopback port for as long as the context lasts."""

    def __init__(self, world: OtherVk) -> None:
        self.world = world
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(world))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/method/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
