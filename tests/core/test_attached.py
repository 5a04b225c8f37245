"""Attachments as addresses."""

from typing import Any

import pytest

from core.links import attachment_url


@pytest.mark.parametrize(
    ("attachment", "url"),
    [
        ({"type": "photo", "photo": {"owner_id": -1, "id": 2}}, "https://vk.com/photo-1_2"),
        ({"type": "market", "market": {"owner_id": -1, "id": 2}}, "https://vk.com/product-1_2"),
        ({"type": "wall", "wall": {"to_id": 5, "from_id": 6, "id": 2}}, "https://vk.com/wall5_2"),
        (
            {"type": "wall_reply", "wall_reply": {"owner_id": 5, "post_id": 2, "id": 3}},
            "https://vk.com/wall5_2?reply=3",
        ),
        ({"type": "link", "link": {"url": "https://example.org/a"}}, "https://example.org/a"),
    ],
)
def test_a_known_kind_has_an_address(attachment: dict[str, Any], url: str) -> None:
    """Each kind leads to its page on VK, a link to where it points."""
    assert attachment_url(attachment) == url


@pytest.mark.parametrize(
    "attachment",
    [
        {},
        {"type": "sticker", "sticker": {"sticker_id": 1}},
        {"type": "photo", "photo": {"owner_id": "-1", "id": 2}},
        {"type": "photo"},
        {"type": "link", "link": {"url": "javascript:alert(1)"}},
        {"type": "link", "link": {"url": "https://x/" + "a" * 3000}},
        {"type": "wall_reply", "wall_reply": {"owner_id": 5, "id": 3}},
    ],
)
def test_what_has_no_page_has_no_address(attachment: dict[str, Any]) -> None:
    """Nothing is guessed, and nothing but a web address is let through."""
    assert attachment_url(attachment) == ""
