"""Hits in their threads as the reader draws them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from core.models import CommentState
from core.query import Query
from core.storage.reads import Evidence, Version
from core.storage.reads_reader import Given
from dashboard.components.reader_rows import Beside, Place, hits, opened, threads, told

NOTHING = Beside({}, {}, {}, {})


def row(number: int, root: int | None = None, hit: int | None = None, **fields: Any) -> dict[str, Any]:
    """Build a row of a page of conversations."""
    return {
        "comment_key": f"wall:-1_2:{number}",
        "source": "wall:-1_2",
        "comment_id": number,
        "root_id": root,
        "parent_id": root,
        "author_id": 7,
        "author_name": f"Автор {number}",
        "author_is_community": False,
        "is_post_author": False,
        "published_at": datetime.fromisoformat(f"2026-03-02T09:{number:02d}"),
        "text": f"текст {number}",
        "likes": 0,
        "attachments": [],
        "state": "live",
        "edited_at": None,
        "url": "",
        "number": hit,
        "answers": 0,
        **fields,
    }


ROWS = [row(8, 1, hit=3, answers=9), row(1, answers=9), row(5, 1, hit=1, answers=9), row(2, hit=2)]


def test_each_thread_stands_once_where_its_first_hit_is() -> None:
    """Threads follow the order of the query, comments of a thread the conversation."""
    listed = threads(ROWS)
    assert [each.key for each in listed] == ["wall:-1_2:1", "wall:-1_2:2"]
    assert [each["comment_id"] for each in listed[0].rows] == [1, 5, 8]
    assert hits(listed) == ["wall:-1_2:5", "wall:-1_2:8", "wall:-1_2:2"]


def test_what_is_not_shown_is_counted() -> None:
    """Ten in the thread, three of them here: seven more."""
    listed = threads(ROWS)
    assert listed[0].hidden == 7
    drawn = told(listed, NOTHING, Place(51, 230), Query(), "en")
    assert drawn[0]["more"] == "… 7\u00a0comments more"
    assert drawn[1]["more"] == ""


def test_hits_are_numbered_through_all_pages() -> None:
    """The second page goes on where the first ended, in reading order."""
    drawn = told(threads(ROWS), NOTHING, Place(51, 230), Query(), "ru")
    assert [each["place"] for each in drawn[0]["comments"]] == [
        "",
        "51 из 230 найденных",
        "52 из 230 найденных",
    ]
    assert [each["is_hit"] for each in drawn[0]["comments"]] == [False, True, True]


def test_a_source_is_named_where_it_changes() -> None:
    """Threads of one post in a row stand under one title."""
    drawn = told(threads(ROWS), Beside({"wall:-1_2": "Пост"}, {}, {}, {}), Place(1, 3), Query(), "en")
    assert [each["title"] for each in drawn] == ["Пост", ""]


def test_an_opened_thread_keeps_its_hits() -> None:
    """All comments of the thread are shown, and the same ones are hits."""
    whole = [row(1), *(row(number, 1) for number in range(2, 11))]
    thread = opened(threads(ROWS)[0], whole, "wall:-1_2:5")
    assert (thread.size, thread.hidden, thread.is_open) == (10, 0, True)
    assert thread.hits == ["wall:-1_2:5", "wall:-1_2:8"]


def test_labels_attachments_and_versions_stand_with_their_comment() -> None:
    """Labels say who gave them and why, attachments lead on where an address is known, versions say when."""
    seen = datetime(2026, 3, 2, 12, tzinfo=UTC)
    version = Version("new", seen, seen, "было", 0, CommentState.LIVE, Evidence.NONE)
    beside = Beside(
        {},
        {"wall:-1_2:2": [Given("тема", "быт", "Анна", "точно"), Given("тема", "зло", "", "")]},
        {"wall:-1_2:2": ["https://vk.com/photo1_2"]},
        {"wall:-1_2:2": [version]},
    )
    rows = [row(2, hit=1, attachments=["photo"], state="edited")]
    comment = told(threads(rows), beside, Place(1, 1), Query(), "en")[0]["comments"][0]
    assert comment["labels"] == [
        {"text": "тема: быт · Анна · точно", "title": ""},
        {"text": "тема: зло · no name", "title": ""},
    ]
    assert comment["attached"] == [{"name": "photo", "url": "https://vk.com/photo1_2"}]
    assert comment["versions"][0]["text"] == "было"
    assert comment["is_edited"]


def test_a_label_that_two_coders_gave_stands_once() -> None:
    """Coders who agree make one label that names them both; another value is another label."""
    given = [
        Given("тема", "быт", "Анна", "точно"),
        Given("тема", "быт", "Борис", ""),
        Given("тема", "зло", "Вера", ""),
    ]
    beside = Beside({}, {"wall:-1_2:2": given}, {}, {})
    comment = told(threads([row(2, hit=1)]), beside, Place(1, 1), Query(), "en")[0]["comments"][0]
    assert comment["labels"] == [
        {"text": "тема: быт · Анна · точно; Борис", "title": ""},
        {"text": "тема: зло · Вера", "title": ""},
    ]


def test_a_mark_has_words_and_a_long_note_is_cut() -> None:
    """Who has looked stands beside the sign for it; what of a note has no room is its hint."""
    note = "слово " * 30
    given = [Given("checked", "yes", "Анна", ""), Given("тема", "быт", "Борис", note)]
    beside = Beside({}, {"wall:-1_2:2": given}, {}, {})
    comment = told(threads([row(2, hit=1)]), beside, Place(1, 1), Query(), "ru")[0]["comments"][0]
    checked, long = comment["labels"]
    assert checked == {"text": "✓ Проверено · Анна", "title": ""}
    assert long["text"].startswith("тема: быт · Борис · слово слово")
    assert long["text"].endswith("…")
    assert long["title"] == note


def test_attachments_whose_addresses_do_not_fit_have_none() -> None:
    """Addresses of an older observation with other attachments are not given to the wrong ones."""
    beside = Beside({}, {}, {"wall:-1_2:2": ["https://vk.com/photo1_2"]}, {})
    rows = [row(2, hit=1, attachments=["sticker", "photo"])]
    comment = told(threads(rows), beside, Place(1, 1), Query(), "ru")[0]["comments"][0]
    assert [each["url"] for each in comment["attached"]] == ["", ""]
