"""What VK refuses, hides, moves or breaks; what a cancelled or killed run keeps; what the sheet says."""

from __future__ import annotations

import random
import threading
from collections import Counter

import httpx
import pytest

from core.errors import TaskCancelled, TaskPaused, VkUnavailable
from core.models import Pause, PauseReason, SourceState
from core.storage import reads
from tests.core.collect.running import desk
from tests.core.vk.fake_vk import FakeVk, answer_error, post

pytestmark = pytest.mark.slow

POST = (-5, 2)
LINK = "vk.com/wall-5_2"
STOPS = 20


class KilledError(Exception):
    """Stands for the end of the process."""


def test_a_refused_source_is_data_and_the_run_goes_on() -> None:
    """Closed, private and unknown posts are recorded with their codes beside those that came."""
    refusals = {("wall.getComments", -5, 3): 212, ("wall.getComments", -5, 4): 15}
    vk = FakeVk({(-5, number): post(2) for number in (2, 3, 4)}, refusals=refusals)
    with desk(vk) as at:
        sheet = at.collect("wall-5_2 wall-5_3 wall-5_4 wall-5_99 vk.cc/x")
        stored = {str(row.ref): (str(row.state), row.refused_code) for row in reads.sources(at.store)}
    assert stored == {
        "wall:-5_2": ("complete", 0), "wall:-5_3": ("closed", 212),
        "wall:-5_4": ("refused", 15), "wall:-5_99": ("refused", 100),
    }  # fmt: skip
    assert (sheet.state, sheet.error, len(sheet.refused)) == ("partial", None, 1)


@pytest.mark.parametrize(
    ("code", "error", "state"),
    [(15, "access_denied", "refused"), (212, "comments_closed", "closed"), (100, "not_found", "refused")],
)
def test_refused_everywhere_is_never_done(code: int, error: str, state: str) -> None:
    """When every source is refused the run has failed, says why, and no source looks complete."""
    vk = FakeVk({(-5, n): post(2) for n in (2, 3)}, refusals={("wall.getComments", 0, 0): code})
    with desk(vk) as at:
        sheet = at.collect("wall-5")
    assert (sheet.state, sheet.error) == ("failed", error)
    assert {str(each.state) for each in sheet.sources} == {state}


def test_a_closed_wall_is_a_refused_target() -> None:
    """A wall that cannot be listed is named with VK's code, and the other targets are collected."""
    vk = FakeVk({POST: post(2)}, refusals={("wall.get", -9, 0): 15})
    with desk(vk) as at:
        sheet = at.collect(f"{LINK} wall-9")
        alone = at.collect("wall-9", run_id="other")
    assert [(each.target.input, each.error.vk_code) for each in sheet.refused_targets] == [("wall-9", 15)]
    assert (sheet.state, alone.state, alone.error) == ("partial", "failed", "access_denied")


def test_unknown_names_are_refused_and_applications_are_no_source() -> None:
    """A name nobody has fails the run when it is all there is."""
    vk = FakeVk(names={"game": ("vk_app", 3)})
    with desk(vk) as at:
        sheet = at.collect("nobody\ngame")
    assert (sheet.state, sheet.error) == ("failed", "not_found")
    assert [str(each.reason) for each in sheet.refused] == ["unknown_name", "unsupported"]


def test_a_hidden_reply_turns_the_seal_off() -> None:
    """When VK declares a reply that it does not show, the sheet names the thread."""
    vk = FakeVk({POST: post(2, {0: 5, 1: 40})}, hidden={1_010_020})
    with desk(vk) as at:
        sheet = at.collect(LINK)
    (found,) = sheet.sources
    assert (found.state, found.declared, found.collected) == (SourceState.PARTIAL, 47, 46)
    assert found.missing_threads == ((1010, 1),)
    assert sheet.state == "partial"
    assert sheet.as_dict()["sources"][0]["missing_threads"] == [
        {"comment_key": "wall:-5_2:1010", "missing": 1}
    ]


def test_a_wrong_declared_number_is_told_not_believed() -> None:
    """A post that declares more than it has ends partial, with both numbers."""
    vk = FakeVk({POST: post(5)}, declared={POST: 9})
    with desk(vk) as at:
        sheet = at.collect(LINK)
    assert [(each.declared, each.collected, str(each.state)) for each in sheet.sources] == [(9, 5, "partial")]


def test_a_cursor_that_does_not_move_ends_with_a_reason() -> None:
    """A server that repeats one page is asked a few times, and the source says why it stopped."""
    vk = FakeVk({POST: post(350)}, stuck=True)
    with desk(vk) as at:
        sheet = at.collect(LINK)
        assert len(at.rows()) == 100
    assert sheet.sources[0].state is SourceState.PARTIAL
    assert "same comments" in str(sheet.sources[0].reason)
    assert len(vk.named_calls("wall.getComments")) < 10


