"""Names and titles: what is asked of VK, what is known already, and for whom."""

from __future__ import annotations

import threading
from typing import Any

import orjson
import pytest

from core.cache import Cache
from core.collect.targets import NAMES, TITLES, names_in, resolve, resolve_names
from core.errors import VkAuthorization
from core.links import recognise
from core.models import RefusalReason, TargetKind
from core.vk.api import VkApi, connect
from core.vk.client import Meter
from tests.core.collect.running import QUICK
from tests.core.vk.fake_vk import TOKEN, URL, FakeVk


class NamelessVk(FakeVk):
    """A VK that has no names for the owners it is asked for."""

    def _call(self, method: str, params: dict[str, str]) -> Any:
        said = super()._call(method, params)
        return {"groups": []} if method == "groups.getById" and said[0] == 3 else said


def _vk(fake: FakeVk, cache: Cache | None = None, url: str = URL) -> VkApi:
    return connect(url, (TOKEN,), 0, cache=cache, transport=fake.transport(), waits=QUICK)


def test_a_name_is_asked_once_known_or_not() -> None:
    """What VK said of a name is kept, also that it knows nobody of that name."""
    fake = FakeVk({}, names={"gorod": ("group", 5)})
    vk = _vk(fake)
    for name in ("gorod", "Gorod", "gorod"):
        found = resolve(recognise(f"https://vk.com/{name} https://vk.com/nobody_here"), vk)
        assert [(each.kind, each.owner_id) for each in found.targets] == [(TargetKind.GROUP, -5)]
        assert [each.reason for each in found.refused] == [RefusalReason.UNKNOWN_NAME]
    asked = sorted(call["screen_name"].casefold() for call in fake.named_calls("utils.resolveScreenName"))
    assert asked == ["gorod", "nobody_here"]


def test_an_owner_without_a_title_is_asked_once() -> None:
    """That VK tells no name of an owner is kept for a while too; that it did not answer is not."""
    fake = NamelessVk({}, refusals={("groups.getById", 0, 0): 15})
    vk = _vk(fake)
    resolve(recognise("https://vk.com/wall-5_1"), vk)
    fake.refusals.clear()
    fake.calls.clear()
    for _ in range(3):
        resolve(recognise("https://vk.com/wall-5_1"), vk)
    assert len(fake.named_calls("groups.getById")) == 1


def test_each_vk_has_names_of_its_own() -> None:
    """With a cache in common, what the synthetic VK said of a name is not believed of the real one."""
    cache = Cache()
    demo = _vk(FakeVk({}, names={"gorod": ("group", 5)}), cache)
    real = _vk(FakeVk({}, names={"gorod": ("user", 7)}), cache, "https://other.example/method/")
    owners = [resolve(recognise("https://vk.com/gorod"), vk).targets[0].owner_id for vk in (demo, real)]
    assert owners == [-5, 7]


def test_what_is_known_of_names_is_told_without_asking() -> None:
    """Names are known from the cache or from the caller; those that mean nobody are not among them."""
    fake = FakeVk({}, names={"gorod": ("group", 5)})
    vk = _vk(fake)
    pasted = recognise("https://vk.com/gorod https://vk.com/nobody_here https://vk.com/never_asked")
    resolve_names(
        recognise("https://vk.com/nobody_here"), vk, threading.Event(), Meter(), {"gorod": ("group", 5)}
    )
    calls = len(fake.calls)
    assert names_in(pasted, vk) == {"gorod": ("group", 5)}
    assert len(fake.calls) == calls


def test_an_error_is_not_an_answer_about_names() -> None:
    """When VK refuses the token nothing is kept of the name, so it is asked for again."""
    fake = FakeVk({}, names={"gorod": ("group", 5)})
    cache = Cache()
    refusing = connect(URL, ("another-token",), 0, cache=cache, transport=fake.transport(), waits=QUICK)
    with pytest.raises(VkAuthorization):
        resolve(recognise("https://vk.com/gorod"), refusing)
    assert resolve(recognise("https://vk.com/gorod"), _vk(fake, cache)).targets[0].owner_id == -5


@pytest.mark.parametrize("kept", [["group", "5"], ["group"], 7, {}])
def test_a_foreign_owner_is_not_believed(kept: object) -> None:
    """Only a type with a number is an owner, and only a text a title, whoever wrote the entry."""
    for space in (NAMES, TITLES):
        assert space.codec is not None
        with pytest.raises((ValueError, TypeError)):
            space.codec.decode(orjson.dumps(kept))
