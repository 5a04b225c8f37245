"""Random requests made from the API's own description: nothing breaks, nothing answers what it lacks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from core.sandbox import process as sandbox
from core.storage import writes
from dashboard import api, services
from dashboard.api.front import Front
from tests import builders
from tests.dashboard.api.conftest import settings_in
from tests.dashboard.api.serving import served

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
MOST_ANALYSES = r"^/analyses/(?!volume$|concordance$)"
"""Their routes are made alike and have sixty parameters each; `make soak` asks all of them."""
CHECKS = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_headers_conformance", "response_schema_conformance", "negative_data_rejection"),
    *("missing_required_header", "unsupported_method", "use_after_free"),
)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Serve the API over a demo with some comments; tokens given to it lead to the synthetic VK too."""
    with sandbox.start(300, 7, 0) as vk:
        made = services.build(settings_in(tmp_path), vk.url)
        yield from served_over(made)


def served_over(made: services.Services) -> Iterator[str]:
    """Put some comments into the demo and serve the API."""
    demo = made.workspace("demo").store
    writes.write_sources(demo, "run", [builders.source()], builders.at())
    rows = [builders.comment(number, f"Комментарий {number}", likes=number) for number in range(1, 60)]
    writes.write_pages(demo, "run", [builders.page(*rows, authors=(builders.author(),))], builders.at(4))
    way = Middleware(Front, api=api.build(lambda: made))
    with served(Starlette(middleware=[way])) as port:
        yield f"http://127.0.0.1:{port}/api/v1"
    made.close()


def fuzzed(
    url: str,
    folder: Path,
    seed: int,
    examples: int,
    limit_s: int,
    *,
    but: str | None = None,
    phases: str = "examples,coverage,fuzzing",
) -> None:
    """Run schemathesis in a folder of its own; fail with its report when it finds something.

    `but` are paths that are left out.
    """
    command = [
        *(str(SCHEMATHESIS), "run", f"{url}/openapi.json", "--url", url),
        *("--checks", ",".join(CHECKS), "--seed", str(seed), "--max-examples", str(examples)),
        *("--phases", phases, "--request-timeout", "20", "--no-color"),
        *("--suppress-health-check", "all", "--workers", "1"),
    ]
    if but is not None:
        command += ["--exclude-path-regex", but]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=limit_s, check=False)
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


@pytest.mark.slow
def test_random_requests_find_nothing(url: str, tmp_path: Path) -> None:
    """No 5xx, no status, type, header or shape that the description does not name."""
    fuzzed(url, tmp_path, 1, 5, 600, but=MOST_ANALYSES, phases="examples,fuzzing")


@pytest.mark.soak
def test_every_boundary_finds_nothing(url: str, tmp_path: Path) -> None:
    """The same with each value at the edge of what is allowed, one request after the other."""
    fuzzed(url, tmp_path, 1, 10, 3000, phases="coverage")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 5))
def test_many_random_requests_find_nothing(url: str, tmp_path: Path, seed: int) -> None:
    """The same, with more requests of each kind."""
    fuzzed(url, tmp_path, seed, 150, 3000)
