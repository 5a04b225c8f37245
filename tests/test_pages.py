"""Every page through the real app: with data, empty, filtered to nothing, failing, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.analysis.catalogue import ANALYSES
from core.query import Query
from core.storage import writes
from core.storage.store import Store
from core.tasks.records import TaskKind
from dashboard import data, services
from dashboard.components import menu
from dashboard.components.book import BOOK
from dashboard.components.exporting import File, written
from tests.builders import at, author, comment, page, source, tombstone
from tests.own_data import own_data

pytestmark = pytest.mark.slow

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
PAGES = tuple(menu.NAMES)
PARTS = [(name, part.name) for name, parts in BOOK.items() for part in parts]
LIMIT_S = 30
HOSTILE = "<b>жирно</b> *не* [ссылка](http://x) :red[нет] $x$"


@pytest.fixture
def store() -> Iterator[Store]:
    """Give the app an empty database of its own."""
    with own_data() as opened:
        yield opened


@pytest.fixture
def filled(store: Store) -> Store:
    """Fill the database: two posts, a thread with a tombstone, and texts that look like markup."""
    writes.write_sources(store, "run", [source(), source("wall:-1_3", HOSTILE)], at())
    first = page(
        comment(1, HOSTILE, replies=2),
        comment(2, "Ответ", root_id=1, parent_id=1, author_id=8, published_at=at(1), likes=5),
        tombstone(3, root_id=1, parent_id=2),
        authors=(author(7, HOSTILE), author(8, "Борис")),
    )
    second = page(
        *(comment(n, f"Погода {n}", source="wall:-1_3", published_at=at(24 + n)) for n in range(60))
    )
    writes.write_pages(store, "run", [first, second], at())
    writes.fold(store)
    return store


def _open(name: str, **params: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=LIMIT_S)
    for key, value in params.items():
        app.query_params[key] = value
    app.switch_page(f"../pages/{name}.py").run()
    assert not app.exception
    return app


def _metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("ui", ["ru", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_in_both_languages(name: str, ui: str) -> None:
    """Each page is in the menu, draws without an error, and has one title."""
    app = _open(name, ui=ui)
    assert len(app.title) == 1
    assert not app.error


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("group", sorted({each.group for each in ANALYSES.values()}))
def test_every_analysis_is_drawn(group: str) -> None:
    """Each analysis of a group shows its parameters, and its answer or how to get it, without an error."""
    for name in [name for name, each in ANALYSES.items() if each.group == group]:
        app = _open("analyses", **{"ui": "ru", "sel.analysis": name})
        assert (name, [each.value for each in app.error]) == (name, [])
        assert ANALYSES[name].is_heavy is (f"analysis.start.{name}" in {each.key for each in app.button})


@pytest.mark.usefixtures("filled")
@pytest.mark.soak
@pytest.mark.parametrize(("name", "part"), PARTS)
def test_every_part_of_a_page_is_drawn(name: str, part: str) -> None:
    """Each part of each page shows its analyses, or how to get them, without an error."""
    asked = {"sel.p.concordance.word": "погода", "source": "wall:-1_3"}
    app = _open(name, **{"ui": "ru", "sel.tab": part, **asked})
    assert [each.value for each in app.error] == []
    assert app.button_group(f"part.{name}").value == part


@pytest.mark.usefixtures("filled")
def test_figures_and_tables_follow_what_their_own_chart_sets() -> None:
    """A chart keeps what surrounds the chosen time; the figures beside it are of that time alone."""
    asked = {"ui": "en", "sel.tab": "newcomers", "sel.p.newcomers.per": "day"}
    whole = _metrics(_open("authors", **asked))
    some = _metrics(_open("authors", **asked, **{"from": "2026-03-03"}))
    assert (whole["Authors"], some["Authors"]) == ("2", "1")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("name", "chosen"), [("authors", {"author": "8"}), ("posts", {"source": "wall:-1_2"})]
)
def test_a_table_keeps_what_surrounds_the_chosen_line(name: str, chosen: dict[str, str]) -> None:
    """Who chose a line sees it marked among the others, and can choose another; other filters narrow it."""
    whole = _open(name, ui="en").dataframe[0]
    assert "background-color" not in whole.proto.arrow_data.styler.styles
    some = _open(name, ui="en", **chosen).dataframe[0]
    assert len(some.value) == len(whole.value) > 1
    assert some.proto.arrow_data.styler.styles.count("background-color") == 1
    assert len(_open(name, ui="en", **chosen, text="Ответ").dataframe[0].value) == 1


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("name", "tab"),
    [("changes", "list"), ("questions", "inbox"), ("mood", "examples"), ("coordination", "copies")],
)
def test_a_page_whose_lines_are_comments_opens_them(name: str, tab: str) -> None:
    """Wherever choosing a line opens a comment, an address with one shows its conversation."""
    asked = {"ui": "en", "sel.tab": tab, "sel.comment": "wall:-1_2:2", "sel.since": "3650"}
    assert any("comments in this thread" in each.value for each in _open(name, **asked).caption)


@pytest.mark.usefixtures("filled")
def test_a_part_that_is_not_there_is_told() -> None:
    """A link to a part that this page does not have says so and shows the first one."""
    app = _open("mood", **{"ui": "en", "sel.tab": "nope"})
    assert any("nope" in each.value for each in app.warning)


@pytest.mark.usefixtures("filled")
def test_a_heavy_analysis_is_drawn_once_it_is_worked_out() -> None:
    """A click starts it; when its task has ended the page shows the answer instead of the button."""
    app = _open("analyses", **{"ui": "en", "sel.analysis": "concentration"})
    app.button("analysis.start.concentration").click().run()
    (task,) = services.current().tasks.list(kind=TaskKind.ANALYZE)
    services.current().tasks.wait(task.id, LIMIT_S)
    app.run()
    assert not app.exception
    assert "analysis.start.concentration" not in {each.key for each in app.button}
    assert len(app.dataframe) == 1


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("name", ["overview", "comments", "export"])
def test_an_empty_app_says_what_to_do(name: str) -> None:
    """Where there is nothing to show, the next step stands."""
    app = _open(name, ui="ru")
    assert app.header[-1].value == "Комментариев пока нет"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", ["overview", "comments", "export"])
def test_filters_that_leave_nothing_say_so(name: str) -> None:
    """No match is not no data: the page offers to let the filters go."""
    app = _open(name, ui="en", text="нигдетакогонет")
    assert "Nothing matches these filters" in [each.value for each in app.header]
    app.button("nothing.reset").click().run()
    assert "Nothing matches these filters" not in [each.value for each in app.header]


@pytest.mark.usefixtures("filled")
def test_the_totals_are_those_of_the_query() -> None:
    """A link's filters count: one post of two."""
    assert _metrics(_open("overview", ui="en"))["Comments"] == "63"
    assert _metrics(_open("overview", ui="en", source="wall:-1_2"))["Comments"] == "3"


