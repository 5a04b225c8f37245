"""What a refresh found, as a reader sees it."""

from __future__ import annotations

from typing import Any

from dashboard.components import refreshed

PLAIN = str.maketrans("\u00a0", " ")


def _told(lang: Any = "en", **sheet: Any) -> list[str]:
    return [sentence.translate(PLAIN) for sentence in refreshed.sentences(sheet, lang)]


def test_a_first_collection_has_no_changes_to_tell() -> None:
    """Thousands of comments that are all new are a collection, not a refresh."""
    sheet = {"changes": {"new": 900, "edited": 0, "deleted": 0, "restored": 0}, "refresh": {"mode": "new"}}
    assert _told(**sheet, sources=[{"reading": "full"}]) == []


def test_changes_are_counted_by_kind_without_the_kinds_that_did_not_occur() -> None:
    """New, edited, deleted and restored are different news."""
    told = _told("ru", changes={"new": 12, "edited": 0, "deleted": 1, "restored": 1})
    assert told == ["С прошлого раза: новых 12, удалённых 1 и восстановленных 1."]


def test_a_partial_refresh_says_what_it_left_out_and_what_that_may_hide() -> None:
    """The rate of edits comes with its interval, what may be unseen with its range, both with the cost."""
    told = _told(
        changes={},
        refresh={
            "mode": "changed",
            "unmoved": 40,
            "requests": 7,
            "sample": {
                "comments": 500,
                "edited": 5,
                "edit_rate": [0.004, 0.01, 0.023],
                "unread_comments": 3000,
                "unseen_edits": [12, 69.4],
            },
        },
    )
    assert told == [
        "Nothing has changed since the last time.",
        "40 sources not read again, because no count had moved there.",
        "In a sample of 500 older comments 5 had been edited: 1.0% (0.4% to 2.3%, 95% sure).",
        "So 12–69 edits may be unseen among the 3,000 not read again.",
        "It took 7 requests.",
    ]


def test_a_sample_without_an_edit_gives_the_most_there_may_be() -> None:
    """Nothing found is not a rate of about zero from zero: it is an upper bound."""
    sample = {"comments": 156, "edited": 0, "edit_rate": [0.0, 0.0, 0.04]}
    told = _told(
        refresh={"unmoved": 2, "sample": {**sample, "unread_comments": 2905, "unseen_edits": [0, 116]}}
    )
    assert told[2:] == [
        "In a sample of 156 older comments none had been edited: at most 4.0% were, 95% sure.",
        "So up to 116 edits may be unseen among the 2,905 not read again.",
    ]


def test_without_a_sample_nothing_is_estimated() -> None:
    """No rate is printed that nothing supports."""
    told = _told(refresh={"unmoved": 1, "sample": {"comments": 0, "edit_rate": None}})
    assert told == [
        "Nothing has changed since the last time.",
        "1 source not read again, because no count had moved there.",
    ]
