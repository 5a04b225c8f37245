"""The parameters of each kind of task: read from JSON, checked, and written back in one form.

The form is JSON again, because records are kept and equal work must look equal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args

from core.errors import QueryError, TaskError
from core.export import FORMATS, Dialect, Headers
from core.log import without_secrets
from core.query import FIELDS, Dataset, Query, lists, parse_query
from core.storage.search import read_search

REFRESH = ("new", "changed", "all")
MAX_TARGETS = 20_000
MAX_LINK = 10_000
MAX_LINKS = 4_000_000
MAX_WORDS = 1000
ANSWERS = ("success_token", "captcha_key", "token")
MAX_ANSWER = 4000


def collect_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Check `{"targets", "since"?, "until"?, "posts"?, "words"?, "refresh"?}`; raises TaskError."""
    _refuse_unknown(params, {"targets", "since", "until", "posts", "words", "refresh"})
    targets = params.get("targets")
    if not isinstance(targets, list | tuple) or not all(isinstance(each, str) for each in targets):
        raise _refused("targets", targets, "It is a list of links.")
    links = [without_secrets(each.strip()) for each in targets if each.strip()]
    if not 0 < len(links) <= MAX_TARGETS:
        raise TaskError(
            "The parameter '{key}' cannot hold {count:,} links.",
            hint="Give 1 to {most:,}.",
            key="targets",
            count=len(links),
            most=MAX_TARGETS,
        )
    if sum(map(len, links)) > MAX_LINKS or max(map(len, links)) > MAX_LINK:
        raise TaskError(
            "The parameter '{key}' cannot hold so much text.",
            hint="A link has at most {most:,} characters; split them.",
            key="targets",
            most=MAX_LINK,
        )
    since, until = _day(params, "since"), _day(params, "until")
    if since and until and since > until:
        raise _refused("until", until, "The end lies before the beginning.")
    posts = params.get("posts")
    if posts is not None and (not isinstance(posts, int) or isinstance(posts, bool) or posts < 1):
        raise _refused("posts", posts, "It is a number of posts, 1 or more.")
    return {
        "targets": links,
        "since": since,
        "until": until,
        "posts": posts,
        "words": _words(params),
        "refresh": _choice(params, "refresh", REFRESH, "new"),
    }


def export_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Check `{"format", "query"?, "dialect"?, "headers"?}`; raises TaskError or QueryError."""
    _refuse_unknown(params, {"format", "query", "dialect", "headers"})
    checked = {
        "format": _choice(params, "format", tuple(FORMATS), None),
        "dialect": _choice(params, "dialect", get_args(Dialect), "data"),
        "headers": _choice(params, "headers", get_args(Headers), "en"),
    }
    return {**checked, "query": written_query(params.get("query") or {})}


def enrich_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Check `{"dataset"?}`, whose texts are read: your own by default; raises TaskError."""
    _refuse_unknown(params, {"dataset"})
    return {"dataset": _choice(params, "dataset", get_args(Dataset), "own")}


def written_query(given: object) -> dict[str, list[str]]:
    """Check the keys of a query and return them in the one form; raises TaskError or QueryError."""
    return lists(parse_query(_url_values(given)).params())


def import_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Check `{"file", "upload", "mapping"?}`; `upload` names a file the server keeps, never a path."""
    _refuse_unknown(params, {"file", "upload", "mapping"})
    file, upload = params.get("file"), params.get("upload")
    if not isinstance(file, str) or not isinstance(upload, str) or not upload.isalnum():
        raise _refused("file", file, "Send the file by POST /imports.")
    return {"file": file, "upload": upload, "mapping": params.get("mapping") or None}


def checked_answer(answer: Mapping[str, Any]) -> dict[str, str]:
    """Check what a person gave for a pause: nothing, or one of ANSWERS; the TaskError never repeats it."""
    given = {key: value for key, value in answer.items() if value not in (None, "")}
    wrong = [key for key in given if key not in ANSWERS]
    if wrong or len(given) > 1:
        raise TaskError(
            "That is no answer to a pause.",
            hint="Give one of {allowed}, or nothing to try again.",
            allowed=ANSWERS,
            key=_printable(wrong[0][:50]) if wrong else "",
        )
    for key, value in given.items():
        if not isinstance(value, str) or not value.isprintable() or len(value) > MAX_ANSWER:
            raise TaskError(
                "The '{key}' cannot be that.", hint="It is one line of text; copy it again.", key=key
            )
    return {key: value.strip() for key, value in given.items()}


def refuse_broken_text(params: Mapping[str, Any]) -> None:
    """Raise TaskError for half a character (a lone surrogate): it can neither be stored nor answered."""
    for key, value in params.items():
        try:
            json.dumps([key, value], ensure_ascii=False, default=str).encode()
        except UnicodeEncodeError as error:
            raise _refused(
                _printable(key), _printable(str(value)[:200]), "It holds half a character."
            ) from error


def query_in(params: Mapping[str, Any]) -> Query:
    """Return the query that checked export parameters carry."""
    return parse_query(params["query"])


def fingerprint(body: object) -> str:
    """Return text that is equal for equal work."""
    return json.dumps(body, sort_keys=True, default=str)


def _url_values(query: object) -> dict[str, Sequence[str]]:
    if not isinstance(query, Mapping):
        raise _refused(
            "query",
            query,
            "It is an object with the keys {keys}.",
            keys=tuple(each.key for each in FIELDS),
        )
    values: dict[str, Sequence[str]] = {}
    for key, given in query.items():
        each = given if isinstance(given, list | tuple) else [given]
        values[str(key)] = [_url_value(value) for value in each if value is not None]
    return {key: found for key, found in values.items() if found}


def _url_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _words(params: Mapping[str, Any]) -> str:
    words = params.get("words") or ""
    if not isinstance(words, str) or len(words) > MAX_WORDS:
        raise _refused(
            "words", str(words)[:100], "It is text of at most {most:,} characters.", most=MAX_WORDS
        )
    try:
        if words.strip():
            read_search(words)
    except QueryError as error:
        raise _refused("words", words, error.hint_template) from error
    return words.strip()


def _day(params: Mapping[str, Any], key: str) -> str | None:
    value = params.get(key)
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise _refused(key, value, "A day is written 2026-03-01.") from None


def _choice(params: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str | None) -> str:
    value = params.get(key) or default
    if value not in allowed:
        raise _refused(key, value, "It is one of: {allowed}.", allowed=allowed)
    return str(value)


def _printable(text: str) -> str:
    return text.encode(errors="replace").decode()


def _refuse_unknown(params: Mapping[str, Any], known: set[str]) -> None:
    for key in params:
        if key not in known:
            raise _refused(
                key,
                params[key],
                "There is no such parameter; known: {known}.",
                known=sorted(known),
            )


def _refused(key: str, value: object, hint: str, **params: object) -> TaskError:
    return TaskError(
        "The parameter '{key}' cannot be '{value}'.", hint=hint, key=key, value=str(value), **params
    )
