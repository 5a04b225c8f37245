"""The System page: the verdict, the figures, what went wrong and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.errors import StorageError, VkUnavailable
from core.incidents import Incident
from core.log import bound_contextvars
from core.storage.slow import SlowQuery
from core.tasks.records import PoolStats
from core.vk.tokens import TokenState
from core.wording import LANGS, Lang
from dashboard import checks, condition, services
from dashboard.checks import Checked, Finding
from dashboard.components import cards, system, system_cards
from dashboard.components.cards import Card, Row
from dashboard.condition import Condition, Disk
from dashboard.services import Services
from tests.dashboard.api.conftest import settings_in

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIMIT_S = 30
TZ = "Europe/Moscow"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Condition]:
    """Give the condition of services that have done nothing yet."""
    made = services.build(settings_in(tmp_path_factory.mktemp("data"), demo_comments=100))
    yield condition.gather(made)
    made.close()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Give the page services of its own with a token, so that no synthetic VK starts."""
    monkeypatch.setenv("VK_TOKEN", "token-for-tests")
    monkeypatch.setenv("VK_API_URL", "http://127.0.0.1:9/method/")
    services.current.clear()
    st.cache_data.clear()
    yield services.current()
    services.current.clear()


def rows(card: Card) -> dict[str, Row]:
    """Return a card's figures by their names."""
    return {row.label: row for _, group in card.groups for row in group}


def page(lang: str) -> AppTest:
    """Draw the page."""

    def draw(lang: str) -> None:
        import streamlit as st

        from core.query import Query
        from dashboard import state
        from dashboard.components import system

        st.title("System")
        system.live(state.View(query=Query(), ui=lang))
        system.machine(lang)

    return drawn(AppTest.from_function(draw, default_timeout=LIMIT_S, args=(lang,)))


def drawn(app: AppTest) -> AppTest:
    """Draw what nothing may be wrong with."""
    app.run()
    assert not app.exception
    assert not app.error
    return app


def text_of(app: AppTest) -> str:
    """Return the page's HTML blocks."""
    return "".join(str(each.proto.body) for each in app.get("html"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "well", "nothing", "remedy"),
    [
        ("en", "It works, with limits", "Nothing has gone wrong since the start.", "check the network"),
        ("ru", "Работает, но не всё", "С момента запуска ошибок не было.", "проверьте сеть"),
    ],
)
@pytest.mark.usefixtures("served")
def test_the_page_says_what_is_wrong_and_what_to_do(lang: str, well: str, nothing: str, remedy: str) -> None:
    """VK away: the verdict names it with a remedy; nothing went wrong so far, which is said too."""
    app = page(lang)
    html = text_of(app)
    assert well in html
    assert remedy in html
    assert any(nothing in each.value for each in app.caption)
    assert html.count("<section") >= 6


@pytest.mark.slow
def test_the_last_errors_stand_there_with_their_remedies(served: Services) -> None:
    """Time, place, sentence, what to do and the ids to look for; a flood is one line with its number."""
    with bound_contextvars(task="abc123", run="abc123.1", request="<r1>"):
        served.incidents.note(VkUnavailable("VK did not answer in time.", hint="Wait."), "task")
    for _ in range(3):
        served.incidents.note(StorageError("The database is <busy>."), "api")
    few = page("en")
    assert "3 times" in text_of(few)
    assert '<a href="tasks?sel.task=abc123&amp;ui=en" target="_self">Show the task</a>' in text_of(few)
    assert "abc123.1" not in text_of(few)
    assert not [each for each in few.caption if "Older" in each.value]
    for number in range(system.INCIDENTS_SHOWN):
        served.incidents.note(StorageError("Refused {number}.", number=number), "database")
    served.incidents.note(KeyError("secret"), "page")
    first = text_of(page("en"))
    assert "secret" not in first
    assert "A defect of the program (KeyError)." in first
    app = page("en")
    assert [each.value for each in app.caption if "Older" in each.value] == ["Older: 3"]


