"""A bare caller of a running sandbox."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from core.sandbox import stories

Row = dict[str, Any]


@dataclass(frozen=True)
class Caller:
    """Calls methods with a token in the header and nothing clever."""

    http: httpx.Client
    url: str
    token: str = stories.TOKENS.USER

    def raw(self, method: str, **params: object) -> Row:
        """Return the whole answer."""
        sent = {"v": "5.199"} | params
        header = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer: Row = self.http.post(self.url + method, data=sent, headers=header).json()
        return answer

    def ok(self, method: str, **params: object) -> Any:
        """Return the response."""
        answer = self.raw(method, **params)
        assert "error" not in answer, answer
        return answer["response"]

    def error(self, method: str, **params: object) -> Row:
        """Return the error."""
        error: Row = self.raw(method, **params)["error"]
        return error

    def with_token(self, token: str) -> "Caller":
        """Return a caller with another token."""
        return Caller(self.http, self.url, token)

    def truth(self, source: str) -> Row:
        """Return what exists in a source."""
        url = self.url.replace("/method/", "/sandbox/truth")
        answer: Row = self.http.get(url, params={"source": source}).json()
        return answer

    def stats(self) -> Row:
        """Return the counters."""
        answer: Row = self.http.get(self.url.replace("/method/", "/sandbox/stats")).json()
        return answer

    def order(self, **changes: object) -> Row:
        """Change the world."""
        answer: Row = self.http.post(self.url.replace("/method/", "/sandbox/world"), json=changes).json()
        return answer

    def everything(self, **params: object) -> list[Row]:
        """Read a post's comments with their threads the careful way."""
        found: list[Row] = []
        for root in self._level(thread_items_count=0, **params):
            found.append(root)
            if root["thread"]["count"]:
                found += self._level(comment_id=root["id"], **params)
        return found

    def _level(self, **params: object) -> list[Row]:
        """Read one level page by page."""
        found: list[Row] = []
        while True:
            page = self.ok("wall.getComments", count=100, sort="asc", offset=len(found), **params)
            found += page["items"]
            if len(found) >= page["current_level_count"]:
                return found


Start = Callable[..., Caller]
"""Starts a sandbox that ends with the module, and returns a caller of it."""
