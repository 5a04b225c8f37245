"""Whether the parts can work: what each check finds, and that none of them can hang the answer."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.config import Secret
from core.errors import Busy, CacheError, QueryTimedOut, StorageError, VkUnavailable
from core.models import Pause, PauseReason
from core.storage import writes
from core.storage.store import Store
from core.tasks.records import PoolStats
from core.vk.tokens import TokenState
from core.wording import LANGS, has
from dashboard import checks, condition, services
from dashboard.checks import Checked, Finding
from dashboard.services import Services
from tests import builders
from tests.core.storage.blocked import full_disk
from tests.dashboard.api.conftest import settings_in
from tests.dashboard.api.serving import eventually
from tests.dashboard.composed import BrokenCache, composed

BOUND_S = 20.0
POOL = PoolStats(workers=10, running=3, waiting=2, states={})


def built_in(folder: Path, **changes: object) -> Services:
    """Build services with a token whose VK is nowhere."""
    token = {"vk_token": (Secret("t" * 20),), "vk_api_url": "http://127.0.0.1:9/method/"}
    return services.build(settings_in(folder, **{**token, **changes}))


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Services]:
    """Give services that a test may break."""
    found = built_in(tmp_path)
    yield found
    found.close()


def codes(checked: Checked) -> list[str]:
    """Return what was found, the worst first."""
    return [finding.code for finding in checked.findings]


def test_all_readers_lent_is_busy_and_not_away(made: Services) -> None:
    """A full pool of readers is a busy database: degraded, and the answer does not wait for a reader."""
    store = made.workspace("own").store
    with contextlib.ExitStack() as lent:
        for _ in range(store.stats().readers):
            lent.enter_context(store.reading())
        began = time.monotonic()
        found = checks.check(made, limit_s=0.3)
        assert time.monotonic() - began < BOUND_S
    assert (found["database"].status, codes(found["database"])) == ("degraded", ["database.busy"])
    assert checks.verdict(found) == "degraded"


def test_a_closed_database_is_down(tmp_path: Path) -> None:
    """Nothing works without it, so the verdict is down; the error itself says what happened."""
    made = built_in(tmp_path)
    made.close()
    found = checks.check(made)
    assert (found["database"].status, checks.verdict(found)) == ("down", "down")
    assert isinstance(found["database"].findings[0].error, StorageError)
    assert codes(found["tasks"]) == ["tasks.closed"]


def test_a_vk_that_never_answers_delays_nobody(tmp_path: Path) -> None:
    """The question to VK goes on by itself; the others' answers are there in time."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        made = built_in(tmp_path, vk_api_url=f"http://127.0.0.1:{deaf.getsockname()[1]}/method/")
        found = checks.check(made, limit_s=0.3)
        made.close()
    assert codes(found["vk"]) == ["vk.late"]
    assert found["database"].status == "ok"


