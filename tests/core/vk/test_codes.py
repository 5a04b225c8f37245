"""The table of VK's errors: every code of the reference has its class, a sentence, a hint and an action."""

from __future__ import annotations

import pytest

from core import errors
from core.models import PauseReason
from core.vk.codes import FLOOD_S, HOUR_S, RULES, Action, error_of, rule_of, shown_params

TOKEN, VALIDATION = PauseReason.TOKEN, PauseReason.VALIDATION
TABLE = [
    (errors.VkUnavailable, Action.RETRY, None, (1, 10, 32, 43)),
    (errors.VkRateLimited, Action.SLOW_DOWN, None, (6,)),
    (errors.VkTooLarge, Action.SMALLER_BATCH, None, (13, 36)),
    (errors.VkMethodRefused, Action.BAR_METHOD, None, (3, 7, 20, 21, 23, 27, 28)),
    (errors.VkAuthorization, Action.HOLD_TOKEN, TOKEN, (2, 4, 5, 11, 24, 25, 37, 41, 42, 101)),
    (errors.VkAuthorization, Action.HOLD_TOKEN, TOKEN, (1114, 1115, 1116, 1117, 1118, 3610, 3611)),
    (errors.VkHumanNeeded, Action.HOLD_TOKEN, PauseReason.CAPTCHA, (14, 3300)),
    (errors.VkHumanNeeded, Action.HOLD_TOKEN, VALIDATION, (17, 3301, 3302, 3303, 3304, 3609, 11500)),
    (errors.VkDailyLimit, Action.HOLD_METHOD, PauseReason.DAILY_LIMIT, (29, 601)),
    (errors.VkDailyLimit, Action.HOLD_METHOD, PauseReason.FLOOD_CONTROL, (9,)),
    (errors.VkCommentsClosed, Action.NEXT_SOURCE, None, (212, 801, 1401)),
    (errors.VkAccessDenied, Action.NEXT_SOURCE, None, (15, 18, 19, 30, 183, 200, 201, 203, 204, 205)),
    (errors.VkAccessDenied, Action.NEXT_SOURCE, None, (210, 211, 213, 1525)),
    (errors.VkNotFound, Action.NEXT_SOURCE, None, (38, 39, 40, 100, 104, 113, 114, 125, 180, 1402, 1403)),
    (errors.VkBadRequest, Action.NEXT_SOURCE, None, (33, 103, 106)),
    (errors.VkBadRequest, Action.BAR_METHOD, None, (12,)),
    (errors.VkBadRequest, Action.STOP, None, (8, 16, 34, 35, 9999)),
]
ROWS = [(code, kind, action, pause) for kind, action, pause, codes in TABLE for code in codes]
WAITS = {1: 1.0, 10: 1.0, 32: 2.0, 43: 4.0, 6: 1.0, 29: HOUR_S, 601: HOUR_S, 9: FLOOD_S}


@pytest.mark.parametrize(("code", "kind", "action", "pause"), ROWS)
def test_each_code_has_its_class_its_action_and_says_what_to_do(
    code: int, kind: type[errors.VkError], action: Action, pause: PauseReason | None
) -> None:
    """What the client does is the table's; what a person does stands in the sentence and the hint."""
    error = error_of({"error_code": code, "error_msg": "VK's own words"}, "wall.get")
    assert type(error) is kind
    assert (error.vk_code, error.method) == (code, "wall.get")
    assert "VK's own words" in error.message
    assert str(code) in error.message
    assert error.hint.endswith((".", "https://."))
    rule = rule_of(error)
    assert rule is RULES[code]
    assert (rule.action, rule.pause, rule.wait_s) == (action, pause, WAITS.get(code, 0.0))


def test_the_table_and_this_list_are_the_same() -> None:
    """No code is mapped without a test, none is tested without a mapping."""
    assert sorted(code for code, *_ in ROWS) == sorted(RULES)


def test_a_hold_says_what_it_waits_for_and_nothing_else_pauses() -> None:
    """Exactly the errors that put a token or a method on hold have a reason for a pause."""
    holds = {code for code, rule in RULES.items() if rule.action in (Action.HOLD_TOKEN, Action.HOLD_METHOD)}
    assert holds == {code for code, rule in RULES.items() if rule.pause is not None}


@pytest.mark.parametrize("subcode", [1133, 1134])
def test_missing_rights_are_the_tokens_fault(subcode: int) -> None:
    """Code 15 with these subcodes concerns the token and the method, not the source."""
    error = error_of({"error_code": 15, "error_subcode": subcode, "error_msg": ""}, "photos.getComments")
    assert type(error) is errors.VkMethodRefused
    assert rule_of(error).action is Action.BAR_METHOD


def test_an_unknown_code_is_not_retried() -> None:
    """A code nobody has heard of is shown as it is, and the next source is asked for."""
    error = error_of({"error_code": 4711, "error_msg": "new"}, "wall.get")
    assert type(error) is errors.VkBadRequest
    assert error.vk_code == 4711
    assert rule_of(error).action is Action.NEXT_SOURCE


@pytest.mark.parametrize(
    ("error", "action"),
    [
        (errors.VkUnavailable("away"), Action.RETRY),
        (errors.VkBadRequest("HTTP 404"), Action.STOP),
        (errors.VkProtocol("no list"), Action.NEXT_SOURCE),
        (errors.VkAuthorization("no token"), Action.HOLD_TOKEN),
    ],
)
def test_errors_without_a_number_have_an_action_by_class(error: errors.VkError, action: Action) -> None:
    """What went wrong on the way to VK, or with its shape, is data like VK's own codes."""
    assert rule_of(error).action is action


@pytest.mark.parametrize(
    ("answer", "link", "is_image"),
    [
        ({"redirect_uri": "https://id.vk.ru/captcha"}, "https://id.vk.ru/captcha", False),
        ({"captcha_sid": "1", "captcha_img": "https://vk.ru/c.php"}, "https://vk.ru/c.php", True),
        ({"captcha_img": "https://vk.ru/c", "redirect_uri": "https://id.vk.ru"}, "https://id.vk.ru", False),
        ({}, "", False),
    ],
)
def test_a_captcha_leads_somewhere(answer: dict[str, str], link: str, is_image: bool) -> None:
    """Where a person is needed, the error carries VK's page, or else its picture."""
    error = error_of({"error_code": 14, **answer}, "wall.get")
    assert isinstance(error, errors.VkHumanNeeded)
    assert (error.link, error.is_image) == (link, is_image)
    assert error.captcha_sid == answer.get("captcha_sid", "")


def test_secrets_are_hidden_in_shown_parameters() -> None:
    """Parameters fit for a log hold no token and no solved captcha."""
    shown = shown_params({"access_token": "x", "success_token": "y", "owner_id": -1})
    assert shown == {"access_token": "[hidden]", "success_token": "[hidden]", "owner_id": "-1"}
