"""One frozen value for every filter; the page, the HTTP API and the exports all speak it.

Each field stands once in FIELDS, with its URL key and how a value is read and written. `storage.filters`
renders SQL from the same table, `wording.filters` the sentence on a chip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import QueryError
from core.models import CommentState, SourceKind, SourceRef
from core.templates import Unfit

DEFAULT_TZ = "Europe/Moscow"
DEFAULT_SORT = "date"
SORTS = ("date", "-date", "likes", "-likes", "replies", "-replies")
PAGE_KEYS = frozenset({"ui", "page"})
PAGE_KEY_PREFIX = "sel."

Moment = date | datetime
Level = Literal["root", "reply"]
Dataset = Literal["own", "demo"]


@dataclass(frozen=True, slots=True)
class Query:
    """Every filter of one view; empty tuples and None mean "no filter".

    `since` and `until` are a day (inclusive, in `tz`) or an instant; `hour` 0-23 and `weekday` 1-7
    (1 = Monday) are in `tz`. `dataset` is None for "whichever holds these sources".
    """

    dataset: Dataset | None = None
    source: tuple[str, ...] = ()
    kind: tuple[SourceKind, ...] = ()
    root: tuple[str, ...] = ()
    since: Moment | None = None
    until: Moment | None = None
    hour: tuple[int, ...] = ()
    weekday: tuple[int, ...] = ()
    author: tuple[int, ...] = ()
    level: Level | None = None
    text: str | None = None
    regex: str | None = None
    likes_min: int | None = None
    has_attachments: bool | None = None
    state: tuple[CommentState, ...] = ()
    tz: str = DEFAULT_TZ
    sort: str = DEFAULT_SORT

    def without(self, *names: str) -> Query:
        """Return this query with the named fields at their defaults."""
        blank = Query()
        return replace(self, **{name: getattr(blank, name) for name in names})

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Return the instants [from, before) in UTC that `since` and `until` mean."""
        zone = ZoneInfo(self.tz)
        return _start(self.since, zone), _end(self.until, zone)

    def params(self) -> list[tuple[str, str]]:
        """Return the URL parameters of this query, in a stable order, defaults left out."""
        blank = Query()
        pairs: list[tuple[str, str]] = []
        for spec in FIELDS:
            value = getattr(self, spec.name)
            if value == getattr(blank, spec.name):
                continue
            values = value if spec.many else (value,)
            pairs.extend((spec.key, spec.write(each)) for each in values)
        return pairs

    def active(self) -> list[str]:
        """Return the names of the fields that narrow the rows (not dataset, tz or sort)."""
        blank = Query()
        return [
            spec.name
            for spec in FIELDS
            if spec.narrows and getattr(self, spec.name) != getattr(blank, spec.name)
        ]


@dataclass(frozen=True, slots=True)
class Field:
    """How one field of the query is named in a URL, read from it and written to it."""

    name: str
    key: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    many: bool = False
    narrows: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """A URL parameter that could not be used: its key, its value and why, as an English template."""

    key: str
    value: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


