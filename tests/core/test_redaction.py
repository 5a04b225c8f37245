"""Attacks on the log: a planted secret in every place and every encoding that a line can carry."""

from __future__ import annotations

import base64
import gc
import html
import io
import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

import pytest
import structlog

from core import log
from core.log import Redactor, bound_contextvars, configure, hide, logger

TOKEN = "vk9.x.Pl4nted-s3cret_0123456789-abcdefgh/xyz+~"
AWKWARD = 'пароль "с" <трудом> & \\ %41 pl4nted'
LATE = "late-token-0123456789-QWERTY"
SECRETS = (TOKEN, AWKWARD)


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


@pytest.fixture(params=["json", "console"])
def lines(request: pytest.FixtureRequest) -> io.StringIO:
    """Give what the log prints, in both formats."""
    stream = io.StringIO()
    configure(request.param, "info", SECRETS, stream=stream)
    return stream


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(each):04x}" for each in text)


def _for_urls(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def _over_lines(text: str) -> str:
    return base64.encodebytes(text.encode()).decode()


ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent": lambda text: quote(text, safe=""),
    "percent in lower case": lambda text: re.sub("%..", lambda match: match[0].lower(), quote(text, safe="")),
    "percent of every character": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "percent twice": lambda text: quote(quote(text, safe=""), safe=""),
    "percent three times": lambda text: quote(quote(quote(text, safe=""), safe=""), safe=""),
    "form": quote_plus,
    "JSON": json.dumps,
    "JSON in JSON": lambda text: json.dumps(json.dumps({"inner": text})),
    "JSON with every character escaped": _escaped,
    "Python's repr": repr,
    "Python's repr of bytes": lambda text: repr(text.encode()),
    "HTML": html.escape,
    "HTML twice": lambda text: html.escape(html.escape(text)),
    "HTML in decimal": lambda text: "".join(f"&#{ord(each)};" for each in text),
    "HTML in hexadecimal": lambda text: "".join(f"&#x{ord(each):X};" for each in text),
    "percent in JSON": lambda text: json.dumps(quote(text, safe="")),
    "JSON in percent": lambda text: quote(json.dumps(text), safe=""),
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal in capitals": lambda text: text.encode().hex().upper(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 without padding": lambda text: base64.b64encode(text.encode()).decode().rstrip("="),
    "base64 for URLs": _for_urls,
    "base64 for URLs without padding": lambda text: _for_urls(text).rstrip("="),
    "base64 behind a name": lambda text: base64.b64encode(b"user:" + text.encode()).decode(),
    "base64 at the second place": lambda text: base64.b64encode(b"x" + text.encode() + b"yz").decode(),
    "base64 at the third place": lambda text: base64.b64encode(b"xy" + text.encode() + b"z").decode(),
    "base64 for URLs at the third place": lambda text: _for_urls(f"xy{text}"),
    "base64 in percent": lambda text: quote(base64.b64encode(text.encode()).decode(), safe=""),
    "base64 over lines": lambda text: _over_lines("long before " * 5 + text),
    "base64 over lines, in JSON": lambda text: json.dumps(_over_lines("b" * 70 + text)),
    "broken over lines": lambda text: f"{text[:14]}\n    {text[14:]}",
}  # fmt: skip


def _holds(text: str, secret: str) -> bool:
    """Tell whether somebody who knows these encodings could read a dozen letters of a secret."""
    bare = [
        encode(secret) for name, encode in ENCODINGS.items() if "lines" not in name and "behind" not in name
    ]
    windows = (encoded[at : at + 12] for encoded in bare for at in range(4, len(encoded) - 12))
    return any(window in text for window in windows)


@pytest.mark.parametrize("secret", SECRETS, ids=["token", "awkward"])
@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_no_encoding_gets_through(encode: Callable[[str], str], secret: str) -> None:
    """However a given secret is written down, stars stand for it, and the text around it stays."""
    redacted = Redactor(SECRETS).text(f"before={encode(secret)}&after")
    assert redacted.startswith("before=")
    assert redacted.endswith("&after")
    assert "***" in redacted
    assert not _holds(redacted, secret)


@dataclass
class _Account:
    name: str
    token: str
    note: str
    quiet: str = field(default="", repr=False)


class _Holder:
    def __str__(self) -> str:
        return f"str {TOKEN}"

    def __repr__(self) -> str:
        return f"repr {TOKEN}"


def _fail(text: str) -> None:
    hidden_in_a_local = text.swapcase()
    raise ValueError("it failed", len(hidden_in_a_local))


