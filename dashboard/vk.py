"""VK as this process has it: the real one behind its tokens, or the synthetic one in a process of its own."""

from __future__ import annotations

import threading

from core.cache import Cache
from core.config import VK_URL, Settings
from core.errors import DashboardError, SandboxError, TaskCancelled, VkBadRequest, VkError, VkMethodRefused
from core.log import logger
from core.sandbox import process as sandbox
from core.sandbox.stories import TOKENS
from core.vk.api import VkApi, connect
from core.vk.client import VkClient

PROBE = "utils.getServerTime"
PROBE_S = 2.0


class TokenVk:
    """The VK that VK_API_URL names, through the tokens that are set."""

    def __init__(self, settings: Settings, cache: Cache) -> None:
        url = settings.vk_api_url or VK_URL
        tokens = tuple(token.reveal() for token in settings.vk_token)
        self._api = connect(url, tokens, settings.vk_requests_per_second, cache=cache)
        throttle = self._api.packers[0].client.throttle
        self._probe = VkClient(url, tokens[0], throttle, timeout_s=PROBE_S)

    def api(self) -> VkApi:
        """Return VK's API."""
        return self._api

    def problem(self) -> str | None:
        """Ask VK for the time, once and briefly; return what is wrong, None when it answers or is busy."""
        cancel = threading.Event()
        impatience = threading.Timer(PROBE_S, cancel.set)
        impatience.start()
        try:
            self._probe.call(PROBE, {}, cancel, attempts=1)
        except (VkMethodRefused, VkBadRequest, TaskCancelled):
            return None
        except VkError as error:
            return str(error)
        finally:
            impatience.cancel()
        return None

    def close(self) -> None:
        """Close the connections."""
        self._probe.close()
        self._api.close()


class DemoVk:
    """The synthetic VK, started in the background and waited for at its first use; restarted when it died."""

    def __init__(self, settings: Settings, cache: Cache) -> None:
        self._settings = settings
        self._cache = cache
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
                logger(__name__).warning("The synthetic VK is not there yet", detail=str(error))

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
                    self._process.url, (TOKENS.USER,), wanted.vk_requests_per_second, cache=self._cache
                )
            return self._api

    def problem(self) -> str | None:
        """Return what is wrong, None while it runs or is being started."""
        is_dead = self._process is not None and not self._process.is_running
        return "The synthetic VK has stopped; it is started again at the next use." if is_dead else None

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
