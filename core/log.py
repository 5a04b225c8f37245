"""Logging for the whole process: structlog in front, one handler behind, no secret in any line.

`configure` is called once, where the program is composed. Lines of other libraries take the same way out.
Redaction looks at every value and once more at the finished line; a record that some library prints
through a handler of its own is redacted when it is made.
"""

from __future__ import annotations

import base64
import logging
import re
import sys
from collections.abc import Mapping
from typing import Literal, TextIO, cast

import structlog
from structlog.contextvars import bound_contextvars
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

__all__ = ["Redactor", "adopt_libraries", "bound_contextvars", "configure", "hide", "logger"]

LogFormat = Literal["auto", "console", "json"]

MASK = "***"
SHORTEST_SECRET = 4
# The least that is worth a line. Streamlit says as warnings what it does when it starts, and sets the levels
# of its loggers itself, so our handler filters instead.
LEAST_LEVELS = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "urllib3": logging.WARNING,
    "watchdog": logging.WARNING,
    "asyncio": logging.WARNING,
    "uvicorn.access": logging.WARNING,
    "streamlit.runtime.caching": logging.ERROR,
    "streamlit.config": logging.ERROR,
}
LIBRARIES_WITH_HANDLERS = ("streamlit", "uvicorn", "websockets")

_SECRET_KEYS = re.compile(
    r"(?i)(.*[_-])?(token|authorization|password|secret|api[_-]?key|pseudonym_key|cookie)"
)
_PATTERNS = (
    re.compile(r"(?i)()vk[0-9](?:\.|%2e)a(?:\.|%2e)[\w%-]+"),
    re.compile(r"(?i)(\b(?:bearer|basic)(?:\s|%20|\+)+)[\w.~+/=%-]{8,}"),
    re.compile(
        r"(?i)((?:[a-z]+_token|client_secret|api_?key|password|captcha_key)"
        r"(?:\\*[\"'])?\s*(?:[=:]|%3d)\s*(?:\\*[\"'])?)[^\s\"'\\&,;}]+"
    ),
    re.compile(r"()\b[0-9a-f]{76}(?:[0-9a-f]{9})?\b"),
    re.compile(r"(://[^/@\s:]*:)[^/@\s]+(?=@)"),
)


