"""HEAD, answered as GET without the body, except where the body would be made for nothing."""

from __future__ import annotations

import re
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.api.callers import path_in_api

_STREAMS: Final = re.compile(r"/(export\.[a-z]+|tasks/[^/]+/(events|result))")


class Heads:
    """Turns HEAD into GET and drops what GET says; streams are left to their routes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or not answers_head(scope):
            await self._app(scope, receive, send)
            return
        scope["method"] = "GET"

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, send_head)


def answers_head(scope: Scope) -> bool:
    """Tell whether a GET at this path is cheap enough to be asked for its head alone."""
    return not _STREAMS.fullmatch(path_in_api(scope))
