"""ETags: a caller who has the answer already is told so, before any query is run.

The tag of an answer from the database is weak and made of what the answer depends on: the address and the
dataset versions, which every commit raises. A word of this process is in it too, because the same version
may say something else after an update or a restored backup.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from fastapi import Request, Response

from dashboard.services import Services

_PROCESS: Final = secrets.token_hex(4)
NO_CACHE: Final = "private, no-cache"
TAGGED: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "Not Modified: what If-None-Match names is still right."}
}
KEPT: Final = "dashboard.kept"
"""Where the scope says that an answer may be kept, and for which versions."""


class NotModified(Exception):
    """The caller has this answer already."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__()
        self.headers = dict(headers)


def tagged(request: Request, response: Response, *parts: object) -> None:
    """Give the answer a weak ETag of its address and `parts`, all else it depends on; raise NotModified."""
    address = (request.url.path, request.url.query, *parts)
    digest = hashlib.blake2b(repr(address).encode(), digest_size=9).hexdigest()
    _settle(request, response, f'W/"{_PROCESS}{digest}"')


def tagged_by_content(request: Request, response: Response, content: bytes) -> None:
    """Give the answer a strong ETag of its bytes; raise NotModified."""
    _settle(request, response, f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"')


def tagged_by_file(request: Request, response: Response, path: Path) -> None:
    """Give a file, which keeps its content, a strong ETag of its time and size; raise NotModified."""
    found = path.stat()
    _settle(request, response, f'"{found.st_mtime_ns:x}-{found.st_size:x}"')


def tagged_by_data(request: Request, response: Response, services: Services, lang: str = "") -> None:
    """Give an answer that depends on the datasets alone its ETag, and let it be kept; raise NotModified.

    `lang` is the caller's language, for an answer that has sentences in it.
    """
    versions = versions_of(services)
    request.scope[KEPT] = versions
    tagged(request, response, versions, lang)


def versions_of(services: Services) -> tuple[int, ...]:
    """Return the version of every dataset."""
    return tuple(workspace.store.version() for workspace in services.workspaces)


def is_known(if_none_match: str, etag: str) -> bool:
    """Tell whether If-None-Match names this tag; weak and strong ones are alike there (RFC 9110)."""
    named = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return "*" in named or etag.removeprefix("W/") in named


def _settle(request: Request, response: Response, etag: str) -> None:
    headers = {"ETag": etag, "Cache-Control": NO_CACHE}
    if "vary" in response.headers:
        headers["Vary"] = response.headers["vary"]
    if is_known(request.headers.get("if-none-match", ""), etag):
        raise NotModified(headers)
    response.headers.update(headers)