@pytest.mark.usefixtures("filled")
def test_quiet_hours_are_part_of_the_picture() -> None:
    """Charts over time get the hours without comments as 0, the week how often each of its hours was."""
    hours = data.per_period(Query(), "hour")
    assert len(hours) == 84
    assert int((hours["comments"] == 0).sum()) == 22
    week = data.per_hour_weekday(Query())
    assert len(week) == 168
    assert int(week["hours"].sum()) == 84


def test_what_no_comment_says_is_a_dash(store: Store) -> None:
    """A file of bare texts has unknown likes and authors, not none."""
    bare = source("import:1")
    writes.write_sources(store, "run", [bare], at())
    text = comment(1, source="import:1", author_id=None, likes=None, published_at=None)
    writes.write_pages(store, "run", [page(text, source="import:1", authors=())], at())
    metrics = _metrics(_open("overview", ui="en"))
    assert (metrics["Comments"], metrics["Likes"], metrics["Authors"]) == ("1", "—", "—")


@pytest.mark.usefixtures("filled")
def test_weekdays_and_hours_can_be_chosen_without_the_chart() -> None:
    """What a click on the heat map does, the keyboard can do in the sidebar."""
    app = _open("overview", ui="en")
    app.multiselect("f.hour").set_value([15])
    app.run()
    assert app.query_params["hour"] == "15"


@pytest.mark.usefixtures("filled")
def test_a_widget_changes_the_address_and_the_totals() -> None:
    """The sidebar, the address and the figures say the same."""
    app = _open("overview", ui="en")
    app.button_group("f.level").set_value("reply").run()
    assert app.query_params["level"] == "reply"
    assert _metrics(app)["Comments"] == "2"


@pytest.mark.usefixtures("filled")
def test_a_chip_takes_its_filter_away() -> None:
    """Each active filter can be removed by itself, or all at once."""
    app = _open("overview", ui="en", likes_min="5", level="reply")
    assert _metrics(app)["Comments"] == "1"
    app.button("chip.likes_min").click().run()
    assert "likes_min" not in app.query_params
    assert _metrics(app)["Comments"] == "2"


@pytest.mark.usefixtures("filled")
def test_filters_are_kept_on_other_pages() -> None:
    """A menu click does not lose what was chosen."""
    app = _open("overview", ui="ru")
    app.text_input("f.text").set_value("погода").run()
    app.switch_page("../pages/export.py").run()
    assert app.query_params["text"] == "погода"
    assert any("**60\u00a0комментариев**" in each.value for each in app.markdown)


