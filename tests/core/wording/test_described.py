"""What analyses say of themselves, in Russian: nothing is missing, nothing is left over."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import pytest

from core.analysis.attention import engagement
from core.analysis.catalogue import ANALYSES
from core.analysis.contrast import compare, measures, surviving
from core.analysis.copies import coordination, groups
from core.analysis.described import Analysis, Choice
from core.wording import LANGS, Lang
from core.wording.described import (
    CODED,
    NAMES,
    RU,
    explained,
    is_named,
    meaning,
    named,
    names_asked,
    names_measured,
    names_own,
    names_told,
    values_named,
)

CYRILLIC: Final = re.compile("[а-яё]", re.IGNORECASE)
NUMBERS: Final = re.compile("[0-9]+")
"""Choices that are numbers need no name."""

every = pytest.mark.parametrize("analysis", ANALYSES.values(), ids=list(ANALYSES))


def sentences(analysis: Analysis) -> set[str]:
    """Return all that an analysis says of itself."""
    described = (*analysis.parameters, *analysis.fields)
    return {analysis.method, *(each.meaning for each in described)}


def names(analysis: Analysis) -> list[str]:
    """Return the names of parameters, of their choices, and of columns."""
    choices = [each for one in analysis.parameters if isinstance(one, Choice) for each in one.choices]
    asked = [*(each.name for each in analysis.parameters), *choices]
    return [each for each in asked if not NUMBERS.fullmatch(each)] + [each.name for each in analysis.fields]


@every
def test_all_sentences_are_said_in_russian(analysis: Analysis) -> None:
    """A reader of Russian meets no English sentence in the description of an analysis."""
    assert sentences(analysis) - RU.keys() == set()


@every
def test_all_names_are_russian(analysis: Analysis) -> None:
    """Every parameter, choice and column has a Russian name, and so has each that is called by letters."""
    shown = {name: named(name, "ru", analysis.name) for name in names(analysis)}
    assert {name for name, label in shown.items() if not CYRILLIC.search(label)} == set()


@every
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_columns_of_one_table_have_different_names(analysis: Analysis, lang: str) -> None:
    """Two columns of one table are never called the same."""
    shown = Counter(
        named(each.name, "ru" if lang == "ru" else "en", analysis.name) for each in analysis.fields
    )
    assert [label for label, times in shown.items() if times > 1] == []


def test_no_sentence_is_left_over() -> None:
    """A sentence that no analysis says any more does not stay in the catalogue."""
    said = set().union(*(sentences(each) for each in ANALYSES.values()))
    assert RU.keys() - said == set()


def test_russian_sentences_are_russian_and_whole() -> None:
    """Every Russian sentence has Russian letters and ends as the English one does."""
    for english, russian in RU.items():
        assert CYRILLIC.search(russian), russian
        assert russian[-1] == english[-1], russian


def test_russian_numbers_have_a_decimal_comma() -> None:
    """Decimals within Russian prose have a comma; only sections of books keep their points."""
    section = re.compile(r"[A-Z][\w.]* \d{4}, (\w+\. )?\d+\.\d+|ch\. \d+\.\d+")
    for russian in RU.values():
        assert not re.search(r"\d\.\d", section.sub("", russian)), russian


def test_code_words_stand_in_both_languages() -> None:
    """What stands in backquotes is the same word in both languages."""
    for english, russian in RU.items():
        assert sorted(set(re.findall("`[^`]+`", english))) == sorted(set(re.findall("`[^`]+`", russian)))


def test_names_stand_once() -> None:
    """No name has two rows, and one that is special to an analysis names an analysis that is."""
    modules = (names_asked.NAMES, names_measured.NAMES, names_told.NAMES, names_own.NAMES)
    assert sum(map(len, modules)) == len(NAMES)
    assert {name.partition(".")[0] for name in names_own.NAMES} <= ANALYSES.keys()
    assert not [name for own in modules[:3] for name in own if "." in name]


def test_russian_names_are_russian() -> None:
    """Every Russian name begins with a capital and has Russian letters."""
    for name, (_, russian) in NAMES.items():
        assert CYRILLIC.search(russian), name
        assert russian[:1].upper() == russian[:1], name


def test_columns_of_words_are_columns() -> None:
    """What may hold words of ours is a column of text in some analysis."""
    texts = {each.name for one in ANALYSES.values() for each in one.fields if each.type == "text"}
    assert texts >= CODED


def test_words_in_cells_have_names() -> None:
    """What analyses write into cells, verdicts and kinds and reasons, is known by name in both languages."""
    told = dict.fromkeys(("others", "worn", "official", "in_thread", "pairs", "around", "other_texts"), 100.0)
    reasons = groups.counter(told, 2).split(", ")
    assert len(reasons) == 5
    written = {
        "coordination": [*reasons, *coordination.PATTERNS],
        "engagement": [f"{of}_{each}" for of in ("likes", "replies") for each in engagement.MEASURES],
        "compare": [*measures.NAMES, "differs", "no difference seen", "too few to say"],
        "robustness": [
            *(*surviving.RULES, *surviving.RULES.values(), surviving.OVERLAP, "author_gini", "topic_3_share"),
            *("holds", "changes", "the finding", "too few to say"),
        ],
        "half_lives": ["measured", "too few", "too young"],
        "concentration": ["gini", "top_share", "lorenz"],
        "mood": ["newcomer", "regular", "community", "post_author", "unknown", "ru", "uk"],
        "entities": ["per", "loc", "org"],
        "copies": ["copy", "cliche", "short"],
        "keyness": ["a", "b"],
    }
    unnamed = [(name, each) for name, some in written.items() for each in some if not is_named(each, name)]
    assert unnamed == []
    assert compare.ANALYSIS.name in written


def test_a_name_means_what_its_analysis_means() -> None:
    """The same word is called differently where an analysis means something else by it."""
    assert named("per", "ru", "entities") == "Люди"
    assert named("per", "ru", "keyness") == "Кто голосует"
    assert named("per", "en", "volume") == "Period"


def test_threads_that_are_measured_are_not_called_as_all_that_begin() -> None:
    """A measured thread has a reply; beside it the filter counts every comment that begins one."""
    assert named("threads", "en", "threads") == "Threads with replies"
    assert named("threads", "ru", "threads") == "Веток с ответами"


def test_intervals_need_no_names_of_their_own() -> None:
    """Ends of intervals, numbers of cases and medians are called after what they are of, a share first."""
    assert named("low", "ru") == "95 % от"
    assert named("negative_low", "ru", "mood") == "Доля негативных, 95 % от"
    assert named("answered_share_high", "en") == "Share answered, 95 % to"
    assert named("comments_median_n", "ru", "threads") == "Комментарии: медиана, n"
    assert named("busiest_hour_changes_in", "ru", "robustness") == "Самый активный час: когда меняется"
    assert named("topic_12_share", "ru") == "Доля темы 12"


def test_what_has_no_words_is_shown_by_its_own_name() -> None:
    """A name or a sentence without words is shown as it is, in either language."""
    assert named("never_heard_of", "ru") == "Never heard of"
    assert named("active_days", "en", "author_activity") == "Days active"
    assert meaning("Never said.", "ru") == "Never said."
    assert meaning("Key of the source.", "en") == "Key of the source."
    assert not is_named("never_heard_of_low")


@every
@pytest.mark.parametrize("lang", LANGS)
def test_people_read_no_names_for_programs(analysis: Analysis, lang: Lang) -> None:
    """What a sentence calls by a key, such as `tz` or a column, stands on the page by its name there."""
    for text in sentences(analysis):
        told = explained(text, lang, analysis.name)
        assert "`tz`" not in told
        keys = {each.name for each in (*analysis.parameters, *analysis.fields)}
        assert not [key for key in keys if f"`{key}`" in told]


def test_sentences_put_plainly_are_still_said() -> None:
    """What the page says in place of a sentence stands for one that an analysis says."""
    said = {each for analysis in ANALYSES.values() for each in sentences(analysis)}
    plain = [each for each in said if explained(each, "en", "") != each and "`" not in each]
    assert len(plain) == 4
    keys = {"`likes_`", "co_text", "varied"}
    told = [explained(each, lang, "") for each in said for lang in LANGS]
    assert not [each for each in told if any(key in each for key in keys)]


def test_programs_read_their_own_names() -> None:
    """The API says what its keys are."""
    text = "Length of a period in `tz`."
    assert (meaning(text, "en"), explained(text, "en", "bursts")) == (
        text,
        "Length of a period in the chosen time zone.",
    )


def test_cells_with_several_words_are_named_whole_or_not_at_all() -> None:
    """A cell is put into words only when all of it is known: words of people are never touched."""
    assert values_named("common, busy", "ru", "coordination") == "Есть и у других, вокруг много пишут"
    assert values_named("differs", "en") == "Differs"
    assert values_named("wall:-1_2", "ru", "mood") is None
    assert values_named("", "ru") is None
