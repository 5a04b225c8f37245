"""Logging: one way out for every line, and no secret in any of them."""

from __future__ import annotations

import base64
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from urllib.parse import quote, unquote

import pytest
import structlog

from core.log import (
    LogFormat,
    Redactor,
    adopt_libraries,
    bound_contextvars,
    configure,
    hide,
    logger,
    without_secrets,
)

SECRET = 'pl4nted+/="secret'
TOKEN = "vk1.a.AbC-dEf_0123456789xyz"


@pytest.fixture(autouse=True)
def _restored_logging() -> Iterator[None]:
    """Put the process's logging back after each test."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.getLogRecordFactory()
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    root.handlers, level, factory = before
    root.setLevel(level)
    logging.setLogRecordFactory(factory)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def _configured(log_format: LogFormat = "json", level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    configure(log_format, level, (SECRET,), stream=stream)
    return stream


class _Holder:
    def __repr__(self) -> str:
        return f"Holder({SECRET})"


def _in_base64(offset: int) -> str:
    return base64.b64encode(b"x" * offset + SECRET.encode() + b" and more").decode()


FORMS = {
    "plain": SECRET,
    "percent-encoded": quote(SECRET, safe=""),
    "percent-encoded in lower case": quote(SECRET, safe="").lower(),
    "percent-encoded twice": quote(quote(SECRET, safe=""), safe=""),
    "in JSON": json.dumps({"key": SECRET}),
    "in JSON in JSON": json.dumps(json.dumps({"key": SECRET})),
    "in a URL": f"https://host/path?key={SECRET}&other=1",
    "base64, first alignment": _in_base64(0),
    "base64, second alignment": _in_base64(1),
    "base64, third alignment": _in_base64(2),
    "base64 for URLs": base64.urlsafe_b64encode(SECRET.encode()).decode(),
    "base64, percent-encoded": quote(_in_base64(1), safe=""),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_given_secret_is_removed_in_any_encoding(form: str) -> None:
    """Neither a secret nor what decodes to it survives, and the text around it does."""
    redacted = Redactor((SECRET,)).text(f"before {form} after")
    assert redacted.startswith("before ")
    assert redacted.endswith(" after")
    assert "***" in redacted
    assert "pl4nted" not in redacted
    for offset in range(3):
        middle = _in_base64(offset)[6:14]
        assert middle not in unquote(redacted)
        assert middle.translate(str.maketrans("+/", "-_")) not in redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"token {TOKEN}.", "token ***."),
        ("vk1%2Ea%2EAbC-dEf_0123", "***"),
        ("/method/x?access_token=abc123&v=5.199", "/method/x?access_token=***&v=5.199"),
        ("?access_token%3Dabc123&v=5", "?access_token%3D***&v=5"),
        ('{"access_token": "abc123", "v": "5.199"}', '{"access_token": "***", "v": "5.199"}'),
        ("{'refresh_token': 'abc123'}", "{'refresh_token': '***'}"),
        ("Authorization: Bearer abc.def-123_4567", "Authorization: Bearer ***"),
        ("authorization: basic dXNlcjpwYXNz", "authorization: basic ***"),
        ("postgresql://user:pass123@host/db", "postgresql://user:***@host/db"),
        ("a legacy key " + "0a" * 38, "a legacy key ***"),
        ("a user's key " + "f" * 85, "a user's key ***"),
    ],
)
def test_what_looks_like_a_token_is_removed(text: str, expected: str) -> None:
    """Tokens nobody told us about are known by their shape or by the name before them."""
    assert Redactor().text(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "комментарий со ссылкой https://vk.com/wall-1_2?reply=3&thread=4",
        "sha256 " + "0a" * 32,
        "VK says: user authorization failed: invalid access_token (5)",
        "the bearer of news",
        "12:30 mail@example.org",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    """What is no secret is not touched."""
    assert Redactor((SECRET,)).text(text) == text


def test_a_very_short_secret_does_not_blank_the_log() -> None:
    """A secret of one letter is not searched for: it would hide every word."""
    assert Redactor(("a",)).text("a banana") == "a banana"


def test_nested_values_are_redacted() -> None:
    """Secrets are found in keys, lists, bytes and foreign objects, and by the name of their key."""
    value = {
        "list": [SECRET, {"deep": (SECRET, 1)}],
        SECRET: "as a key",
        "bytes": SECRET.encode(),
        "object": _Holder(),
        "access_token": "whatever",
        "count": 3,
        "nothing": None,
    }
    redacted = Redactor((SECRET,)).value(value)
    assert redacted == {
        "list": ["***", {"deep": ["***", 1]}],
        "***": "as a key",
        "bytes": "***",
        "object": "Holder(***)",
        "access_token": "***",
        "count": 3,
        "nothing": None,
    }


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_no_line_holds_the_secret(log_format: LogFormat) -> None:
    """Message, values, exception, context and foreign loggers are all redacted, in both formats."""
    stream = _configured(log_format)
    log = logger("core.test")
    with bound_contextvars(task=SECRET):
        message = f"message {SECRET}"
        log.info(message, nested={"a": [SECRET]}, url=quote(SECRET, safe=""))
    try:
        raise ValueError(f"inner {SECRET}")
    except ValueError:
        log.exception("it failed")
        logging.getLogger("foreign").exception("it failed with %s", SECRET)
    lines = stream.getvalue()
    assert lines.count("ValueError") >= 2
    assert "***" in lines
    assert "pl4nted" not in lines


def test_a_json_line_has_its_context_and_keeps_cyrillic() -> None:
    """One line is one JSON object with time, level, logger, event and the bound context."""
    stream = _configured()
    with bound_contextvars(task="t-1", source="wall:-1_2"):
        logger("core.collect").warning("Страница", page=2)
    line = stream.getvalue()
    entry = json.loads(line)
    assert "Страница" in line
    assert entry.pop("timestamp").endswith("Z")
    assert entry == {
        "event": "Страница",
        "page": 2,
        "level": "warning",
        "logger": "core.collect",
        "task": "t-1",
        "source": "wall:-1_2",
    }


def test_the_standard_library_takes_the_same_way() -> None:
    """A line of another library becomes the same kind of JSON, its arguments filled in."""
    stream = _configured()
    logging.getLogger("somebody.else").error("%s of %d", "one", 2)
    entry = json.loads(stream.getvalue())
    assert (entry["event"], entry["logger"], entry["level"]) == ("one of 2", "somebody.else", "error")


def test_a_librarys_own_handler_is_redacted_too() -> None:
    """A handler that a library brings later prints no secret, neither in the message nor in a traceback."""
    _configured()
    stream = io.StringIO()
    library = logging.getLogger("late.handler")
    library.handlers, library.propagate = [logging.StreamHandler(stream)], False
    try:
        raise KeyError(SECRET)
    except KeyError:
        library.exception("with %s", SECRET)
    assert "with ***" in stream.getvalue()
    assert "KeyError" in stream.getvalue()
    assert "pl4nted" not in stream.getvalue()


@pytest.mark.parametrize("is_late", [False, True])
def test_handlers_of_libraries_are_taken_over(is_late: bool) -> None:
    """What Streamlit and the web server print goes through our handler, once, whenever they set theirs up."""
    elsewhere = io.StringIO()
    library = logging.getLogger("uvicorn.test_take_over")
    stream = _configured()
    library.handlers, library.propagate = [logging.StreamHandler(elsewhere)], False
    if is_late:
        adopt_libraries()
    else:
        stream = _configured()
    library.warning("hello")
    assert elsewhere.getvalue() == ""
    assert json.loads(stream.getvalue())["event"] == "hello"


def test_the_level_holds_for_all_and_http_libraries_are_quieter() -> None:
    """Below the level nothing is printed; the HTTP client's request lines never are."""
    stream = _configured(level="info")
    logger("core.test").debug("too low")
    logging.getLogger("somebody").debug("too low")
    for chatty in ("httpx", "httpcore", "httpcore.connection", "uvicorn.access"):
        logging.getLogger(chatty).info("GET /")
    logging.getLogger("streamlit.runtime.caching.some_api").warning("No runtime found")
    assert stream.getvalue() == ""
    logging.getLogger("httpx").warning("shown")
    logging.getLogger("streamlit.runtime.other").warning("shown")
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["shown", "shown"]


