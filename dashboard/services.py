"""The composition: what a process is made of, built once, shared by pages and API, closed in order.

`current` is the only cache_resource. Its key is the source of that small function, so a hot reload of any
other code, and every way of starting (`streamlit run`, `python -m dashboard`), finds the same object: one
database, one pool, one synthetic VK.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import shutil
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

import streamlit as st

from core import log
from core.cache import Cache
from core.collect.targets import resolve
from core.config import Settings, read_settings
from core.errors import ConfigurationError, DashboardError, ImportRefused, QueryError
from core.links import Recognised, recognise
from core.query import Dataset, Query
from core.storage import reads
from core.storage.store import Store
from core.tasks.kinds import Parts, jobs, upload_path
from core.tasks.pool import Submission, TaskPool
from core.vk.api import VkApi
from dashboard.vk import DemoVk, TokenVk

TICKET_S = 60.0
TICKETS = "ticket"
IN_FLIGHT = 16
CHUNK_BYTES = 2**20


def now() -> datetime:
    """Return the time, aware UTC: the clock that everything is given."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Workspace:
    """One dataset: where its comments are, and where new ones come from (None: from files only).

    `vk` may wait for the synthetic VK to come up; raises SandboxError when it does not.
    """

    dataset: Dataset
    store: Store
    vk: Callable[[], VkApi] | None


def as_sent(address: str) -> str:
    """Return an address with all that may not stand in one encoded; what is encoded stays as it is."""
    return quote(address, safe="%/:?#[]@!$&()*+,;=")


