"""The HTTP side: /method/NAME as VK answers it, and /sandbox/... for those who run the sandbox."""

import asyncio
import time
from urllib.parse import parse_qsl

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from core.sandbox.admin import Admin
from core.sandbox.api import Api
from core.sandbox.changes import BadChange
from core.sandbox.faults import Fault, Faults
from core.sandbox.gate import Gate
from core.sandbox.obstacles import CAPTCHA_KEY, SUCCESS_TOKEN, Obstacles
from core.sandbox.refusals import Params
from core.sandbox.settings import Settings
from core.sandbox.stats import Stats
from core.sandbox.world import World

_JSON = "application/json; charset=utf-8"


class CutResponse(Response):
    """An answer that breaks off in the middle: fewer bytes than promised, then the connection closes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send half."""
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await send(
            {"type": "http.response.body", "body": self.body[: len(self.body) // 2], "more_body": True}
        )


class Server:
    """One world behind HTTP."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.world = World(settings.comments, settings.seed)
        self._stats = Stats()
        self._faults = Faults(settings.faults, settings.seed)
        gate = Gate(settings, time.monotonic)
        self._obstacles = Obstacles()
        self._api = Api(
            world=self.world,
            settings=settings,
            gate=gate,
            faults=self._faults,
            obstacles=self._obstacles,
            stats=self._stats,
        )
        self._admin = Admin(
            world=self.world,
            settings=settings,
            gate=gate,
            faults=self._faults,
            obstacles=self._obstacles,
            stats=self._stats,
            clock=time.monotonic,
        )

    def app(self) -> Starlette:
        """Return the ASGI application."""
        return Starlette(
            routes=[
                Route("/method/{name:path}", self._method, methods=["GET", "POST"]),
                Route("/sandbox/stats", self._show_stats),
                Route("/sandbox/truth", self._show_truth),
                Route("/sandbox/world", self._change_world, methods=["POST"]),
                Route("/sandbox/calls", self._show_calls),
                Route("/sandbox/captcha", self._show_captcha),
                Route("/sandbox/captcha.svg", self._show_picture),
                Route("/sandbox/validation", self._validate),
            ]
        )

    async def _method(self, request: Request) -> Response:
        """Answer one call."""
        values, token, places = await _received(request)
        self._stats.start(token, places, request.method, time.monotonic())
        size = 0
        try:
            self._admin.advance()
            fault = self._faults.transport()
            body = b""
            if fault is None or fault.name == "slow" or fault.name in ("cut", "truncate"):
                captcha_url = str(request.base_url) + "sandbox/captcha"
                body = self._api.answer(request.path_params["name"], Params(values), token, captcha_url)
            wait_s = self._settings.latency_s + (fault.seconds if fault and fault.name == "slow" else 0.0)
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            size = len(body)
            return self._sent(body, fault)
        finally:
            self._stats.end(size)

    def _sent(self, body: bytes, fault: Fault | None) -> Response:
        """Wrap a body, or what a fault makes of it."""
        if fault is None or fault.name == "slow":
            return Response(body, media_type=_JSON)
        self._stats.note_fault(fault.name)
        if fault.name == "cut":
            return CutResponse(body, media_type=_JSON)
        if fault.name == "truncate":
            return Response(body[: len(body) // 2], media_type=_JSON)
        if fault.name == "html":
            return HTMLResponse("<html><body>429</body></html>")
        return HTMLResponse("<html><body>Bad gateway</body></html>", int(fault.name.removeprefix("http")))

    async def _show_stats(self, _: Request) -> Response:
        """Return the counters."""
        return _json(self._stats.shown())

    async def _show_truth(self, request: Request) -> Response:
        """Return what exists."""
        try:
            self._admin.advance()
            return _json(self._admin.truth(request.query_params.get("source", "")))
        except BadChange as error:
            return _json({"error": str(error)}, 400)

    async def _change_world(self, request: Request) -> Response:
        """Carry out an order."""
        try:
            order = orjson.loads(await request.body())
            return _json(self._admin.change(order if isinstance(order, dict) else {"": order}))
        except (BadChange, KeyError, TypeError, ValueError) as error:
            return _json({"error": str(error)}, 400)

    async def _show_calls(self, request: Request) -> Response:
        """Return the calls that were logged, from a place on."""
        return _json((self._stats.log or [])[int(request.query_params.get("from", "0")) :])

    async def _show_captcha(self, _: Request) -> Response:
        """Show what a person gets for solving a captcha."""
        return PlainTextResponse(f"success_token={SUCCESS_TOKEN}")

    async def _show_picture(self, _: Request) -> Response:
        """Show the picture of an old captcha."""
        picture = f'<text y="30">{CAPTCHA_KEY}</text>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="130" height="50">{picture}</svg>'
        return Response(svg, media_type="image/svg+xml")

    async def _validate(self, _: Request) -> Response:
        """Validate, as a person does by opening the page."""
        self._obstacles.needs_validation = False
        return PlainTextResponse("success=1")


def _json(value: object, status: int = 200) -> Response:
    """Return an admin answer."""
    return Response(orjson.dumps(value), status, media_type=_JSON)


async def _received(request: Request) -> tuple[dict[str, str], str, list[str]]:
    """Return parameters, the token and the places it travelled in: header, query, body."""
    query = dict(request.query_params)
    body: dict[str, str] = {}
    kind = request.headers.get("content-type", "")
    if request.method == "POST" and kind.startswith("multipart/"):
        async with request.form() as form:
            body = {key: value for key, value in form.items() if isinstance(value, str)}
    elif request.method == "POST":
        body = dict(parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True))
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    tokens = {
        "header": bearer.strip() if scheme.lower() == "bearer" else "",
        "body": body.pop("access_token", ""),
        "query": query.pop("access_token", ""),
    }
    places = [place for place, token in tokens.items() if token]
    return query | body, next((token for token in tokens.values() if token), ""), places
