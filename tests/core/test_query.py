"""The query in a URL: what is written is read back, what cannot be read is named, days are local."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from core.errors import QueryError
from core.models import CommentState, SourceKind
from core.query import FIELDS, Query, parse_query, read_query
from core.templates import filled
from core.wording import LANGS
from core.wording.filters import problem

FULL = Query(
    dataset="own",
    source=("wall:-1_2", "import:0123456789ab"),
    kind=(SourceKind.WALL, SourceKind.TOPIC),
    root=("wall:-1_2:3", "topic:-4_5:6"),
    since=date(2026, 3, 1),
    until=datetime(2026, 3, 31, 12, 30, 15, 250_000, tzinfo=UTC),
    hour=(0, 23),
    weekday=(1, 7),
    author=(7, -8),
    level="reply",
    text='кот "красный дом" -мир',
    regex="к.т$",
    lemma='кот "красный дом"~3 -мир',
    likes_min=0,
    has_attachments=False,
    state=(CommentState.EDITED, CommentState.DELETED),
    sentiment=("negative", "unsure"),
    toxicity_min=0.05,
    lang=("ru", "unknown"),
    topic=(0, 12),
    entity=("Садовая улица",),
    has=("emoji:🔥", "link:https://a.example:80/b", "mention:-1"),
    label=("sentiment:negative", "a:b:c"),
    tz="America/New_York",
    sort="-likes",
)


def url(query: Query) -> dict[str, list[str]]:
    """Return the parameters of a query as a URL gives them back."""
    params: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in query.params():
        params[key].append(value)
    return dict(params)


def test_a_query_survives_its_url() -> None:
    """Every field is written and read back as the same value."""
    unset = [each.name for each in fields(Query) if getattr(FULL, each.name) == getattr(Query(), each.name)]

    assert unset == []
    assert parse_query(url(FULL)) == FULL
    assert parse_query(url(Query())) == Query()


def test_defaults_are_not_written() -> None:
    """A link holds only what was chosen."""
    assert Query().params() == []
    assert Query(hour=(9, 10), sort="-date").params() == [("hour", "9"), ("hour", "10"), ("sort", "-date")]


def test_repeated_keys_add_up_once() -> None:
    """Repeated keys mean any of them, in the order given, each once."""
    assert parse_query({"hour": ["9", "8", "9"]}).hour == (9, 8)


def test_post_is_another_name_for_a_source() -> None:
    """`post=-1_2` means the wall post, a whole key stays as it is, and with `source` both must hold."""
    assert parse_query({"post": ["-1_2", "wall:-1_3"]}).source == ("wall:-1_2", "wall:-1_3")
    both = {"source": ["topic:-1_2", "wall:-1_2"], "post": ["-1_2", "-1_3"]}
    assert parse_query(both).source == ("wall:-1_2",)
    apart = {"source": ["topic:-1_2"], "post": ["-1_2"]}
    assert read_query(apart)[0].source == ("topic:-1_2",)
    with pytest.raises(QueryError, match="post"):
        parse_query(apart)


def test_what_belongs_to_the_page_is_left_to_it() -> None:
    """Language, page and chart selections are no filters and no mistakes."""
    assert read_query({"ui": ["ru"], "page": ["overview"], "sel.activity": ["x"]}) == (Query(), [])


@pytest.mark.parametrize("key", ["snapshoot", "Source", "q", "selx", ""])
def test_an_unknown_key_is_named(key: str) -> None:
    """A misspelt filter is an error, not a view of everything."""
    with pytest.raises(QueryError) as raised:
        parse_query({key: ["1"]})

    assert (raised.value.params["key"], raised.value.params["value"]) == (key, "1")


BAD = [
    ("dataset", "other"),
    ("source", "wall"),
    ("source", "wall:-1_2_3"),
    ("source", "wall: -1_2"),
    ("source", "wall:-1_"),
    ("source", "post:-1_2"),
    ("source", "import:"),
    ("source", "import:a:b"),
    ("post", "1"),
    ("kind", "post"),
    ("root", "wall:-1_2"),
    ("root", "wall:-1_2:x"),
    ("root", "wall:-1_2:-3"),
    ("root", "wall:-1_2:²"),
    ("from", "2026-13-01"),
    ("from", "2026-W10-1"),
    ("from", "1.3.2026"),
    ("from", "0001-01-01T00:00:00+05:00"),
    ("to", "2026-03-01T12:00:00"),
    ("to", "9999-12-31T23:59:59.999999Z"),
    ("to", "0999-01-01"),
    ("hour", "24"),
    ("hour", "-1"),
    ("hour", "1_0"),
    ("hour", "1.5"),
    ("weekday", "0"),
    ("weekday", "8"),
    ("author", "anna"),
    ("author", "٣"),
    ("author", "9" * 5000),
    ("level", "all"),
    ("text", "  "),
    ("text", "x" * 1001),
    ("regex", ""),
    ("likes_min", "-1"),
    ("has_attachments", "yes"),
    ("has_attachments", "True"),
    ("state", "gone"),
    ("lemma", " "),
    ("sentiment", "angry"),
    ("toxicity_min", "1.5"),
    ("toxicity_min", "nan"),
    ("toxicity_min", "-0.1"),
    ("toxicity_min", "٠.٥"),
    ("lang", "de"),
    ("topic", "-1"),
    ("entity", ""),
    ("label", "negative"),
    ("label", "sentiment: "),
    ("label", "a:" + "x" * 200),
    ("tz", "Moscow"),
    ("tz", "Europe"),
    ("tz", "../../etc/passwd"),
    ("tz", ""),
    ("sort", "author"),
    ("sort", "--date"),
]


@pytest.mark.parametrize(("key", "value"), BAD, ids=lambda value: value[:20])
def test_a_bad_value_is_named_and_left_out(key: str, value: str) -> None:
    """The strict reading names key and value; the lenient one shows the rest and reports why."""
    with pytest.raises(QueryError) as raised:
        parse_query({key: [value]})
    query, problems = read_query({key: [value], "likes_min" if key != "likes_min" else "hour": ["3"]})

    assert (raised.value.params["key"], raised.value.params["value"]) == (key, value)
    assert raised.value.hint
    assert query in {Query(likes_min=3), Query(hour=(3,))}
    assert [filled(problem.template, problem.params) for problem in problems] == [raised.value.hint]


def test_a_good_value_beside_a_bad_one_is_kept() -> None:
    """Of several values only the bad one is dropped."""
    query, problems = read_query({"hour": ["9", "99", "10"]})

    assert query.hour == (9, 10)
    assert [problem.value for problem in problems] == ["99"]


def test_a_single_filter_given_twice_is_reported() -> None:
    """Two values where one belongs: the first counts, and it is said."""
    query, problems = read_query({"level": ["root", "reply"]})

    assert query.level == "root"
    assert [(problem.key, problem.value) for problem in problems] == [("level", "root, reply")]


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-03-02", "2026-03-01"),
        ("2026-03-01T12:00:01Z", "2026-03-01T12:00:00Z"),
        ("2026-03-02", "2026-03-01T20:59:59Z"),
    ],
)
def test_an_end_before_the_beginning_is_reported(since: str, until: str) -> None:
    """A range that is empty by mistake is named with both its ends, across days and instants; others hold."""
    query, problems = read_query({"from": [since], "to": [until], "likes_min": ["3"], "hour": ["99", "9"]})

    assert (query.since, query.until, query.likes_min, query.hour) == (None, None, 3, (9,))
    hour, turned = problems
    assert (hour.key, hour.value, turned.key, turned.value) == ("hour", "99", "to", until)
    for lang in LANGS:
        assert since in problem(turned, lang)
        assert until in problem(turned, lang)


@pytest.mark.parametrize(
    ("tz", "day", "first", "before"),
    [
        ("Europe/Moscow", date(2026, 3, 1), (2026, 2, 28, 21), (2026, 3, 1, 21)),
        ("Asia/Kolkata", date(2026, 3, 1), (2026, 2, 28, 18, 30), (2026, 3, 1, 18, 30)),
        ("America/New_York", date(2026, 3, 8), (2026, 3, 8, 5), (2026, 3, 9, 4)),
        ("America/New_York", date(2026, 11, 1), (2026, 11, 1, 4), (2026, 11, 2, 5)),
        ("Asia/Beirut", date(2026, 3, 29), (2026, 3, 28, 22), (2026, 3, 29, 21)),
        ("UTC", date(2026, 3, 1), (2026, 3, 1), (2026, 3, 2)),
    ],
)
def test_a_day_is_the_whole_local_day(
    tz: str, day: date, first: tuple[int, ...], before: tuple[int, ...]
) -> None:
    """From and to the same day covers it in its zone: 23, 24 or 25 hours, even without a midnight."""
    bounds = Query(since=day, until=day, tz=tz).bounds()

    assert bounds == (_utc(first), _utc(before))


def _utc(parts: tuple[int, ...]) -> datetime:
    year, month, day, *clock = parts
    hour, minute = [*clock, 0, 0][:2]
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_an_instant_as_the_end_is_inside() -> None:
    """Up to noon includes what was written at noon."""
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)

    since, before = Query(since=noon, until=noon).bounds()

    assert since == noon
    assert before is not None
    assert noon < before


def test_an_offset_is_read_as_the_instant_it_means() -> None:
    """15:00+03:00 is 12:00Z, and is written so."""
    query = parse_query({"from": ["2026-03-01T15:00:00+03:00"]})

    assert query.params() == [("from", "2026-03-01T12:00:00Z")]


def test_a_query_without_a_field_has_its_default() -> None:
    """Leaving fields out changes nothing else."""
    assert FULL.without("hour", "text") == Query(
        **{each.name: getattr(FULL, each.name) for each in fields(Query) if each.name not in {"hour", "text"}}
    )


def test_only_what_narrows_counts_as_a_filter() -> None:
    """Dataset, zone and order leave every comment in; all the other fields can leave some out."""
    assert Query(dataset="own", tz="UTC", sort="likes").active() == []
    assert set(FULL.active()) == {spec.name for spec in FIELDS} - {"dataset", "tz", "sort"}
