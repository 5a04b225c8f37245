"""How the process starts: settings from every place they may stand, one log, one sentence when it cannot."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from core import log
from core.config import Settings, as_written, read_settings, terminal_locale
from core.errors import DashboardError
from core.incidents import Incidents
from core.wording import language
from core.wording.faults import told

NOT_BUILT: Final = "There are no services: they could not be built."


def configure_log(settings: Settings) -> None:
    """Let everything log through one handler; repeated, it takes back the handlers that servers add."""
    log.configure(settings.log_format, settings.log_level, settings.secrets)


def read_all_settings() -> Settings:
    """Read the settings; hosted Streamlit keeps them in its secrets, which become environment variables."""
    st.secrets.load_if_toml_exists()
    return read_settings()


@contextlib.contextmanager
def building(failures: Incidents) -> Iterator[None]:
    """Keep in `failures` why services could not be built, and mark the error as one that left none."""
    try:
        yield
    except Exception as error:
        error.add_note(NOT_BUILT)
        failures.note(error, "start")
        raise


def left_no_services(error: BaseException) -> bool:
    """Tell whether services could not be built because of this error."""
    return NOT_BUILT in getattr(error, "__notes__", ())


@contextlib.contextmanager
def one_sentence() -> Iterator[None]:
    """Turn an error of the start into one sentence, in the language of the terminal, and the exit code 2.

    Whoever asked for JSON gets it as the last line of the log, which may not be set up yet.
    """
    try:
        yield
    except DashboardError as error:
        said = str(told(error, language(terminal_locale())))
        if as_written("LOG_FORMAT").lower() == "json":
            said = json.dumps(_line(error, said), ensure_ascii=False)
        sys.stderr.write(f"{said}\n")
        sys.exit(2)


def _line(error: DashboardError, said: str) -> dict[str, str]:
    """Return a line of the log, as the log would write it."""
    return {
        "code": error.code,
        "event": log.without_secrets(said),
        "logger": __name__,
        "level": "critical",
        "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
    }
