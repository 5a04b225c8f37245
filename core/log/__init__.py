"""Logging for the whole process: structlog in front, one handler behind, no secret in any line.

`configure` is called once, where the program is composed. Lines of other libraries, warnings, and exceptions
that nobody caught in any thread take the same way out. Redaction looks at every value and once more at the
finished line; a record that some library prints through a handler of its own is redacted when it is made.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Literal, TextIO, cast

import structlog
from structlog.contextvars import bound_contextvars
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

from core.log.redaction import SHORTEST_BROKEN, Redactor

__all__ = ["Redactor", "adopt_libraries", "bound_contextvars", "configure", "hide", "listen", "logger"]

LogFormat = Literal["auto", "console", "json"]
Listener = Callable[[Mapping[str, Any]], None]

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
HEARD: Final = logging.INFO
"""Who listens hears this level and above, whatever LOG_LEVEL lets onto the screen."""

_redactor = Redactor()
_careful = Redactor()
_given: list[str] = []
_hidden: dict[str, None] = {}
_listeners: list[Listener] = []


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
    _take()
    level = logging.getLevelNamesMapping()[log_level.upper()]
    before = _shared_processors()
    printing = logging.StreamHandler(target)
    printing.setLevel(level)
    printing.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*before, _redacted_event], processors=_last_processors(log_format, target)
        )
    )
    least = min(level, HEARD)
    _install([printing, _Hearing(HEARD)], least)
    structlog.configure(
        processors=[*before, _redacted_event, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def hide(secret: str) -> None:
    """Keep a secret that came while the process runs, such as a token, out of every line from now on."""
    _hidden[secret] = None
    _take()


def without_secrets(text: str) -> str:
    """Return what somebody typed without secrets, such as the token of an address that was pasted whole.

    A known secret so short that it may stand in an ordinary word is left: the text is worked with.
    """
    return _careful.text(text)


def listen(listener: Listener) -> Callable[[], None]:
    """Hand every line from INFO on to `listener`, redacted, until the returned function is called.

    It is called in the thread that logs, whatever that holds: it must be quick, and log nothing itself.
    """
    _listeners.append(listener)

    def leave() -> None:
        if listener in _listeners:
            _listeners.remove(listener)

    return leave


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


def _take() -> None:
    known = (*_given, *_hidden)
    _redactor.take(known)
    _careful.take(tuple(secret for secret in known if len(secret) >= SHORTEST_BROKEN))


class _Redacted(dict[str, Any]):
    """An event that redaction has passed; it is looked at once more when it is a finished line."""


class _Hearing(logging.Handler):
    """Hands lines on to who listens."""

    def emit(self, record: logging.LogRecord) -> None:
        """Hand a line on as what happened, when, how bad, and its values."""
        if not _listeners:
            return
        said: object = record.msg
        event = said if isinstance(said, _Redacted) else _foreign(record)
        for listener in tuple(_listeners):
            listener(event)


def _foreign(record: logging.LogRecord) -> Mapping[str, Any]:
    """Return a line of another library in the form of ours, with what is bound where it was said."""
    event = {
        **structlog.contextvars.get_contextvars(),
        "event": record.getMessage(),
        "logger": record.name,
        "level": record.levelname.lower(),
        "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
    }
    if record.exc_text:
        event["exception"] = record.exc_text
    return cast("Mapping[str, Any]", _redactor.value(event))


def _shared_processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        # A plain traceback: it shows no variables, which may hold anything.
        structlog.processors.format_exc_info,
    ]


def _redacted_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    metas = {key: event.pop(key) for key in ("_record", "_from_structlog") if key in event}
    return _Redacted({**cast("EventDict", _redactor.value(event)), **metas})


def _last_processors(log_format: LogFormat, target: TextIO) -> list[Processor]:
    is_terminal = target.isatty()
    if log_format == "json" or (log_format == "auto" and not is_terminal):
        renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=is_terminal and sys.platform != "win32",
            exception_formatter=structlog.dev.plain_traceback,
        )

    def redacted_line(logger: WrappedLogger, method: str, event: EventDict) -> str:
        return _redactor.text(str(renderer(logger, method, event)))

    return [structlog.stdlib.ProcessorFormatter.remove_processors_meta, redacted_line]


def _install(handlers: list[logging.Handler], level: int) -> None:
    for handler in handlers:
        handler.addFilter(_is_worth_a_line)
    root = logging.getLogger()
    root.handlers = [*handlers]
    root.setLevel(level)
    adopt_libraries()
    logging.setLogRecordFactory(lambda *args, **kwargs: _redacted_record(logging.LogRecord(*args, **kwargs)))
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _uncaught_in_thread


def _redacted_record(record: logging.LogRecord) -> logging.LogRecord:
    """Redact a record of the standard library, so that no handler of anybody can print a secret."""
    said: object = record.msg
    if isinstance(said, _Redacted):
        return record
    record.name = _redactor.text(str(record.name))
    if said:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # its author miscounted the arguments
            message = f"{said} {record.args}"
        record.msg, record.args = _redactor.text(message), ()
    if record.exc_info and record.exc_info[0]:
        record.exc_text = _redactor.text(logging.Formatter().formatException(record.exc_info))
    return record


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what ends the process; an interruption by keyboard is no defect."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logger(__name__).critical("The program ended by a defect", exc_info=(kind, error, trace))


def _unraisable(given: sys.UnraisableHookArgs) -> None:
    logger(__name__).error(
        "An object could not be cleared away",
        object=repr(given.object),
        exc_info=(given.exc_type, given.exc_value, given.exc_traceback),
    )


def _uncaught_in_thread(given: threading.ExceptHookArgs) -> None:
    if given.exc_type is SystemExit:
        return
    logger(__name__).error(
        "A thread ended by a defect",
        thread=given.thread.name if given.thread is not None else "",
        exc_info=(given.exc_type, given.exc_value, given.exc_traceback),
    )


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    return all(
        record.levelno >= least
        for name, least in LEAST_LEVELS.items()
        if record.name == name or record.name.startswith(f"{name}.")
    )