def test_auto_is_json_where_nobody_watches() -> None:
    """Without a terminal `auto` writes JSON."""
    stream = _configured("auto")
    logger("core.test").info("hello")
    assert json.loads(stream.getvalue())["event"] == "hello"


def test_a_logger_made_early_follows_a_later_configuration() -> None:
    """A module may take its logger at import, before anything is configured."""
    log = logger("core.early")
    stream = _configured()
    log.info("hello")
    assert json.loads(stream.getvalue())["logger"] == "core.early"


def test_configuring_twice_prints_once() -> None:
    """A second configuration replaces the first."""
    first = _configured()
    second = _configured()
    logger("core.test").info("hello")
    assert first.getvalue() == ""
    assert len(second.getvalue().splitlines()) == 1


def test_a_broken_message_of_a_library_is_still_printed() -> None:
    """A foreign line whose arguments do not fit is printed with them, redacted, and nothing is raised."""
    stream = _configured()
    logging.getLogger("somebody").warning("%d of %d", *(SECRET,))
    assert json.loads(stream.getvalue())["event"] == "%d of %d ('***',)"


def test_a_secret_that_comes_later_is_hidden_from_then_on() -> None:
    """A token given while the process runs is starred in our lines and in those of libraries, for good."""
    late = "given-while-it-runs-0815"
    stream = _configured()
    hide(late)
    logger("ours").info("first", said=late)
    logging.getLogger("theirs").warning("second %s", late)
    configure("json", "info", (SECRET,), stream=stream)
    logger("ours").info("third", said=f"{late} {SECRET}")
    assert late not in stream.getvalue()
    assert SECRET not in stream.getvalue()
    assert stream.getvalue().count("***") >= 4


def test_what_was_typed_is_kept_without_secrets_and_else_as_it_is() -> None:
    """A known token and one by its look are starred; a short password that is part of a link is not."""
    configure("json", "info", (SECRET, "wall"), stream=io.StringIO())
    hide("0815-given-later")
    assert without_secrets(f"vk.com/wall-1_2?x={quote(SECRET)}") == "vk.com/wall-1_2?x=***"
    assert without_secrets("wall-1_2#access_token=0815-given-later&expires_in=0") == (
        "wall-1_2#access_token=***&expires_in=0"
    )
    assert without_secrets(TOKEN) == "***"
