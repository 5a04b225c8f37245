"""What the page says of a token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.vk.tokens import TokenState
from dashboard.components import tokens

ROOT = Path(__file__).parents[2]
WALLS = {"wall.getComments": True, "board.getComments": True}
REST = ("photos.getComments", "video.getComments", "market.getComments")


def _token(**fields: Any) -> TokenState:
    values: dict[str, Any] = {
        "id": "ab12cd34",
        "number": 1,
        "kind": "service",
        "may_execute": False,
        "methods": {},
        "checked_at": None,
        "problem": None,
        "calls_today": {},
        "limits": {},
        "pause": None,
        **fields,
    }
    return TokenState(**values)


def test_a_service_key_says_what_it_reads_and_what_it_needs_help_for() -> None:
    """An analyst learns before the start which sources want another token."""
    token = _token(methods={**WALLS, **dict.fromkeys(REST, False)})
    assert tokens.reads(token, "en") == [
        "Reads walls and discussions.",
        "A user token is needed for photos, videos and products.",
    ]
    assert tokens.reads(token, "ru")[0] == "Читает: стены и обсуждения."


def test_a_user_token_without_rights_is_not_told_to_be_a_user_token() -> None:
    """What a user token lacks is a right, not another kind."""
    (_, lacks) = tokens.reads(_token(kind="user", methods={**WALLS, **dict.fromkeys(REST, False)}), "en")
    assert lacks == "It has no right to read photos, videos and products."


def test_what_nobody_tried_is_not_claimed() -> None:
    """A token that was not probed neither can nor cannot."""
    assert tokens.reads(_token(methods=WALLS), "en")[-1] == "Not tried yet: photos, videos and products."
    assert tokens.packs(_token(may_execute=None), "en").endswith("not known yet.")


def test_a_token_that_reads_everything_says_so_once() -> None:
    """No list where there is no difference, and no promise where nothing can be read."""
    assert len(tokens.reads(_token(methods={**WALLS, **dict.fromkeys(REST, True)}), "ru")) == 1
    nothing = dict.fromkeys([*WALLS, *REST], False)
    assert tokens.reads(_token(kind="community", methods=nothing), "en") == ["It cannot read any comments."]


def test_what_is_spent_of_a_day_stands_beside_what_remains() -> None:
    """Calls are counted with VK's known limits, and a warning comes at four fifths."""
    token = _token(
        calls_today={"wall.get": 4100, "execute": 20}, limits={"wall.get": 5000, "wall.search": 1000}
    )
    assert tokens.spent(token, "en") == "Calls today: 4,120 · wall.get: 4,100 of 5,000, 900 left"
    assert [quota.method for quota in tokens.quotas(token) if quota.is_nearly_spent] == ["wall.get"]


@pytest.mark.parametrize("document", ["README.md", "docs/README.ru.md"])
def test_the_documents_send_for_a_key_where_the_page_sends(document: str) -> None:
    """Whoever reads first and whoever clicks first open the same address of VK."""
    text = (ROOT / document).read_text("utf-8")
    assert f"]({tokens.APPS})" in text
    assert "dev.vk.com" not in text
