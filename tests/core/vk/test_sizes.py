"""How much a pack may hold: never more than VK takes, and close to it once sizes are known."""

from __future__ import annotations

from core.vk.execute import ApiCall
from core.vk.sizes import MOST_BYTES, MOST_CALLS, PackSizes


def call(weight: int, post: int = 1, offset: int = 0) -> ApiCall:
    """Build a call that may bring so many comments."""
    params: dict[str, str | int] = {"owner_id": -5, "post_id": post}
    return ApiCall("wall.getComments", params | ({"offset": offset} if offset else {}), weight)


def test_light_calls_are_packed_by_twenty_five() -> None:
    """VK's number of calls is the limit where answers are small; at least one call always goes out."""
    sizes = PackSizes()
    assert sizes.fitting([call(20)] * 30) == list(range(MOST_CALLS))
    assert sizes.fitting([call(1_000_000)]) == [0]
    assert sizes.fitting([]) == []


def test_heavy_calls_make_small_packs() -> None:
    """Calls that may answer a thousand comments each are not packed by 25: five megabytes are the limit."""
    assert 2 < len(PackSizes().fitting([call(1100)] * 25)) < 15


def test_what_no_longer_fits_is_left_out_for_what_does() -> None:
    """A light call behind a heavy one fills what the heavy one would not."""
    heavy, light = call(6_000), call(10)
    assert PackSizes().fitting([heavy, heavy, light, heavy, light]) == [0, 2, 4]


def test_packs_come_close_to_the_limit_once_sizes_are_known() -> None:
    """After some packs of pages of 300 kB a pack holds as many as fit, and not one more."""
    sizes = PackSizes()
    pages = [call(1000, offset=100)] * 25
    for _ in range(20):
        fit = sizes.fitting(pages)
        sizes.fitted([pages[place] for place in fit], [300_000] * len(fit))
    assert MOST_BYTES * 0.9 < len(sizes.fitting(pages)) * 300_000 <= MOST_BYTES


def test_each_source_is_known_by_its_own_pages() -> None:
    """A post of long comments makes small packs, another one of short comments does not suffer for it."""
    sizes = PackSizes()
    for post, size in ((1, 900_000), (2, 100_000)):
        for _ in range(5):
            sizes.fitted([call(1000, post, 100)] * 5, [size] * 5)
    assert len(sizes.fitting([call(1000, 1, 200)] * 25)) < 7
    assert len(sizes.fitting([call(1000, 2, 200)] * 25)) == MOST_CALLS


def test_too_large_by_bytes_is_one_finding_for_all_under_way() -> None:
    """Several packs of the same size that fail together make packs smaller once, not each time."""
    sizes = PackSizes()
    pages = [call(1100)] * 25
    fit = [pages[place] for place in sizes.fitting(pages)]
    for _ in range(4):
        sizes.too_large(fit)
    assert len(fit) * 0.5 < len(sizes.fitting(pages)) < len(fit)


def test_too_large_for_another_reason_halves_the_calls() -> None:
    """When it cannot be the bytes, the number of calls is halved, once for all that were under way."""
    sizes = PackSizes()
    for _ in range(3):
        sizes.too_large([call(1)] * MOST_CALLS)
    assert sizes.calls == MOST_CALLS // 2
