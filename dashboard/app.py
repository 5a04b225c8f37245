"""The app: what Streamlit runs for every visitor, and what serves it together with the HTTP API.

Streamlit runs this file as a script (`__main__`) for each interaction; whoever starts the server imports it
and finds `app`. Both forms need the project's folder on the path, which is arranged here and nowhere else.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import AsyncIterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

if __name__ == "__main__":
    from dashboard.components.shell import run

    run()
else:
    # The page's own modules are left out here: their caches belong to a runtime that does not exist yet.
    import streamlit as st
    from anyio import to_thread
    from starlette.middleware import Middleware
    from streamlit.starlette import App

    from dashboard import api, listening, services, starting
    from dashboard.api.access import PageAccess
    from dashboard.api.front import Front
    from dashboard.api.keys import Attempts
    from dashboard.board import assets

    @contextlib.asynccontextmanager
    async def lifespan(served: App) -> AsyncIterator[None]:
        """Build the services before the first visitor, and spare every later collection what was built."""
        listening.answer_at_once()
        async with services.lifespan(served):
            to_thread.current_default_thread_limiter().total_tokens = api.THREADS
            assets.warm()
            gc.collect()
            gc.freeze()
            yield

    def _refused() -> None:
        services.current().metrics.keys_refused.inc()

    listening.ask_nobody_outside()
    attempts = Attempts()
    with starting.one_sentence():
        settings = starting.read_all_settings()
        base_path = str(st.get_option("server.baseUrlPath") or "")

    app = App(
        Path(__file__).resolve(),
        routes=assets.routes(),
        middleware=[
            Middleware(Front, api=api.build(services.current, attempts), base_path=base_path),
            Middleware(PageAccess, settings=settings, attempts=attempts, refused=_refused),
        ],
        lifespan=lifespan,
    )
