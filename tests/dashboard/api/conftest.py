"""The API over real databases and a small synthetic VK, called in process at a loopback address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from core.config import Secret, Settings
from core.storage import writes
from dashboard import api, services
from dashboard.services import Services
from tests import builders

HERE = "http://127.0.0.1:8501"
WITH_TOKEN = {"vk_token": (Secret("t" * 20),), "vk_api_url": "http://127.0.0.1:9/"}
"""Settings with a token whose VK is nowhere, so that no synthetic VK starts."""
Open = Callable[..., TestClient]


def settings_in(folder: Path, **changes: object) -> Settings:
    """Build settings whose every file lies in one folder, with a demo world as small as it can be."""
    return replace(
        Settings(
            data_dir=folder,
            database_url=f"duckdb:///{(folder / 'own.duckdb').as_posix()}",
            vk_requests_per_second=0,
            demo_comments=300,
        ),
        **changes,  # type: ignore[arg-type]
    )


def client_of(built: Services, at: str = f"{HERE}/api/v1") -> TestClient:
    """Mount the API as the app does and return a client of it."""
    app = Starlette(routes=[Mount("/api/v1", api.build(lambda: built))])
    return TestClient(app, base_url=at, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Give services without a token: an empty own dataset and a demo, in which a post has some comments."""
    made = services.build(settings_in(tmp_path_factory.mktemp("data")))
    demo = made.workspace("demo").store
    writes.write_sources(demo, "run", [builders.source()], builders.at())
    comments = (
        builders.comment(1, "Первый", likes=3),
        builders.comment(2, "Ответ", root_id=1, parent_id=1, published_at=builders.at(1)),
        builders.comment(3, "=1+1", published_at=builders.at(2), attachments=("photo",)),
        builders.tombstone(4, published_at=builders.at(3)),
    )
    page = builders.page(*comments, authors=(builders.author(),), declared_total=4)
    writes.write_pages(demo, "run", [page], builders.at(4))
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(built: Services) -> TestClient:
    """Give a client on this machine, to a server without a key."""
    return client_of(built)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Give a way to open the API with other settings; everything is closed at the end."""
    made: list[Services] = []

    def open_with(at: str = f"{HERE}/api/v1", **changes: object) -> TestClient:
        made.append(services.build(settings_in(tmp_path / str(len(made)), **{**WITH_TOKEN, **changes})))
        return client_of(made[-1], at)

    yield open_with
    for each in made:
        each.close()