VALUES: dict[str, object] = {
    "nested": {"a": [{"b": (TOKEN, {TOKEN})}]},
    "a key": {TOKEN: 1},
    "a key inside a list": [{f"x{TOKEN}": {TOKEN: None}}],
    "bytes": TOKEN.encode(),
    "a bytearray": bytearray(TOKEN.encode()),
    "a memoryview": memoryview(TOKEN.encode()),
    "a dataclass": _Account("anna", "short-but-named", f"said {TOKEN}", TOKEN),
    "an exception": ValueError("message", {"arg": TOKEN}),
    "an object": _Holder(),
    "a URL": f"https://api.vk.ru/method/x?access_token={TOKEN}&v=5.199",
    "a list under a telling name": {"headers": {"Authorization": ["a list of", "anything"]}},
    "a URL with a password": "redis://user:hunter2-and-more@host:6379/0",
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_no_value_gets_through(lines: io.StringIO, value: object) -> None:
    """Whatever is given to a line beside its message is searched to its last corner."""
    logger("core.test").info("said", value=value)
    printed = lines.getvalue()
    assert "said" in printed
    assert "***" in printed
    for secret in (TOKEN, "short-but-named", "anything", "hunter2"):
        assert secret not in printed


def test_a_dataclass_is_still_readable() -> None:
    """A dataclass is shown by its fields, what it does not show itself left out."""
    shown = Redactor(SECRETS).value(_Account("anna", "short", "ok", "left out"))
    assert shown == {"type": "_Account", "name": "anna", "token": "***", "note": "ok"}
    assert Redactor().value(_Account) == repr(_Account)


def test_a_secret_in_the_context_is_hidden(lines: io.StringIO) -> None:
    """What is bound around a line is redacted as the line is."""
    with bound_contextvars(task=TOKEN, source=f"wall:{TOKEN}"):
        logger("core.test").info("said")
        logging.getLogger("theirs").warning("said")
    assert TOKEN not in lines.getvalue()


def test_a_chain_of_exceptions_is_hidden(lines: io.StringIO) -> None:
    """Message, cause, context, notes and groups of exceptions hold no secret when they are printed."""
    try:
        try:
            try:
                raise KeyError(TOKEN)
            except KeyError as error:
                error.add_note(f"a note {TOKEN}")
                raise ValueError(f"{AWKWARD} in a cause") from error
        except ValueError as error:
            raise ExceptionGroup(f"many {TOKEN}", [error, OSError(TOKEN)]) from None
    except ExceptionGroup:
        logger("ours").exception(f"failed {TOKEN}")
        logging.getLogger("theirs").exception("failed %s", TOKEN)
        logging.getLogger("theirs").warning("failed", exc_info=True)
    printed = lines.getvalue()
    assert printed.count("KeyError") >= 3
    assert TOKEN not in printed
    assert "pl4nted" not in printed


def test_variables_are_never_printed(lines: io.StringIO) -> None:
    """A traceback shows lines of code, not what the variables held: no redaction could know it all."""
    try:
        _fail("UNKNOWN-SECRET")
    except ValueError:
        logger("ours").exception("it failed")
    assert "hidden_in_a_local" in lines.getvalue()
    assert "unknown-secret" not in lines.getvalue()


def test_a_secret_in_pieces_is_hidden_once_it_is_whole(lines: io.StringIO) -> None:
    """A message is put together before it is searched, so arguments cannot smuggle halves."""
    logging.getLogger("theirs").warning("%s%s", TOKEN[:20], TOKEN[20:])
    logger("ours").info("%s%s", TOKEN[:20], TOKEN[20:])
    assert lines.getvalue().count("***") == 2
    assert TOKEN not in lines.getvalue()


def test_objects_as_messages_are_hidden(lines: io.StringIO) -> None:
    """A library that logs an exception, a mapping or nothing at all as its message is no way out."""
    for message in (ValueError(TOKEN), {"token": TOKEN}, [TOKEN], _Holder(), None):
        logging.getLogger("theirs").warning(message)
    assert len(lines.getvalue().splitlines()) == 5
    assert TOKEN not in lines.getvalue()


def test_the_name_of_a_logger_is_hidden(lines: io.StringIO) -> None:
    """A logger named after a secret does not print it, ours or theirs, nor hand it to another handler."""
    elsewhere = io.StringIO()
    handler = logging.StreamHandler(elsewhere)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    theirs = logging.getLogger(f"theirs.{TOKEN}")
    theirs.addHandler(handler)
    theirs.warning("said")
    logger(TOKEN).info("said")
    theirs.removeHandler(handler)
    assert lines.getvalue().count("said") == 2
    assert TOKEN not in lines.getvalue() + elsewhere.getvalue()


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore.http11", "uvicorn.error", "streamlit.runtime", "py.warnings"]
)
def test_libraries_are_hidden(lines: io.StringIO, name: str) -> None:
    """Records of the HTTP client, the web server and the page's framework pass the same way."""
    logging.getLogger(name).error('HTTP Request: POST https://h/?a=%s "%s"', quote(TOKEN, safe=""), AWKWARD)
    assert "HTTP Request" in lines.getvalue()
    assert TOKEN not in lines.getvalue()
    assert "pl4nted" not in lines.getvalue()