@pytest.mark.slow
def test_the_links_for_programs_keep_the_key_in_mind(
    served: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every link leads to the API; where a key is set the page says that they want it."""
    links = [each.value for each in page("en").markdown if "/api/v1" in each.value]
    assert [each.partition("(")[2].rstrip(")") for each in links] == [
        "/api/v1/health/ready",
        "/api/v1/health/data",
        "/api/v1/metrics",
        "/api/v1/docs",
    ]
    services.current.clear()
    monkeypatch.setenv("API_KEY", "k" * 12)
    assert any("Authorization" in each.value for each in page("en").caption)
    del served


def test_the_verdict_names_each_trouble(found: Condition) -> None:
    """What is wrong stands on top with what to do; a part's tile says its worst."""
    well = Checked((Finding("ok", "vk.demo"),), 0.0)
    low = Checked((checks.of_disk(Path("/data"), 2**30), checks.of_disk(Path("/db"), 2**40)), 0.0)
    checked = dict.fromkeys(checks.NAMES, well) | {"disk": low}
    band = system.verdict(checked, found, "en", TZ)
    assert (band.level, len(band.problems)) == ("degraded", 1)
    assert band.problems[0][1] == "Make room: collecting needs it."
    tile = system.tile("disk", low, "en")
    assert (tile.word, tile.detail) == ("with limits", "Only 1.0\u00a0GB are free in /data.")
    assert system.verdict(dict.fromkeys(checks.NAMES, well), found, "ru", TZ).sentence == "Всё работает"


@pytest.mark.parametrize("lang", LANGS)
def test_every_card_has_figures(found: Condition, lang: Lang) -> None:
    """Queue, both databases, cache, quota, disk and versions, in the reader's language."""
    drawn = system_cards.all_of(found, lang, TZ)
    assert len(drawn) == 7
    assert [card.title for card in drawn if not card.groups] == [drawn[4].title]
    assert drawn[4].note


def test_what_cannot_be_read_is_said(found: Condition) -> None:
    """A part that failed has a card without figures that says so, never zeroes."""
    broken = replace(
        found,
        queue=None,
        cache=None,
        compute=None,
        databases=tuple(replace(each, stats=None) for each in found.databases),
    )
    drawn = system_cards.all_of(broken, "en", TZ)
    assert [card.note for card in drawn[:4]] == ["not known now"] * 4
    assert "Cache" not in rows(drawn[-1])


def test_the_queue_counts_what_runs_and_waits(found: Condition) -> None:
    """Kinds and states by their names on other pages; full workers are marked only while something waits."""
    pool = PoolStats(10, 9, 4, {"queued": 4, "running": 9, "failed": 0}, {"collect": 8, "digest": 1}, 65.0)
    drawn = rows(system_cards.queue(replace(found, queue=pool), "en"))
    assert (drawn["Workers busy"].value, drawn["Workers busy"].level) == ("9 of 10", "")
    for waiting, level in ((0, ""), (1, "degraded")):
        full = replace(pool, running=10, waiting=waiting)
        assert rows(system_cards.queue(replace(found, queue=full), "en"))["Workers busy"].level == level
    assert drawn["Running now"].value.startswith("Collection 8")
    assert drawn["Longest wait"].value == "1\u00a0min"
    assert "failed" not in drawn
    alone = rows(system_cards.queue(replace(found, compute=None), "en"))
    assert "Processes busy" not in alone


def test_tasks_that_are_only_counted_are_not_called_worse_than_they_are(found: Condition) -> None:
    """Of a number of tasks nobody knows whether parts are missing or closed: neither is passed over."""
    pool = PoolStats(10, 0, 0, {"partial": 2}, {}, 0.0)
    drawn = rows(system_cards.queue(replace(found, queue=pool), "en"))
    assert drawn["ended, parts missing or closed"].value == "2"


def test_the_database_card_marks_what_did_not_stop(found: Condition) -> None:
    """A stuck query is red; a database that never changed says so."""
    stats = found.databases[0].stats
    assert stats is not None
    drawn = replace(found.databases[0], stats=replace(stats, stuck=1, last_committed_at=AT))
    card = rows(system_cards.database(drawn, "en", TZ))
    assert card["Did not stop"].level == "down"
    assert card["Last change"].value.endswith("15:00")
    never = replace(found.databases[0], stats=replace(stats, last_committed_at=None))
    assert rows(system_cards.database(never, "en", TZ))["Last change"].value == "never"


def test_the_cache_card_tells_what_it_saves(found: Condition) -> None:
    """The share of answers from the cache, a word before the first question, a mark while it is away."""
    stats = found.cache
    assert stats is not None
    fresh = rows(system_cards.cache(replace(stats, hits=0, misses=0), "en"))
    assert fresh["Answered from the cache"].value == "not asked yet"
    used = rows(system_cards.cache(replace(stats, hits=3, misses=1, state="degraded"), "en"))
    assert used["Answered from the cache"].value == "75%"
    assert used["Unreadable / engine failures"].level == "degraded"


def test_the_quota_stands_against_known_limits(found: Condition) -> None:
    """A method with a limit has a bar that warns near its end; others are counted."""
    token = TokenState(
        *("id", 1, "user", True, {}, None, None),
        {"wall.get": 4990, "execute": 12, "users.get": 30},
        {"wall.get": 5000, "wall.search": 1000, "unlimited": 0},
        None,
    )
    card = system_cards.quota(replace(found, tokens=(token,)), "en")
    drawn = rows(card)
    assert (drawn["wall.get"].value, drawn["wall.get"].level) == ("4,990 of 5,000", "down")
    assert (drawn["wall.search"].share, drawn["execute"].share) == (0.0, None)
    assert [*drawn][2:] == ["users.get", "execute"]
    assert card.groups[0][0].endswith("5,032\u00a0calls today")
    busy = replace(token, calls_today={f"m{n}": 9 - n for n in range(6)})
    many = rows(system_cards.quota(replace(found, tokens=(busy,)), "ru"))
    assert [*many][2:] == ["m0", "m1", "m2", "другие методы"]
    assert many["другие методы"].value == "15"


def test_the_disk_card_warns_before_it_is_full(found: Condition) -> None:
    """Room, files and logs in readable sizes; a database in memory has no file."""
    low, full, odd = Disk(Path("/a"), 15, 100), Disk(Path("/b"), 2, 100), Disk(Path("/c"), 0, 0)
    own, demo = found.databases
    databases = (replace(own, file=None), replace(demo, size=2048, wal_size=1024))
    card = system_cards.room(replace(found, disks=(low, full, odd), databases=databases), "en")
    levels = [row.level for _, group in card.groups[:3] for row in group]
    assert levels == ["", "down", "down"]
    (row,) = card.groups[0][1]
    assert (row.label, row.value, row.share) == ("Taken", "85\u00a0B of 100\u00a0B", 0.85)
    files = [row.value for row in card.groups[3][1]]
    assert files == ["in memory", "2.0\u00a0KB", "1.0\u00a0KB"]


def test_a_failure_without_ids_sends_nobody_looking_for_them() -> None:
    """The remedy of a defect mentions ids only where there are some."""
    bare = system.entry(Incident(AT, "page", None, {}, "KeyError"), "en", TZ)
    assert (bare.ids, bare.remedy) == ((), "The log says more.")
    known = system.entry(Incident(AT, "api", None, {"request": "r1"}, "KeyError", 2), "en", TZ)
    assert (known.ids, known.where) == (("request r1",), "API · 2 times")
    assert "ids below" in known.remedy


def test_texts_are_never_markup() -> None:
    """What an error says may hold anything; on the page it is letters."""

    def draw() -> None:
        from dashboard.components import cards

        cards.entries([cards.Entry("<now>", "<i>", "<script>", "&", ("<b>",))])
        cards.band(cards.Band("down", "<h1>", "<p>"))
        cards.tiles([cards.Tile("<x>", "", "<y>", "<z>")])
        row = cards.Row("<l>", "<v>", 7.0, "down")
        cards.cards([cards.Card("<c>", (("<g>", (row,)),), "<n>")])

    html = text_of(drawn(AppTest.from_function(draw, default_timeout=LIMIT_S)))
    for text in ("<now>", "<script>", "<h1>", "<x>", "<y>", "<z>", "<l>", "<v>", "<c>", "<g>", "<n>"):
        assert text not in html.replace("<p>", "")
    assert 'style="width:100.0%"' in html


@pytest.mark.parametrize(("share", "level"), [(0.5, ""), (0.8, "degraded"), (0.96, "down")])
def test_a_full_bar_warns(share: float, level: str) -> None:
    """Bars turn before their end."""
    assert cards.level_of(share) == level


def test_slow_queries_come_with_their_plans(found: Condition) -> None:
    """The latest first, each with when, how long and its plan, where there is one."""
    queries = (
        SlowQuery(AT, 2.5, "select 1", "SEQ_SCAN"),
        SlowQuery(AT + timedelta(hours=1), 61.0, "select 2", ""),
    )
    slow = replace(found, databases=(replace(found.databases[0], slow=queries),))

    def draw(slow: object) -> None:
        from dashboard.components import system

        system.slow(slow, "en", "UTC")

    app = drawn(AppTest.from_function(draw, default_timeout=LIMIT_S, args=(slow,)))
    assert [each.value for each in app.code] == ["select 2", "select 1", "SEQ_SCAN"]
    assert app.expander[0].label == "Slow queries: 2"