@pytest.mark.usefixtures("filled")
def test_a_bad_value_in_a_link_is_told() -> None:
    """A link that is partly broken is never widened in silence."""
    app = _open("overview", **{"ui": "en", "from": "rubbish"})
    assert "from" in app.warning[0].value
    app.button("ignored.ok").click().run()
    assert not app.warning


@pytest.mark.usefixtures("filled")
def test_a_link_to_the_demo_is_told_where_there_is_none() -> None:
    """A link from an installation with a demo opens here with a word about it."""
    app = _open("overview", ui="en", dataset="demo")
    assert "dataset" in app.warning[0].value
    assert _metrics(app)["Comments"] == "63"


@pytest.mark.usefixtures("filled")
def test_names_are_not_markup() -> None:
    """A title that looks like Markdown is shown letter by letter."""
    app = _open("overview", ui="en", source="wall:-1_3")
    assert app.button("chip.source").label.count("\\") > 8


@pytest.mark.usefixtures("filled")
def test_the_table_shows_a_page_of_rows() -> None:
    """The table holds one page, the caption tells of all."""
    app = _open("comments", **{"ui": "en", "sort": "-likes", "sel.read": "table"})
    table = app.dataframe[0].value
    assert len(table) == 50
    assert table["likes"].iloc[0] == 5
    assert "1–50 of 63" in " ".join(each.value for each in app.caption)
    assert len(_open("comments", **{"ui": "en", "page": "2", "sel.read": "table"}).dataframe[0].value) == 13


@pytest.mark.usefixtures("filled")
def test_a_link_opens_the_conversation() -> None:
    """The open conversation is part of the view."""
    app = _open("comments", **{"ui": "en", "sel.read": "table", "sel.comment": "wall:-1_2:2"})
    assert "Conversation" in [each.value for each in app.header]
    assert any("3\u00a0comments in this thread" in each.value for each in app.caption)


@pytest.mark.usefixtures("filled")
def test_a_comment_beside_the_filters_is_shown_apart() -> None:
    """A link to a comment that the filters leave out opens it above those that match, with a word why."""
    app = _open("comments", **{"ui": "en", "text": "погода", "sel.comment": "wall:-1_2:2"})
    assert any("does not match the filters" in each.value for each in app.caption)
    app.button("thread.close").click().run()
    assert "sel.comment" not in app.query_params
    assert "Conversation" not in [each.value for each in app.header]


@pytest.mark.usefixtures("filled")
def test_the_way_of_reading_is_part_of_the_view() -> None:
    """Conversations or a table: the address says which, and the switch changes it."""
    app = _open("comments", ui="en")
    assert not app.dataframe
    app.segmented_control("comments.read").set_value("table").run()
    assert app.query_params["sel.read"] == "table"
    assert len(app.dataframe) == 1


@pytest.mark.usefixtures("filled")
def test_a_conversation_that_is_gone_says_so() -> None:
    """A link to a comment that is not here does not fail."""
    app = _open("comments", **{"ui": "en", "sel.comment": "wall:-9_9:9"})
    assert app.info[0].value.startswith("This comment is not")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("read", ["threads", "table"])
@pytest.mark.parametrize("text", ["погода", "нигдетакогонет"])
def test_a_comment_that_is_not_here_is_told_however_it_is_read(read: str, text: str) -> None:
    """A link's comment that the data lack is told in both ways of reading, whether or not others match."""
    app = _open("comments", **{"ui": "en", "sel.read": read, "text": text, "sel.comment": "wall:-1_2:999"})
    assert any(each.value.startswith("This comment is not") for each in app.info)
    assert app.query_params["sel.comment"] == "wall:-1_2:999"


@pytest.mark.usefixtures("filled")
def test_a_comment_of_a_link_is_shown_though_nothing_matches() -> None:
    """Where the filters leave nothing, the comment of a link still opens, with a word why it stands alone."""
    app = _open("comments", **{"ui": "en", "text": "нигдетакогонет", "sel.comment": "wall:-1_2:2"})
    assert any("does not match the filters" in each.value for each in app.caption)
    assert "Conversation" in [each.value for each in app.header]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("read", ["threads", "table"])
def test_a_page_behind_the_end_is_told(read: str) -> None:
    """A link to a page that the list does not have says so and shows the last one."""
    app = _open("comments", **{"ui": "en", "sel.read": read, "page": "9"})
    assert any("no page 9" in each.value and "page 2" in each.value for each in app.info)
    assert any("51–63 of 63" in each.value for each in app.caption)
    assert not _open("comments", **{"ui": "en", "sel.read": read, "page": "2"}).info


