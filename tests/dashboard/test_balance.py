"""The balance sheet as a reader sees it."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.components import balance, missing


def _source(name: str, state: str, **more: Any) -> dict[str, Any]:
    return {"source": name, "title": "", "state": state, "declared": 0, "collected": 0, **more}


def _sheet(*sources: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"state": "partial", "sources": sources, **more}


def test_equal_fates_are_one_line_and_the_gravest_comes_first() -> None:
    """Eight closed posts are not eight rows, and what did not arrive is not below what did."""
    sheet = _sheet(
        _source("wall:-1_9", "complete", declared=3, collected=3),
        *(_source(f"wall:-1_{n}", "closed", declared=None) for n in range(8)),
    )
    folded = balance.groups(balance.rows(sheet, "ru", is_demo=False))
    assert [balance.headline(group, "ru") for group in folded] == [
        "комментарии закрыты: 8\u00a0источников",
        "полностью: 1\u00a0источник",
    ]
    assert folded[0].remedy == "Комментарии там выключены; собирать нечего."


def test_a_refusal_is_told_by_its_own_reason() -> None:
    """A deleted post and a closed community need different remedies, so they are two lines."""
    sheet = _sheet(
        _source("wall:-1_1", "refused", refused_code=100), _source("wall:-2_1", "refused", refused_code=15)
    )
    remedies = [group.remedy for group in balance.groups(balance.rows(sheet, "en", is_demo=False))]
    assert len(remedies) == 2
    assert remedies[0].startswith("VK has nothing under this link.")
    assert remedies[1].startswith("VK gives no access")


def test_a_source_without_a_title_is_named_by_its_address() -> None:
    """A reader clicks on what VK refused instead of reading the program's own name for it."""
    sheet = _sheet(_source("market:-1_3", "refused"), _source("wall:-1_2", "refused", title="A post"))
    names = {row.name for row in balance.rows(sheet, "en", is_demo=False)}
    assert names == {"https://vk.com/product-1_3", "A post"}


def test_a_link_the_demo_does_not_know_leads_to_the_token() -> None:
    """Somebody who pastes a real link without a token learns that a token is what is missing."""
    sheet = _sheet(
        _source("wall:-1_1", "refused", refused_code=100),
        refused=[{"input": "https://vk.com/durov", "reason": "unknown_name"}],
    )
    (group,) = balance.groups(balance.rows(sheet, "ru", is_demo=True))
    assert "токен" in group.remedy
    assert len(group.rows) == 2


def test_a_cancelled_collection_is_not_blamed_on_vk() -> None:
    """What was not read yet is to be gone on with; VK holds nothing back."""
    sheet = _sheet(_source("wall:-1_1", "partial", declared=9, collected=2))
    (group,) = balance.groups(balance.rows(sheet, "en", is_demo=False, is_stopped=True))
    assert group.remedy.startswith("The collection stopped before.")


def test_the_total_counts_requests_not_the_calls_packed_into_them() -> None:
    """Twenty-five calls travel in one request; the reader is told how often VK was asked."""
    sheet = _sheet(_source("wall:-1_1", "complete", declared=3, collected=3), calls=467, requests=21)
    told = balance.total(balance.rows(sheet, "ru", is_demo=False), sheet, "ru")
    assert told.endswith("к ВК ушло: 21\u00a0запрос.")


def test_a_state_of_a_newer_version_is_still_shown() -> None:
    """A sheet with a state this page does not know is shown as unknown, not lost."""
    (group,) = balance.groups(balance.rows(_sheet(_source("wall:-1_1", "odd")), "en", is_demo=False))
    assert balance.headline(group, "en") == "unknown: 1\u00a0source"


def _whole(**more: Any) -> dict[str, Any]:
    source = _source("wall:-1_1", "complete", declared=1234, collected=1234)
    return _sheet(source, _source("wall:-1_2", "empty"), **{"state": "succeeded", **more})


def test_a_seal_is_given_to_a_sheet_that_balances() -> None:
    """The sentence says both numbers, so that anybody can check it at VK."""
    assert balance.seal(_whole(), "en") == "Complete: VK declares 1,234\u00a0comments, here are 1,234"
    assert (
        balance.seal(_whole(), "ru") == "Полностью: ВК заявляет 1\u00a0234\u00a0комментария, здесь 1\u00a0234"
    )


@pytest.mark.parametrize(
    "spoilt",
    [
        {"state": "partial"},
        {"refused": [{"input": "x", "reason": "malformed"}]},
        {"refused_targets": [{"input": "x", "code": "access_denied"}]},
        {"sources": []},
        {"sources": [_source("wall:-1_1", "complete", declared=9, collected=8)]},
        {"sources": [_source("wall:-1_1", "refused", declared=None)]},
        {"sources": [_source("wall:-1_1", "complete", missing_threads=[{"comment_key": "w", "missing": 1}])]},
    ],
)
def test_there_is_no_seal_where_anything_is_missing(spoilt: dict[str, Any]) -> None:
    """One hidden reply, one refused link, one source in part: no seal."""
    assert balance.seal({**_whole(), **spoilt}, "en") == ""


def test_what_is_missing_is_named_with_a_link_to_vk() -> None:
    """A thread that lost a reply can be opened and looked at."""
    source = _source(
        "wall:-1_2",
        "partial",
        declared=9,
        collected=5,
        missing_roots=1,
        missing_threads=[
            {"comment_key": "wall:-1_2:17", "missing": 1},
            {"comment_key": "wall:-1_2:30", "missing": 2},
        ],
    )
    (group,) = balance.groups(balance.rows(_sheet(source), "en", is_demo=False))
    assert (
        balance.named(group, "en")
        .replace("\u00a0", " ")
        .endswith(
            "Missing: top-level comments: 1; [thread 30](https://vk.com/wall-1_2?reply=30): 2 replies; "
            "[thread 17](https://vk.com/wall-1_2?reply=17): 1 reply."
        )
    )
    assert missing.amount(source) == 4


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("topic:-1_2:3", "https://vk.com/topic-1_2?post=3"),
        ("market:-1_2:3", "https://vk.com/product-1_2?reply=3"),
        ("video:5_2:3", "https://vk.com/video5_2?reply=3"),
    ],
)
def test_a_link_to_a_comment_is_written_as_vk_writes_it(key: str, expected: str) -> None:
    """Each kind of source has its own address."""
    assert missing.link(key) == expected


def test_the_table_shows_what_each_source_cost_and_lacks() -> None:
    """Declared, collected, missing, calls and bytes stand side by side; what an old sheet lacks is empty."""
    frame = balance.table(
        _sheet(_source("wall:-1_1", "partial", declared=9, collected=7, calls=3, bytes=2048)), "ru"
    )
    (row,) = frame.to_dict("records")
    assert (row["state"], row["declared"], row["missing"], row["calls"]) == ("частично", 9, 2, 3)
    assert row["roots"] is None


def test_the_table_begins_with_what_went_wrong() -> None:
    """Nobody scrolls past a thousand complete posts to find the one that is not."""
    sheet = _sheet(
        _source("wall:-1_1", "complete", declared=9, collected=9),
        _source("wall:-1_2", "partial", declared=3, collected=1),
        _source("wall:-1_3", "refused", declared=None),
    )
    assert list(balance.table(sheet, "en")["source"]) == ["wall-1_3", "wall-1_2", "wall-1_1"]
