"""Numbers as readers write them."""

import pytest

from core.wording import Lang, count, duration, number, percent, size
from core.wording.amounts import between, counts, listed, rounded


@pytest.mark.parametrize(
    ("value", "digits", "lang", "expected"),
    [
        (1234.5, 1, "ru", "1 234,5"),
        (1234.5, 1, "en", "1,234.5"),
        (1_000_000, 0, "ru", "1 000 000"),
        (-7, 0, "en", "−7"),
        (0, 0, "ru", "0"),
        (-0.04, 1, "ru", "0,0"),
        (-0.0, 0, "en", "0"),
        (-0.06, 1, "ru", "−0,1"),
    ],
)
def test_numbers_follow_the_language(value: float, digits: int, lang: Lang, expected: str) -> None:
    """Russian separates thousands by a space that does not break, decimals by a comma; zero has no sign."""
    assert number(value, lang, digits) == expected.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "комментариев"),
        (1, "комментарий"),
        (2, "комментария"),
        (4, "комментария"),
        (5, "комментариев"),
        (11, "комментариев"),
        (14, "комментариев"),
        (21, "комментарий"),
        (22, "комментария"),
        (111, "комментариев"),
        (1002, "комментария"),
    ],
)
def test_russian_plurals(value: int, expected: str) -> None:
    """A Russian noun takes the form its number asks for."""
    assert count(value, "comments", "ru").endswith(f"\u00a0{expected}")


def test_english_plurals() -> None:
    """One is singular, all else plural."""
    assert [count(n, "replies", "en") for n in (0, 1, 2)] == [
        "0\u00a0replies",
        "1\u00a0reply",
        "2\u00a0replies",
    ]


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0, "0%"),
        (0.0004, "<0.1%"),
        (0.034, "3.4%"),
        (0.25, "25%"),
        (0.9996, ">99.9%"),
        (0.995, "99.5%"),
        (1, "100%"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_all(share: float, expected: str) -> None:
    """What is rare is not shown as none, what is not everything not as 100 %."""
    assert percent(share, "en") == expected


def test_durations_and_sizes_use_the_largest_unit() -> None:
    """A person reads 2 minutes, not 120 seconds."""
    assert duration(120, "ru") == "2\u00a0мин"
    assert duration(5400, "en") == "1.5\u00a0h"
    assert size(3_565_158, "ru") == "3,4\u00a0МБ"
    assert between(20, 40, "en") == "20–40\u00a0s"
    assert between(50, 130, "ru") == "50\u00a0с – 2\u00a0мин"
    assert between(30, 30, "en") == "30\u00a0s"


def test_of_so_many_takes_the_genitive() -> None:
    """`13 из 22` wants `комментариев` though 22 alone wants `комментария`; only ...1 is singular."""
    told = [count(n, "comments_of", "ru").replace("\u00a0", " ") for n in (1, 11, 21, 22)]
    assert told == ["1 комментария", "11 комментариев", "21 комментария", "22 комментариев"]


@pytest.mark.parametrize(
    ("low", "high", "lang", "expected"),
    [
        (1200, 1900, "en", "1,200–1,900 comments"),
        (1200, 1902, "ru", "1 200–1 902 комментария"),
        (5, 5, "ru", "5 комментариев"),
        (0, 1, "en", "0–1 comment"),
    ],
)
def test_a_range_ends_in_the_noun_of_its_end(low: int, high: int, lang: Lang, expected: str) -> None:
    """A range that is no range is one number; otherwise the noun goes with the larger one."""
    assert counts(low, high, "comments", lang).replace("\u00a0", " ") == expected


def test_a_list_ends_in_and() -> None:
    """Parts are joined as a sentence joins them."""
    assert listed(["walls", "photos", "videos"], "en") == "walls, photos and videos"
    assert listed(["стены", "фото"], "ru") == "стены и фото"
    assert listed(["walls"], "en") == "walls"
    assert listed([], "ru") == ""


def test_a_guess_keeps_the_digits_that_can_be_known() -> None:
    """A range of guesses is widened to two digits that count; small numbers stay as they are."""
    assert rounded(3694, 3840) == (3600, 3900)
    assert rounded(7, 99) == (7, 99)
    assert rounded(100, 101) == (100, 110)
    assert rounded(0, 0) == (0, 0)
