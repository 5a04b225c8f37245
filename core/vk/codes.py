"""One table: VK's error code -> the class of our error, what happened, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import (
    VkAccessDenied,
    VkAuthorization,
    VkBadRequest,
    VkCommentsClosed,
    VkDailyLimit,
    VkError,
    VkHumanNeeded,
    VkMethodRefused,
    VkNotFound,
    VkRateLimited,
    VkTooLarge,
    VkUnavailable,
)

TOKEN_KIND_CODES = frozenset({3, 20, 21, 23, 27, 28})
TOKEN_SUBCODES = frozenset({1133, 1134})
HIDDEN_PARAMS = frozenset({"access_token", "token", "client_secret", "captcha_key", "success_token"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What one code means: the error it becomes, a sentence, and what to do about it."""

    error: type[VkError]
    sentence: str
    hint: str


_AGAIN = "It is tried again by itself; if it lasts, start the task again later."
_NEW = "Get a new token and start the task again: it goes on from where it stopped."
_KIND = "Use a token of another kind: a service key reads walls and boards, a user token everything."
_RIGHTS = "Use the token of somebody who may see this page."
_LINK = "Check the link: the object may have been deleted or never existed."
_DEFECT = "This is a defect of the program or of the server in between: report it with the task's log."
_HUMAN = "Follow VK's link, confirm, and start the task again: it goes on from where it stopped."
_LATER = "Wait, at most a day, and start the task again: it goes on from where it stopped."
_CLOSED = "Nothing can be collected there until its owner opens the comments."

