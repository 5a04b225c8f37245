"""Plotly's own JavaScript, from the installed package: compressed once, cached by browsers for good."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOREVER = "public, max-age=31536000, immutable"


@cache
def plotly_path() -> str:
    """Return the address of Plotly below the app's root; a new version has a new address."""
    return f"/assets/plotly-{version('plotly')}.min.js"


def plotly_url(base_path: str) -> str:
    """Return the address of Plotly for an app served under `base_path`."""
    base = base_path.strip("/")
    return f"/{base}{plotly_path()}" if base else plotly_path()


def routes() -> list[Route]:
    """Return the routes of the board's files."""
    return [Route(plotly_path(), _plotly, methods=["GET", "HEAD"])]


def warm() -> None:
    """Compress Plotly now, so that the first visitor does not wait for it."""
    _compressed()


async def _plotly(request: Request) -> Response:
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(_compressed(), media_type="text/javascript", headers=headers)
    return Response(_plain(), media_type="text/javascript", headers=headers)


@cache
def _plain() -> bytes:
    return (files("plotly") / "package_data" / "plotly.min.js").read_bytes()


@cache
def _compressed() -> bytes:
    return gzip.compress(_plain(), compresslevel=6, mtime=0)
