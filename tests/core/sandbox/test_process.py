"""The sandbox as a process, and what importing it costs."""

import subprocess
import sys

import httpx
import pytest

from core.errors import SandboxError
from core.sandbox import process, stories
from tests.core.sandbox.caller import Caller

pytestmark = pytest.mark.slow


def test_process_ends_with_its_parents_pipe() -> None:
    """Closing the pipe ends the process, so a killed app leaves no orphan."""
    with process.start(comments=100) as running:
        assert httpx.get(running.admin_url + "stats").status_code == 200
        assert running.is_running
    assert not running.is_running
    with pytest.raises(httpx.ConnectError):
        httpx.get(running.admin_url + "stats")


def test_start_that_fails_is_our_error() -> None:
    """A sandbox that cannot start says so with a hint."""
    with pytest.raises(SandboxError, match=r"python -m core\.sandbox"):
        process.start(comments=100, faults="nonsense")


@pytest.mark.parametrize("module", ["core.sandbox", "core.sandbox.stories", "core.sandbox.process"])
def test_importing_is_cheap(module: str) -> None:
    """What the app imports loads neither numpy nor a server nor a front end."""
    heavy = "{'numpy', 'starlette', 'uvicorn', 'streamlit', 'plotly', 'orjson'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_sandbox_does_not_know_the_product() -> None:
    """The synthetic VK is independent of the client, the collector and the store it is used to test."""
    code = "import sys, core.sandbox.app; print([n for n in sys.modules if n.startswith('core.')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = found.stdout.replace("'", "").strip("[]\n").split(", ")
    allowed = ("core.sandbox", "core.errors", "core.config", "core.log", "core.models")
    assert all(name.startswith(allowed) for name in names)


def test_demo_links_lead_somewhere(vk: Caller) -> None:
    """Every proposed link names an owner that exists here."""
    for demo in stories.demo_links():
        path = demo.link.removeprefix("https://vk.com/")
        kind, _, address = path.partition("-")
        if not address:
            assert vk.ok("utils.resolveScreenName", screen_name=path)
            continue
        source = f"{kind}:-{address}"
        assert vk.truth(source)["count"] > 0
