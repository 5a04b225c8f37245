"""`python -m dashboard`: check what can be checked, then serve the page and the API from one process.

It may be started from anywhere: the project's folder becomes the working directory, because Streamlit looks
for `.streamlit/config.toml` there. HOST and PORT win over that file.
"""

from __future__ import annotations

import base64
import errno
import logging
import os
import signal
import socket
import sys
import threading
import urllib.request
from urllib.error import URLError

from uvicorn.config import LOGGING_CONFIG

from core.config import ROOT, Settings
from core.errors import ConfigurationError
from core.log import logger
from dashboard import services, starting

READY_LIMIT_S = 60.0
CONNECT_LIMIT_S = 1.0
LIVE = "/api/v1/health/live"
NO_TRACKER = "ignore:resource_tracker:UserWarning"
"""What Python's tracker of semaphores prints when this process was killed, past every log; it clears them."""


def main() -> None:
    """Serve until a signal ends it; exits with 2 and one sentence when it cannot start.

    A signal may come at any moment of the start too: what runs by then is ended in order.
    """
    sys.warnoptions.append(NO_TRACKER)
    signal.signal(signal.SIGTERM, _end)
    try:
        with starting.one_sentence():
            settings = starting.read_all_settings()
            refuse_taken_port(settings.host, settings.port)
            started = services.current()
        os.chdir(ROOT)
        _hear_one_log()
        threading.Thread(target=_announce, args=(settings, started.stopping), daemon=True).start()
        from dashboard.app import app  # noqa: PLC0415 - the app is composed only when the start is certain

        app.run(config=_options(settings))
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        services.current.clear()


def refuse_taken_port(host: str, port: int) -> None:
    """Raise ConfigurationError when this address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _unusable(host, port, error) from error


def _unusable(host: str, port: int, error: OSError) -> ConfigurationError:
    if error.errno == errno.EADDRINUSE:
        return ConfigurationError(
            "PORT {port} is in use by another program.",
            hint="Stop that one, or choose another, such as PORT=8502.",
            setting="PORT",
            port=port,
        )
    if error.errno == errno.EACCES:
        return ConfigurationError(
            "PORT {port} may not be used by this user.",
            hint="Choose one above 1023.",
            setting="PORT",
            port=port,
        )
    return ConfigurationError(
        "HOST {host} is not an address of this machine.",
        hint="Use 127.0.0.1 for this machine alone, 0.0.0.0 for all its addresses.",
        setting="HOST",
        host=host,
    )


def _hear_one_log() -> None:
    """Let the server speak through our handler; HOST and PORT may differ from Streamlit's file."""
    names = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")
    LOGGING_CONFIG["loggers"] = {
        name: {"level": "WARNING", "handlers": [], "propagate": True} for name in names
    }
    logging.getLogger("streamlit.config").setLevel(logging.ERROR)


def _options(settings: Settings) -> dict[str, object]:
    return {
        "server.address": settings.host,
        "server.port": settings.port,
        "logger.hideWelcomeMessage": True,
    }


def _end(_number: int, _frame: object) -> None:
    """Take the signal that the server raises again once it has shut down: a clean end, so exit with 0."""
    sys.exit(0)


def _announce(settings: Settings, stopping: threading.Event) -> None:
    """Wait until the server answers, print its address, and run a page before the first visitor does."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    named = f"[{host}]" if ":" in host else host
    address = f"http://{named}:{settings.port}"
    for _attempt in range(int(READY_LIMIT_S / 0.1)):
        if _answers(f"{address}{LIVE}"):
            break
        if stopping.wait(0.1):
            return
    sys.stdout.write(f"VK Comments Dashboard: {address}\n")
    sys.stdout.flush()
    _warm_up(f"{address}/_stcore/script-health-check", settings)


def _answers(url: str) -> bool:
    """Tell whether the server answers: it takes connections a little before it can."""
    try:
        with urllib.request.urlopen(url, timeout=CONNECT_LIMIT_S):  # noqa: S310 - our own address
            return True
    except OSError:
        return False


def _warm_up(url: str, settings: Settings) -> None:
    asked = urllib.request.Request(url)  # noqa: S310 - our own address
    if settings.api_key is not None:
        given = base64.b64encode(f"key:{settings.api_key.reveal()}".encode()).decode()
        asked.add_header("Authorization", f"Basic {given}")
    try:
        with urllib.request.urlopen(asked, timeout=READY_LIMIT_S) as answer:  # noqa: S310
            answer.read()
    except (URLError, OSError) as error:
        logger(__name__).info("The first page was not warmed up", reason=str(error))


if __name__ == "__main__":
    main()
