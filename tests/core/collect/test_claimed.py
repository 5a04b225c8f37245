"""What a collection wants to itself."""

from __future__ import annotations

import pytest

from core.collect.claimed import claims_of
from core.links import recognise
from core.models import Target, TargetKind
from tests.core.collect.running import MovingVk, desk
from tests.core.vk.fake_vk import post


@pytest.mark.parametrize(
    ("link", "claims"),
    [
        ("https://vk.com/wall-1_2", {"wall:-1_2"}),
        ("https://vk.com/wall-1_2?reply=4", {"wall:-1_2"}),
        ("https://vk.com/photo-1_2?reply=3", {"photo:-1_2"}),
        ("https://vk.com/topic-1_2", {"topic:-1_2"}),
        ("https://vk.com/video-1_2", {"video:-1_2"}),
        ("https://vk.com/club1", {"wall:-1"}),
        ("https://vk.com/id5", {"wall:5"}),
        ("https://vk.com/board1", {"topic:-1"}),
        ("https://vk.com/album-1_00", {"photo:-1"}),
        ("https://vk.com/somebody", set()),
        ("https://vk.com/wall-1_2 https://vk.com/wall-1_2 https://vk.com/wall-3", {"wall:-1_2", "wall:-3"}),
    ],
)
def test_links_name_the_sources_they_lead_to(link: str, claims: set[str]) -> None:
    """A link to one thing claims it, a link to many claims all of the owner, a name nothing yet."""
    assert claims_of(recognise(link).targets) == claims


def test_a_comment_of_an_unknown_place_claims_nothing() -> None:
    """What cannot be told beforehand is not guessed."""
    assert claims_of([Target("x", TargetKind.COMMENT, -1, 2, 3)]) == frozenset()


class TakenError(Exception):
    """Stands for a source that another task has."""


def test_a_collection_claims_what_its_names_mean_before_it_lists_anything() -> None:
    """Whoever may not have the sources has asked VK for the name alone, and does not ask for it again."""
    vk = MovingVk({(-5, 1): post(3)}, names={"klub": ("group", 5)})
    claimed: list[frozenset[str]] = []

    def refuse(keys: frozenset[str]) -> None:
        claimed.append(keys)
        raise TakenError

    with desk(vk) as at:
        with pytest.raises(TakenError):
            at.collect("vk.com/klub wall-7_1", claim=refuse)
        assert claimed == [frozenset({"wall:-5", "wall:-7_1"})]
        assert [method for method, _ in vk.calls] == ["utils.resolveScreenName"]
        vk.calls.clear()
        assert at.collect("vk.com/klub", claim=claimed.append).state == "succeeded"
        assert "utils.resolveScreenName" not in [method for method, _ in vk.calls]
    assert claimed[1:] == [frozenset({"wall:-5"})]
