"""Every fault is told in both languages: the sites that raise them are walked, not remembered."""

from __future__ import annotations

import re

import pytest

from core import errors
from core.links import HINTS
from core.models import RefusalReason
from core.tasks.records import TaskFault
from core.templates import Reason, filled, places
from core.vk.codes import RULES, UNKNOWN, error_of
from core.wording import accepted
from core.wording.faults import AREAS, RU, because, by_code, phrase, refused, told
from core.wording.phrases.failures import PHRASES
from tests.core.wording.raise_sites import Site, kinds, sites

GIVEN = {"vk_code", "method"}
"""Values that every error of VK has."""


@pytest.fixture(scope="module")
def found() -> list[Site]:
    """All sites, read once."""
    return list(sites())


def test_the_sites_are_found(found: list[Site]) -> None:
    """The walk sees the product: a walk that finds nothing would protect nothing."""
    assert len(found) > 100
    sites = {each.where.split(":")[0] for each in found}
    assert {"core/query/__init__.py", "core/importing/sheets.py"} <= sites


def test_every_error_is_a_constant_template(found: list[Site]) -> None:
    """A sentence put together at run time cannot be said in another language."""
    assert {each.where: each.unclear for each in found if each.unclear} == {}


def test_every_template_has_a_russian_text(found: list[Site]) -> None:
    """A Russian reader reads Russian, and every fault in its own words."""
    missing = {
        each.where: told for each in found if (told := sorted((each.sentences | each.hints) - RU.keys()))
    }
    assert missing == {}


def test_every_place_has_a_value(found: list[Site]) -> None:
    """No reader sees a bare place in braces."""
    empty = {
        each.where: lacking
        for each in found
        if each.values is not None
        and (
            lacking := {place for text in each.sentences | each.hints for place in places(text)}
            - each.values
            - GIVEN
        )
    }
    assert empty == {}


def test_both_languages_have_the_same_places() -> None:
    """What the English sentence names the Russian one names too."""
    assert {text: russian for text, russian in RU.items() if places(text) != places(russian)} == {}


def test_no_text_is_left_without_a_site(found: list[Site]) -> None:
    """A translation of what nobody says any more is dropped."""
    said = {text for each in found for text in each.sentences | each.hints}
    said |= {rule.hint for rule in (*RULES.values(), UNKNOWN)}
    kept = {text for text in RU if not text.endswith(("error {vk_code})", "error {vk_code}: {said})"))}
    sentences = {rule.sentence for rule in (*RULES.values(), UNKNOWN)}
    assert kept - said - sentences - {"The token lacks the right to read this."} == set()


def test_areas_agree() -> None:
    """A sentence that two areas share is said the same in both."""
    texts: dict[str, set[str]] = {}
    for area in AREAS:
        for english, russian in area.RU.items():
            texts.setdefault(english, set()).add(russian)
    assert {english: said for english, said in texts.items() if len(said) > 1} == {}


def test_russian_is_russian() -> None:
    """Each Russian text is in Russian and ends as a sentence does, or with the reason it quotes."""
    assert [text for text in RU.values() if not re.search("[а-яё]", text, re.IGNORECASE)] == []
    assert [text for text in RU.values() if not text.endswith((".", ")", ": {reason}"))] == []


@pytest.mark.parametrize("code", [*RULES, 99_999])
def test_what_vk_says_no_with_is_told_in_russian(code: int) -> None:
    """Every code of VK has its own sentence and remedy in both languages, with VK's own words behind it."""
    error = error_of({"error_code": code, "error_msg": "no {method}"}, "wall.get")
    bare = error_of({"error_code": code}, "wall.get")
    for each in (error, bare):
        assert {each.template, each.hint_template} <= RU.keys()
    assert told(error, "ru").what.endswith(f"(wall.get, ошибка {code}: no {{method}})")
    assert told(bare, "en").what == bare.message


def test_every_class_has_general_words() -> None:
    """An error that says no more than its class still has a sentence and a next step in both languages."""
    codes = {found.code for kind in kinds() if (found := getattr(errors, kind, None)) is not None}
    needed = {f"failure.{code}" for code in codes} | {f"failure.{code}.hint" for code in codes}
    assert len(codes) > 10
    assert needed - PHRASES.keys() == set()


def test_an_error_is_told_in_the_reader_s_language() -> None:
    """The same fault, with the same values, in English and in Russian."""
    error = errors.QueryError(
        "The filter '{key}' cannot be '{value}'.",
        hint="A whole number from {low} to {high} is expected.",
        key="hour", value="{low}", low=0, high=23,
    )  # fmt: skip
    assert str(told(error, "en")) == str(error)
    assert told(error, "ru").what == "В фильтре «hour» не может быть «{low}»."
    assert told(error, "ru").remedy == "Нужно целое число от 0 до 23."


