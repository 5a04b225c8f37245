"""Every setting, once: name, default, meaning, reader; nothing else reads the environment.

`read_settings` turns the environment and a `.env` file into one frozen `Settings`, or stops with a
ConfigurationError that names the setting. An empty string counts as "not set"; in the environment it also
hides what `.env` says. Relative paths are counted from the project's folder, wherever it was started from.
"""

from __future__ import annotations

import contextlib
import io
import ipaddress
import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from dotenv import dotenv_values

from core.addresses import cache_address, passwords_in, without_password
from core.errors import ConfigurationError
from core.templates import Unfit

ROOT = Path(__file__).resolve().parent.parent
VK_URL = "https://api.vk.ru/method/"
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
LOG_FORMATS = ("auto", "console", "json")
LOG_LEVELS = ("debug", "info", "warning", "error", "critical")


class Secret:
    """A text that prints as stars; `reveal` gives it, so that each use can be found by name."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret('***')"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, parsed; `vk_api_url` is None where the sandbox answers.

    `vk_requests_per_second` is per token, 0 = unlimited. `data_dir` is absolute.
    """

    vk_token: tuple[Secret, ...] = ()
    vk_api_url: str | None = None
    vk_requests_per_second: float = 3.0
    host: str = "127.0.0.1"
    port: int = 8501
    data_dir: Path = ROOT / "data"
    database_url: str = f"duckdb:///{(ROOT / 'data' / 'comments.duckdb').as_posix()}"
    cache_url: str = field(default="memory://", repr=False)
    compute_url: str = "local://"
    task_workers: int = 10
    api_key: Secret | None = None
    public_url: str | None = None
    privacy: str = "identified"
    pseudonym_key: Secret | None = None
    sentiment_model: Path | None = None
    toxicity_model: Path | None = None
    log_format: Literal["auto", "console", "json"] = "auto"
    log_level: str = "info"
    demo_comments: int = 20_000
    demo_seed: int = 7

    @property
    def uses_demo(self) -> bool:
        """Tell whether there is no token, so that the synthetic VK is started."""
        return not self.vk_token

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return the texts that may never appear in a log, an error or an answer."""
        held = (*self.vk_token, self.api_key, self.pseudonym_key)
        given = (secret.reveal() for secret in held if secret is not None)
        return (*given, *passwords_in(self.cache_url))


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: name in the environment, default as text, meaning, and whether to hide it."""

    name: str
    default: str
    help: str
    secret: bool
    read: Callable[[str], Any]


