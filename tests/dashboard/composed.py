"""Services put together by hand, where a test needs a part that fails as no real one does on demand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NoReturn

from core.cache import Cache
from core.compute import Compute
from core.errors import StorageError
from core.incidents import Incidents
from core.metrics import Metrics
from core.secrets import TokenFile
from core.storage.store import Lent, Store
from core.trail import Trail
from dashboard.services import Services
from dashboard.vk import TokenVk
from dashboard.workspaces import Engines, Workspace, now
from tests.dashboard.api.conftest import WITH_TOKEN, settings_in


class BrokenCache(Cache):
    """A cache that fails with something nobody foresaw when it is asked how it fares."""

    def stats(self) -> NoReturn:
        """Fail."""
        raise ZeroDivisionError


class RefusingStore(Store):
    """A database that refuses readers once it has a reason to."""

    refusal: StorageError | None = None

    def reading(self, *given: Any, **named: Any) -> AbstractContextManager[Lent]:
        """Lend a cursor, or raise the reason."""
        if self.refusal is not None:
            raise self.refusal
        return super().reading(*given, **named)


@contextmanager
def composed(
    folder: Path, *, cache: Cache | None = None, refusal: StorageError | None = None
) -> Iterator[Services]:
    """Give services with a token whose VK is nowhere; what works by itself is not started."""
    settings = settings_in(folder, **WITH_TOKEN)
    cache = cache or Cache()
    store = RefusingStore.open(settings.database_url, clock=now)
    vk = TokenVk(settings, cache, TokenFile(folder / "secrets"))
    engines = Engines(cache, Metrics(), Incidents(now), Compute(), Trail(store))
    made = Services(settings, (Workspace("own", store, vk.api),), engines, vk, None)
    store.refusal = refusal
    yield made
    store.refusal = None
    made.close()
