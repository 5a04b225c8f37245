"""A second VK, written apart from the sandbox and from the collector, on the standard library alone.

It serves one small, awkward world and answers strictly: form POST or GET, version, token, three starts
in any second. Its habits differ from the sandbox's where VK's reference leaves room: it refuses methods
it was not asked to know (3), answers unknown posts with 100, omits optional keys, sends unknown ones,
and writes integers where VK has been seen to write booleans. What is hidden takes no place in a page.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.other_trouble import Call, Refused, Seen, Trouble

TOKEN = "other-vk-token-0123456789abcdef"
START = 1_760_000_000
Where = tuple[int, int]


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
    likes: int | None = None
    is_hidden: bool = False
    """Counted everywhere, shown nowhere."""
    is_paid: bool = False


@dataclass
class OtherVk:
    """The server's world: posts and topics by (owner, id), and what it saw of its clients."""

    posts: dict[Where, list[Row]] = field(default_factory=dict)
    topics: dict[Where, list[Row]] = field(default_factory=dict)
    closed: set[Where] = field(default_factory=set)
    private: set[int] = field(default_factory=set)
    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    per_second: int = 3
    execute_allowed: bool = True
    trouble: Trouble = field(default_factory=Trouble)
    seen: Seen = field(default_factory=Seen)
    listed_error: dict[Where, int] = field(default_factory=dict)
    """By how much lists miscount a post's or topic's comments; the next two are the comment pages' own."""
    count_error: dict[Where, int] = field(default_factory=dict)
    level_error: dict[tuple[Where, int], int] = field(default_factory=dict)
    """By (place, root); root 0 is the level of the roots."""
    counts_tombstones: bool = True
    """Whether declared numbers include the deleted comments that are still shown."""
    before: Callable[[OtherVk, str, dict[str, str]], None] = lambda vk, method, params: None
    """Runs before each call, packed or not: changes the world while it is read."""
    arrived: Callable[[int], None] = lambda number: None
    """Runs when the n-th request arrives, before anything is answered."""
    answered: Callable[[int], None] = lambda number: None
    """Runs when the answer to the n-th request has been sent."""
    lock: threading.RLock = field(default_factory=threading.RLock)
    _gone: dict[tuple[Where, int], Row] = field(default_factory=dict)

    @property
    def refused_for_rate(self) -> int:
        """Return how many requests came too soon."""
        return self.seen.refused[6]

    @property
    def bad_tokens(self) -> int:
        """Return how many requests came with no good token."""
        return self.seen.refused[5]

    @property
    def token_outside_header(self) -> int:
        """Return how many requests carried the token where proxies and logs see it."""
        return self.seen.places["query"] + self.seen.places["body"]

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
        """Return the key of every comment of the world that can be seen."""
        kinds = (("wall", self.posts), ("topic", self.topics))
        return {
            f"{kind}:{owner}_{item}:{row.number}"
            for kind, places in kinds
            for (owner, item), rows in places.items()
            for row in rows
            if not row.is_hidden
        }

    def add(
        self, where: Where, text: str, *, reply_to: int = 0, author: int = 3, number: int | None = None
    ) -> int:
        """Add a comment, the newest of its wall unless its number is given; return the number."""
        with self.lock:
            rows = self.rows(where)
            if number is None:
                number = 1 + max(
                    (
                        row.number
                        for (owner, _), some in self.posts.items()
                        if owner == where[0]
                        for row in some
                    ),
                    default=where[1],
                )
                number = max(number, 1 + max(self.taken(where), default=0))
            target = next((row for row in rows if row.number == reply_to), None)
            root = 0 if target is None or where in self.topics else target.root or target.number
            rows.append(Row(number, root, reply_to, author, text))
            return number

    def edit(self, where: Where, number: int, text: str) -> None:
        """Change a text; no number moves."""
        with self.lock:
            self.row(where, number).text = text

    def like(self, where: Where, number: int, likes: int) -> None:
        """Change the likes."""
        with self.lock:
            self.row(where, number).likes = likes

    def delete(self, where: Where, number: int, *, keeps_tombstone: bool = False) -> None:
        """Delete a comment; it leaves a tombstone while it has replies, or when told to."""
        with self.lock:
            rows, row = self.rows(where), self.row(where, number)
            row.deleted = True
            if keeps_tombstone or any(each.root == number for each in rows):
                return
            rows.remove(row)
            self._gone[where, number] = row
            above = next((each for each in rows if each.number == row.root), None)
            if above and above.deleted and not any(each.root == above.number for each in rows):
                self.delete(where, above.number)

    def restore(self, where: Where, number: int) -> None:
        """Bring a deleted comment back as it was, and the tombstone of its vanished root with it."""
        with self.lock:
            row = self._gone.pop((where, number), None)
            if row is not None:
                self.rows(where).append(row)
                if row.root and (where, row.root) in self._gone:
                    self.rows(where).append(self._gone.pop((where, row.root)))
            self.row(where, number).deleted = False

    def hide(self, where: Where, number: int, *, is_hidden: bool = True) -> None:
        """Hide a comment while every count includes it, or show it again."""
        with self.lock:
            self.row(where, number).is_hidden = is_hidden

    def taken(self, where: Where) -> set[int]:
        """Return the numbers that were ever given to comments there: they are never given again."""
        gone = {number for (place, number) in self._gone if place == where}
        return gone | {row.number for row in self.rows(where)}

    def rows(self, where: Where) -> list[Row]:
        """Return the comments of a post or a topic."""
        return self.topics[where] if where in self.topics else self.posts[where]

    def row(self, where: Where, number: int) -> Row:
        """Return one comment."""
        return next(row for row in self.rows(where) if row.number == number)

    def answer(self, method: str, params: dict[str, str], token: str, request: int) -> dict[str, Any]:
        """Answer one call as VK does: a response or an error object."""
        try:
            if method == "execute":
                with self._noted(Call(request, method, {}, token, is_inner=False)):
                    self.trouble.check(method, token, params, is_inner=False)
                    return self._execute(params, token, request)
            return {"response": self._called(method, params, token, request, is_inner=False)}
        except Refused as refused:
            return {"error": _error(refused, method, params)}

    @contextmanager
    def _noted(self, call: Call) -> Iterator[None]:
        """Note a call with what comes of it."""
        try:
            yield
        except Refused as refused:
            call.code = refused.code
            raise
        finally:
            with self.lock:
                self.seen.called(call)

    def _execute(self, params: dict[str, str], token: str, request: int) -> dict[str, Any]:
        if not self.execute_allowed:
            raise Refused(28)
        calls = re.findall(r"API\.(\w+\.\w+)\((\{.*?\})\)", params.get("code", ""), re.DOTALL)
        if len(calls) > 25:
            raise Refused(13, "Runtime error occurred during code invocation: Too many API calls")
        results: list[Any] = []
        errors: list[dict[str, Any]] = []
        for name, given in calls:
            inner = {key: str(value) for key, value in json.loads(given).items()}
            try:
                results.append(self._called(name, inner, token, request, is_inner=True))
            except Refused as refused:
                results.append(False)
                errors.append({"method": name, "error_code": refused.code, "error_msg": refused.message})
        if len(json.dumps(results)) > self.trouble.max_bytes:
            raise Refused(13)
        if errors:
            errors.append({"method": "execute", **{k: errors[-1][k] for k in ("error_code", "error_msg")}})
        return {"response": results, **({"execute_errors": errors} if errors else {})}

    def _called(
        self, method: str, params: dict[str, str], token: str, request: int, *, is_inner: bool
    ) -> Any:
        known = {
            "wall.get": self._wall,
            "wall.getById": self._wall_by_id,
            "wall.getComments": self._wall_comments,
            "board.getTopics": self._board_topics,
            "board.getComments": self._board_comments,
            "utils.resolveScreenName": self._resolve,
            "users.get": self._users,
        }
        with self.lock, self._noted(Call(request, method, params, token, is_inner)):
            if method not in known:
                raise Refused(3)
            self.trouble.check(method, token, params, is_inner=is_inner)
            self.before(self, method, params)
            return known[method](params)

    def _users(self, params: dict[str, str]) -> Any:
        ids = [int(each) for each in params.get("user_ids", "1").split(",") if each.isdecimal()]
        return [{"id": each, "first_name": f"Имя{each}", "last_name": "Тестовая"} for each in ids]

    def _resolve(self, params: dict[str, str]) -> Any:
        found = self.names.get(params.get("screen_name", ""))
        return {"type": found[0], "object_id": found[1], "extra": {"new": 1}} if found else []

    def _post(self, owner: int, post: int) -> dict[str, Any]:
        return {
            "id": post, "owner_id": owner, "from_id": owner, "date": START + post, "text": f"Пост {post}",
            "comments": {"count": self._listed((owner, post))}, "inner_type": "wall_wallpost",
        }  # fmt: skip

    def _listed(self, where: Where) -> int:
        return max(0, self._counted(self.rows(where)) + self.listed_error.get(where, 0))

    def _counted(self, rows: list[Row]) -> int:
        return len(rows) if self.counts_tombstones else sum(not row.deleted for row in rows)

    def _wall(self, params: dict[str, str]) -> Any:
        owner = int(params["owner_id"]) if "owner_id" in params else -self.names[params["domain"]][1]
        if owner in self.private:
            raise Refused(15, "Access denied: this wall available only for community members")
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
            raise Refused(15, "Access denied: user hid his wall from accessing from outside")
        if where in self.closed:
            raise Refused(212, "Access to post comments denied")
        if where not in self.posts:
            raise Refused(100, "One of the parameters specified was missing or invalid: post_id not found")
        rows = self.posts[where]
        root = int(params.get("comment_id", 0))
        levels: defaultdict[int, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda each: each.number):
            levels[row.root].append(row)
        if root and not any(row.number == root for row in levels[0]):
            raise Refused(100, "One of the parameters specified was missing or invalid: comment not found")
        shown = _slice(levels[root], params, default=10)
        embedded = min(10, int(params.get("thread_items_count", 0)))
        items = []
        for row in shown:
            item = self._item(row, where, params)
            if not row.root:
                replies = levels[row.number]
                first = [each for each in replies if not each.is_hidden][:embedded]
                item["thread"] = {
                    "count": max(0, self._counted(replies) + self.level_error.get((where, row.number), 0)),
                    "items": [self._item(each, where, params) for each in first],
                    "can_post": 0,
                }
            items.append(item)
        self._show(f"wall:{where[0]}_{where[1]}", items)
        answer: dict[str, Any] = {
            "count": max(0, self._counted(rows) + self.count_error.get(where, 0)),
            "current_level_count": max(
                0, self._counted(levels[root]) + self.level_error.get((where, root), 0)
            ),
            "items": items,
        }
        return answer | (self._people(shown) if params.get("extended") == "1" else {})

    def _show(self, source: str, items: list[dict[str, Any]]) -> None:
        for item in items:
            replies = item.get("thread", {}).get("items", [])
            self.seen.shown.update(f"{source}:{each['id']}" for each in (item, *replies))

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
        if row.is_paid:
            item |= {"text": "", "donut": {"is_don": True, "placeholder": {"text": "Для подписчиков"}}}
        if params.get("need_likes") == "1":
            likes = row.number % 4 if row.likes is None else row.likes
            item["likes"] = {"count": likes, "can_like": 1, "user_likes": 0, "can_publish": True}
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
             "updated_by": 1, "is_closed": 0, "is_fixed": 0, "comments": self._listed((owner, t))}
            for t in mine
        ]  # fmt: skip
        return {"count": len(mine), "items": items, "default_order": 1.0, "can_add_topics": 0}

    def _board_comments(self, params: dict[str, str]) -> Any:
        if int(params["group_id"]) < 1:
            raise Refused(
                100, "One of the parameters specified was missing or invalid: group_id should be positive"
            )
        where = -int(params["group_id"]), int(params["topic_id"])
        if where not in self.topics:
            raise Refused(100, "One of the parameters specified was missing or invalid: invalid tid")
        rows = self.topics[where]
        shown = _slice(rows, params, default=20)
        items = [
            {"id": row.number, "from_id": row.author, "date": START + row.number, "text": row.text}
            for row in shown
        ]
        answer: dict[str, Any] = {
            "count": max(0, len(rows) + self.count_error.get(where, 0)),
            "items": items,
            "real_offset": int(params.get("offset", 0)),
        }
        return answer | (self._people(shown) if params.get("extended") == "1" else {})


