"""The sentence of each active filter, as a chip or a caption says it.

The query is described by shape, not imported: it stands above the wording in the stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from core.wording import dates
from core.wording.amounts import Lang, count, number, percent
from core.wording.catalogue import say
from core.wording.faults import phrase
from core.wording.people import address


class Query(Protocol):
    """What `core.query.Query` looks like from here."""

    @property
    def source(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def kind(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def root(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def since(self) -> date | datetime | None: ...  # noqa: D102
    @property
    def until(self) -> date | datetime | None: ...  # noqa: D102
    @property
    def hour(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def weekday(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def author(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def level(self) -> str | None: ...  # noqa: D102
    @property
    def text(self) -> str | None: ...  # noqa: D102
    @property
    def regex(self) -> str | None: ...  # noqa: D102
    @property
    def likes_min(self) -> int | None: ...  # noqa: D102
    @property
    def has_attachments(self) -> bool | None: ...  # noqa: D102
    @property
    def state(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def lemma(self) -> str | None: ...  # noqa: D102
    @property
    def sentiment(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def toxicity_min(self) -> float | None: ...  # noqa: D102
    @property
    def lang(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def topic(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def entity(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def has(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def label(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def tz(self) -> str: ...  # noqa: D102


class Problem(Protocol):
    """What `core.query.Problem` looks like from here."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def template(self) -> str: ...  # noqa: D102
    @property
    def params(self) -> Mapping[str, object]: ...  # noqa: D102


_NEAR: Final = re.compile(r'"(\w[\w\- ]*)"~([1-9][0-9]?)')
"""One phrase of plain words and how near to each other they are to stand."""

Names = Mapping[str, str]
"""Titles of sources and threads by key, names of authors by id as text, of topics by `topic:` and number."""


def sentence(query: Query, field: str, lang: Lang, names: Names | None = None) -> str:
    """Say one active filter of a query in words; a field without words is a defect (KeyError)."""
    return _SENTENCES[field](query, lang, names or {})


def worded() -> frozenset[str]:
    """Return the fields that have a sentence."""
    return frozenset(_SENTENCES)


def problem(fault: Problem, lang: Lang) -> str:
    """Say in words which part of a link was not understood, and why."""
    item = say("notice.item", lang, key=fault.key, value=fault.value)
    why = phrase(fault.template, lang, fault.params).rstrip(".")
    return f"{item} ({why[:1].lower()}{why[1:]})"


def _moment(value: date | datetime | None, query: Query, lang: Lang) -> str:
    if isinstance(value, datetime):
        return dates.moment(value, lang, query.tz)
    return dates.day(value, lang) if value else ""


def _since(query: Query, lang: Lang, _: Names) -> str:
    """Say both ends at once when both are set; the other end then has nothing to add."""
    first, last = query.since, query.until
    if first is None or last is None:
        return say("chip.since", lang, value=_moment(first, query, lang))
    if isinstance(first, datetime) and isinstance(last, datetime):
        zone = ZoneInfo(query.tz)
        start, end = first.astimezone(zone), last.astimezone(zone)
        if start.date() == end.date():
            return f"{dates.day(start.date(), lang)}, {start:%H:%M}–{end:%H:%M}"
    if isinstance(first, datetime) or isinstance(last, datetime):
        return f"{_moment(first, query, lang)} – {_moment(last, query, lang)}"
    return dates.period(first, last, lang)


def _until(query: Query, lang: Lang, _: Names) -> str:
    return say("chip.until", lang, value=_moment(query.until, query, lang))


def _listed(values: Sequence[str], lang: Lang) -> str:
    if len(values) <= 2:
        return ", ".join(values)
    return say("chip.more", lang, first=values[0], n=number(len(values) - 1, lang))


def _of(
    key: str, texts: Callable[[Query, Lang, Names], Sequence[str]]
) -> Callable[[Query, Lang, Names], str]:
    def worded_list(query: Query, lang: Lang, names: Names) -> str:
        return say(key, lang, value=_listed(texts(query, lang, names), lang))

    return worded_list


def label_text(name: str, value: str) -> str:
    """Return a label as it is written everywhere: `name: value`."""
    return f"{name}: {value}"


