"""The composition: what a process is made of, built once, shared by pages and API, closed in order.

`current` is the only cache_resource. Its key is the source of that small function, so a hot reload of any
other code, and every way of starting (`streamlit run`, `python -m dashboard`), finds the same object: one
database, one pool, one synthetic VK.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import Any, BinaryIO

import streamlit as st

from core.cache import Space, open_cache
from core.collect.estimate import Estimate
from core.collect.targets import resolve
from core.compute import Compute
from core.config import VK_URL, Settings
from core.errors import ConfigurationError, DashboardError, QueryError
from core.incidents import Incidents
from core.links import Recognised, recognise
from core.metrics import Metrics
from core.models import Pause
from core.query import Dataset, Query
from core.secrets import TokenFile
from core.storage import reads, reads_notes, writes_notes
from core.storage.store import Store
from core.tasks.files import make_folder, remove
from core.tasks.kinds import Parts, jobs, orphans
from core.tasks.pool import TaskPool
from core.tasks.records import Submission
from core.tasks.schedules import Scheduler
from core.tasks.shelf import shelf_of_schedules, shelf_of_tasks
from core.tasks.uploads import keep_upload
from core.trail import Trail
from core.vk.api import VkApi
from core.vk.tokens import TokenState
from dashboard import clock
from dashboard.demo import DemoVk
from dashboard.estimating import Estimating
from dashboard.probing import Probes
from dashboard.starting import building, configure_log, read_all_settings
from dashboard.stopping import tell_when_stopping
from dashboard.texts import TextReading
from dashboard.tickets import Tickets
from dashboard.vk import Counted, HeldToken, TokenVk
from dashboard.workspaces import Engines, Workspace, now

IN_FLIGHT = 16
OWN_IS_USED: Space[bool] = Space("own_is_used")
_before = Incidents(now)
"""What failed before there were services; they take it over."""


class Services:
    """Everything a page or a route works with; safe to use from any thread."""

    def __init__(
        self,
        settings: Settings,
        workspaces: tuple[Workspace, ...],
        engines: Engines,
        token_vk: TokenVk,
        demo: DemoVk | None,
    ) -> None:
        self.settings = settings
        self.workspaces = workspaces
        self.cache = engines.cache
        self.metrics = engines.metrics
        self.incidents = engines.incidents
        self.compute = engines.compute
        self.trail = engines.trail
        self.started_at = now()
        self.tickets = Tickets(self.cache)
        self.probes = Probes()
        self.house = threading.Thread(target=self._keep_house, name="house", daemon=True)
        self.stopping = threading.Event()
        self.token_vk = token_vk
        self.estimates: Estimating[Estimate] = Estimating(self.cache)
        self._demo = demo
        self.folder = settings.data_dir / "tasks"
        own = self.workspace("own").store
        parts = Parts(
            place=lambda: self.collecting().dataset,
            collecting=self._collecting,
            importing=lambda: own,
            holding=lambda query: self.workspace(query).store,
            folder=self.folder,
            clock=now,
            in_flight=IN_FLIGHT,
            spent=token_vk.count,
            compute=self.compute,
            cache=self.cache,
        )
        self.tasks = TaskPool(
            jobs(parts),
            workers=settings.task_workers,
            clock=now,
            shelf=shelf_of_tasks(own),
            answer=self._answer,
            metrics=self.metrics,
            noticed=lambda error: self.incidents.note(error, "task"),
        )
        self.texts = TextReading(settings, workspaces, self.tasks, now)
        self.schedules = Scheduler(
            shelf_of_schedules(own),
            lambda params, priority: self.tasks.submit("collect", params, priority=priority),
            place=parts.place,
            clock=now,
        )

    @property
    def uses_demo(self) -> bool:
        """Tell whether collecting goes to the synthetic VK, because there is no token now."""
        return self._demo is not None and not self.token_vk.has_any

    def begin(self) -> None:
        """Take up what a former process left, and start what works by itself, without waiting for it."""
        make_folder(self.folder)
        if self._demo is not None and self.uses_demo:
            self._demo.begin()
        self.token_vk.begin()
        self.tasks.begin()
        for path in orphans(self.folder, self.tasks.list()):
            remove(path)
        self.schedules.load()
        self.house.start()
        clock.warn(self.workspaces)

    def workspace(self, of: Dataset | Query) -> Workspace:
        """Return the dataset of that name, or the one a query means; raises QueryError."""
        name = of if isinstance(of, str) else of.dataset or self._meant(of)
        for workspace in self.workspaces:
            if workspace.dataset == name:
                return workspace
        raise QueryError(
            "The filter '{key}' cannot be '{value}'.",
            hint="There is no demo while VK_TOKEN is set.",
            key="dataset",
            value=name,
        )

    def collecting(self) -> Workspace:
        """Return the dataset that new comments from VK go to."""
        return self.workspace("demo" if self.uses_demo else "own")

    def tokens(self) -> list[TokenState]:
        """Return what is known of each token; nothing is asked."""
        return [held.state for held in self.token_vk.tokens()]

    def add_token(self, token: str, *, remember: bool) -> HeldToken:
        """Take one more token; from the first one on, collecting goes to VK. Raises TaskError."""
        return self.token_vk.add(token, remember=remember)

    def remove_token(self, token_id: str) -> None:
        """Forget a token; without any, collecting goes to the demo. Raises NotFound and TaskConflict."""
        self.token_vk.remove(token_id)

    def resolve(self, text: str, *, network: bool) -> Recognised:
        """Return what pasted text means; with `network` names are looked up, once for a while each."""
        found = recognise(text)
        if not network:
            return found
        vk, _ = self._collecting(self.collecting().dataset)
        try:
            return resolve(found, vk)
        finally:
            self.token_vk.count()

    def keep_upload(self, content: BinaryIO, filename: str, mapping: Mapping[str, Any] | None) -> Submission:
        """Keep an uploaded file until it is imported, and start the import."""
        upload = keep_upload(self.folder, content, filename, mapping)
        return self.tasks.submit("import", {"file": filename, "upload": upload, "mapping": mapping})

    def vk_problem(self) -> DashboardError | None:
        """Ask VK for as little as possible, once; return what is wrong with it, or None."""
        if self.uses_demo and self._demo is not None:
            return self._demo.problem()
        return self.token_vk.problem()

    def close(self) -> None:
        """End what runs, then what it used: tasks, VK, databases; closing twice is fine."""
        self.stopping.set()
        self.tasks.close()
        self.token_vk.count()
        self.estimates.close()
        self.token_vk.close()
        if self._demo is not None:
            self._demo.close()
        self.compute.close()
        self.trail.close()
        self.cache.close()
        for workspace in self.workspaces:
            workspace.store.close()

    def _collecting(self, place: str) -> tuple[VkApi, Store]:
        """Return VK and the database of a dataset by its name."""
        workspace = next(each for each in self.workspaces if each.dataset == place)
        return workspace.vk(), workspace.store

    def _answer(self, pause: Pause, answer: Mapping[str, str]) -> None:
        """Hand on what a person gave for a pause; raises TaskError for a token that VK does not take."""
        if token := answer.get("token"):
            self.token_vk.replace(pause.token, token)
        elif answer:
            self.collecting().vk().answer(pause.token, answer)
        else:
            self.collecting().vk().release(pause.token or None)

    def _keep_house(self) -> None:
        """Start what is scheduled, count calls and finish checks of tokens, every few seconds."""

        def wait(stop: threading.Event, seconds: float) -> None:
            if not stop.wait(seconds):
                self.token_vk.count()
                self.token_vk.check_again()
                self.texts.look()
                self.trail.flush()

        self.schedules.run(self.stopping, wait)

    def _meant(self, query: Query) -> Dataset:
        if len(self.workspaces) == 1:
            return "own"
        for workspace in self.workspaces:
            if query.source and any(reads.has_source(workspace.store, key) for key in query.source):
                return workspace.dataset
        own = self.workspace("own").store
        is_used = self.cache.computed(OWN_IS_USED, own.version(), lambda: bool(reads.sources(own)))
        return "own" if is_used else "demo"


def build(settings: Settings, vk_url: str = VK_URL) -> Services:
    """Open the databases, VK, the cache and the pool; raises our errors and leaves nothing open then.

    `vk_url` is where tokens given in the page lead when VK_API_URL is not set.
    """
    if settings.uses_demo and settings.vk_api_url:
        raise ConfigurationError(
            "VK_API_URL is set but VK_TOKEN is not.",
            hint="Set VK_TOKEN to a token of that server, or remove VK_API_URL to get the demo.",
            setting="VK_TOKEN",
        )
    with contextlib.ExitStack() as opened:
        metrics, incidents = Metrics(), Incidents(now)
        cache = open_cache(settings.cache_url, noticed=lambda error: incidents.note(error, "cache"))
        opened.callback(cache.close)
        own = Store.open(settings.database_url, clock=now, metrics=metrics)
        opened.callback(own.close)
        engines = Engines(cache, metrics, incidents, Compute(), Trail(own))
        counted = Counted(
            lambda: reads_notes.calls(own, now().date()), partial(writes_notes.write_calls, own)
        )
        tokens = TokenVk(
            settings, cache, TokenFile(settings.data_dir / "secrets"), counted, vk_url, metrics=metrics
        )
        opened.callback(tokens.close)
        workspaces: tuple[Workspace, ...] = (Workspace("own", own, tokens.api),)
        demo = None
        if settings.uses_demo:
            store = Store.open(
                f"duckdb:///{(settings.data_dir / 'demo.duckdb').as_posix()}", clock=now, metrics=metrics
            )
            opened.callback(store.close)
            demo = DemoVk(settings, cache, metrics)
            opened.callback(demo.close)
            workspaces = (*workspaces, Workspace("demo", store, demo.api))
        services = Services(settings, workspaces, engines, tokens, demo)
        opened.callback(services.close)
        services.begin()
        opened.pop_all()
        return services


@st.cache_resource(show_spinner=False, on_release=Services.close)
def current() -> Services:
    """Return the services of this process, built at the first call; raises DashboardError."""
    with building(_before):
        settings = read_all_settings()
        configure_log(settings)
        made = build(settings)
    made.incidents.take_over(_before)
    return made


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Build before the first request and close after the last: the `lifespan` of the app."""
    services = current()
    configure_log(services.settings)
    forget = tell_when_stopping(services.stopping)
    try:
        yield
    finally:
        forget()
        current.clear()