class Redactor:
    """Replaces secrets by stars: the given ones in any encoding, and whatever looks like a token.

    A given secret is found as it is, percent-encoded (also twice), JSON-escaped, and inside base64 text.
    Secrets shorter than four characters are left: hiding them would hide half of every line.
    """

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        self._given: re.Pattern[str] | None = None
        self.take(secrets)

    def take(self, secrets: tuple[str, ...]) -> None:
        """Replace these from now on, in place of those given before."""
        forms = [form for secret in secrets if len(secret) >= SHORTEST_SECRET for form in _forms(secret)]
        self._given = re.compile("|".join(forms)) if forms else None

    def text(self, text: str) -> str:
        """Return the text without secrets."""
        given = self._given
        if given is not None:
            text = given.sub(MASK, text)
        for pattern in _PATTERNS:
            text = pattern.sub(rf"\g<1>{MASK}", text)
        return text

    def value(self, value: object) -> object:
        """Return the value without secrets: texts, bytes, mappings and sequences, however nested."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, bytes):
            return self.text(value.decode("utf-8", "replace"))
        if isinstance(value, Mapping):
            return {self._key(key): self._entry(key, each) for key, each in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(each) for each in value]
        return self.text(repr(value))

    def _key(self, key: object) -> object:
        return key if isinstance(key, int) else self.text(str(key))

    def _entry(self, key: object, value: object) -> object:
        is_secret = isinstance(value, str | bytes) and value and _SECRET_KEYS.fullmatch(str(key))
        return MASK if is_secret else self.value(value)

    def event(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        """Redact an event of structlog in its last dictionary form."""
        return cast("EventDict", self.value(event))

    def record(self, record: logging.LogRecord) -> logging.LogRecord:
        """Redact a record of the standard library, so that no handler of anybody can print a secret."""
        if isinstance(record.msg, str):
            try:
                message = record.getMessage()
            except (TypeError, ValueError):  # its author miscounted the arguments
                message = f"{record.msg} {record.args}"
            record.msg, record.args = self.text(message), ()
        if record.exc_info and record.exc_info[0]:
            record.exc_text = self.text(logging.Formatter().formatException(record.exc_info))
        return record


_redactor = Redactor()
_given: list[str] = []
_hidden: dict[str, None] = {}


def configure(
    log_format: LogFormat,
    log_level: str,
    secrets: tuple[str, ...] = (),
    *,
    stream: TextIO | None = None,
) -> None:
    """Send every log line of the process through one redacting handler to `stream` (stderr by default)."""
    target = stream or sys.stderr
    _given[:] = secrets
    redactor = _redactor
    redactor.take((*_given, *_hidden))
    level = logging.getLevelNamesMapping()[log_level.upper()]
    before = _shared_processors()
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before, processors=_last_processors(log_format, target, redactor)
        )
    )
    _install(handler, level, redactor)
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def hide(secret: str) -> None:
    """Keep a secret that came while the process runs, such as a token, out of every line from now on."""
    _hidden[secret] = None
    _redactor.take((*_given, *_hidden))


def adopt_libraries() -> None:
    """Take the handlers off libraries that print by themselves, so that their lines come our way too.

    `configure` does it; do it again when a web server has just set up its own logging.
    """
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] in LIBRARIES_WITH_HANDLERS:
            library = logging.getLogger(name)
            library.handlers = []
            library.propagate = True


def logger(name: str) -> FilteringBoundLogger:
    """Return the logger of that name; it follows `configure`, also when it was made before."""
    return cast("FilteringBoundLogger", structlog.get_logger(name))


def _shared_processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _last_processors(log_format: LogFormat, target: TextIO, redactor: Redactor) -> list[Processor]:
    is_terminal = target.isatty()
    if log_format == "json" or (log_format == "auto" and not is_terminal):
        renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=is_terminal and sys.platform != "win32",
            exception_formatter=structlog.dev.plain_traceback,
        )

    def redact_line(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
        return redactor.text(str(renderer(_logger, _method, event)))

    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        redactor.event,
        redact_line,
    ]


def _install(handler: logging.Handler, level: int, redactor: Redactor) -> None:
    handler.addFilter(_is_worth_a_line)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    adopt_libraries()
    logging.setLogRecordFactory(lambda *args, **kwargs: redactor.record(logging.LogRecord(*args, **kwargs)))
    logging.captureWarnings(capture=True)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    return all(
        record.levelno >= least
        for name, least in LEAST_LEVELS.items()
        if record.name == name or record.name.startswith(f"{name}.")
    )


def _forms(secret: str) -> list[str]:
    forms = [_encoded(secret), *(_encoded(core) for core in _base64_cores(secret))]
    return sorted(dict.fromkeys(forms), key=len, reverse=True)


def _encoded(text: str) -> str:
    """Return a pattern in which each character may also be percent-encoded or JSON-escaped."""
    return "".join(rf"(?:\\*{re.escape(char)}|%(?:25)*(?i:{ord(char):02x}))" for char in text)


def _base64_cores(secret: str) -> list[str]:
    """Return the part of the secret's base64 that is the same whatever stands before and after it."""
    cores = []
    for shift, first in ((0, 0), (1, 2), (2, 3)):
        encoded = base64.b64encode(b"\0" * shift + secret.encode()).decode()
        core = encoded[first : 8 * (shift + len(secret.encode())) // 6]
        if len(core) > SHORTEST_SECRET:
            cores += [core, core.replace("+", "-").replace("/", "_")]
    return cores