def test_a_folder_that_is_gone_is_down_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Whether anything can be written is tried, not guessed from rights."""
    made = built_in(tmp_path, data_dir=tmp_path / "data")
    shutil.rmtree(tmp_path / "data")
    found = checks.check(made)
    made.close()
    assert codes(found["disk"])[0] == "disk.unwritable"
    assert (found["disk"].status, found["database"].status, checks.verdict(found)) == (
        "down",
        "ok",
        "degraded",
    )


def test_a_clock_before_the_last_change_is_named(tmp_path: Path) -> None:
    """A database that was changed three days from now says that the clock is wrong, and by how much."""
    later = datetime.now(UTC) + timedelta(days=3)
    url = f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}"
    store = Store.open(url, clock=lambda: later)
    writes.write_sources(store, "run", [builders.source()], builders.at())
    store.close()
    made = built_in(tmp_path)
    database = checks.check(made)["database"]
    made.close()
    assert codes(database) == ["database.clock", "database.ok"]
    told = checks.sentence(database.findings[0], "en")
    assert told.what.replace("\u00a0", " ") == (
        "The system's time is 3 d before the last change of the database (own)."
    )


def test_a_house_that_nobody_keeps_is_degraded(tmp_path: Path) -> None:
    """When schedules start no more and calls are counted no more, it is not all green."""
    with composed(tmp_path) as idle:
        tasks = checks.check(idle)["tasks"]
    assert (tasks.status, codes(tasks)) == ("degraded", ["tasks.house", "tasks.ok"])


def test_a_check_with_a_defect_is_down_by_its_name(tmp_path: Path) -> None:
    """A defect of a check fails that check alone."""
    with composed(tmp_path, cache=BrokenCache()) as made:
        cache = checks.check(made)["cache"]
    assert (cache.status, cache.findings[0].params) == ("down", {"name": "ZeroDivisionError"})


def test_an_answer_is_kept_for_a_moment(made: Services) -> None:
    """Who asks again at once gets the same answer, and VK is not asked again."""
    first, second = checks.check(made), checks.check(made)
    assert second["vk"].findings[0] is first["vk"].findings[0]


@pytest.mark.parametrize(
    ("raised", "code", "status"),
    [
        (QueryTimedOut("The query took longer than {limit_s} s.", limit_s=2), "database.late", "degraded"),
        (Busy("All readers are lent."), "database.busy", "degraded"),
        (StorageError("The database refused."), "error", "down"),
    ],
)
def test_a_slow_answer_is_no_refusal(tmp_path: Path, raised: StorageError, code: str, status: str) -> None:
    """A database that ran out of time is slow; one that refuses is away."""
    with composed(tmp_path, refusal=raised) as made:
        database = checks.check(made)["database"]
    assert (codes(database), database.status) == ([code], status)


@pytest.mark.parametrize(("asked_s", "code"), [(0.0, "database.late"), (60.0, "database.away")])
def test_a_database_that_hangs_is_late_and_then_away(made: Services, asked_s: float, code: str) -> None:
    """A moment of silence is load; ten seconds of it with free readers is a dead disk."""
    gate = threading.Event()
    asked = made.probes.begin("database.own", lambda: [Finding("ok", "")] if gate.wait(30) else [], 0.0)
    asked.began_s -= asked_s
    database = checks.check(made, limit_s=0.1)["database"]
    gate.set()
    assert codes(database) == [code]


def test_damage_that_a_question_met_is_said_from_then_on(made: Services) -> None:
    """Other questions are answered, so the database is degraded, with the damage and what to do."""
    damage = StorageError("The database file is damaged: {reason}", hint="Restore it.", reason="x.")
    stats = replace(made.workspace("own").store.stats(), damage=damage)
    assert [each.error for each in checks.of_database("own", stats, None)] == [None, damage]


def test_a_disk_without_room_is_full_and_not_forbidden(made: Services, tmp_path: Path) -> None:
    """Where the write that is tried finds no room, room is what is asked for."""
    (tmp_path / "empty").touch()
    with full_disk(tmp_path / "empty"):
        found = checks.check(made)["disk"]
    assert (found.status, codes(found)) == ("down", ["disk.full"])


def test_a_wrong_clock_is_said_at_once(made: Services) -> None:
    """The answer of VK itself is kept for a while; what is known without asking is not."""
    checks.check(made)
    traffic = made.token_vk.api().traffic
    traffic.dated("Wed, 21 Oct 2015 07:28:00 GMT", traffic.now())
    eventually(lambda: "vk.ahead" in codes(checks.check(made)["vk"]), checks.VK_LIFE_S / 2)


def test_queries_that_do_not_stop_are_named(made: Services) -> None:
    """A stuck query keeps a processor busy, so it is said."""
    stats = replace(made.workspace("own").store.stats(), stuck=2)
    assert [each.code for each in checks.of_database("own", stats, None)] == ["database.ok", "database.stuck"]


def test_a_cache_engine_away_is_degraded(made: Services) -> None:
    """It costs speed, nothing else."""
    reason = CacheError("The Redis server cannot be reached.")
    found = checks.of_cache(replace(made.cache.stats(), state="degraded", reason=reason))
    assert [(each.status, each.code) for each in found] == [
        ("degraded", "error"),
        ("degraded", "cache.degraded"),
    ]
    assert checks.of_cache(made.cache.stats())[0].status == "ok"


def token(number: int, pause: Pause | None) -> TokenState:
    """Build a token that waits for this."""
    return TokenState("id", number, "user", True, {}, None, None, {}, {}, pause)


def test_what_vk_and_its_tokens_lack_is_all_said() -> None:
    """A lost token, one on hold, no answer and a wrong clock are four findings; a right clock is none."""
    tokens = [
        token(1, None),
        token(2, Pause(PauseReason.TOKEN)),
        token(3, Pause(PauseReason.CAPTCHA)),
    ]
    found = checks.of_vk(VkUnavailable("VK is away."), tokens, timedelta(minutes=-3))
    assert [each.code for each in found] == ["error", "vk.lost", "vk.held", "vk.behind"]
    assert [each.code for each in checks.of_vk(None, [], timedelta(hours=1))] == ["vk.ahead"]
    assert checks.of_vk(None, tokens[:1], timedelta(seconds=30)) == []
    assert checks.of_vk(None, [], None) == []


@pytest.mark.parametrize(("abandoned", "status"), [(0, "ok"), (1, "degraded"), (10, "down")])
def test_attempts_that_do_not_stop_are_said(abandoned: int, status: str) -> None:
    """One is a nuisance; as many as there are workers is a pool that may be stuck altogether."""
    found = checks.of_tasks(replace(POOL, abandoned=abandoned), is_house_kept=True)
    assert found[-1].status == status


@pytest.mark.parametrize(
    ("free", "status", "code"),
    [(3 * 2**30, "ok", "disk.ok"), (2**30, "degraded", "disk.low"), (2**20, "down", "disk.full")],
)
def test_room_is_judged_in_time(free: int, status: str, code: str) -> None:
    """There is a warning before there is no room."""
    found = checks.of_disk(Path("/data"), free)
    assert (found.status, found.code) == (status, code)


def test_every_finding_has_words_in_both_languages() -> None:
    """What is wrong comes with what to do, in the reader's numbers and units."""
    finding = checks.of_disk(Path("/data"), 2**30)
    english, russian = (checks.sentence(finding, lang) for lang in ("en", "ru"))
    assert (english.what, russian.what) == (
        "Only 1.0\u00a0GB are free in /data.",
        "Свободно только 1,0\u00a0ГБ в /data.",
    )
    late = checks.sentence(Finding("degraded", "database.late", {"dataset": "own", "waited_s": 2.5}), "ru")
    assert "мои данные" in late.what
    assert late.remedy
    assert checks.sentence(Finding("ok", "vk.ok"), "en").remedy == ""
    known = [key for key in checks_phrases() if not key.endswith((".ok", ".demo", ".error"))]
    assert [key for key in known if not has(key.replace(".check.", ".fix."))] == []


def test_an_error_is_told_as_everywhere() -> None:
    """A finding that has an error says what the page and the API say of that error."""
    for lang in LANGS:
        told = checks.sentence(Finding("down", "error", error=StorageError("Refused.")), lang)
        assert told.what
        assert told.remedy


def checks_phrases() -> list[str]:
    """Return the keys of all findings."""
    from core.wording.phrases.system import PHRASES

    return [key for key in PHRASES if key.startswith("system.check.")]


def test_the_folders_checked_are_those_written_to(tmp_path: Path) -> None:
    """A database on another disk has its own room."""
    url = f"duckdb:///{(tmp_path / 'elsewhere' / 'own.duckdb').as_posix()}"
    made = built_in(tmp_path, data_dir=tmp_path / "data", database_url=url)
    assert condition.folders(made) == (tmp_path / "data", tmp_path / "elsewhere")
    assert codes(checks.check(made)["disk"]) == ["disk.ok", "disk.ok"]
    made.close()