@pytest.mark.parametrize("seed", range(6))
def test_what_is_there_throughout_comes_exactly_once(seed: int) -> None:
    """While comments and replies come and go between calls, all that stays is collected, once."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable story
    world = post(260, {0: 120, 7: 35, 200: 11})
    before = {*world, *(reply for replies in world.values() for reply in replies)}
    vk = FakeVk({POST: world}, execute_error=28 if seed % 2 else 0)

    def move(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        if method != "wall.getComments":
            return
        roots = fake.posts[POST]
        if chance.random() < 0.5:
            roots.pop(chance.choice([root for root in roots if not roots[root]]))
        if chance.random() < 0.5:
            roots[max(roots) + 10] = []
        thread = roots[1000]
        if len(thread) > 80 and chance.random() < 0.5:
            thread.remove(chance.choice(thread))

    vk.before = move
    with desk(vk) as at:
        at.collect(LINK)
        rows = at.rows()
    assert [row for row, times in Counter(rows).items() if times > 1] == []
    assert before & vk.truth(*POST) <= set(rows)


@pytest.mark.parametrize("stop", range(0, STOPS, 2))
def test_a_killed_run_goes_on_from_what_was_written(stop: int) -> None:
    """After a crash nothing that was written is asked again, and the result is VK's truth."""
    world = {(-5, n): post(n * 60, {0: 115, 1: 11}) for n in range(1, 5)}
    vk = FakeVk(world, execute_error=28)
    asked = 0

    def die(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        nonlocal asked
        asked += method == "wall.getComments"
        if asked > stop:
            raise KilledError

    with desk(vk) as at:
        vk.before = die
        with pytest.raises(KilledError):
            at.collect("wall-5", in_flight=1)
        answered = {(str(each.source), each.call) for each in reads.answered(at.store, "run")}
        vk.before = lambda fake, method, params: None
        vk.calls.clear()
        sheet = at.collect("wall-5")
        for owner, number in world:
            assert at.rows(f"wall:{owner}_{number}") == sorted(vk.truth(owner, number))
        again = reads.answered(at.store, "run")
    assert sheet.state == "succeeded"
    assert len(vk.named_calls("wall.getComments")) == len(again) - len(answered)


def test_cancelling_keeps_what_came_and_resuming_finishes() -> None:
    """A cancelled run raises at once, keeps its pages, says in its sheet how many, and can go on."""
    vk = FakeVk({(-5, n): post(250) for n in (1, 2)}, execute_error=28)
    with desk(vk) as at:
        vk.before = lambda fake, method, params: at.cancel.set() if len(fake.calls) == 4 else None
        with pytest.raises(TaskCancelled) as stopped:
            at.collect("wall-5", in_flight=1)
        kept = len(at.rows())
        states = {str(row.state) for row in reads.sources(at.store)}
        at.cancel.clear()
        assert at.collect("wall-5").state == "succeeded"
        assert len(at.rows()) == 500
    assert 0 < kept < 500
    assert isinstance(stopped.value.result, dict)
    assert (stopped.value.result["state"], stopped.value.result["collected"]) == ("partial", kept)
    assert "partial" in states
    assert "collecting" not in states


def test_cancelling_does_not_wait_for_a_slow_answer() -> None:
    """A call under way is left behind: the run ends while VK still thinks."""
    vk = FakeVk({POST: post(5)})
    thinking, release = threading.Event(), threading.Event()

    def think(request: httpx.Request) -> httpx.Response:
        thinking.set()
        release.wait(20)
        return answer_error(10, "late")

    vk.faults = [think]
    with desk(vk) as at:
        watcher = threading.Thread(target=lambda: thinking.wait(20) and at.cancel.set())
        watcher.start()
        with pytest.raises(TaskCancelled):
            at.collect(LINK)
        assert not release.is_set()
        release.set()
        watcher.join()


def test_a_lost_token_pauses_the_run() -> None:
    """An expired token is what the run waits for, not the sources' error, and no share of it is done."""
    vk = FakeVk({POST: post(2)})
    with desk(vk) as at:
        at.tokens = ("expired",)
        with pytest.raises(TaskPaused) as paused:
            at.collect("wall-5")
        assert at.reports[-1].fraction is None
    assert isinstance(paused.value.pause, Pause)
    assert paused.value.pause.reason is PauseReason.TOKEN


def test_another_token_takes_over() -> None:
    """With two tokens a dead one is left aside and everything still comes."""
    vk = FakeVk({(-5, n): post(2) for n in range(1, 60)})
    with desk(vk) as at:
        at.tokens = ("expired", *at.tokens)
        assert at.collect("wall-5").state == "succeeded"
        assert len(at.rows()) == 118


def test_a_method_this_token_may_not_call_is_asked_once() -> None:
    """The wrong kind of token fails with what to do, without asking for every source."""
    vk = FakeVk(execute_error=28, refusals={("video.getComments", 0, 0): 28})
    with desk(vk) as at:
        sheet = at.collect(" ".join(f"video-5_{n}" for n in range(1, 40)), in_flight=1)
    assert (sheet.state, sheet.error) == ("failed", "access_denied")
    assert len(vk.named_calls("video.getComments")) == 1


def test_a_spent_day_pauses_and_keeps_the_checkpoint() -> None:
    """The daily limit pauses the run, says until when, and the next attempt asks only for the rest."""
    vk = FakeVk({(-5, n): post(250) for n in (1, 2)}, execute_error=28)

    def spend(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        if len(fake.named_calls("wall.getComments")) == 4:
            fake.refusals = {("wall.getComments", 0, 0): 29}

    with desk(vk) as at:
        vk.before = spend
        with pytest.raises(TaskPaused) as paused:
            at.collect("wall-5", in_flight=1)
        assert isinstance(paused.value.pause, Pause)
        assert paused.value.pause.reason is PauseReason.DAILY_LIMIT
        assert paused.value.pause.until is not None
        vk.before, vk.refusals = (lambda fake, method, params: None), {}
        vk.calls.clear()
        assert at.collect("wall-5").state == "succeeded"
        assert len(vk.named_calls("wall.getComments")) == 2
        assert len(at.rows()) == 500


def test_an_outage_before_anything_came_is_an_error() -> None:
    """When VK never answers, the run fails as unavailable instead of looking empty."""
    vk = FakeVk({POST: post(2)})
    vk.faults = [lambda request: httpx.Response(502)] * 10_000
    with desk(vk) as at, pytest.raises(VkUnavailable):
        at.collect(LINK)


@pytest.mark.parametrize("execute_error", [0, 28])
def test_an_outage_in_the_middle_is_waited_out(execute_error: int) -> None:
    """VK that goes away after it had answered, far longer than one call is repeated, costs no comment."""
    vk = FakeVk({(-5, n): post(250, {0: 30}) for n in range(1, 6)}, execute_error=execute_error)

    def go_away(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        if len(fake.named_calls("wall.getComments")) == 3:
            fake.faults += [lambda request: httpx.Response(502)] * 500

    vk.before = go_away
    with desk(vk) as at:
        assert at.collect("wall-5").state == "succeeded"
        assert len(at.rows()) == sum(len(vk.truth(*key)) for key in vk.posts)
    assert not vk.faults


@pytest.mark.parametrize("execute_error", [0, 28])
def test_random_faults_lose_nothing(execute_error: int) -> None:
    """Broken answers of every kind cost requests, never comments."""
    chance = random.Random(3)  # noqa: S311 - a repeatable story
    vk = FakeVk({(-5, n): post(40 * n, {0: 30}) for n in range(1, 12)}, execute_error=execute_error)
    broken = [
        lambda request: httpx.Response(502, text="<html>"),
        lambda request: httpx.Response(200, text='{"response": {"items"'),
        lambda request: answer_error(1, "unknown"),
        lambda request: answer_error(10, "internal"),
        lambda request: answer_error(6, "too many"),
    ]

    def disturb(fake: FakeVk, method: str, params: dict[str, str]) -> None:
        if chance.random() < 0.15:
            fake.faults.append(chance.choice(broken))

    vk.before = disturb
    with desk(vk) as at:
        sheet = at.collect("wall-5")
        for owner, number in vk.posts:
            assert at.rows(f"wall:{owner}_{number}") == sorted(vk.truth(owner, number))
    assert sheet.state == "succeeded"
    assert sheet.retries > 0


def test_progress_never_falls_and_ends_at_everything() -> None:
    """Done rises, the share never falls or passes 1, and a complete run ends at exactly 1."""
    vk = FakeVk({(-5, n): post(300, {0: 50}) for n in range(1, 30)}, declared={(-5, 3): 100})
    with desk(vk) as at:
        at.collect("wall-5")
        shares = [each.fraction for each in at.reports if each.fraction is not None]
        done = [each.done for each in at.reports]
        assert at.reports[-1].done == at.reports[-1].total == len(at.rows())
    assert done == sorted(done)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_what_is_declared_is_stored_before_any_comment() -> None:
    """The number VK declares is in the database no later than the first comment of the source."""
    vk = FakeVk({POST: post(3)})
    with desk(vk) as at:
        at.collect(LINK)
        with at.store.reading() as cursor:
            ((declared, listed_at, seen_at),) = cursor.execute(
                """
                select any_value(declared_comments), min(source_observations.version),
                    min(observations.version)
                from source_observations join observations using (source)
                """
            ).fetchall()
    assert declared == 3
    assert listed_at < seen_at