RULES: Mapping[int, Rule] = {
    1: Rule(VkUnavailable, "VK had an unknown error.", _AGAIN),
    2: Rule(VkAuthorization, "The token's application is switched off.", "Enable the application at VK."),
    3: Rule(VkMethodRefused, "VK does not know this method for this token.", _KIND),
    4: Rule(VkAuthorization, "VK refused the request's signature.", _NEW),
    5: Rule(VkAuthorization, "VK did not accept the token: expired, revoked or of another address.", _NEW),
    6: Rule(VkRateLimited, "Too many requests in one second.", _AGAIN),
    7: Rule(VkMethodRefused, "The token lacks the right to do this.", _KIND),
    8: Rule(VkBadRequest, "VK calls the request invalid.", _DEFECT),
    9: Rule(VkDailyLimit, "VK's flood control stopped repeated calls.", _LATER),
    10: Rule(VkUnavailable, "VK failed inside.", _AGAIN),
    11: Rule(VkAuthorization, "The token's application is in test mode.", "Enable the application at VK."),
    12: Rule(VkBadRequest, "VK could not compile a packed call.", _DEFECT),
    13: Rule(VkTooLarge, "VK could not run a packed call: it was too large.", _AGAIN),
    14: Rule(VkHumanNeeded, "VK asks for a captcha.", _HUMAN),
    15: Rule(VkAccessDenied, "VK denied access.", _RIGHTS),
    16: Rule(VkBadRequest, "VK wants HTTPS.", "Set VK_API_URL to an address that starts with https://."),
    17: Rule(VkHumanNeeded, "VK asks the token's owner to confirm it.", _HUMAN),
    18: Rule(VkAccessDenied, "The page was deleted or banned.", _LINK),
    19: Rule(VkAccessDenied, "VK blocked this content.", _RIGHTS),
    20: Rule(VkMethodRefused, "The token's application may not do this.", _KIND),
    21: Rule(VkMethodRefused, "Only standalone applications may do this.", _KIND),
    23: Rule(VkMethodRefused, "VK switched this method off.", _KIND),
    24: Rule(VkAuthorization, "VK wants the token's owner to confirm this action.", _NEW),
    25: Rule(VkAuthorization, "VK wants the token itself confirmed.", _NEW),
    27: Rule(VkMethodRefused, "A community's token may not do this.", _KIND),
    28: Rule(VkMethodRefused, "A service key may not do this.", _KIND),
    29: Rule(VkDailyLimit, "The day's quantity of calls is spent.", _LATER),
    30: Rule(VkAccessDenied, "The profile is private.", _RIGHTS),
    32: Rule(VkUnavailable, "VK asks to wait.", _AGAIN),
    33: Rule(VkBadRequest, "VK has not built this yet.", _DEFECT),
    34: Rule(VkBadRequest, "VK no longer supports this version of its API.", _DEFECT),
    35: Rule(VkBadRequest, "VK wants a newer client.", _DEFECT),
    36: Rule(VkTooLarge, "VK took too long for one call.", _AGAIN),
    37: Rule(VkAuthorization, "The token's owner is banned.", _NEW),
    38: Rule(VkNotFound, "VK does not know this application.", _LINK),
    39: Rule(VkNotFound, "VK does not know this user.", _LINK),
    40: Rule(VkNotFound, "VK does not know this community.", _LINK),
    41: Rule(VkAuthorization, "The token's owner has to finish signing up.", _NEW),
    42: Rule(VkAuthorization, "VK does not accept this token from this address.", _NEW),
    43: Rule(VkUnavailable, "This part of VK is down for a while.", _AGAIN),
    100: Rule(VkNotFound, "VK finds nothing there.", _LINK),
    101: Rule(VkAuthorization, "VK does not know the token's application.", _NEW),
    103: Rule(VkBadRequest, "A value is out of VK's limits.", _DEFECT),
    104: Rule(VkNotFound, "VK finds nothing by this name.", _LINK),
    106: Rule(VkBadRequest, "VK could not do it.", _DEFECT),
    113: Rule(VkNotFound, "VK does not know this user.", _LINK),
    114: Rule(VkNotFound, "VK does not know this album.", _LINK),
    125: Rule(VkNotFound, "VK does not know this community.", _LINK),
    180: Rule(VkNotFound, "VK does not know this note.", _LINK),
    183: Rule(VkAccessDenied, "The comment is closed to this token.", _RIGHTS),
    200: Rule(VkAccessDenied, "The album is closed to this token.", _RIGHTS),
    201: Rule(VkAccessDenied, "The audio is closed to this token.", _RIGHTS),
    203: Rule(VkAccessDenied, "The community is closed to this token.", _RIGHTS),
    204: Rule(VkAccessDenied, "The video is closed to this token.", _RIGHTS),
    205: Rule(VkAccessDenied, "The market is closed to this token.", _RIGHTS),
    210: Rule(VkAccessDenied, "The post is closed to this token.", _RIGHTS),
    211: Rule(VkAccessDenied, "The comment is closed to this token.", _RIGHTS),
    212: Rule(VkCommentsClosed, "The comments of this post are closed.", _CLOSED),
    213: Rule(VkAccessDenied, "The replies are closed to this token.", _RIGHTS),
    601: Rule(VkDailyLimit, "Too many actions for one day.", _LATER),
    801: Rule(VkCommentsClosed, "The comments of this video are closed.", _CLOSED),
    1114: Rule(VkAuthorization, "The anonymous token has expired.", _NEW),
    1115: Rule(VkAuthorization, "The anonymous token is not usable here.", _NEW),
    1116: Rule(VkAuthorization, "The anonymous token is not valid.", _NEW),
    1117: Rule(VkAuthorization, "The token has expired.", _NEW),
    1118: Rule(VkAuthorization, "The anonymous token belongs to another address.", _NEW),
    1401: Rule(VkCommentsClosed, "The comments of this item are closed.", _CLOSED),
    1402: Rule(VkNotFound, "VK does not know this market album.", _LINK),
    1403: Rule(VkNotFound, "VK does not know this market item.", _LINK),
    1525: Rule(VkAccessDenied, "The community's market is switched off.", _RIGHTS),
    3300: Rule(VkHumanNeeded, "VK asks for a captcha.", _HUMAN),
    3301: Rule(VkHumanNeeded, "VK asks for a phone number.", _HUMAN),
    3302: Rule(VkHumanNeeded, "VK asks for the password.", _HUMAN),
    3303: Rule(VkHumanNeeded, "VK asks for a one-time code.", _HUMAN),
    3304: Rule(VkHumanNeeded, "VK asks for an e-mail address.", _HUMAN),
    3609: Rule(VkHumanNeeded, "VK asks to extend the token.", _HUMAN),
    3610: Rule(VkAuthorization, "The token's owner is deactivated.", _NEW),
    3611: Rule(VkAuthorization, "The token's service is deactivated.", _NEW),
    9999: Rule(VkBadRequest, "VK does not accept this HTTP method.", _DEFECT),
    11500: Rule(VkHumanNeeded, "VK asks to confirm an action.", _HUMAN),
}
UNKNOWN = Rule(VkBadRequest, "VK answered with an error that this program does not know.", _DEFECT)


def error_of(answer: Mapping[str, Any], method: str, secret: str = "") -> VkError:
    """Turn VK's error object into our error; `secret` never appears in its text."""
    code = _number(answer.get("error_code"))
    subcode = _number(answer.get("error_subcode"))
    rule = RULES.get(code, UNKNOWN)
    if code == 15 and subcode in TOKEN_SUBCODES:
        rule = Rule(VkMethodRefused, "The token lacks the right to read this.", _KIND)
    said = str(answer.get("error_msg") or answer.get("error_text") or "").strip()
    if secret:
        said = said.replace(secret, "[token]")
    message = f"{rule.sentence} ({method}, error {code}{f': {said[:300]}' if said else ''})"
    if issubclass(rule.error, VkHumanNeeded):
        link = str(answer.get("redirect_uri") or answer.get("captcha_img") or "")
        return rule.error(message, hint=rule.hint, vk_code=code, method=method, link=link)
    return rule.error(message, hint=rule.hint, vk_code=code, method=method)


def shown_params(params: Mapping[str, object]) -> dict[str, str]:
    """Return the parameters of a call without anything secret, fit for a log."""
    return {key: "[hidden]" if key in HIDDEN_PARAMS else str(value) for key, value in params.items()}


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