class Tickets:
    """One-time permissions to fetch one path, for links that a browser follows without a header."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def issue(self, path: str) -> str:
        """Return a ticket for `path` (`/api/v1/...` with its query), good once and for TICKET_S seconds.

        It is kept as its request will show it: the place decoded, the query encoded.
        """
        ticket = secrets.token_urlsafe(24)
        place, mark, query = path.partition("?")
        self._cache.keep(TICKETS, ticket, unquote(place) + mark + as_sent(query), TICKET_S)
        return ticket

    def redeem(self, ticket: str, path: str) -> bool:
        """Use a ticket up; tell whether it was one for this path."""
        kept = self._cache.take(TICKETS, ticket)
        return kept is not None and kept == path


class Services:
    """Everything a page or a route works with; safe to use from any thread."""

    def __init__(
        self,
        settings: Settings,
        workspaces: tuple[Workspace, ...],
        cache: Cache,
        vk: DemoVk | TokenVk,
    ) -> None:
        self.settings = settings
        self.workspaces = workspaces
        self.cache = cache
        self.tickets = Tickets(cache)
        self.stopping = threading.Event()
        self._vk = vk
        self.folder = settings.data_dir / "tasks"
        _empty(self.folder)
        parts = Parts(
            self._collecting, lambda: self.workspace("own").store, self._holding, self.folder, now, IN_FLIGHT
        )
        self.tasks = TaskPool(jobs(parts), workers=settings.task_workers, clock=now)

    def workspace(self, of: Dataset | Query) -> Workspace:
        """Return the dataset of that name, or the one a query means; raises QueryError for one not there."""
        name = of if isinstance(of, str) else of.dataset or self._meant(of)
        for workspace in self.workspaces:
            if workspace.dataset == name:
                return workspace
        raise QueryError(
            f"The filter 'dataset' cannot be '{name}'.",
            hint="There is no demo while VK_TOKEN is set.",
            key="dataset",
            value=name,
        )

    def collecting(self) -> Workspace:
        """Return the dataset that new comments from VK go to."""
        return next(workspace for workspace in self.workspaces if workspace.vk is not None)

    def resolve(self, text: str, *, network: bool) -> Recognised:
        """Return what pasted text means; with `network` names are looked up, once for a while each."""
        found = recognise(text)
        if not network:
            return found
        vk, _ = self._collecting()
        return resolve(found, vk)

    def keep_upload(self, content: BinaryIO, filename: str, mapping: Mapping[str, Any] | None) -> Submission:
        """Keep an uploaded file until it is imported, and start the import."""
        digest = hashlib.sha256(json.dumps([filename, mapping], sort_keys=True).encode())
        half = self.folder / f"receiving-{secrets.token_hex(8)}"
        try:
            with half.open("wb") as kept:
                while chunk := content.read(CHUNK_BYTES):
                    digest.update(chunk)
                    kept.write(chunk)
            upload = digest.hexdigest()[:32]
            half.replace(upload_path(self.folder, upload))
        except OSError as error:
            half.unlink(missing_ok=True)
            raise ImportRefused(
                f"The file could not be kept: {error.strerror}.", hint="See that the disk has room."
            ) from error
        return self.tasks.submit("import", {"file": filename, "upload": upload, "mapping": mapping})

    def vk_problem(self) -> str | None:
        """Ask VK for as little as possible, once; return what is wrong with it, or None."""
        return self._vk.problem()

    def close(self) -> None:
        """End what runs, then what it used: tasks, VK, databases; closing twice is fine."""
        self.stopping.set()
        self.tasks.close()
        self._vk.close()
        for workspace in self.workspaces:
            workspace.store.close()

    def _collecting(self) -> tuple[VkApi, Store]:
        workspace = self.collecting()
        assert workspace.vk is not None
        return workspace.vk(), workspace.store

    def _holding(self, query: Query) -> Store:
        return self.workspace(query).store

    def _meant(self, query: Query) -> Dataset:
        if len(self.workspaces) == 1:
            return "own"
        for workspace in self.workspaces:
            if query.source and any(reads.has_source(workspace.store, key) for key in query.source):
                return workspace.dataset
        own = self.workspace("own").store
        is_used = self.cache.computed("own_is_used", own.version(), lambda: bool(reads.sources(own)))
        return "own" if is_used else "demo"


def build(settings: Settings) -> Services:
    """Open the databases, VK, the cache and the pool; raises our errors and leaves nothing open then."""
    if settings.uses_demo and settings.vk_api_url:
        raise ConfigurationError(
            "VK_API_URL is set but VK_TOKEN is not.",
            hint="Set VK_TOKEN to a token of that server, or remove VK_API_URL to get the demo.",
            setting="VK_TOKEN",
        )
    with contextlib.ExitStack() as opened:
        cache = Cache()
        own = Store.open(settings.database_url, clock=now)
        opened.callback(own.close)
        vk = DemoVk(settings, cache) if settings.uses_demo else TokenVk(settings, cache)
        opened.callback(vk.close)
        if isinstance(vk, TokenVk):
            workspaces: tuple[Workspace, ...] = (Workspace("own", own, vk.api),)
        else:
            demo = Store.open(f"duckdb:///{(settings.data_dir / 'demo.duckdb').as_posix()}", clock=now)
            opened.callback(demo.close)
            workspaces = (Workspace("own", own, None), Workspace("demo", demo, vk.api))
            vk.begin()
        services = Services(settings, workspaces, cache, vk)
        opened.pop_all()
        return services


@st.cache_resource(show_spinner=False, on_release=Services.close)
def current() -> Services:
    """Return the services of this process, built at the first call; raises DashboardError."""
    settings = read_all_settings()
    configure_log(settings)
    return build(settings)


def configure_log(settings: Settings) -> None:
    """Let everything log through one handler; repeated, it takes back the handlers that servers add."""
    log.configure(settings.log_format, settings.log_level, settings.secrets)


def read_all_settings() -> Settings:
    """Read the settings; hosted Streamlit keeps them in its secrets, which become environment variables."""
    st.secrets.load_if_toml_exists()
    return read_settings()


@contextlib.contextmanager
def one_sentence() -> Iterator[None]:
    """Turn an error of the start into one sentence and the exit code 2."""
    try:
        yield
    except DashboardError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Build before the first request and close after the last: the `lifespan` of the app."""
    services = current()
    configure_log(services.settings)
    forget = _tell_when_stopping(services.stopping)
    try:
        yield
    finally:
        forget()
        current.clear()


def _empty(folder: Path) -> None:
    """Make the folder of the tasks' own files anew: what was in it belonged to tasks of a former process."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)


def _tell_when_stopping(stopping: threading.Event) -> Callable[[], None]:
    """Set the event as soon as a signal ends the server, because open event streams would hold it up."""
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def tell(number: int, frame: FrameType | None) -> None:
        stopping.set()
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in before:
        signal.signal(number, tell)

    def forget() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    return forget
