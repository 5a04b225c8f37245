"""Every field of a query against the same question in plain Python, and the safety of what is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.errors import QueryError
from core.models import Comment, CommentState, SourceKind
from core.query import FIELDS, Query
from core.storage import reads, writes
from core.storage.conditions import CONDITIONS
from core.storage.filters import read_cursor
from core.storage.search import Part, read_search
from core.storage.store import Store
from tests.builders import at, comment, page
from tests.core.storage import test_filters_texts, world
from tests.core.storage.world import Filled

Oracle = Callable[[Comment], bool]
ZONES = ("Europe/Moscow", "America/New_York", "Asia/Kolkata", "UTC")


def keys(store: Store, query: Query) -> set[str]:
    """Return the keys of a query's comments."""
    return set(reads.comments(store, query, 1000).rows["comment_key"].to_pylist())


def local(each: Comment, tz: str) -> datetime | None:
    """Return when a comment was written by the clocks of a zone."""
    return each.published_at.astimezone(ZoneInfo(tz)) if each.published_at else None


CASES: list[tuple[Query, Oracle]] = [
    (Query(source=("wall:-1_2",)), lambda c: str(c.source) == "wall:-1_2"),
    (Query(source=("wall:-1_2", "topic:-3_4")), lambda c: str(c.source) in {"wall:-1_2", "topic:-3_4"}),
    (Query(kind=(SourceKind.TOPIC, SourceKind.VIDEO)), lambda c: c.source.kind in {"topic", "video"}),
    (
        Query(root=("wall:-1_2:3", "topic:-3_4:30")),
        lambda c: (
            (str(c.source) == "wall:-1_2" and 3 in {c.comment_id, c.root_id})
            or (str(c.source) == "topic:-3_4" and 30 in {c.comment_id, c.root_id})
        ),
    ),
    (Query(author=(1, -4)), lambda c: c.author_id in {1, -4}),
    (Query(level="root"), lambda c: c.root_id is None),
    (Query(level="reply"), lambda c: c.root_id is not None),
    (Query(likes_min=0), lambda c: c.likes is not None),
    (Query(likes_min=2), lambda c: (c.likes or 0) >= 2),
    (Query(has_attachments=True), lambda c: bool(c.attachments)),
    (Query(has_attachments=False), lambda c: not c.attachments),
    (Query(state=(CommentState.DELETED,)), lambda c: c.is_deleted),
    (Query(state=(CommentState.LIVE, CommentState.EDITED)), lambda c: not c.is_deleted),
    (Query(text="кот"), lambda c: "кот" in (c.text or "")),
    (Query(regex="^к.*й"), lambda c: (c.text or "").startswith("кот кр") or c.text == "красный кот"),
    (Query(author=(1,), level="root", likes_min=1), lambda c: c.author_id == 1 and c.root_id is None
        and (c.likes or 0) >= 1),
]  # fmt: skip


@pytest.mark.parametrize(("query", "oracle"), CASES, ids=lambda case: str(getattr(case, "params", str)()))
def test_a_field_keeps_exactly_the_rows_that_hold_it(filled: Filled, query: Query, oracle: Oracle) -> None:
    """Each filter finds what plain Python finds, no row more or less, and leaves some rows out."""
    store, comments = filled
    wanted = {each.key for each in comments if oracle(each)}

    assert keys(store, query) == wanted
    assert 0 < len(wanted) < len(comments)
    assert reads.count(store, query) == len(wanted)


def test_every_narrowing_field_has_a_condition_and_a_case() -> None:
    """A new field of the query cannot be forgotten: not in the SQL, not in these tests or those of texts."""
    narrowing = {spec.name for spec in FIELDS if spec.narrows}
    tried = {name for query, _ in CASES for name in query.active()}

    assert set(CONDITIONS) == narrowing
    assert tried | {"since", "until", "hour", "weekday"} | test_filters_texts.TRIED == narrowing


@pytest.mark.parametrize("tz", ZONES)
def test_hours_and_weekdays_are_those_of_the_zone(filled: Filled, tz: str) -> None:
    """Around both clock changes each comment falls into the hour and weekday its local clock showed."""
    store, comments = filled
    for hour in (0, 1, 2, 3, 7, 12, 17):
        assert keys(store, Query(hour=(hour,), tz=tz)) == {
            each.key for each in comments if (moment := local(each, tz)) and moment.hour == hour
        }
    for weekday in range(1, 8):
        assert keys(store, Query(weekday=(weekday,), tz=tz)) == {
            each.key for each in comments if (moment := local(each, tz)) and moment.isoweekday() == weekday
        }


