"""What of the comments is on the reader's screen, and the component that draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from core.errors import NotFound
from core.query import Dataset
from core.storage import reads, reads_reader
from core.storage.writes_labelling import Judgement
from core.wording import Lang, say
from dashboard import data, searching, state
from dashboard.board.registered import registered
from dashboard.components import judging, paging, reader_rows
from dashboard.components.marked import marks
from dashboard.components.reader_rows import Beside, Place, Thread

HERE: Final = Path(__file__).parent
VERSIONS: Final = "reader.versions"
KEYS: Final = (
    (("J", "K"), "move"),
    (("Enter",), "open"),
    (("Esc",), "close"),
)
LABEL_KEYS: Final = ((("L",), "label"), (("X",), "check"))
LABELLING: Final = "labels.on"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is on the screen: which page of how many, its threads, and the hit that is looked at."""

    view: state.View
    page: int
    total: int
    threads: tuple[Thread, ...]
    current: str
    is_asked: bool

    @property
    def last(self) -> int:
        """Return the number of the last page."""
        return paging.last_page(self.total, self.view.size)

    @property
    def hits(self) -> list[str]:
        """Return the keys of the hits in reading order."""
        return reader_rows.hits(self.threads)


def component(key: str, reading: Reading, dataset: Dataset, on_event: Callable[[], None]) -> None:
    """Draw the threads; `on_event` runs when something is asked for there (the event is at `key`)."""
    sent = {
        "page": orjson.dumps(_page(reading, dataset)).decode(),
        "current": reading.current,
        "isAsked": reading.is_asked,
    }
    registered("reader", HERE, "reader.css", "marking.js", "reader.js")(
        key=key, data=sent, on_event_change=on_event
    )


def _page(reading: Reading, dataset: Dataset) -> dict[str, Any]:
    """Return all that the component draws, in the reader's language."""
    view, lang = reading.view, reading.view.ui
    rows = [row for thread in reading.threads for row in thread.rows]
    keys = tuple(str(row["comment_key"]) for row in rows)
    hung = tuple(str(row["comment_key"]) for row in rows if row["attachments"])
    beside = Beside(
        data.titles(dataset),
        data.read(view.query, reads_reader.given, keys),
        data.read(view.query, reads_reader.attached, hung),
        _versions(view, keys),
    )
    place = Place((reading.page - 1) * view.size + 1, reading.total)
    return {
        "threads": reader_rows.told(reading.threads, beside, place, view.query, lang),
        "marks": [each.page() for each in marks(view.query, searching.word_forms(view.query))],
        "before": reading.page > 1,
        "after": reading.page < reading.last,
        "say": _words(lang),
        "keys": [[list(keys), say(f"reader.keys.{name}", lang)] for keys, name in _keys()],
        "tools": _tools(lang),
    }


def _keys() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the keys and what they do; those for labels while labels are given."""
    return (*KEYS, *LABEL_KEYS) if state.picked(LABELLING) else KEYS


def _tools(lang: Lang) -> list[dict[str, str]]:
    """Return the buttons that label what is looked at."""
    if not state.picked(LABELLING):
        return []
    given = judging.judgement()
    label = [] if given is None else [{"act": "label", "text": _label_text(given, lang)}]
    return [*label, {"act": "check", "text": f"✓ {say('labels.check', lang)}"}]


def _label_text(given: Judgement, lang: Lang) -> str:
    return say("labels.give.this", lang, label=judging.text_of(given))


def _versions(view: state.View, keys: tuple[str, ...]) -> Mapping[str, list[reads.Version]]:
    """Return the versions of the one comment whose versions are wanted, if it is here."""
    wanted = state.picked(VERSIONS)
    if wanted not in keys:
        return {}
    try:
        return {wanted: data.read(view.query, reads.history, wanted)}
    except NotFound:
        return {}


def _words(lang: Lang) -> dict[str, str]:
    words = {
        "title": "reader.title",
        "previous": "reader.previous",
        "previousLong": "reader.previous.long",
        "next": "reader.next",
        "nextLong": "reader.next.long",
        "whole": "reader.whole",
        "fold": "reader.fold",
        "only": "reader.only",
        "author": "reader.author",
        "versions": "reader.versions",
        "hide": "reader.versions.hide",
        "keys": "reader.keys",
        "open": "thread.open",
    }
    return {name: say(key, lang) for name, key in words.items()}
