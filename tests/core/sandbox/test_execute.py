"""execute: scripts, their limits and their errors."""

import json

import pytest

from core.sandbox import stories
from tests.core.sandbox.caller import Caller, Row, Start

pytestmark = pytest.mark.slow

CALL = "API.users.get({})"


def test_literal_list_of_calls_answers_in_order(vk: Caller, hero: Row) -> None:
    """A list of calls returns their answers as they would come singly."""
    one = json.dumps(hero | {"count": 5})
    name = json.dumps({"screen_name": stories.BAND.screen_name})
    code = f"return [API.wall.getComments({one}), API.utils.resolveScreenName({name})];"
    assert vk.ok("execute", code=code) == [
        vk.ok("wall.getComments", count=5, **hero),
        vk.ok("utils.resolveScreenName", screen_name=stories.BAND.screen_name),
    ]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("return 1;", 1),
        ("return {a: 1, 'b': [true, null,],};", {"a": 1, "b": [True, None]}),
        ("var a = [1]; var b = a; b.push(2); return [a, b];", [[1], [1, 2]]),
        ("var i = 0, s = ''; while (i < 3) { i = i + 1; s = s + i; } return s;", "123"),
        ("if (2 > 10 || '2' > '10') { return 'text'; } else { return 'number'; }", "text"),
        ('return [{"x": 1}, {"x": 2}]@.x;', [1, 2]),
        ("var o = {n: {m: 1}}; o.n.m = 5; delete o.x; return o.n.m - 2 * 2;", 1),
        ("return parseInt('7') + [1, 2, 3].slice(1).length;", 9),
        ("return Args.word;", "hello"),
        (
            "var a = [API.users.get({}), API.groups.getById({group_id: 900000001})]; return a@.length;",
            [1, None],
        ),
        ("return API.users.get({})@.id;", [5_000_000_001]),
        ("return false.items;", None),
        (r'return "\u0430\"\ud83d\ude00";', 'а"😀'),
    ],
)
def test_scripts_compute(vk: Caller, code: str, value: object) -> None:
    """The language has variables, loops, conditions, filters and value semantics."""
    assert vk.ok("execute", code=code, word="hello") == value


@pytest.mark.parametrize(
    "code", ["return [", "retrun 1", "var = 2;", "return 'open;", "function f() {}", "return #;"]
)
def test_bad_code_does_not_compile(vk: Caller, code: str) -> None:
    """What is no VKScript is error 12."""
    assert vk.error("execute", code=code)["error_code"] == 12


def test_26_calls_are_too_many(vk: Caller) -> None:
    """25 calls pass; with the 26th the whole script fails with 13."""
    assert len(vk.ok("execute", code=f"return [{','.join([CALL] * 25)}];")) == 25
    error = vk.error("execute", code=f"return [{','.join([CALL] * 26)}];")
    assert (error["error_code"], "Too many API calls" in error["error_msg"]) == (13, True)


@pytest.mark.parametrize(
    "code", ["while (true) {}", "return API.execute({code: 'return 1;'});", "return 1.slice(1);"]
)
def test_scripts_that_break_are_refused(vk: Caller, code: str) -> None:
    """Endless loops, nesting and methods on the wrong value are runtime errors or no code."""
    assert vk.error("execute", code=code)["error_code"] in (12, 13)


def test_failed_inner_call_is_false_and_listed(vk: Caller, hero: Row) -> None:
    """A failed call becomes false and one row of execute_errors; the others stand."""
    bad = json.dumps({"owner_id": stories.PRIVATE.owner_id, "post_id": 1})
    answer = vk.raw(
        "execute", code=f"return [API.wall.getComments({json.dumps(hero)}), API.wall.getComments({bad})];"
    )
    assert answer["response"][0]["items"]
    assert answer["response"][1] is False
    assert [(row["method"], row["error_code"]) for row in answer["execute_errors"]] == [
        ("wall.getComments", 15)
    ]


def test_older_answers_add_a_row_named_execute(started: Start) -> None:
    """The switch adds the row that older answers had, repeating the last error."""
    vk = started(comments=300)
    vk.order(execute_row=True)
    answer = vk.raw("execute", code="return [API.wall.get({}), API.nothing.here({})];")
    assert [(row["method"], row["error_code"]) for row in answer["execute_errors"]] == [
        ("wall.get", 100),
        ("nothing.here", 3),
        ("execute", 3),
    ]


def test_too_large_answers_are_13_and_smaller_ones_pass(started: Start, hero: Row) -> None:
    """Above the size limit the whole script is refused; the same calls in smaller batches pass."""
    vk = started()
    vk.order(max_execute_bytes=60_000)
    call = f"API.wall.getComments({json.dumps(hero | {'count': 100})})"
    error = vk.error("execute", code=f"return [{','.join([call] * 10)}];")
    assert (error["error_code"], "response size is too big" in error["error_msg"]) == (13, True)
    assert vk.ok("execute", code=f"return [{call}];")


def test_execute_is_one_request_for_the_rate(started: Start) -> None:
    """25 calls in one script use one of the three starts of a second."""
    vk = started(comments=300, rate=3)
    code = f"return [{','.join([CALL] * 25)}];"
    assert [vk.raw("execute", code=code).get("error", {}).get("error_code", 0) for _ in range(4)] == [
        0,
        0,
        0,
        6,
    ]


def test_service_tokens_execute_when_the_switch_is_on(started: Start) -> None:
    """Whether a service token may execute is a switch, because VK's pages disagree."""
    vk = started(comments=300)
    service = vk.with_token(stories.TOKENS.SERVICE)
    assert service.error("execute", code="return 1;")["error_code"] == 28
    vk.order(service_execute=True)
    assert service.ok("execute", code="return 1;") == 1
