"""The one place where SQL text is put together: a query's fields become conditions, its sort an order.

Statements are constants with the slots {rows}, {authors}, {where}, {minute}, {order}, {columns} and {steps}.
What goes into a slot comes from the closed sets in this file; every value a person gave is bound by name.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from core.query import FIELDS, Query
from core.storage.columns import SORT_COLUMNS
from core.storage.refusals import foreign_cursor
from core.storage.search import Part, read_search
from core.storage.steps import STEPS_SQL
from core.storage.zones import offsets

# The contract's columns, of a row `comments` and its author `authors`.
COLUMNS_SQL = """
    comments.source || ':' || comments.comment_id as comment_key,
    comments.source,
    comments.kind,
    case when comments.kind <> 'import'
        then split_part(split_part(comments.source, ':', 2), '_', 1)::bigint end as owner_id,
    case when comments.kind <> 'import'
        then split_part(comments.source, '_', 2)::bigint end as item_id,
    comments.comment_id,
    comments.root_id,
    comments.parent_id,
    comments.author_id,
    coalesce(comments.author_name, authors.name) as author_name,
    comments.author_id < 0 as author_is_community,
    comments.is_post_author,
    comments.published_at,
    comments.text,
    comments.likes,
    comments.replies,
    comments.attachments,
    comments.state,
    comments.edited_at,
    comments.deleted_at,
    comments.first_seen_at,
    comments.last_seen_at,
    case
        when comments.kind = 'import' then ''
        when comments.kind = 'topic'
            then 'https://vk.com/topic' || split_part(comments.source, ':', 2)
                || '?post=' || comments.comment_id
        else 'https://vk.com/' || replace(comments.kind, 'market', 'product')
            || split_part(comments.source, ':', 2) || '?reply=' || comments.comment_id
            || coalesce('&thread=' || comments.root_id, '')
    end as url
"""

# As `search_text` is prepared: accents composed where there are loose ones (most texts have none), small
# letters, е for ё.
SEARCH_FORM = (
    "replace(lower(case when regexp_matches({value}, '[\\x{{300}}-\\x{{36f}}]') "
    "then nfc_normalize({value}) else {value} end), 'ё', 'е')"
)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page of rows ended: the sort value and the tie-break of its last row."""

    value: datetime | int | None
    source: str
    comment_id: int


@dataclass(slots=True)
class Values:
    """The values to bind, by name; `bind` returns the placeholder."""

    by_name: dict[str, Any] = field(default_factory=dict)

    def bind(self, name: str, value: object) -> str:
        """Remember a value and return `$name`."""
        self.by_name[name] = value
        return f"${name}"

    def bind_all(self, name: str, values: Sequence[object]) -> str:
        """Remember several values and return `$name_0, $name_1 ...`."""
        return ", ".join(self.bind(f"{name}_{index}", value) for index, value in enumerate(values))


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its values."""

    sql: str
    values: Mapping[str, Any]


def needs_zone(template: str, query: Query) -> bool:
    """Tell whether a statement needs local time."""
    return "{minute}" in template or bool(query.hour or query.weekday)


def render(
    template: str,
    query: Query,
    *,
    unfolded: bool,
    minutes: tuple[int, int] = (0, 0),
    values: Mapping[str, Any] | None = None,
    after: Position | None = None,
) -> Statement:
    """Fill a statement's slots for a query.

    `minutes` are the first and last `minute_no` of the rows, for local time; `after` leaves out the rows up
    to and including that position.
    """
    bound = Values(dict(values or {}))
    minute = _local_minute(query.tz, minutes)
    conditions = "true"
    if "{where}" in template:
        conditions = _where(query, minute, after, bound)
    sql = template.format(
        rows="comments_now" if unfolded else "comments",
        authors="authors_now" if unfolded else "authors",
        where=conditions,
        minute=minute,
        order=_order(query.sort),
        columns=COLUMNS_SQL,
        steps=STEPS_SQL,
    )
    return Statement(sql, bound.by_name)


def write_cursor(query: Query, position: Position) -> str:
    """Return a position as opaque text for a URL."""
    value = position.value.isoformat() if isinstance(position.value, datetime) else position.value
    packed = orjson.dumps([query.sort, value, position.source, position.comment_id])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(query: Query, cursor: str) -> Position:
    """Read a position back; raises QueryError when it is not one of this query's order."""
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        sort, value, source, comment_id = orjson.loads(packed)
        is_time = SORT_COLUMNS[query.sort][0] == "published_at"
        if is_time and value is not None:
            value = datetime.fromisoformat(value)
        is_good = (
            sort == query.sort
            and isinstance(value, datetime if is_time else int) | (value is None)
            and isinstance(source, str)
            and isinstance(comment_id, int)
        )
    except (binascii.Error, ValueError, TypeError):
        is_good = False
    if not is_good:
        raise foreign_cursor(cursor)
    return Position(value, source, comment_id)


