"""The table of VK's errors: every code of the reference has its class, a sentence and a hint."""

from __future__ import annotations

import pytest

from core import errors
from core.vk.codes import RULES, error_of, shown_params

CLASSES = {
    errors.VkUnavailable: (1, 10, 32, 43),
    errors.VkRateLimited: (6,),
    errors.VkTooLarge: (13, 36),
    errors.VkMethodRefused: (3, 7, 20, 21, 23, 27, 28),
    errors.VkAuthorization: (2, 4, 5, 11, 24, 25, 37, 41, 42, 101, 1114, 1115, 1116, 1117, 1118, 3610, 3611),
    errors.VkHumanNeeded: (14, 17, 3300, 3301, 3302, 3303, 3304, 3609, 11500),
    errors.VkDailyLimit: (9, 29, 601),
    errors.VkCommentsClosed: (212, 801, 1401),
    errors.VkAccessDenied: (15, 18, 19, 30, 183, 200, 201, 203, 204, 205, 210, 211, 213, 1525),
    errors.VkNotFound: (38, 39, 40, 100, 104, 113, 114, 125, 180, 1402, 1403),
    errors.VkBadRequest: (8, 12, 16, 33, 34, 35, 103, 106, 9999),
}
ROWS = [(code, kind) for kind, codes in CLASSES.items() for code in codes]


@pytest.mark.parametrize(("code", "kind"), ROWS)
def test_each_code_has_its_class_and_says_what_to_do(code: int, kind: type[errors.VkError]) -> None:
    """What happens next depends on the class, what a person does on the sentence and the hint."""
    error = error_of({"error_code": code, "error_msg": "VK's own words"}, "wall.get")
    assert type(error) is kind
    assert (error.vk_code, error.method) == (code, "wall.get")
    assert "VK's own words" in error.message
    assert str(code) in error.message
    assert error.hint.endswith((".", "https://."))


def test_the_table_and_this_list_are_the_same() -> None:
    """No code is mapped without a test, none is tested without a mapping."""
    assert {code for code, _ in ROWS} == set(RULES)


@pytest.mark.parametrize("subcode", [1133, 1134])
def test_missing_rights_are_the_tokens_fault(subcode: int) -> None:
    """Code 15 with these subcodes concerns the token, not the source."""
    error = error_of({"error_code": 15, "error_subcode": subcode, "error_msg": ""}, "photos.getComments")
    assert type(error) is errors.VkMethodRefused


def test_an_unknown_code_is_not_retried() -> None:
    """A code nobody has heard of is shown as it is."""
    error = error_of({"error_code": 4711, "error_msg": "new"}, "wall.get")
    assert type(error) is errors.VkBadRequest
    assert error.vk_code == 4711


def test_a_captcha_leads_somewhere() -> None:
    """Where a person is needed, the error carries VK's link."""
    error = error_of({"error_code": 14, "redirect_uri": "https://id.vk.ru/captcha"}, "wall.get")
    assert isinstance(error, errors.VkHumanNeeded)
    assert error.link == "https://id.vk.ru/captcha"


def test_secrets_are_hidden_in_shown_parameters() -> None:
    """Parameters fit for a log hold no token and no solved captcha."""
    shown = shown_params({"access_token": "x", "success_token": "y", "owner_id": -1})
    assert shown == {"access_token": "[hidden]", "success_token": "[hidden]", "owner_id": "-1"}
