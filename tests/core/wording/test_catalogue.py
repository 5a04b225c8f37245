"""The catalogue speaks both languages fully."""

import re
import string

import pytest

from core import errors
from core.errors import DashboardError
from core.models import CommentState, PauseReason, RefusalReason, SourceKind, SourceState, TargetKind
from core.query import FIELDS, SORTS, Query
from core.storage.label_steps import StepKind
from core.tasks.params import REFRESH
from core.tasks.records import TaskState
from core.wording import has, language, say
from core.wording.catalogue import PHRASES
from core.wording.filters import worded

NAMES = """
Excel CSV JSON Lines Parquet UTF BOM OR pandas DuckDB VK_TOKEN VK_REQUESTS_PER_SECOND CACHE_URL env README
id English dev vk com https wall club Ctrl Enter VK ID UTC success_token DATA_DIR VK_API_URL API API_KEY
Authorization Bearer Prometheus GraphML GEXF PNG SVG RE Esc
"""
ENGLISH_IN_RUSSIAN = frozenset(NAMES.split())
CYRILLIC_IN_ENGLISH = frozenset({"language.ru", "export.headers.ru", "filters.text.help"})


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_take_the_same_values() -> None:
    """A sentence that takes a value in one language takes it in the other, and neither is empty."""
    uneven = [
        key
        for key, (english, russian) in PHRASES.items()
        if not english or not russian or _placeholders(english) != _placeholders(russian)
    ]
    assert uneven == []


def test_russian_is_russian() -> None:
    """No English word slips into a Russian page but names of formats, settings and products."""
    strangers = {
        key: found
        for key, (_, russian) in PHRASES.items()
        if (found := set(re.findall(r"[A-Za-z_]{2,}", re.sub(r"\{\w+\}", "", russian))) - ENGLISH_IN_RUSSIAN)
    }
    assert strangers == {}


def test_english_is_english() -> None:
    """No Russian word slips into an English page but the name of the language and the letters it is about."""
    strangers = {key for key, (english, _) in PHRASES.items() if re.search("[а-яё]", english, re.IGNORECASE)}
    assert strangers == CYRILLIC_IN_ENGLISH


def _codes() -> set[str]:
    kinds = [
        each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, DashboardError)
    ]
    return {kind.code for kind in kinds if kind is not DashboardError}


def test_every_error_has_words() -> None:
    """Whatever fails on purpose is said in both languages with a next step."""
    assert [code for code in _codes() if not (has(f"failure.{code}") and has(f"failure.{code}.hint"))] == []


def test_every_closed_set_has_words() -> None:
    """A value that the code can have is never shown by its internal name."""
    keys = [
        *(f"target.{each}" for each in TargetKind),
        *(f"refused.{each}" for each in RefusalReason),
        *(f"refused.{each}.hint" for each in RefusalReason),
        *(f"state.{each}" for each in SourceState),
        *(f"kind.{each}" for each in SourceKind),
        *(f"filters.state.{each}" for each in CommentState),
        *(f"task.state.{each}" for each in TaskState),
        *(f"pause.{each}{part}" for each in PauseReason for part in ("", ".do")),
        *(f"refresh.{each}{part}" for each in REFRESH for part in ("", ".about")),
        *(f"sort.{each}" for each in SORTS),
        *(f"labels.{done}.{each}" for each in StepKind for done in ("undo", "undone")),
    ]
    assert [key for key in keys if not has(key)] == []


def test_every_filter_has_a_sentence() -> None:
    """A filter that narrows the rows can be said on a chip."""
    assert {spec.name for spec in FIELDS if spec.narrows} == worded()
    assert Query().active() == []


def test_an_unknown_key_is_a_defect() -> None:
    """A sentence that does not exist is an error in the code, not an empty label."""
    with pytest.raises(KeyError):
        say("no.such.key", "ru")


@pytest.mark.parametrize(
    ("locale", "expected"), [("ru-RU", "ru"), ("uk", "ru"), ("en-US", "en"), (None, "en")]
)
def test_the_browser_chooses_the_language(locale: str | None, expected: str) -> None:
    """Readers of Russian see Russian, everybody else English."""
    assert language(locale) == expected