def _where(query: Query, minute: str, after: Position | None, bound: Values) -> str:
    conditions = [
        condition(query, minute, bound) for name, condition in CONDITIONS.items() if name in query.active()
    ]
    if after:
        conditions.append(_after(query.sort, after, bound))
    return "\n    and ".join(f"({each})" for each in conditions) or "true"


def _order(sort: str) -> str:
    column, is_descending = SORT_COLUMNS[sort]
    return f"{column} {'desc' if is_descending else 'asc'} nulls last, source, comment_id"


def _after(sort: str, position: Position, bound: Values) -> str:
    column, is_descending = SORT_COLUMNS[sort]
    source, number = (
        bound.bind("after_source", position.source),
        bound.bind("after_id", position.comment_id),
    )
    later = f"source > {source} or (source = {source} and comment_id > {number})"
    if position.value is None:
        return f"{column} is null and ({later})"
    value = bound.bind("after_value", position.value)
    beyond = "<" if is_descending else ">"
    return f"{column} {beyond} {value} or {column} is null or ({column} = {value} and ({later}))"


def _local_minute(tz: str, minutes: tuple[int, int]) -> str:
    *changes, (_, last) = offsets(tz, *minutes)
    if not changes:
        return f"(minute_no + {last})"
    steps = " ".join(f"when minute_no < {before} then {ahead}" for before, ahead in changes)
    return f"(minute_no + case {steps} else {last} end)"


def _any_of(column: str, name: str) -> Callable[[Query, str, Values], str]:
    def condition(query: Query, minute: str, bound: Values) -> str:
        wanted = [str(each) if isinstance(each, str) else each for each in getattr(query, name)]
        return f"{column.format(minute=minute)} in ({bound.bind_all(name, wanted)})"

    return condition


def _root(query: Query, minute: str, bound: Values) -> str:
    del minute
    threads = []
    for index, key in enumerate(query.root):
        source, _, number = key.rpartition(":")
        root = bound.bind(f"root_{index}", int(number))
        threads.append(
            f"source = {bound.bind(f'root_source_{index}', source)} "
            f"and (comment_id = {root} or root_id = {root})"
        )
    return " or ".join(f"({each})" for each in threads)


def _since(query: Query, minute: str, bound: Values) -> str:
    del minute
    since, _ = query.bounds()
    return f"published_at >= {bound.bind('since', _naive(since))}"


def _until(query: Query, minute: str, bound: Values) -> str:
    del minute
    _, before = query.bounds()
    return f"published_at < {bound.bind('until', _naive(before))}"


def _level(query: Query, minute: str, bound: Values) -> str:
    del minute, bound
    return "root_id is null" if query.level == "root" else "root_id is not null"


def _text(query: Query, minute: str, bound: Values) -> str:
    del minute
    groups = read_search(query.text or "")
    count = iter(range(10_000))
    return " and ".join(
        "(" + " or ".join(_part(part, f"text_{next(count)}", bound) for part in group) + ")"
        for group in groups
    )


def _part(part: Part, name: str, bound: Values) -> str:
    found = f"contains(search_text, {SEARCH_FORM.format(value=bound.bind(name, part.text))})"
    return found if part.is_wanted else f"not coalesce({found}, false)"


def _regex(query: Query, minute: str, bound: Values) -> str:
    del minute
    return f"regexp_matches(text, {bound.bind('regex', query.regex)})"


def _likes_min(query: Query, minute: str, bound: Values) -> str:
    del minute
    return f"likes >= {bound.bind('likes_min', query.likes_min)}"


def _has_attachments(query: Query, minute: str, bound: Values) -> str:
    del minute, bound
    return "has_attachments" if query.has_attachments else "not has_attachments"


def _naive(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=None) if moment else None


# Every narrowing field of the query, in the order in which conditions are cheap.
CONDITIONS: dict[str, Callable[[Query, str, Values], str]] = {
    "source": _any_of("source", "source"),
    "kind": _any_of("kind", "kind"),
    "root": _root,
    "since": _since,
    "until": _until,
    "author": _any_of("author_id", "author"),
    "level": _level,
    "likes_min": _likes_min,
    "has_attachments": _has_attachments,
    "state": _any_of("state", "state"),
    "hour": _any_of("({minute} // 60) % 24", "hour"),
    "weekday": _any_of("({minute} // 1440) % 7 + 1", "weekday"),
    "text": _text,
    "regex": _regex,
}

assert set(CONDITIONS) == {spec.name for spec in FIELDS if spec.narrows}
