"""The language a caller reads: answers with sentences in them say which one they are in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Request, Response
from starlette.datastructures import Headers

from core.wording import Lang, accepted


def asked_for(headers: Headers) -> Lang:
    """Return the language a caller asks for, in one Accept-Language header or several."""
    return accepted(", ".join(headers.getlist("accept-language")))


def spoken(lang: Lang) -> dict[str, str]:
    """Return the headers of an answer in a language that the caller chose."""
    return {"Content-Language": lang, "Vary": "Accept-Language"}


async def _chosen(
    request: Request,
    response: Response,
    _accept_language: Annotated[
        str | None,
        Header(
            alias="Accept-Language",
            description="Language of the sentences: `ru` or `en`; English if left out.",
        ),
    ] = None,
) -> Lang:
    lang = asked_for(request.headers)
    response.headers.update(spoken(lang))
    return lang


Reader = Annotated[Lang, Depends(_chosen)]
"""The caller's language, by Accept-Language; a route that takes it says so in its answer."""