def label_named(label: str) -> str:
    """Return the label that a filter calls `name:value` as it is written everywhere."""
    name, _, value = label.partition(":")
    return label_text(name, value)


def mark_named(mark: str, lang: Lang, names: Names) -> str:
    """Return what a filter calls `kind:name` in words: a sticker, who is mentioned, else the name itself."""
    kind, _, name = mark.partition(":")
    if kind == "sticker":
        return say("chip.has.sticker", lang)
    if kind == "any_tone":
        return say("chip.has.any_tone", lang, name=name)
    if kind == "mention":
        return say("chip.has.mention", lang, name=names.get(name, address(int(name))))
    return shortened(name)


def _lemma(typed: str, lang: Lang) -> str:
    """Say words in any form; of one phrase of words near each other, how near instead of the sign."""
    near = _NEAR.fullmatch(typed)
    words = near[1].split() if near else []
    if near is None or len(words) < 2:
        return say("chip.lemma", lang, value=shortened(typed))
    value, distance = shortened(" ".join(words)), int(near[2])
    if distance == 1 and len(words) == 2:
        return say("chip.lemma.beside", lang, value=value)
    return say("chip.lemma.near", lang, value=value, n=count(distance, "words_of", lang))


def _topic(topic: int, lang: Lang, names: Names) -> str:
    if topic == 0:
        return say("filters.topic.none", lang)
    return names.get(f"topic:{topic}", number(topic, lang))


def shortened(text: str, limit: int = 48) -> str:
    """Cut a title at a word so that it fits a line."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    return flat[:limit].rsplit(" ", 1)[0].rstrip(",.;:—-– ") + "…"


_SENTENCES: dict[str, Callable[[Query, Lang, Names], str]] = {
    "source": _of("chip.source", lambda q, _, names: [shortened(names.get(s, s)) for s in q.source]),
    "kind": _of("chip.kind", lambda q, lang, _: [say(f"kind.{each}", lang) for each in q.kind]),
    "root": _of("chip.root", lambda q, _, names: [shortened(names.get(r, r)) for r in q.root]),
    "since": _since,
    "until": _until,
    "hour": _of("chip.hour", lambda q, lang, _: [dates.hours(each, lang) for each in q.hour]),
    "weekday": _of("chip.weekday", lambda q, lang, _: [dates.WEEKDAYS[lang][d - 1] for d in q.weekday]),
    "author": _of("chip.author", lambda q, _, names: [names.get(str(a), address(a)) for a in q.author]),
    "level": lambda q, lang, _: say(f"chip.level.{q.level}", lang),
    "text": lambda q, lang, _: say("chip.text", lang, value=shortened(q.text or "")),
    "regex": lambda q, lang, _: say("chip.regex", lang, value=shortened(q.regex or "")),
    "likes_min": lambda q, lang, _: say("chip.likes_min", lang, value=number(q.likes_min or 0, lang)),
    "has_attachments": lambda q, lang, _: say(
        f"chip.has_attachments.{'true' if q.has_attachments else 'false'}", lang
    ),
    "lemma": lambda q, lang, _: _lemma(q.lemma or "", lang),
    "sentiment": _of("chip.sentiment", lambda q, lang, _: [say(f"sentiment.{s}", lang) for s in q.sentiment]),
    "toxicity_min": lambda q, lang, _: say(
        "chip.toxicity_min", lang, value=percent(q.toxicity_min or 0.0, lang)
    ),
    "lang": _of("chip.lang", lambda q, lang, _: [say(f"lang.{each}", lang) for each in q.lang]),
    "topic": _of(
        "chip.topic",
        lambda q, lang, names: [shortened(_topic(each, lang, names)) for each in q.topic],
    ),
    "entity": _of("chip.entity", lambda q, _, __: [shortened(each) for each in q.entity]),
    "has": _of("chip.has", lambda q, lang, names: [mark_named(each, lang, names) for each in q.has]),
    "label": _of("chip.label", lambda q, _, __: [shortened(label_named(each)) for each in q.label]),
    "state": _of("chip.state", lambda q, lang, _: [say(f"filters.state.{s}", lang).lower() for s in q.state]),
}
