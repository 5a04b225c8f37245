"""The fields of a query as conditions: with `filters`, the only place where SQL text is put together.

Every value a person gave is bound by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.query import FIELDS, Query
from core.storage.lemma_search import Near, Terms, read_lemmas
from core.storage.search import FORM, STAR, TEXT_FORM, TONES, Part, folded, read_search, tested

# As `search_text` is prepared: accents composed where there are loose ones (most texts have none), small
# letters, е for ё.
SEARCH_FORM = (
    "replace(lower(case when regexp_matches({value}, '[\\x{{300}}-\\x{{36f}}]') "
    "then nfc_normalize({value}) else {value} end), 'ё', 'е')"
)


# The marks of a comment, by kind. Selectors of the text or picture form of an emoji tell nothing apart, and
# are left out; so are tones of skin, where any will do. VK's other kinds of stickers end in the same word.
LISTS = {
    "emoji": f"list_transform(emoji, lambda each: translate(each, '{TEXT_FORM}{FORM}', ''))",
    "any_tone": f"list_transform(emoji, lambda each: translate(each, '{TEXT_FORM}{FORM}{TONES}', ''))",
    "sticker": "list_filter(attachments, lambda each: ends_with(each, 'sticker'))",
    "hashtag": "hashtags",
    "domain": "domains",
    "link": "links",
    "mention": "mentions",
}
OTHER = "b_"
"""What the names of the second query's values begin with."""


SPOKEN_ANYWHERE = "select * from (select source, comment_id, unnest(words) as word from features)"
SPOKEN = (
    "select * from (select source, comment_id, unnest(words) as word, generate_subscripts(words, 1) as place "
    "from features)"
)


Condition = Callable[["Query", str, "Values"], str]
Conditions = Mapping[str, Condition]


@dataclass(slots=True)
class Values:
    """The values to bind, by name; `bind` returns the placeholder. `prefix` tells two queries apart."""

    by_name: dict[str, Any] = field(default_factory=dict)
    prefix: str = ""

    def bind(self, name: str, value: object) -> str:
        """Remember a value and return `$name`."""
        self.by_name[f"{self.prefix}{name}"] = value
        return self.named(name)

    def named(self, name: str) -> str:
        """Return the placeholder of a value."""
        return f"${self.prefix}{name}"

    def bind_all(self, name: str, values: Sequence[object]) -> str:
        """Remember several values and return `$name_0, $name_1 ...`."""
        return ", ".join(self.bind(f"{name}_{index}", value) for index, value in enumerate(values))


def _any_of(column: str, name: str) -> Condition:
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
    """Say that a text holds a part; of one with stars the longest letters are looked for first."""
    sought = max(part.text.split(STAR), key=len) if part.has_star else part.text
    within = "search_text"
    if part.has_sign and not part.has_star:
        sought, within = sought.replace(FORM, ""), f"replace(search_text, '{FORM}', '')"
    found = f"contains({within}, {SEARCH_FORM.format(value=bound.bind(name, sought))})"
    if part.has_star:
        pattern = bound.bind(f"{name}_stars", tested(folded(part.text)))
        found = f"{found} and regexp_matches(search_text, {pattern})"
    return f"({found})" if part.is_wanted else f"not coalesce({found}, false)"


def _regex(query: Query, minute: str, bound: Values) -> str:
    del minute
    return f"regexp_matches(text, {bound.bind('regex', query.regex)})"


def _lemma(query: Query, minute: str, bound: Values) -> str:
    """Words in any form: their numbers were looked up before and are bound as lists, see `lemma_search`."""
    del minute
    return " and ".join(
        "(" + " or ".join(_terms(terms, bound) for terms in group) + ")"
        for group in read_lemmas(query.lemma or "")
    )