def test_a_fault_without_words_of_its_own_says_those_of_its_code() -> None:
    """No reader gets a foreign sentence, and nobody gets none."""
    said = told(errors.Busy("Never translated.", hint="Nor this."), "ru")
    assert (said.what, said.remedy) == (PHRASES["failure.busy"][1], PHRASES["failure.busy.hint"][1])
    assert told(errors.Busy("Never translated."), "en").remedy == PHRASES["failure.busy.hint"][0]


def test_the_fault_of_a_task_is_told_as_its_error() -> None:
    """A failed task reads as the error that failed it did."""
    error = errors.VkUnavailable(
        "VK could not be reached ({reason}).", method="wall.get", reason="ConnectError"
    )
    fault = TaskFault(error.code, error.template, error.hint_template, dict(error.params))
    assert told(fault, "ru") == told(error, "ru")
    assert told(fault, "en") == told(error, "en")


@pytest.mark.parametrize("reason", RefusalReason)
def test_a_refused_link_is_told_as_the_page_tells_it(reason: RefusalReason) -> None:
    """The hint of the API is the sentence of the page, and Russian has one too."""
    assert str(refused(reason, "en")) == HINTS[reason]
    assert re.search("[а-яё]", str(refused(reason, "ru")))
    assert HINTS[reason][0].isupper()


def test_a_defect_is_told_by_its_reference_alone() -> None:
    """Nothing of an unexpected error is shown but the mark it has in the log."""
    said = told(ValueError("secret path"), "ru", reference="ab12")
    assert "ab12" in said.remedy
    assert "secret" not in str(said)


def test_an_unknown_code_is_still_a_sentence() -> None:
    """A newer task may bring a code that this version does not know."""
    assert by_code("newer", "en").what == "Something unexpected went wrong."
    assert "newer" in by_code("newer", "ru").remedy


def test_thousands_are_parted_as_the_reader_parts_them() -> None:
    """A limit is readable in both languages."""
    template = "The file has more than {most:,} rows."
    assert phrase(template, "en", {"most": 20000}) == "The file has more than 20,000 rows."
    assert phrase(template, "ru", {"most": 20000}) == "В файле больше 20\u00a0000 строк."


def test_why_something_is_missing_is_told_in_the_reader_s_language() -> None:
    """By its template; what is finished English stands behind the words of its code, if it has one."""
    lacks = Reason("VK gives the same comments at place {place} as at the beginning.", {"place": 300})
    assert because(lacks, "", "ru") == "На месте 300 ВК отдаёт те же комментарии, что и в начале."
    assert because(lacks, "", "en") == str(lacks)
    finished = Reason("Access denied.")
    assert because(finished, "access_denied", "ru") == "ВК не даёт доступа к источнику. (Access denied.)"
    assert because(finished, "access_denied", "en") == "Access denied."
    assert because(finished, "", "ru") == "Access denied."
    assert because(None, "access_denied", "ru") == ""


def test_a_reason_is_kept_and_read_again() -> None:
    """As JSON and back; an empty one is none."""
    reason = Reason("{n} are missing.", {"n": 2})
    assert Reason.kept(**reason.as_dict()) == reason
    assert Reason.kept("Finished.") == Reason("Finished.")
    assert Reason.kept("") is None
    assert len({reason, Reason("{n} are missing.", {"n": 2})}) == 1


def test_a_phrase_without_russian_stays_english() -> None:
    """A hint that was never translated is better than none."""
    assert phrase("Never {what}.", "ru", {"what": "said"}) == "Never said."


def test_a_template_is_filled_once() -> None:
    """A value with braces of its own is data; a place without a value stays; odd braces mean nothing."""
    assert filled('{a} {b} {"x": 1} {', {"a": "{b}", "b": (1, 0.5)}) == '{b} 1, 0.5 {"x": 1} {'
    assert filled("{gone} {name:>9}", {"name": 1}) == "{gone} {name:>9}"


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        (None, "en"),
        ("", "en"),
        ("*", "en"),
        ("ru", "ru"),
        ("ru-RU,ru;q=0.9,en-US;q=0.8", "ru"),
        ("en;q=0.4, uk;q=0.5", "ru"),
        ("de, ru;q=0.5", "ru"),
        ("de", "en"),
        ("ru;q=0", "en"),
        ("ru;q=x, en;q=0.1", "en"),
        ("ru;q=0.5,en;q=0.5", "ru"),
        ("*, ru;q=0.8", "en"),
    ],
)
def test_the_language_of_a_caller(header: str | None, lang: str) -> None:
    """The most wanted language that is spoken here wins; a caller that names none gets English."""
    assert accepted(header) == lang