def test_warnings_are_hidden(lines: io.StringIO) -> None:
    """A warning of Python is a line like any other, the code it quotes included."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(f"beware {TOKEN}", UserWarning, stacklevel=1)
        logging.captureWarnings(capture=False)
    assert "beware ***" in lines.getvalue()


def test_a_thread_that_dies_says_so_in_the_log(
    lines: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """What nobody caught in a thread goes through the log, not straight to the terminal."""

    def die() -> None:
        raise RuntimeError(f"died with {TOKEN}")

    thread = threading.Thread(target=die, name="doomed")
    thread.start()
    thread.join()
    assert "A thread ended by a defect" in lines.getvalue()
    assert "doomed" in lines.getvalue()
    assert "died with ***" in lines.getvalue()
    assert capsys.readouterr().err == ""


def test_a_thread_may_end_itself(lines: io.StringIO) -> None:
    """Leaving a thread on purpose is no defect; a hook called without its thread still says what happened."""
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    assert lines.getvalue() == ""
    threading.excepthook(threading.ExceptHookArgs((ValueError, ValueError(TOKEN), None, None)))
    assert "ValueError: ***" in lines.getvalue()


def test_the_end_of_the_program_is_hidden(lines: io.StringIO) -> None:
    """What ends the whole program is logged, redacted; an interruption by keyboard is not."""
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert lines.getvalue() == ""
    sys.excepthook(ValueError, ValueError(TOKEN), None)
    assert "ValueError: ***" in lines.getvalue()


def test_an_object_that_fails_when_cleared_away_is_hidden(lines: io.StringIO) -> None:
    """What Python can raise nowhere is logged, redacted."""

    class Failing:
        def __del__(self) -> None:
            raise ValueError(TOKEN)

    made = Failing()
    del made
    gc.collect()
    assert "An object could not be cleared away" in lines.getvalue()
    assert "ValueError: ***" in lines.getvalue()


def test_who_listens_hears_nothing_secret(lines: io.StringIO) -> None:
    """A listener is handed lines after redaction, ours and those of libraries, and none after it left."""
    heard: list[object] = []
    leave = log.listen(heard.append)
    with bound_contextvars(task=TOKEN):
        logger("ours").info("said", value=[TOKEN])
        logging.getLogger(TOKEN).warning("theirs %s", TOKEN)
    leave()
    logger("ours").info("unheard")
    assert len(heard) == 2
    assert TOKEN not in repr(heard)
    assert "unheard" in lines.getvalue()


def test_a_token_added_while_it_runs_is_hidden(lines: io.StringIO) -> None:
    """From the moment a token is given, no encoding of it is printed, nor of those given before."""
    hide(LATE)
    for encode in ENCODINGS.values():
        logger("ours").info("said", value=encode(LATE), url=f"https://h/?k={encode(TOKEN)}")
    printed = lines.getvalue()
    assert LATE not in printed
    assert base64.b64encode(LATE.encode()).decode()[:20] not in printed
    assert TOKEN not in printed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cookie: vk-comments=0123abcd; other=1", "Cookie: vk-comments=***; other=1"),
        ("GET /api/v1/export.csv?ticket=0123abcd&x=1", "GET /api/v1/export.csv?ticket=***&x=1"),
        ("Account(token='0123abcd', n=1)", "Account(token='***', n=1)"),
        ("BEARER%20abcdefgh0123", "BEARER%20***"),
    ],
)
def test_what_looks_like_a_pass_is_removed(text: str, expected: str) -> None:
    """One-time links, cookies and tokens by name are hidden although nobody told them to us."""
    assert Redactor().text(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "100% of 5 % done & more \\ n",
        "C:\\new\\table\\x41",
        "&nosuchentity; and &#99999999; stay",
        "%zz %E0%A4 %",
        "a\nb\tc",
        "user token: needed",
    ],
)
def test_text_with_escapes_but_no_secret_is_untouched(text: str) -> None:
    """Escapes are taken off for looking only; what is printed is the text as it was."""
    assert Redactor(SECRETS).text(text) == text


def test_escapes_without_end_are_looked_at_for_a_while() -> None:
    """A text escaped more often than anybody does is given up in bounded time."""
    text = "%" + "25" * 40 + "41"
    assert Redactor(SECRETS).text(text) == text
    assert Redactor(SECRETS).text(f"{text} {TOKEN}") == f"{text} ***"


def test_a_short_secret_is_hidden_as_a_word() -> None:
    """Four letters are enough to be hidden, under escapes too, and the words around them stay."""
    assert Redactor(("abcd",)).text("x abcd %61bcd abc d") == "x *** *** abc d"


def test_secrets_side_by_side_are_all_hidden() -> None:
    """Neighbours, repetitions and one inside another's encoding leave no letter of any."""
    redactor = Redactor((TOKEN, TOKEN[:20], LATE))
    assert redactor.text(f"{TOKEN}{LATE}") == "******"
    assert redactor.text(f"{TOKEN} {TOKEN}") == "*** ***"
    assert redactor.text(f"a {quote(TOKEN, safe='')} b {LATE} c") == "a *** b *** c"