def _terms(terms: Terms, bound: Values) -> str:
    """Say which comments hold the words; rows of words are found three to ten times as fast as lists."""
    names = [bound.named(name) for name in terms.names]
    form = SPOKEN if len(names) > 1 else SPOKEN_ANYWHERE
    spoken = [
        f"({form} where word in (select unnest({name}::integer[]))) as w{n}" for n, name in enumerate(names)
    ]
    joined = " ".join(
        [spoken[0], *(f"join {each} on {_near(terms.near, n)}" for n, each in enumerate(spoken) if n)]
    )
    found = f"(source, comment_id) in (select (w0.source, w0.comment_id) from {joined})"
    return found if terms.is_wanted else f"not ({found})"


def _near(near: Near, number: int) -> str:
    """Say that a word stands where it should: right behind the first ones, or within so many of the first."""
    apart = f"w{number}.place - w0.place"
    where = f"{apart} = {number}" if near is None else f"abs({apart}) between 1 and {near:d}"
    return f"w{number}.source = w0.source and w{number}.comment_id = w0.comment_id and {where}"


def _hour(query: Query, minute: str, bound: Values) -> str:
    """Look an hour up in a mask of bits, four times as fast as in a list."""
    mask = sum(1 << hour for hour in {*query.hour})
    return f"({bound.bind('hours', mask)}::bigint >> ({minute} // 60 % 24)) & 1 = 1"


def _weekday(query: Query, minute: str, bound: Values) -> str:
    mask = sum(1 << (weekday - 1) for weekday in {*query.weekday})
    return f"({bound.bind('weekdays', mask)}::bigint >> ({minute} // 1440 % 7)) & 1 = 1"


def _toxicity_min(query: Query, minute: str, bound: Values) -> str:
    del minute
    return f"toxicity >= {bound.bind('toxicity_min', query.toxicity_min)}"


def _topic(query: Query, minute: str, bound: Values) -> str:
    """Topic 0 is everything that was looked at and belongs to none."""
    del minute
    return _named_set("topic_assignments", f"topic in ({bound.bind_all('topic', query.topic)})")


def _entity(query: Query, minute: str, bound: Values) -> str:
    del minute
    return _named_set("entities", f"name in ({bound.bind_all('entity', query.entity)})")


def _has(query: Query, minute: str, bound: Values) -> str:
    """Say that one of the lists of marks holds what is wanted, as the analysis `marks` counts it."""
    del minute
    wanted = []
    for index, mark in enumerate(query.has):
        kind, _, name = mark.partition(":")
        value = bound.bind(f"has_{index}", int(name) if kind == "mention" else name)
        wanted.append(f"list_contains({LISTS[kind]}, {value})")
    return " or ".join(wanted)


def _label(query: Query, minute: str, bound: Values) -> str:
    del minute
    return _named_set("labels", f"name || ':' || value in ({bound.bind_all('label', query.label)})")


def _named_set(table: str, chosen: str) -> str:
    return f"(source, comment_id) in (select (source, comment_id) from {table} where {chosen})"


def _likes_min(query: Query, minute: str, bound: Values) -> str:
    del minute
    return f"likes >= {bound.bind('likes_min', query.likes_min)}"


def _has_attachments(query: Query, minute: str, bound: Values) -> str:
    del minute, bound
    return "has_attachments" if query.has_attachments else "not has_attachments"


def _naive(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=None) if moment else None


# Every narrowing field of the query, in the order in which conditions are cheap.
CONDITIONS: Conditions = {
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
    "hour": _hour,
    "weekday": _weekday,
    "sentiment": _any_of("sentiment", "sentiment"),
    "toxicity_min": _toxicity_min,
    "lang": _any_of("lang", "lang"),
    "topic": _topic,
    "entity": _entity,
    "has": _has,
    "label": _label,
    "lemma": _lemma,
    "text": _text,
    "regex": _regex,
}

FEATURED = frozenset({"sentiment", "toxicity_min", "lang", "has"})

# Those that read texts or other tables: dear, so that a page asks them once and sets what they find aside.
DEAR = FEATURED | {"topic", "entity", "label", "lemma", "text", "regex"}

assert set(CONDITIONS) == {spec.name for spec in FIELDS if spec.narrows}
