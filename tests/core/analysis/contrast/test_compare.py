"""Two sets side by side: planted differences are found, halves of the same are not, few are not judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.analysis.contrast.compare import verdicts
from core.analysis.contrast.differences import contrasted, sign_flips
from core.analysis.contrast.measures import NAMES, Lengths, at, pairs
from core.models import Comment, SourceKind
from core.query import Query
from tests.builders import at as hours_after
from tests.builders import comment
from tests.core.enriched import answer, enriched, rows

TEXTS = ("Отличный магазин, спасибо", "Когда привезут заказ?", "Были вчера, народу много")
OF_SECOND = tuple(f"wall:-2_{n}" for n in range(1, 11))
COUNTS = (
    "comments", "replies", "read", "questions", "liked", "likes", "likes_squares", "judged", "negative",
    "neutral", "positive", "unsure", "toxicity", "toxicity_squares", "deleted", "standing", "attachments",
    "links", "dated", "night", "measured", "to_median_a", "to_median_b", "longer",
)  # fmt: skip


def talk(key: str, first: int, authors: int, **fields: object) -> list[Comment]:
    """Build three comments of each author under ten posts, one hour apart."""
    return [
        comment(
            first + 3 * author + n,
            TEXTS[n],
            author_id=first + author,
            source=f"wall:{key}_{author % 10 + 1}",
            published_at=hours_after(author % 60),
            **fields,
        )
        for author in range(authors)
        for n in range(3)
    ]


def test_a_planted_difference_is_found_and_others_are_not() -> None:
    """One community answers with pictures and is liked more: these differ, its moods and lengths do not."""
    store = enriched(
        [*talk("-1", 1000, 60), *talk("-2", 5000, 60, likes=9, attachments=("photo",))],
    )
    found = answer(store, "compare", Query(source=OF_SECOND), resamples=499)
    assert [row["measure"] for row in found.rows] == list(NAMES)
    verdict = {str(row["measure"]): row["verdict"] for row in found.rows}
    assert {name for name, said in verdict.items() if said == "differs"} == {
        "likes_per_comment",
        "attachment_share",
    }
    (likes,) = rows(found, measure="likes_per_comment")
    assert (likes["value_a"], likes["value_b"], likes["difference"], likes["n_a"]) == (9, 1, 8, 180)
    assert likes["p"] == pytest.approx(1 / 500)
    (length,) = rows(found, measure="median_length")
    assert (length["value_a"], length["value_b"], length["difference"]) == (3, 3, 0)
    assert (found.summary["comments_a"], found.summary["authors_a"], found.summary["posts_b"]) == (
        180,
        60,
        10,
    )
    assert (found.summary["in_both"], found.summary["differ"]) == (0, 2)
    assert [note.code for note in found.notes] == ["compare_rest", "compare_few", "uncalibrated"]


def test_sets_may_share_comments_and_a_note_says_so() -> None:
    """Whoever compares a month with all of it is told how many comments are in both."""
    store = enriched(talk("-1", 1000, 40))
    found = answer(store, "compare", Query(until=date(2026, 3, 3)), Query(), resamples=499)
    assert found.summary["in_both"] == found.summary["comments_a"] > 0
    assert "compare_overlap" in [note.code for note in found.notes]
    assert "compare_rest" not in [note.code for note in found.notes]


def test_one_post_with_another_has_authors_as_clusters() -> None:
    """With a single post in each set the figures are about these posts, and a note says so."""
    store = enriched(talk("-1", 1000, 100))
    found = answer(
        store, "compare", Query(source=("wall:-1_1",)), Query(source=("wall:-1_2",)), resamples=499
    )
    assert "compare_these_posts" in [note.code for note in found.notes]
    (share,) = rows(found, measure="question_share")
    assert (share["verdict"], share["n_a"], share["n_b"]) == ("no difference seen", 30, 30)


def test_few_are_too_few_to_say() -> None:
    """Of a handful there are numbers of comments, and neither values nor differences nor verdicts."""
    store = enriched(talk("-1", 1000, 3))
    found = answer(store, "compare", Query(source=("wall:-1_1",)), resamples=499)
    assert {row["verdict"] for row in found.rows} == {"too few to say"}
    assert all(row["value_a"] is None and row["q"] is None for row in found.rows)
    assert (found.summary["tested"], found.summary["differ"]) == (0, 0)
    nothing = answer(enriched([]), "compare", resamples=499)
    assert nothing.summary["comments_a"] == 0


def test_a_time_that_is_too_long_has_no_rate() -> None:
    """A date far in the future, as files have them, does not make millions of empty days."""
    comments = [*talk("-1", 1000, 40), comment(1, "Из будущего", published_at=hours_after(24 * 30_000))]
    (rate,) = rows(answer(enriched(comments), "compare", resamples=499), measure="comments_per_day")
    assert (rate["value_a"], rate["n_a"]) == (None, 0)


def halves(seed: int, split: str) -> tuple[pd.DataFrame, pd.DataFrame, Lengths]:
    """Return a world of loud and quiet authors with habits, whose comments, or they, are split."""
    chance = np.random.default_rng(seed)
    authors = np.repeat(np.arange(120), chance.geometric(0.2, 120))
    size = len(authors)
    in_a = chance.random(size) < 0.5 if split == "comments" else (chance.random(120) < 0.5)[authors]
    sets = {"in_a": in_a, "in_b": ~in_a}
    habits = chance.beta(2, 4, (120, len(COUNTS)))[authors]
    values = (chance.random((size, len(COUNTS))) < habits).astype(float)
    frame = pd.DataFrame(values, columns=list(COUNTS)).assign(
        author=authors, post=chance.integers(0, 12, size), **sets
    )
    frame[["comments", "read", "liked", "judged", "standing", "dated", "measured"]] = 1.0
    frame["likes"] = chance.geometric(0.3, size) * (1 + authors % 5)
    frame["likes_squares"], frame["toxicity_squares"] = frame["likes"] ** 2, frame["toxicity"] ** 2
    words = chance.integers(1, 20, size)
    lengths = Lengths.of(pd.DataFrame({"length": words, **sets}).groupby("length").sum().reset_index())
    for name, middle in zip(("to_median_a", "to_median_b"), lengths.medians(), strict=False):
        frame[name] = (words <= middle).astype(float)
    frame["longer"] = (words > lengths.medians()[2]).astype(float)
    days = pd.DataFrame({"day": chance.integers(0, 40, size), **sets}).groupby("day").sum().reset_index()
    return frame, days, lengths


@pytest.mark.slow
@pytest.mark.parametrize("split", [pytest.param("comments", marks=pytest.mark.soak), "authors"])
def test_halves_of_the_same_do_not_differ(split: str) -> None:
    """In no more of 30 worlds split by chance something differs than a rate of 1 in 20 allows for."""
    wrong = 0
    for seed in range(30):
        cells, days, lengths = halves(seed, split)
        told = verdicts([contrasted(pair, lengths, 499, 1) for pair in pairs(cells, days)])
        assert all(row["q"] is not None for row in told)
        wrong += any(row["verdict"] == "differs" for row in told)
    assert wrong <= 5


def test_turning_round_what_always_agrees_is_rare() -> None:
    """Twenty differences of one sign are by chance once in half a million; those of both signs are usual."""
    assert sign_flips(np.ones(20), 499, 1) == pytest.approx(1 / 500)
    assert sign_flips(np.array([1.0, -1.0] * 10), 499, 1) == 1


def test_many_busier_authors_make_a_busier_set() -> None:
    """Three times as many comments a day by as many more authors is a difference, beyond days and authors."""
    few = [each for each in talk("-1", 1000, 90) if each.author_id is not None]
    many = [
        comment(
            9000 + n, "Привет", author_id=9000 + n, source=f"wall:-2_{n % 9 + 1}", published_at=hours_after(n)
        )
        for n in range(900)
    ]
    spread = [replace(each, published_at=hours_after(n * 3)) for n, each in enumerate(few)]
    store = enriched([*spread, *many])
    (rate,) = rows(
        answer(store, "compare", Query(kind=(SourceKind.WALL,), source=OF_SECOND)), measure="comments_per_day"
    )
    assert rate["verdict"] == "differs"
    assert float(str(rate["value_b_high"])) < float(str(rate["value_a_low"]))


def test_a_median_is_a_length_that_occurs() -> None:
    """The least length with half of all comments at or below it; nothing has none."""
    words = np.array([1.0, 5.0, 9.0])
    assert at(words, np.array([2.0, 1.0, 1.0]), 0.5) == 1
    assert at(words, np.array([1.0, 1.0, 2.0]), 0.5) == 5
    assert at(words, np.array([0.0, 0.0, 0.0]), 0.5) == 0


@pytest.mark.parametrize(
    ("query", "other"),
    [
        (Query(root=("wall:-1_1:1000",)), None),
        (Query(hour=(15,), topic=(1,)), Query(weekday=(1,), label=("mood:good",))),
        (Query(author=(1000,), entity=("Омск",)), Query(author=(1001,), regex="спасибо")),
    ],
)
def test_any_filters_may_be_compared(query: Query, other: Query | None) -> None:
    """Whatever two sets are made of, every measure has a row with what it stands on in both."""
    found = answer(enriched(talk("-1", 1000, 12)), "compare", query, other, resamples=499)
    assert [row["measure"] for row in found.rows] == list(NAMES)
    assert all(isinstance(row["n_a"], int) and isinstance(row["n_b"], int) for row in found.rows)
