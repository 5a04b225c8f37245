"""The way to the API: past all that serves pages, which must neither judge nor compress its answers."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.api.access import API_ROOT


class Front:
    """Hands requests below API_ROOT to the API, as a mount does, and all others on."""

    def __init__(self, app: ASGIApp, api: ASGIApp, base_path: str = "") -> None:
        self._app = app
        self._api = api
        base = base_path.strip("/")
        self._roots = (f"/{base}{API_ROOT}", API_ROOT) if base else (API_ROOT,)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or hand it on."""
        root = self._root(scope) if scope["type"] == "http" else None
        if root is None:
            await self._app(scope, receive, send)
            return
        above = scope.get("root_path", "")
        await self._api({**scope, "root_path": above + root, "app_root_path": above}, receive, send)

    def _root(self, scope: Scope) -> str | None:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        return next((root for root in self._roots if f"{path}/".startswith(f"{root}/")), None)