def read_settings(environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment, then `env_file` for what it does not name; raises ConfigurationError.

    `environ` None means this process's own. A relative `env_file` lies here or in the project's folder.
    """
    given = {**_file_values(env_file), **(os.environ if environ is None else environ)}
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = given.get(setting.name, "").strip() or setting.default
        if text:
            values[setting.name.lower()] = _parsed(setting, text)
    if "database_url" not in values:
        values["database_url"] = f"duckdb:///{(values['data_dir'] / 'comments.duckdb').as_posix()}"
    if values.get("vk_token"):
        values.setdefault("vk_api_url", VK_URL)
    return Settings(**values)


def as_written(name: str) -> str:
    """Return a setting as it was given, unchecked; empty when it was not, or cannot be read."""
    given = os.environ.get(name)
    if given is None:
        with contextlib.suppress(ConfigurationError):
            given = _file_values(Path(".env")).get(name)
    return (given or "").strip()


def _file_values(env_file: Path | None) -> dict[str, str]:
    if env_file is None:
        return {}
    for path in (env_file, ROOT / env_file):
        if path.is_file():
            try:
                text = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigurationError(
                    "The settings file {path} cannot be read.",
                    hint="Save it as plain UTF-8 text.",
                    path=str(path),
                ) from error
            lines = dotenv_values(stream=io.StringIO(text), interpolate=False)
            return {name: value for name, value in lines.items() if value is not None}
    return {}


def _parsed(setting: Setting, text: str) -> object:
    try:
        return setting.read(text)
    except Unfit as refusal:
        values = {**refusal.params, "setting": setting.name}
        if setting.secret:
            raise ConfigurationError(
                "{setting} cannot be that value.", hint=refusal.template, **values
            ) from None
        raise ConfigurationError(
            "{setting} cannot be '{value}'.", hint=refusal.template, value=without_password(text), **values
        ) from None


def terminal_locale() -> str:
    """Return the locale of the terminal this was started from, as programs find it; empty without one."""
    return next((found for name in _LOCALES if (found := os.environ.get(name))), "")


def _integer(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,18}", text) or not low <= int(text) <= high:
            raise Unfit("Give a whole number from {low} to {high}.", low=low, high=high)
        return int(text)

    return read


def _choice(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in allowed:
            raise Unfit("Choose one of: {allowed}.", allowed=allowed)
        return text.lower()

    return read


def _read_rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not math.isfinite(rate) or rate < 0:
        raise Unfit("Give a number of requests, such as 3 or 0.5; 0 means without a limit.")
    return rate


def _read_secret(text: str) -> Secret:
    if not re.fullmatch(r"[!-~]+", text):
        raise Unfit("Use Latin letters, digits and signs, without spaces.")
    return Secret(text)


def _read_tokens(text: str) -> tuple[Secret, ...]:
    tokens = [token.strip() for token in text.split(",")]
    return tuple(dict.fromkeys(_read_secret(token) for token in tokens if token))


def _read_public_url(text: str) -> str:
    if not re.fullmatch(r"(?i:https?)://(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:[0-9]{1,5})?(/[^\s?#]*)?", text):
        raise Unfit("Give an address such as https://host/path, without a password, '?' or '#'.")
    return text.rstrip("/")


def _read_api_url(text: str) -> str:
    return _read_public_url(text) + "/"


def _read_host(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", text):
        return text.lower()
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise Unfit("Give a name or an address without port, such as 127.0.0.1.") from None


def _read_directory(text: str) -> Path:
    path = Path(text).expanduser()
    path = path if path.is_absolute() else ROOT / path
    try:
        is_taken = path.exists() and not path.is_dir()
    except OSError:
        raise Unfit("This system cannot have a directory of that name; give another one.") from None
    if is_taken:
        raise Unfit("There is a file of that name; give a directory.")
    return path


def _read_database(text: str) -> str:
    if text.startswith("ducklake:"):
        raise Unfit("DuckLake is not built yet; use duckdb:///data/comments.duckdb.")
    path = text.removeprefix("duckdb:///")
    if path == text or not path:
        raise Unfit("Give a DuckDB file, such as duckdb:///data/comments.duckdb.")
    if path == ":memory:" or Path(path).is_absolute():
        return text
    return f"duckdb:///{(ROOT / path).as_posix()}"


def _read_file(text: str) -> Path:
    return (ROOT / Path(text).expanduser()).resolve()


def _read_compute(text: str) -> str:
    if text.startswith(("tcp://", "tls://")):
        raise Unfit("Dask is not built yet; use local://.")
    return _choice("local://")(text)


def _read_privacy(text: str) -> str:
    if text.lower() in {"pseudonymised", "aggregated"}:
        raise Unfit("That level is not built yet and would not be honoured; use identified.")
    return _choice("identified")(text)


SETTINGS: tuple[Setting, ...] = (
    Setting("VK_TOKEN", "", "VK access tokens, comma-separated; empty = the demo.", True, _read_tokens),
    Setting("VK_API_URL", "", f"VK or a mirror of it; with a token {VK_URL}.", False, _read_api_url),
    Setting("VK_REQUESTS_PER_SECOND", "3", "Calls a second per token; 0 = no limit.", False, _read_rate),
    Setting("HOST", "127.0.0.1", "Address to listen on; others need API_KEY set.", False, _read_host),
    Setting("PORT", "8501", "Port to listen on.", False, _integer(1, 65_535)),
    Setting("DATA_DIR", "data", "Directory of the databases and files.", False, _read_directory),
    Setting("DATABASE_URL", "", "duckdb:///path; empty = in DATA_DIR.", False, _read_database),
    Setting("CACHE_URL", "memory://", "Short-lived answers: memory://, redis://.", False, cache_address),
    Setting("COMPUTE_URL", "local://", "Where heavy work runs.", False, _read_compute),
    Setting("TASK_WORKERS", "10", "Tasks that run at the same time.", False, _integer(1, 256)),
    Setting("API_KEY", "", "Key that callers and visitors must give.", True, _read_secret),
    Setting("PUBLIC_URL", "", "Address under which others reach the app.", False, _read_public_url),
    Setting("PRIVACY", "identified", "How authors are shown and exported.", False, _read_privacy),
    Setting("PSEUDONYM_KEY", "", "Key from which pseudonyms are made.", True, _read_secret),
    Setting("SENTIMENT_MODEL", "", "A model of your own: .onnx or .skops.", False, _read_file),
    Setting("TOXICITY_MODEL", "", "A model of your own: .onnx or .skops.", False, _read_file),
    Setting("LOG_FORMAT", "auto", "console, json or auto.", False, _choice(*LOG_FORMATS)),
    Setting("LOG_LEVEL", "info", f"{', '.join(LOG_LEVELS)}.", False, _choice(*LOG_LEVELS)),
    Setting("DEMO_COMMENTS", "20000", "How many comments the demo has.", False, _integer(100, 10_000_000)),
    Setting("DEMO_SEED", "7", "The same seed makes the same demo.", False, _integer(0, 2**31)),
)
