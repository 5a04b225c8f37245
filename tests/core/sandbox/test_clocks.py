"""What depends on the server's clock, with a clock of the test's own."""

import pytest

from core.sandbox.admin import Admin
from core.sandbox.faults import Faults
from core.sandbox.gate import Gate
from core.sandbox.obstacles import Obstacles
from core.sandbox.refusals import Refusal
from core.sandbox.settings import Settings
from core.sandbox.stats import Stats
from core.sandbox.stories import TOKENS
from core.sandbox.world import World

pytestmark = pytest.mark.slow


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def _passes(gate: Gate, clock: Clock, now: float) -> bool:
    clock.now = now
    try:
        gate.check_rate(TOKENS.USER, "user")
    except Refusal as refusal:
        assert refusal.code == 6  # noqa: PT017 - the other outcome is fine too
        return False
    return True


def _living(world: World) -> int:
    talks = [world.discussion(item) for item in world.items.values() if item.kind == "wall"]
    return sum(not talk.is_tombstone(place) for talk in talks for place in talk.by_id.values())


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (3, [True, True, True, False, True, False]),
        (1, [True, False, False, False, True, False]),
        (0.5, [True, False, False, False, False, False]),
        (0, [True] * 6),
    ],
)
def test_rate_is_a_sliding_window(rate: float, expected: list[bool]) -> None:
    """In no second more than the rate passes; a refused request does not prolong the wait."""
    clock = Clock()
    gate = Gate(Settings(rate=rate), clock)
    assert [_passes(gate, clock, now) for now in (0.0, 0.2, 0.4, 0.9, 1.0, 1.1)] == expected


def test_user_tokens_expire_after_their_lifetime() -> None:
    """A user token of limited life is refused afterwards; a service token lives on."""
    clock = Clock()
    gate = Gate(Settings(token_lifetime_s=3_600), clock)
    assert gate.kind(TOKENS.USER) == "user"
    clock.now = 3_601
    assert gate.kind(TOKENS.SERVICE) == "service"
    with pytest.raises(Refusal) as caught:
        gate.kind(TOKENS.USER)
    assert caught.value.code == 5


def test_deletion_wave_follows_the_clock_however_often_it_is_asked() -> None:
    """As many comments are gone as minutes have passed, whether asked once or many times."""
    left = []
    for moments in ([600.0], [60.0, 61.0, 300.0, 600.0]):
        clock = Clock()
        world = World(500, 7)
        settings = Settings(deletions_per_minute=2)
        admin = Admin(
            world=world,
            settings=settings,
            gate=Gate(settings, clock),
            faults=Faults("", 7),
            obstacles=Obstacles(),
            stats=Stats(),
            clock=clock,
        )
        for clock.now in moments:
            admin.advance()
        left.append(_living(world))
    assert left == [_living(World(500, 7)) - 20] * 2
