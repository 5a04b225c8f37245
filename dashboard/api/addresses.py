"""Addresses are taken strictly: an address that is broken, or names what is not there, is said to be so.

A misspelt key that is ignored answers another question than the one that was asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from core.errors import QueryError
from core.query import PAGE_KEY_PREFIX, PAGE_KEYS
from dashboard.api import problems
from dashboard.api.params import QUERY_KEYS
from dashboard.api.refusals import BadAddress

_BROKEN: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
TICKET: Final = "ticket"


class Addresses:
    """Refuses addresses that cannot be read: broken percent-encoding, broken UTF-8, a NUL."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or hand it on."""
        if scope["type"] == "http":
            for part in (scope.get("raw_path") or scope["path"].encode(), scope["query_string"]):
                if not _is_readable(part):
                    refusal = BadAddress(
                        "The address cannot be read.",
                        hint="Send UTF-8, percent-encoded (RFC 3986), without NUL.",
                    )
                    await problems.answer(refusal, scope)(scope, receive, send)
                    return
        await self._app(scope, receive, send)


async def only_known_keys(request: Request) -> None:
    """Raise QueryError for a key of the address that its route does not know, or that is given too often."""
    given = request.query_params.multi_items()
    if not given:
        return
    known = _known(request)
    takes_query = known.keys() >= QUERY_KEYS
    seen: set[str] = set()
    for key, value in given:
        if key == TICKET or (takes_query and _is_of_the_page(key)):
            continue
        if key not in known:
            raise QueryError(
                "There is no parameter '{key}' here.",
                hint="Known: {known}.",
                key=key[:100],
                value=value[:100],
                known=sorted(known) or ["-"],
            )
        if key in seen and not known[key]:
            raise QueryError(
                "The parameter '{key}' is given more than once.", hint="It takes one value.", key=key
            )
        seen.add(key)


def _is_of_the_page(key: str) -> bool:
    return key in PAGE_KEYS or key.startswith(PAGE_KEY_PREFIX)


def _known(request: Request) -> Mapping[str, bool]:
    """Return the keys of the request's route as documented, and whether each may be given several times."""
    state = request.app.state
    if not hasattr(state, "keys"):
        paths = request.app.openapi()["paths"]
        state.keys = {
            (path, method): {
                each["name"]: _is_list(each["schema"])
                for each in operation.get("parameters", ())
                if each["in"] == "query"
            }
            for path, operations in paths.items()
            for method, operation in operations.items()
        }
    place = (getattr(request.scope["route"], "path_format", ""), request.method.lower())
    keys: Mapping[str, bool] = state.keys.get(place, {})
    return keys


def _is_list(schema: Mapping[str, Any]) -> bool:
    return any(each.get("type") == "array" for each in (schema, *schema.get("anyOf", ())))


def _is_readable(part: bytes) -> bool:
    if _BROKEN.search(part):
        return False
    plain = unquote_to_bytes(part)
    try:
        plain.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in plain