@pytest.mark.parametrize("tz", ZONES)
def test_days_are_those_of_the_zone_and_both_ends_count(filled: Filled, tz: str) -> None:
    """From and to are local days, inclusive, also when the day has 23 or 25 hours."""
    store, comments = filled
    for first, last in [
        (date(2026, 3, 8), date(2026, 3, 8)),
        (date(2026, 10, 31), date(2026, 11, 1)),
        (date(2026, 3, 2), date(2026, 4, 11)),
    ]:
        assert keys(store, Query(since=first, until=last, tz=tz)) == {
            each.key for each in comments if (moment := local(each, tz)) and first <= moment.date() <= last
        }


def test_instants_count_to_the_second_on_both_ends(filled: Filled) -> None:
    """An instant as an end keeps the comment written at that very instant."""
    store, comments = filled
    moments = sorted({each.published_at for each in comments if each.published_at})
    first, last = moments[3], moments[-4]

    assert keys(store, Query(since=first, until=last)) == {
        each.key for each in comments if each.published_at and first <= each.published_at <= last
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("КОТ", ["Ёлка и кот", "елки-палки, кот!", "красный кот", "кот красный", "йё кот"]),
        ("елк", ["Ёлка и кот", "елки-палки, кот!"]),
        ("ЁЛК", ["Ёлка и кот", "елки-палки, кот!"]),
        ("йё", ["йё кот"]),
        ("красный кот", ["красный кот", "кот красный"]),
        ('"красный кот"', ["красный кот"]),
        ('"красный кот', ["красный кот"]),
        ("кот -красный", ["Ёлка и кот", "елки-палки, кот!", "йё кот"]),
        ('кот -"красный кот" -елк', ["кот красный", "йё кот"]),
        ("мир OR елк", ["Ёлка и кот", "елки-палки, кот!", "ПРИВЕТ, мир"]),
        ("кот палки OR красный", ["елки-палки, кот!", "красный кот", "кот красный"]),
        ("-кот -мир", ["100% _верно_", "don't stop", "", "👍🔥", None]),
        ("100%", ["100% _верно_"]),
        ("_верно_", ["100% _верно_"]),
        ("don't", ["don't stop"]),
        ("🔥", ["👍🔥"]),
        ("палки,", ["елки-палки, кот!"]),
        ("красн*", ["красный кот", "кот красный"]),
        ("ко*", ["Ёлка и кот", "елки-палки, кот!", "красный кот", "кот красный", "йё кот"]),
        ("ёл*", ["Ёлка и кот", "елки-палки, кот!"]),
        ("*Ё", ["йё кот"]),
        ("*расны", []),
        ("*расны*", ["красный кот", "кот красный"]),
        ("п*т", ["ПРИВЕТ, мир"]),
        ("п*и", ["елки-палки, кот!"]),
        ("ел*ки", ["елки-палки, кот!"]),
        ("елки-п*", ["елки-палки, кот!"]),
        ("*т*!", ["елки-палки, кот!"]),
        ("кот -к*ый", ["Ёлка и кот", "елки-палки, кот!", "йё кот"]),
        ("м*р OR ёлк*", ["Ёлка и кот", "елки-палки, кот!", "ПРИВЕТ, мир"]),
        ('"крас* к*"', ["красный кот"]),
        ('"ёлка * кот"', ["Ёлка и кот"]),
        ('-"* кот" кот', ["елки-палки, кот!", "кот красный"]),
        ("«красный кот»", ["красный кот"]),
        ("-“красный кот” красный", ["кот красный"]),
        ("-*а* -*е*", ["don't stop", "", "👍🔥", None]),
        ("нет такого", []),
    ],
)
def test_the_search_finds_what_its_grammar_says(store: Store, typed: str, found: list[str | None]) -> None:
    """Words in any order, phrases, minus and OR; case, ё and the way an accent is composed do not matter."""
    texts = [*world.TEXTS, None]
    writes.write_pages(
        store, "run", [page(*(comment(number, text) for number, text in enumerate(texts, 1)))], at(1)
    )

    rows = reads.comments(store, Query(text=typed), 100).rows
    composed = [text and unicodedata.normalize("NFC", text) for text in rows["text"].to_pylist()]
    assert composed == found


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("a b", [[Part("a")], [Part("b")]]),
        ("a OR b OR c d", [[Part("a"), Part("b"), Part("c")], [Part("d")]]),
        ("OR a", [[Part("a")]]),
        ("a OR", [[Part("a")]]),
        ("a or b", [[Part("a")], [Part("or")], [Part("b")]]),
        ("-", [[Part("-")]]),
        ('-"a b"', [[Part("a b", is_wanted=False)]]),
        ('"" a', [[Part("a")]]),
        (
            "«a b» -“c d” „e f“ «g",
            [[Part("a b")], [Part("c d", is_wanted=False)], [Part("e f")], [Part("g")]],
        ),
        ("a* OR -*b", [[Part("a*"), Part("*b", is_wanted=False)]]),
    ],
)
def test_the_search_is_read_in_groups(typed: str, groups: list[list[Part]]) -> None:
    """OR joins its neighbours; at an edge, alone or in small letters it joins nothing."""
    assert read_search(typed) == groups


