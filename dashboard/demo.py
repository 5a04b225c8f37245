"""The synthetic VK as this process has it: in a process of its own, which is there when it is needed."""

from __future__ import annotations

import threading

from core import log
from core.cache import Cache
from core.config import Settings
from core.errors import DashboardError, SandboxError
from core.metrics import Metrics
from core.sandbox import process as sandbox
from core.sandbox.stories import TOKENS
from core.vk.api import VkApi, connect


class DemoVk:
    """The synthetic VK, started in the background and waited for at its first use; restarted when it died."""

    def __init__(self, settings: Settings, cache: Cache, metrics: Metrics | None = None) -> None:
        self._settings = settings
        self._cache = cache
        self._metrics = metrics
        self._lock = threading.Lock()
        self._process: sandbox.SandboxProcess | None = None
        self._api: VkApi | None = None
        self._is_closed = False

    def begin(self) -> None:
        """Start it without waiting; a failure is said when it is used."""

        def start() -> None:
            try:
                self.api()
            except DashboardError as error:
                log.logger(__name__).warning("The synthetic VK is not there yet", detail=str(error))

        threading.Thread(target=start, name="sandbox-start", daemon=True).start()

    def api(self) -> VkApi:
        """Return VK's API as the sandbox speaks it; raises SandboxError."""
        with self._lock:
            if self._is_closed:
                raise SandboxError("The synthetic VK is closed.", hint="Start the program again.")
            if self._api is None or self._process is None or not self._process.is_running:
                self._drop()
                wanted = self._settings
                self._process = sandbox.start(
                    wanted.demo_comments, wanted.demo_seed, wanted.vk_requests_per_second
                )
                self._api = connect(
                    self._process.url, (TOKENS.USER,), wanted.vk_requests_per_second,
                    cache=self._cache, metrics=self._metrics,
                )  # fmt: skip
            return self._api

    def problem(self) -> DashboardError | None:
        """Return what is wrong, None while it runs or is being started."""
        if self._process is None or self._process.is_running:
            return None
        return SandboxError("The synthetic VK has stopped.", hint="It is started again at its next use.")

    def close(self) -> None:
        """End the process; nothing starts it again."""
        with self._lock:
            self._is_closed = True
            self._drop()

    def _drop(self) -> None:
        if self._api is not None:
            self._api.close()
        if self._process is not None:
            self._process.stop()
        self._api = self._process = None