def test_columns_of_changes_that_say_nothing_take_no_room(filled: Store) -> None:
    """What is new had no text before: that column stands only where something was edited."""
    app = _open("changes", ui="en", dataset="own", **{"sel.since": "3650"})
    assert "before" not in app.dataframe[0].proto.column_order
    writes.write_pages(filled, "run", [page(comment(1, "Исправлено", replies=2))], at(48))
    writes.fold(filled)
    app = _open("changes", ui="en", dataset="own", **{"sel.since": "3650"})
    assert "before" in app.dataframe[0].proto.column_order


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("asked", "sources", "authors"),
    [
        ({"source": "wall:-1_3"}, ("1", "1"), ("1", "2")),
        ({"level": "reply"}, ("1", "2"), ("1", "1")),
        ({"source": "wall:-1_3", "sel.b.source": "wall:-1_2"}, ("1", "1"), ("1", "2")),
    ],
)
def test_both_sets_of_a_comparison_have_all_their_figures(
    asked: dict[str, str], sources: tuple[str, str], authors: tuple[str, str]
) -> None:
    """Authors and posts of all the rest are counted as those of a set that was chosen."""
    table = _open("compare", ui="en", dataset="own", **asked).table[0].value
    assert tuple(table.loc["Posts"]) == sources
    assert tuple(table.loc["Authors"]) == authors


@pytest.mark.usefixtures("filled")
def test_changes_are_counted_and_listed_by_the_filters() -> None:
    """Counts of changes are those of the list below them: of the filtered comments, not of all data."""
    asked = {"ui": "en", "sel.tab": "list", "sel.since": "3650"}
    assert _metrics(_open("changes", **asked))["New"] == "63"
    app = _open("changes", **asked, source="wall:-1_2", page="7")
    assert _metrics(app)["New"] == str(len(app.dataframe[0].value)) == "3"
    assert any("no page 7" in each.value for each in app.info)
    nothing = _open("changes", **asked, text="нигдетакогонет")
    assert "Nothing matches these filters" in [each.value for each in nothing.header]


def test_a_chip_says_whose_thread_it_is(filled: Store) -> None:
    """A thread is called by its author and first words; by its key where no text or no comment is known."""
    spoken = comment(70, "[id7|Анна], воды нет\nуже третий день подряд, и никто не отвечает", author_id=8)
    speechless = (comment(71, "", author_id=8), comment(72, "Кто-то", author_id=None), tombstone(73))
    writes.write_pages(filled, "run", [page(spoken, *speechless)], at(2))
    keys = [f"wall:-1_2:{number}" for number in (70, 71, 72)]
    app = _open("overview", ui="en", root=keys)
    said = [app.button(f"chip.root.{key}").label.replace("\\", "") for key in keys]
    assert said == [
        "One thread: Борис: “Анна, воды нет уже…”",
        "One thread: wall:-1_2:71, Борис",
        "One thread: unknown: “Кто-то”",
    ]
    gone = ["wall:-1_2:73", "wall:-1_2:999"]
    app = _open("overview", ui="en", root=gone)
    said = [app.button(f"chip.root.{key}").label.replace("\\", "") for key in gone]
    assert said == [f"One thread: {key}" for key in gone]


@pytest.mark.usefixtures("filled")
def test_the_file_holds_the_rows_of_the_query() -> None:
    """The button's file is written for the same query that the page shows."""
    content = written("own", Query(level="reply"), File("csv", "data", "en"))
    assert len(content.decode().strip().splitlines()) == 3


@pytest.mark.usefixtures("store")
def test_links_are_understood_while_they_are_typed() -> None:
    """What was recognised and what was refused stands below the field, with reasons."""
    app = _open("collect", ui="ru")
    app.text_area("collect.links").set_value("смотри https://vk.com/wall-1_2 и https://youtu.be/x").run()
    assert list(app.dataframe[0].value["Что это"]) == ["запись"]
    assert any("Это не ссылка на ВК: 1" in each.value for each in app.markdown)
    assert any("youtu" in each.value for each in app.caption)
    assert not app.button("collect.start").disabled


def test_a_database_that_fails_is_a_sentence(filled: Store) -> None:
    """A failure is told with a remedy, and the page around it stands."""
    filled.close()
    app = AppTest.from_file(str(APP), default_timeout=LIMIT_S)
    app.query_params["ui"] = "ru"
    app.run()
    assert not app.exception
    assert "База данных закрыта" in app.error[0].value


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("pair", "filters"),
    [
        ("levels", {"level": "reply"}),
        ("post", {"source": "wall:-1_3"}),
    ],
)
def test_comparing_begins_with_a_click(pair: str, filters: dict[str, str]) -> None:
    """While nothing is filtered, pairs of sets are offered; one of them chosen stands in the address."""
    app = _open("compare", ui="en", dataset="own")
    app.button(key=f"first_sets.{pair}").click().run()
    assert not app.exception
    assert {name: app.query_params[name] for name in filters} == filters
    assert len(app.table)
    assert not [each for each in app.button if each.key and each.key.startswith("first_sets.")]