@pytest.mark.parametrize(
    ("part", "text", "is_in"),
    [
        ("Ёл*", "две елки", True),
        ("ко*ка", "КОШКА", True),
        ("ко*ка", "кошкам", False),
        ("*ость", "новость!", True),
        ("*ость", "новости", False),
        ("к*", "Он «к»", True),
        ("ст*", "до\u0301ст", False),
        ("цена * рублей", "Цена 100 рублей", True),
        ("цена * рублей", "цена  рублей", False),
        ("рубл", "100рублей", True),
        ("\u2764\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525!", True),
        ("\u2764\ufe0f", "ну \u2764", True),
        ("\u2764", "сердце", False),
    ],
)
def test_a_text_in_hand_is_searched_as_the_database_does(
    store: Store, part: str, text: str, is_in: bool
) -> None:
    """A part is in a text for Python exactly when the database finds it there."""
    writes.write_pages(store, "run", [page(comment(1, text))], at(1))

    assert Part(part).is_in(text) is is_in
    assert (reads.count(store, Query(text=f'"{part}"')) == 1) is is_in


@pytest.mark.parametrize("typed", ["*", "кот **", "-*", '"*"', "*!", "кот OR *", '"* *"'])
def test_a_star_by_itself_is_refused(typed: str) -> None:
    """Any word at all is no search: letters are asked for."""
    with pytest.raises(QueryError, match="star"):
        read_search(typed)


@pytest.mark.parametrize("typed", ['""', "OR", '"  "'])
def test_a_search_without_words_is_refused(store: Store, typed: str) -> None:
    """Nothing to look for is said to be that, not answered with everything."""
    with pytest.raises(QueryError) as raised:
        reads.count(store, Query(text=typed))

    assert raised.value.params["key"] == "text"


@pytest.mark.parametrize("pattern", ["(a", "[", "*", "a{2000}", "(?<=a)b"])
def test_a_bad_regular_expression_is_the_users_error(store: Store, pattern: str) -> None:
    """The message names the field and the reason, and the next query works."""
    with pytest.raises(QueryError) as raised:
        reads.count(store, Query(regex=pattern))

    assert (raised.value.params["key"], raised.value.params["value"]) == ("regex", pattern)
    assert reads.count(store, Query(regex="a")) == 0


@pytest.mark.parametrize(
    "evil", ["'; drop table comments; --", "{where}", "$source_0", "\\", "%", 'a" OR "1']
)
def test_typed_values_never_become_sql(store: Store, evil: str) -> None:
    """Quotes, braces and placeholders are text to look for, nothing else."""
    writes.write_pages(store, "run", [page(comment(1, f"x {evil} y"), comment(2, "другое"))], at(1))

    assert keys(store, Query(text=f'"{evil}"' if '"' not in evil else evil)) == {"wall:-1_2:1"}
    assert reads.count(store, Query(source=("wall:-1_2",))) == 2


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "####", "bnVsbA", "WzFd", "WyJkYXRlIiwgMSwgIngiLCAxXQ", "WyItbGlrZXMiLCAxLCAieCIsIDFd", "ы"],
)
def test_a_cursor_that_was_not_given_out_is_refused(cursor: str) -> None:
    """Damaged text, other JSON, another type and another order are the user's error."""
    with pytest.raises(QueryError) as raised:
        read_cursor(Query(), cursor)

    assert raised.value.params["key"] == "cursor"


def test_many_values_of_a_field_are_all_looked_for(store: Store) -> None:
    """A filter with thousands of values answers, each value bound."""
    writes.write_pages(store, "run", [page(comment(1, author_id=4999), comment(2, author_id=6000))], at(1))

    assert keys(store, Query(author=tuple(range(1, 5001)))) == {"wall:-1_2:1"}


def test_years_of_clock_changes_are_followed(store: Store) -> None:
    """Moscow changed its clocks in 2010, 2011 and 2014: each year's hour is that year's."""
    moments = [
        datetime(year, month, 15, 20, 30, tzinfo=UTC) for year in range(1996, 2027) for month in (1, 7)
    ]
    writes.write_pages(
        store, "run", [page(*(comment(n, published_at=each) for n, each in enumerate(moments, 1)))], at(1)
    )

    for tz in (*ZONES, "Asia/Kathmandu", "Australia/Lord_Howe"):
        zone = ZoneInfo(tz)
        wanted = [each.astimezone(zone).replace(minute=0, tzinfo=None) for each in moments]
        assert reads.per_period(store, Query(tz=tz), "hour")["period"].tolist() == wanted
