"""An app of its own for pages under test: an empty database and a token, so that no synthetic VK starts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import streamlit as st

from core.storage.store import Store
from dashboard import services


@contextmanager
def own_data() -> Iterator[Store]:
    """Give the database of an app whose VK is nowhere; what the app holds is let go at the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VK_TOKEN", "token-for-tests")
        patch.setenv("VK_API_URL", "http://127.0.0.1:9/method/")
        _let_go()
        yield services.current().workspace("own").store
        _let_go()


def _let_go() -> None:
    services.current.clear()
    st.cache_data.clear()
