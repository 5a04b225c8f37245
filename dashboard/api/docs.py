"""The API's documentation as one plain page: made from OpenAPI here, so it needs no network and no script."""

from __future__ import annotations

from html import escape
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h2 { margin-top: 2.5rem; font-size: 1.1rem; overflow-wrap: anywhere } code, pre { font-family: monospace }
pre { padding: .7rem; border: 1px solid #8884; overflow-x: auto }
td { padding: .1rem .8rem .1rem 0; vertical-align: top }
:root { color-scheme: light dark }
"""

routes = APIRouter(include_in_schema=False)


@routes.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Show every route with its parameters, its body's example and its answers."""
    schema = request.app.openapi()
    root = schema["servers"][0]["url"]
    operations = [
        _operation(f"{root}{path}", method, operation, schema)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    info = schema["info"]
    title = escape(f"{info['title']}: API")
    return HTMLResponse(
        "<!doctype html><html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{title}</title><style>{STYLE}</style><main><h1>{title}</h1>"
        f"<p>{escape(info['description'])} <a href='{root}/openapi.json'>{root}/openapi.json</a></p>"
        f"{''.join(operations)}</main></html>"
    )


def _operation(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(each['name'])}</code><td>{escape(each['in'])}"
        f"<td>{escape(each.get('description', ''))}"
        for each in operation.get("parameters", ())
    )
    answers = ", ".join(
        f"{status} {escape(answer['description'])}"
        for status, answer in sorted(operation["responses"].items())
    )
    return (
        f"<h2>{method.upper()} <code>{escape(path)}</code></h2><p>{escape(operation['description'])}</p>"
        f"<table>{rows}</table>{_example(operation, schema)}<p><small>{answers}</small></p>"
    )


def _example(operation: dict[str, Any], schema: dict[str, Any]) -> str:
    contents = operation.get("requestBody", {}).get("content", {})
    if not contents:
        return ""
    kind, body = next(iter(contents.items()))
    first = body["schema"].get("oneOf", [body["schema"]])[0]
    model = schema["components"]["schemas"].get(first.get("$ref", "").rpartition("/")[2], {})
    shown = model.get("example") or dict.fromkeys(model.get("properties", ()), "…")
    text = orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode()
    return f"<pre>{escape(kind)}\n{escape(text)}</pre>"