def read_query(params: Mapping[str, Sequence[str]]) -> tuple[Query, list[Problem]]:
    """Read URL parameters leniently: what cannot be used is left out and reported.

    The page shows the problems in words; `parse_query` raises on the first one instead.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    by_key = {spec.key: spec for spec in FIELDS}
    for key, given in params.items():
        if key in PAGE_KEYS or key.startswith(PAGE_KEY_PREFIX):
            continue
        spec = by_key.get(ALIASES.get(key, key))
        if spec is None:
            problems.append(Problem(key, ", ".join(given), "There is no such filter."))
            continue
        if key == "post":
            spec = replace(spec, name=key, read=_read_post)
        _read_field(spec, key, given, values, problems)
    posts = values.pop("post", ())
    if posts:
        sources = values.get("source", posts)
        values["source"] = tuple(post for post in posts if post in sources)
        if not values["source"]:
            problems.append(Problem("post", ", ".join(posts), "None of them is among the sources asked for."))
    return _checked(Query(**values), problems), problems


def parse_query(params: Mapping[str, Sequence[str]]) -> Query:
    """Read URL parameters strictly; raises QueryError that names the key and the value."""
    query, problems = read_query(params)
    if problems:
        key, value, hint, values = (
            problems[0].key,
            problems[0].value,
            problems[0].template,
            problems[0].params,
        )
        raise QueryError("The filter '{key}' cannot be '{value}'.", hint=hint, key=key, value=value, **values)
    return query


def _read_field(
    spec: Field, key: str, raw: Iterable[str], values: dict[str, Any], problems: list[Problem]
) -> None:
    good: list[Any] = []
    for text in raw:
        try:
            good.append(spec.read(text))
        except Unfit as error:
            problems.append(Problem(key, text, error.template, error.params))
    if not spec.many and len(good) > 1:
        problems.append(Problem(key, ", ".join(raw), "This filter takes one value."))
        good = good[:1]
    if good and spec.many:
        values[spec.name] = tuple(dict.fromkeys((*values.get(spec.name, ()), *good)))
    elif good:
        values[spec.name] = good[0]


def _checked(query: Query, problems: list[Problem]) -> Query:
    since, until = query.bounds()
    if since is not None and until is not None and since >= until:
        problems.append(Problem("to", _write_moment(query.until), "The end lies before the beginning."))
        return query.without("since", "until")
    return query


_WHOLE = re.compile(r"-?[0-9]{1,19}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY = date(1970, 1, 2)
_LAST_DAY = date(9000, 1, 1)


def _start(moment: Moment | None, zone: ZoneInfo) -> datetime | None:
    if moment is None or isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), tzinfo=zone).astimezone(UTC)


def _end(moment: Moment | None, zone: ZoneInfo) -> datetime | None:
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment + timedelta(microseconds=1)
    return datetime.combine(moment + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)


def _read_source(text: str) -> str:
    try:
        return str(SourceRef.parse(text))
    except ValueError:
        raise Unfit("A source looks like wall:-1_2, topic:-1_2 or import:0123456789ab.") from None


def _read_post(text: str) -> str:
    return _read_source(text if ":" in text else f"wall:{text}")


def _read_root(text: str) -> str:
    source, _, comment = text.rpartition(":")
    if not _WHOLE.fullmatch(comment) or comment.startswith("-"):
        raise Unfit("A thread is named by its first comment, such as wall:-1_2:3.")
    return f"{_read_source(source)}:{int(comment)}"


def _read_moment(text: str) -> Moment:
    try:
        moment = date.fromisoformat(text) if _DAY.fullmatch(text) else datetime.fromisoformat(text)
    except ValueError:
        raise Unfit("A day is written 2026-03-01, an instant 2026-03-01T12:00:00Z.") from None
    if not _FIRST_DAY <= date(moment.year, moment.month, moment.day) <= _LAST_DAY:
        raise Unfit("A date lies between 1970-01-02 and 9000-01-01.")
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise Unfit("An instant needs its offset, such as 2026-03-01T12:00:00Z.")
    return moment.astimezone(UTC)


def _write_moment(moment: Moment | None) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat().replace("+00:00", "Z")
    return moment.isoformat() if moment else ""


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text) if _WHOLE.fullmatch(text) else low - 1
        if not low <= value <= high:
            raise Unfit("A whole number from {low} to {high} is expected.", low=low, high=high)
        return value

    return read


def _choice(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise Unfit("It is one of: {allowed}.", allowed=allowed)
        return text

    return read


def _read_bool(text: str) -> bool:
    return _choice("true", "false")(text) == "true"


def _read_text(text: str) -> str:
    if not text.strip():
        raise Unfit("The search text is empty.")
    if len(text) > 1000:
        raise Unfit("The search text is longer than {most:,} characters.", most=1000)
    return text.strip()


def _read_zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unfit("A time zone looks like Europe/Moscow.") from None


_ID_LIMIT = 2**62

FIELDS: tuple[Field, ...] = (
    Field("dataset", "dataset", _choice("own", "demo"), narrows=False),
    Field("source", "source", _read_source, many=True),
    Field("kind", "kind", lambda text: SourceKind(_choice(*SourceKind)(text)), many=True),
    Field("root", "root", _read_root, many=True),
    Field("since", "from", _read_moment, _write_moment),
    Field("until", "to", _read_moment, _write_moment),
    Field("hour", "hour", _number(0, 23), many=True),
    Field("weekday", "weekday", _number(1, 7), many=True),
    Field("author", "author", _number(-_ID_LIMIT, _ID_LIMIT), many=True),
    Field("level", "level", _choice("root", "reply")),
    Field("text", "text", _read_text),
    Field("regex", "regex", _read_text),
    Field("likes_min", "likes_min", _number(0, _ID_LIMIT)),
    Field("has_attachments", "has_attachments", _read_bool, lambda value: "true" if value else "false"),
    Field("state", "state", lambda text: CommentState(_choice(*CommentState)(text)), many=True),
    Field("tz", "tz", _read_zone, narrows=False),
    Field("sort", "sort", _choice(*SORTS), narrows=False),
)

ALIASES = {"post": "source"}

assert {spec.name for spec in FIELDS} == {each.name for each in fields(Query)}