def _slice(rows: list[Row], params: dict[str, str], *, default: int) -> list[Row]:
    visible = [row for row in rows if not row.is_hidden]
    ordered = sorted(visible, key=lambda row: row.number, reverse=params.get("sort") == "desc")
    begin = 0
    if params.get("start_comment_id"):
        anchor = int(params["start_comment_id"])
        begin = next((place for place, row in enumerate(ordered) if row.number == anchor), 0)
    begin = max(0, begin + int(params.get("offset", 0)))
    return ordered[begin : begin + min(100, int(params.get("count", default)))]


def _error(refused: Refused, method: str, params: dict[str, str]) -> dict[str, Any]:
    shown = [{"key": key, "value": value} for key, value in params.items() if key != "access_token"]
    return {
        "error_code": refused.code,
        "error_msg": refused.message,
        **refused.extra,
        "request_params": [{"key": "method", "value": method}, *shown],
    }


class _Listening(ThreadingHTTPServer):
    """A server that does not tell of clients that went away: killing them is what some tests do."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, world: OtherVk) -> None:
        self.world = world
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent."""


class _Handler(BaseHTTPRequestHandler):
    """Carries one connection's requests to the world and its answers back."""

    server: _Listening
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve(dict(parse_qsl(urlsplit(self.path).query)), {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._serve(dict(parse_qsl(urlsplit(self.path).query)), dict(parse_qsl(body)))

    def _serve(self, query: dict[str, str], form: dict[str, str]) -> None:
        world = self.server.world
        method = urlsplit(self.path).path.rsplit("/", 1)[-1]
        header = self.headers.get("Authorization", "").removeprefix("Bearer ")
        tokens = {
            "header": header,
            "query": query.pop("access_token", ""),
            "body": form.pop("access_token", ""),
        }
        token = next((each for each in tokens.values() if each), "")
        params = query | form
        with world.lock:
            recent = world.seen.start(token, [place for place, each in tokens.items() if each])
            number = world.seen.requests
            fault = world.trouble.on_the_way()
        world.arrived(number)
        if fault.startswith("http"):
            self._send(
                b"<html><body><h1>502 Bad Gateway</h1>nginx</body></html>", int(fault[4:]), "text/html"
            )
            return
        if fault == "html":
            self._send(b"<!DOCTYPE html><title>429</title>", 200, "text/html")
            return
        answer = self._refusal(method, params, token, recent, fault)
        answer = answer or world.answer(method, params, token, number)
        if fault == "slow":
            time.sleep(world.trouble.slow_s)
        self._say(json.dumps(answer, ensure_ascii=False).encode(), fault)
        world.answered(number)

    def _say(self, body: bytes, fault: str) -> None:
        if fault == "truncate":
            body = body[: len(body) // 2]
        if fault != "cut":
            self._send(body, 200, "application/json; charset=utf-8")
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _send(self, body: bytes, status: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _refusal(
        self, method: str, params: dict[str, str], token: str, recent: int, fault: str
    ) -> dict[str, Any] | None:
        world = self.server.world
        allowed = world.trouble.rates.get(token, world.per_second)
        refused: Refused | None = None
        if (token != TOKEN and token not in world.trouble.kinds) or token in world.trouble.expired:
            refused = Refused(5)
        elif tuple(int(part) for part in params.get("v", "0.0").split(".")) < (5, 81):
            refused = Refused(8, "Invalid request: versions below 5.81 are deprecated")
        elif 0 < allowed < recent:
            refused = Refused(6)
        elif fault.startswith("error"):
            refused = Refused(int(fault.removeprefix("error")))
        if refused is None:
            return None
        with world.lock:
            world.seen.called(Call(world.seen.requests, method, {}, token, is_inner=False, code=refused.code))
        return {"error": _error(refused, method, params)}

    def log_message(self, *args: object) -> None:
        """Stay silent."""


class Serving:
    """Serve a world on a free loopback port for as long as the context lasts."""

    def __init__(self, world: OtherVk) -> None:
        self.world = world
        self._server = _Listening(world)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/method/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
