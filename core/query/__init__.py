"""One frozen value for every filter; the page, the HTTP API and the exports all speak it.

Each field stands once in FIELDS, with its URL key and how a value is read and written. `storage.filters`
renders SQL from the same table, `wording.filters` the sentence on a chip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from core.errors import QueryError
from core.models import CommentState, SourceKind
from core.query.values import (
    Moment,
    choice,
    end,
    number,
    read_bool,
    read_label,
    read_mark,
    read_moment,
    read_post,
    read_root,
    read_share,
    read_source,
    read_text,
    read_zone,
    start,
    write_moment,
    write_share,
)
from core.templates import Unfit

__all__ = [
    "ALIASES",
    "DEFAULT_SORT",
    "DEFAULT_TZ",
    "FIELDS",
    "MARKS",
    "PAGE_KEYS",
    "PAGE_KEY_PREFIX",
    "SENTIMENTS",
    "SORTS",
    "TONGUES",
    "Dataset",
    "Field",
    "Level",
    "Moment",
    "Problem",
    "Query",
    "lists",
    "parse_query",
    "read_query",
]

DEFAULT_TZ = "Europe/Moscow"
DEFAULT_SORT = "date"
SENTIMENTS = ("negative", "neutral", "positive", "unsure")
TONGUES = ("ru", "uk", "be", "kk", "tt", "en", "other", "unknown")
MARKS = ("emoji", "any_tone", "sticker", "hashtag", "domain", "link", "mention")
SORTS = ("date", "-date", "likes", "-likes", "replies", "-replies")
PAGE_KEYS = frozenset({"ui", "page"})
PAGE_KEY_PREFIX = "sel."

Level = Literal["root", "reply"]
Dataset = Literal["own", "demo"]


@dataclass(frozen=True, slots=True)
class Query:
    """Every filter of one view; empty tuples and None mean "no filter".

    `since` and `until` are a day (inclusive, in `tz`) or an instant; `hour` 0-23 and `weekday` 1-7
    (1 = Monday) are in `tz`. `dataset` is None for "whichever holds these sources". `lemma` finds words in
    all their forms; `label` is `name:value`; `topic` counts from 1, 0 is "no topic". `has` is `kind:name` of
    what stands in a comment beside words: `emoji:🔥`, `any_tone:👍`, `mention:-1`.
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
    lemma: str | None = None
    likes_min: int | None = None
    has_attachments: bool | None = None
    state: tuple[CommentState, ...] = ()
    sentiment: tuple[str, ...] = ()
    toxicity_min: float | None = None
    lang: tuple[str, ...] = ()
    topic: tuple[int, ...] = ()
    entity: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    tz: str = DEFAULT_TZ
    sort: str = DEFAULT_SORT

    def without(self, *names: str) -> Query:
        """Return this query with the named fields at their defaults."""
        blank = Query()
        return replace(self, **{name: getattr(blank, name) for name in names})

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Return the instants [from, before) in UTC that `since` and `until` mean."""
        zone = ZoneInfo(self.tz)
        return start(self.since, zone), end(self.until, zone)

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


def lists(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return pairs of an address as all values by key."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


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
            spec = replace(spec, name=key, read=read_post)
        _read_field(spec, key, given, values, problems)
    posts = values.pop("post", ())
    if posts:
        sources = values.get("source", posts)
        both = tuple(post for post in posts if post in sources)
        values["source"] = both or sources
        if not both:
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
        turned = "The end lies before the beginning, {since}, so there is no period."
        told = {"since": write_moment(query.since)}
        problems.append(Problem("to", write_moment(query.until), turned, told))
        return query.without("since", "until")
    return query


_ID_LIMIT = 2**62

FIELDS: tuple[Field, ...] = (
    Field("dataset", "dataset", choice("own", "demo"), narrows=False),
    Field("source", "source", read_source, many=True),
    Field("kind", "kind", lambda text: SourceKind(choice(*SourceKind)(text)), many=True),
    Field("root", "root", read_root, many=True),
    Field("since", "from", read_moment, write_moment),
    Field("until", "to", read_moment, write_moment),
    Field("hour", "hour", number(0, 23), many=True),
    Field("weekday", "weekday", number(1, 7), many=True),
    Field("author", "author", number(-_ID_LIMIT, _ID_LIMIT), many=True),
    Field("level", "level", choice("root", "reply")),
    Field("text", "text", read_text),
    Field("regex", "regex", read_text),
    Field("lemma", "lemma", read_text),
    Field("likes_min", "likes_min", number(0, _ID_LIMIT)),
    Field("has_attachments", "has_attachments", read_bool, lambda value: "true" if value else "false"),
    Field("state", "state", lambda text: CommentState(choice(*CommentState)(text)), many=True),
    Field("sentiment", "sentiment", choice(*SENTIMENTS), many=True),
    Field("toxicity_min", "toxicity_min", read_share, write_share),
    Field("lang", "lang", choice(*TONGUES), many=True),
    Field("topic", "topic", number(0, 1000), many=True),
    Field("entity", "entity", read_text, many=True),
    Field("has", "has", read_mark(MARKS), many=True),
    Field("label", "label", read_label, many=True),
    Field("tz", "tz", read_zone, narrows=False),
    Field("sort", "sort", choice(*SORTS), narrows=False),
)

ALIASES = {"post": "source"}

assert {spec.name for spec in FIELDS} == {each.name for each in fields(Query)}
