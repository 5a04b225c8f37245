"""Who may come in: this machine without a key, everybody else with API_KEY, nobody while there is none.

"This machine" is decided by where the server listens, not by what a request claims alone: a request is local
when the server is bound to loopback, the connection ended there, the Host it names is loopback too (a page
elsewhere that made its name point here does not pass), and no proxy says that it speaks for somebody.

The API guards itself (`ApiAccess`); `PageAccess` stands around everything else.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.config import Settings
from dashboard.api import problems
from dashboard.api.callers import address_of, is_local, path_in_api
from dashboard.api.keys import Attempts, Refused, is_key, proof
from dashboard.api.refusals import CrossSite, KeyNeeded, Refusal, SetupNeeded, TooManyAttempts
from dashboard.services import Services

API_ROOT: Final = "/api/v1"
OPEN_PATH: Final = "/health/live"
COOKIE: Final = "vk_comments_key"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
CHALLENGE: Final = {"WWW-Authenticate": 'Basic realm="The password is API_KEY", charset="UTF-8"'}
SETUP_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>VK Comments Dashboard</title>
<body style="font:16px/1.5 sans-serif;max-width:40em;margin:15vh auto;padding:0 1em">
<main><h1>Set-up</h1><p>This server can be reached from other machines, so it needs a key first.
Set API_KEY and start it again, or set HOST=127.0.0.1 and open it on its own machine.</p>
<p lang="ru">Сервер доступен с других машин, поэтому сначала нужен ключ. Задайте API_KEY и перезапустите его
или задайте HOST=127.0.0.1 и откройте его на той же машине.</p></main></body></html>"""


class ApiAccess:
    """Lets API requests through that are local or carry the key or a ticket; answers problems otherwise."""

    def __init__(self, app: ASGIApp, services: Callable[[], Services], attempts: Attempts) -> None:
        self._app = app
        self._services = services
        self._attempts = attempts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or hand it on."""
        if scope["type"] == "http":
            try:
                self._admit(HTTPConnection(scope))
            except Refusal as refusal:
                await problems.answer(refusal, scope)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _admit(self, asked: HTTPConnection) -> None:
        """Raise Refusal for who may not come in."""
        services, path = self._services(), path_in_api(asked.scope)
        if path == OPEN_PATH:
            return
        if services.settings.api_key is None:
            _admit_without_key(asked, services.settings)
            return
        address, refused = address_of(asked), services.metrics.keys_refused.inc
        if is_key(_bearer(asked.headers), address, services.settings, self._attempts, refused):
            return
        if not self._has_ticket(asked, path, services, address):
            raise KeyNeeded(
                "This needs the key of this server.",
                hint="Send the header 'Authorization: Bearer <API_KEY>'.",
            )

    def _has_ticket(self, asked: HTTPConnection, path: str, services: Services, address: str) -> bool:
        """Tell whether the address carries a ticket for itself; a wrong one counts like a wrong key."""
        ticket = asked.query_params.get("ticket")
        if not ticket or asked.scope["method"] not in SAFE_METHODS:
            return False
        self._attempts.refuse(address)
        if services.tickets.redeem(ticket, _without_ticket(path, asked)):
            return True
        self._attempts.count(address)
        return False


class PageAccess:
    """Lets page requests through that are local or carry the key (as browsers give it, or as a cookie)."""

    def __init__(self, app: ASGIApp, settings: Settings, attempts: Attempts, refused: Refused) -> None:
        self._app = app
        self._settings = settings
        self._attempts = attempts
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or hand it on."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        asked, settings = HTTPConnection(scope), self._settings
        if is_local(asked, settings) or _has_cookie(asked, settings):
            await self._app(scope, receive, send)
        elif settings.api_key is None:
            await _refuse(HTMLResponse(SETUP_PAGE, 403), scope, receive, send)
        else:
            await self._with_key(asked, receive, send)

    async def _with_key(self, asked: HTTPConnection, receive: Receive, send: Send) -> None:
        """Let in who gives the key, and give a cookie for it."""
        settings, given = self._settings, _password(asked.headers)
        try:
            is_right = is_key(given, address_of(asked), settings, self._attempts, self._refused)
        except TooManyAttempts as refusal:
            page = HTMLResponse(str(refusal), 429, headers=refusal.headers())
            await _refuse(page, asked.scope, receive, send)
            return
        if is_right:
            await self._app(asked.scope, receive, _with_cookie(asked, settings, send))
        else:
            await _refuse(HTMLResponse("API_KEY?", 401, headers=CHALLENGE), asked.scope, receive, send)


def _admit_without_key(asked: HTTPConnection, settings: Settings) -> None:
    if not is_local(asked, settings):
        raise SetupNeeded(
            "This server can be reached from other machines, so it needs a key first.",
            hint="Set API_KEY and start it again, or set HOST=127.0.0.1 and open it on its own machine.",
        )
    if _is_foreign_write(asked):
        raise CrossSite(
            "Another site may not change anything here.",
            hint="Ask from the dashboard's own page or a program.",
        )


def _is_foreign_write(asked: HTTPConnection) -> bool:
    """Tell whether a page of another site asks for a change in its visitor's name."""
    if asked.scope["method"] in SAFE_METHODS:
        return False
    origin = asked.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != asked.headers.get("host")


def _without_ticket(path: str, asked: HTTPConnection) -> str:
    kept = [part for part in asked.url.query.split("&") if part and not part.startswith("ticket=")]
    return API_ROOT + path + ("?" + "&".join(kept) if kept else "")


def _bearer(headers: Headers) -> str:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""


def _password(headers: Headers) -> str:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return _bearer(headers)
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _has_cookie(asked: HTTPConnection, settings: Settings) -> bool:
    given = asked.cookies.get(COOKIE, "")
    return settings.api_key is not None and hmac.compare_digest(given.encode(), proof(settings).encode())


def _with_cookie(asked: HTTPConnection, settings: Settings, send: Send) -> Send:
    """Add the cookie, because not every browser repeats the key when it opens a websocket."""
    secure = "; Secure" if asked.url.scheme in {"https", "wss"} else ""
    cookie = f"{COOKIE}={proof(settings)}; Path=/; HttpOnly; SameSite=Strict{secure}"

    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("Set-Cookie", cookie)
        await send(message)

    return send_with_cookie


async def _refuse(page: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    page.headers.update({"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
    await page(scope, receive, send)
