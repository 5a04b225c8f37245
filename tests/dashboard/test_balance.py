"""The balance sheet as a reader sees it."""

from __future__ import annotations

from typing import Any

from dashboard.components import balance


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
