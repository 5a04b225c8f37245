"""Who may come in: this machine without a key, everybody else with API_KEY, nobody while there is none.

"This machine" is decided by where the server listens, not by what a request claims alone: a request is local
when the server is bound to loopback, the connection ended there, the Host it names is loopback too (a page
elsewhere that made its name point here does not pass), and no proxy says that it speaks for somebody.

The API guards itself (`ApiAccess`); `PageAccess` is mounted around the whole app and leaves the API to it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.config import Settings
from core.log import logger
from dashboard.api import problems
from dashboard.services import Services
from dashboard.tickets import Tickets

API_ROOT = "/api/v1"
OPEN_PATH = "/health/live"
COOKIE = "vk_comments_key"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")
SETUP = (
    "This server can be reached from other machines, so it needs a key first. "
    "Set API_KEY and start it again, or set HOST=127.0.0.1 and open it on its own machine."
)
SETUP_PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>VK Comments Dashboard</title>
<body style="font:16px/1.5 sans-serif;max-width:40em;margin:15vh auto;padding:0 1em">
<main><h1>Set-up</h1><p>{SETUP}</p>
<p lang="ru">Сервер доступен с других машин, поэтому сначала нужен ключ. Задайте API_KEY и перезапустите его
или задайте HOST=127.0.0.1 и откройте его на той же машине.</p></main></body></html>"""


class ApiAccess:
    """Lets API requests through that are local or carry the key or a ticket; answers problems otherwise."""

    def __init__(self, app: ASGIApp, services: Callable[[], Services]) -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or hand it on."""
        refusal = self._refusal(HTTPConnection(scope)) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, asked: HTTPConnection) -> Response | None:
        services, path = self._services(), _path_in_api(asked)
        if path == OPEN_PATH:
            return None
        if services.settings.api_key is None:
            return _refused_without_key(asked, services.settings)
        if _is_key(_bearer(asked.headers), services.settings) or _has_ticket(asked, path, services.tickets):
            return None
        return problems.answer(
            401,
            "key_needed",
            "This needs the header 'Authorization: Bearer <API_KEY>' with the key of this server.",
            {"WWW-Authenticate": "Bearer"},
        )


class PageAccess:
    """Lets page requests through that are local or carry the key (as browsers give it, or as a cookie)."""

    def __init__(self, app: ASGIApp, settings: Settings, base_path: str = "") -> None:
        self._app = app
        self._settings = settings
        self._api = "/" + "/".join(part for part in (base_path.strip("/"), API_ROOT.strip("/")) if part)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or hand it on."""
        if scope["type"] not in {"http", "websocket"} or self._is_api(scope):
            await self._app(scope, receive, send)
            return
        asked, settings = HTTPConnection(scope), self._settings
        if is_local(asked, settings) or _has_cookie(asked, settings):
            await self._app(scope, receive, send)
        elif settings.api_key is not None and _is_key(_password(asked.headers), settings):
            await self._app(scope, receive, _with_cookie(asked, settings, send))
        else:
            await _refuse(scope, receive, send, has_key=settings.api_key is not None)

    def _is_api(self, scope: Scope) -> bool:
        return scope["type"] == "http" and f"{scope['path']}/".startswith((f"{self._api}/", f"{API_ROOT}/"))


def _refused_without_key(asked: HTTPConnection, settings: Settings) -> Response | None:
    if not is_local(asked, settings):
        return problems.answer(403, "setup_needed", SETUP)
    if _is_foreign_write(asked):
        return problems.answer(403, "cross_site", "Another site may not change anything here.")
    return None


def _has_ticket(asked: HTTPConnection, path: str, tickets: Tickets) -> bool:
    ticket = asked.query_params.get("ticket")
    if not ticket or asked.scope["method"] not in SAFE_METHODS:
        return False
    return tickets.redeem(ticket, _without_ticket(path, asked))


def is_local(asked: HTTPConnection, settings: Settings) -> bool:
    """Tell whether the request was made on this machine, to a server that listens to this machine only."""
    if not settings.is_loopback or any(name in asked.headers for name in PROXY_HEADERS):
        return False
    bound_to, _port = asked.scope.get("server") or ("", None)
    try:
        named = urlsplit(f"//{asked.headers.get('host', '')}").hostname or ""
    except ValueError:
        return False
    return _is_loopback(named) and (not _is_address(bound_to) or _is_loopback(bound_to))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if host == "localhost" or not _is_address(host):
        return host == "localhost"
    address = ipaddress.ip_address(host)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _is_foreign_write(asked: HTTPConnection) -> bool:
    """Tell whether a page of another site asks for a change in its visitor's name."""
    if asked.scope["method"] in SAFE_METHODS:
        return False
    origin = asked.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != asked.headers.get("host")


def _path_in_api(asked: HTTPConnection) -> str:
    path: str = asked.scope["path"]
    return path.removeprefix(asked.scope.get("root_path", ""))


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


def _is_key(given: str, settings: Settings) -> bool:
    assert settings.api_key is not None
    is_right = hmac.compare_digest(given.encode(), settings.api_key.reveal().encode())
    if given and not is_right:
        logger(__name__).warning("A wrong API_KEY was given")
    return is_right


def _proof(settings: Settings) -> str:
    assert settings.api_key is not None
    return hmac.new(settings.api_key.reveal().encode(), b"page", hashlib.sha256).hexdigest()


def _has_cookie(asked: HTTPConnection, settings: Settings) -> bool:
    given = asked.cookies.get(COOKIE, "")
    return settings.api_key is not None and hmac.compare_digest(given.encode(), _proof(settings).encode())


def _with_cookie(asked: HTTPConnection, settings: Settings, send: Send) -> Send:
    """Add the cookie, because not every browser repeats the key when it opens a websocket."""
    secure = "; Secure" if asked.url.scheme in {"https", "wss"} else ""
    cookie = f"{COOKIE}={_proof(settings)}; Path=/; HttpOnly; SameSite=Strict{secure}"

    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("Set-Cookie", cookie)
        await send(message)

    return send_with_cookie


async def _refuse(scope: Scope, receive: Receive, send: Send, *, has_key: bool) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    answer: Response = HTMLResponse(SETUP_PAGE, 403)
    if has_key:
        challenge = {"WWW-Authenticate": 'Basic realm="The password is API_KEY", charset="UTF-8"'}
        answer = HTMLResponse("API_KEY?", 401, headers=challenge)
    await answer(scope, receive, send)
