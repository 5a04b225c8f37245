"""What the world tells: the stories, the kinds of texts, and that it is always the same."""

from collections import Counter, defaultdict

import pytest

from core.sandbox import stories
from core.sandbox.discussion import Discussion
from core.sandbox.draw import ANSWER, CAMPAIGN_ACCOUNTS, MAX_THREAD
from core.sandbox.plan import Kind
from core.sandbox.render import text_of
from core.sandbox.wording import Wording
from core.sandbox.world import World
from tests.core.sandbox.caller import Start

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def world() -> World:
    """Return the default world without a server."""
    return World(20_000, 7)


def _talks(world: World, owner_id: int, kind: Kind = "wall") -> list[Discussion]:
    return [world.discussion(item) for item in world.lists[kind, owner_id]]


def _texts(world: World, kind: Kind = "wall") -> list[str]:
    return [
        text_of(world.seed, talk, place)
        for (name, owner_id) in list(world.lists)
        if name == kind
        for talk in _talks(world, owner_id, kind)
        for place in talk.by_id.values()
    ]


@pytest.mark.parametrize("size", [0, 1, 300, 5_000])
def test_world_has_the_size_that_was_asked_for(size: int) -> None:
    """Any size is possible, and the sum over all objects is exact."""
    world = World(size, 7)
    assert world.comments == sum(world.count(item) for item in world.items.values()) == size


def test_same_seed_same_bytes(started: Start) -> None:
    """Two servers with the same seed and size answer byte for byte alike, another seed differently."""
    asked = {
        "owner_id": stories.CITY.owner_id,
        "post_id": stories.CITY.hero_post_id,
        "count": 100,
        "v": "5.199",
    }
    asked |= {"extended": 1, "thread_items_count": 10, "need_likes": 1, "access_token": stories.TOKENS.USER}
    bodies = []
    for seed in (3, 3, 4):
        vk = started(comments=1_000, seed=seed)
        bodies.append(vk.http.post(vk.url + "wall.getComments", data=asked).content)
    assert bodies[0] == bodies[1] != bodies[2]


@pytest.mark.parametrize("size", [300, 20_000])
def test_hero_posts_keep_their_address_in_any_world(size: int) -> None:
    """The links the app proposes hold whatever the size and the seed."""
    for seed in (1, 7):
        world = World(size, seed)
        for place in stories.COMMUNITIES:
            if place.share:
                item = world.items["wall", place.owner_id, place.hero_post_id]
                assert item.is_hero
                assert world.count(item) == max(
                    world.count(other) for other in world.lists["wall", place.owner_id]
                )


def test_event_dominates_its_days(world: World) -> None:
    """Most of what was written in the days of the event stands under one post."""
    inside = Counter()
    for talk in _talks(world, stories.CITY.owner_id):
        inside[talk.item.item_id] += sum(0 <= date - stories.EVENT < 2 * 86_400 for date in talk.dates)
    assert inside[stories.CITY.hero_post_id] > 0.7 * inside.total()


def test_evenings_are_busier_than_nights(world: World) -> None:
    """People write in Moscow evenings, hardly at night."""
    hours = Counter(
        (date + 3 * 3_600) // 3_600 % 24
        for talk in _talks(world, stories.SHOP.owner_id)
        for date in talk.dates
    )
    assert sum(hours[hour] for hour in (19, 20, 21)) > 6 * sum(hours[hour] for hour in (2, 3, 4))


def test_campaign_is_a_few_accounts_minutes_apart(world: World) -> None:
    """The campaign is written by few accounts, under several posts, each time within minutes."""
    found = defaultdict(list)
    for talk in _talks(world, stories.CITY.owner_id):
        for place, wording in enumerate(talk.wording):
            if wording == Wording.CAMPAIGN:
                found[talk.item.item_id].append((talk.authors[place], talk.dates[place]))
    accounts = {author for rows in found.values() for author, _ in rows}
    spans = [max(date for _, date in rows) - min(date for _, date in rows) for rows in found.values()]
    assert (len(found), len(accounts)) == (5, CAMPAIGN_ACCOUNTS)
    assert max(spans) < 30 * 60


def test_shop_answers_in_time_late_and_never(world: World) -> None:
    """Answers come within the hour, after a day, or never; since summer most questions stay open."""
    waits, asked, answered = [], Counter(), Counter()
    for talk in _talks(world, stories.SHOP.owner_id):
        for place in talk.level:
            if talk.wording[place] != Wording.QUESTION:
                continue
            is_slow = talk.dates[place] >= stories.SLOW_SERVICE
            asked[is_slow] += 1
            official = [one for one in talk.replies(place) if talk.flags[one] & ANSWER]
            answered[is_slow] += bool(official)
            waits += [talk.dates[one] - talk.dates[place] for one in official]
    assert any(wait < 3_600 for wait in waits)
    assert any(wait > 86_400 for wait in waits)
    assert answered[True] / asked[True] < 0.6 * answered[False] / asked[False]


def test_threads_reach_three_hundred_and_not_more(world: World) -> None:
    """The longest quarrel has 300 replies."""
    longest = max(
        len(thread)
        for place in stories.COMMUNITIES
        if place.share
        for talk in _talks(world, place.owner_id)
        for thread in talk.threads.values()
    )
    assert longest == MAX_THREAD


def test_texts_are_mostly_different(world: World) -> None:
    """Twenty thousand comments give more than ten thousand different texts."""
    texts = _texts(world)
    assert len(set(texts)) > 10_000


def test_awkward_texts_occur(world: World) -> None:
    """Formulas, mark-up, line ends, joined emoji, mentions and empty texts are all there."""
    texts = _texts(world)
    for part in (
        "=1+1",
        "=HYPERLINK(",
        "<script>",
        "**",
        "](https://",
        "\r\n",
        "\u200d",
        "[club",
        "[id5",
        "#",
        "-50%",
    ):
        assert any(part in text for text in texts), part
    assert "" in texts
    assert any("ї" in text for text in texts)
    assert any("ә" in text for text in texts)


def test_every_wording_makes_a_text(world: World) -> None:
    """No kind of comment is left without templates."""
    seen = {wording for talk in _talks(world, stories.CITY.owner_id) for wording in talk.wording}
    assert seen == set(range(len(Wording)))


@pytest.mark.slow
def test_a_million_comments_are_made() -> None:
    """A world of a million has exactly a million, in posts of at most five thousand."""
    world = World(1_000_000, 7)
    counts = [world.count(item) for item in world.items.values()]
    assert (sum(counts), max(counts), min(counts)) == (1_000_000, 5_000, 0)
    talk = world.discussion(world.items["wall", stories.CITY.owner_id, stories.CITY.hero_post_id])
    assert talk.count == 5_000
