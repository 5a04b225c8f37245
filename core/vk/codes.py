"""One table: VK's error code -> the class of our error, what happened, what a person and the client do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

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
    VkTransient,
    VkUnavailable,
)
from core.models import PauseReason

TOKEN_SUBCODES: Final = frozenset({1133, 1134})
HIDDEN_PARAMS: Final = frozenset(
    {"access_token", "token", "client_secret", "captcha_sid", "captcha_key", "success_token"}
)


class Action(StrEnum):
    """What the client does about an error."""

    RETRY = "retry"
    """Make the same call again, after a wait that doubles."""
    SLOW_DOWN = "slow_down"
    """Start nothing with this token for a moment, then make the call again; it does not count as failed."""
    SMALLER_BATCH = "smaller_batch"
    """Ask the same in smaller packs."""
    NEXT_SOURCE = "next_source"
    """Note the refusal for what was asked for and go on with the others."""
    BAR_METHOD = "bar_method"
    """Never call this method with this token again; another token may."""
    HOLD_METHOD = "hold_method"
    """Leave this method alone with this token for `wait_s`; other methods and tokens go on."""
    HOLD_TOKEN = "hold_token"  # noqa: S105 - the name of an action
    """Leave this token alone until a person answered or gave another one; other tokens go on."""
    STOP = "stop"
    """The program or its address is wrong: end the run when VK has answered nothing else."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one code means: the error it becomes, a sentence, what to do, and what the client does itself.

    `wait_s` is the first wait of a retry or the length of a hold; `pause` is what work that only this token
    could do then waits for.
    """

    error: type[VkError]
    sentence: str
    hint: str
    action: Action = Action.NEXT_SOURCE
    wait_s: float = 0.0
    pause: PauseReason | None = None


HOUR_S: Final = 3600.0
FLOOD_S: Final = 900.0
ANSWER: Final = " ({method}, error {vk_code})"
ANSWER_SAID: Final = " ({method}, error {vk_code}: {said})"
"""What follows the sentence of a rule: the call, and VK's own words where it has some."""
_AGAIN = "It is tried again by itself; if it lasts, start the task again later."
_NEW = "Give a new token: the task goes on from where it stopped."
_KIND = "Use a token of another kind: a service key reads walls and boards, a user token everything."
_RIGHTS = "Use the token of somebody who may see this page."
_LINK = "Check the link: the object may have been deleted or never existed."
_DEFECT = "This is a defect of the program or of the server in between: report it with the task's log."
_HUMAN = "Follow VK's link and confirm: the task goes on from where it stopped."
_LATER = "It is tried again by itself, at most within a day, and goes on from where it stopped."
_CLOSED = "Nothing can be collected there until its owner opens the comments."


def _again(sentence: str, wait_s: float = 1.0) -> Rule:
    return Rule(VkUnavailable, sentence, _AGAIN, Action.RETRY, wait_s)


def _smaller(sentence: str) -> Rule:
    return Rule(VkTooLarge, sentence, _AGAIN, Action.SMALLER_BATCH)


def _token(sentence: str, hint: str = _NEW) -> Rule:
    return Rule(VkAuthorization, sentence, hint, Action.HOLD_TOKEN, pause=PauseReason.TOKEN)


def _human(sentence: str, pause: PauseReason = PauseReason.VALIDATION) -> Rule:
    return Rule(VkHumanNeeded, sentence, _HUMAN, Action.HOLD_TOKEN, pause=pause)


def _spent(sentence: str, wait_s: float = HOUR_S, pause: PauseReason = PauseReason.DAILY_LIMIT) -> Rule:
    return Rule(VkDailyLimit, sentence, _LATER, Action.HOLD_METHOD, wait_s, pause)


def _kind(sentence: str) -> Rule:
    return Rule(VkMethodRefused, sentence, _KIND, Action.BAR_METHOD)


def _denied(sentence: str, hint: str = _RIGHTS) -> Rule:
    return Rule(VkAccessDenied, sentence, hint)


def _closed(sentence: str) -> Rule:
    return Rule(VkCommentsClosed, sentence, _CLOSED)


def _unknown(sentence: str) -> Rule:
    return Rule(VkNotFound, sentence, _LINK)


def _stop(sentence: str, hint: str = _DEFECT) -> Rule:
    return Rule(VkBadRequest, sentence, hint, Action.STOP)


RULES: Final[Mapping[int, Rule]] = {
    1: _again("VK had an unknown error."),
    2: _token("The token's application is switched off.", "Enable the application at VK."),
    3: _kind("VK does not know this method for this token."),
    4: _token("VK refused the request's signature."),
    5: _token("VK did not accept the token: expired, revoked or of another address."),
    6: Rule(VkRateLimited, "Too many requests in one second.", _AGAIN, Action.SLOW_DOWN, 1.0),
    7: _kind("The token lacks the right to do this."),
    8: _stop("VK calls the request invalid."),
    9: _spent("VK's flood control stopped repeated calls.", FLOOD_S, PauseReason.FLOOD_CONTROL),
    10: _again("VK failed inside."),
    11: _token("The token's application is in test mode.", "Enable the application at VK."),
    12: Rule(VkBadRequest, "VK could not compile a packed call.", _DEFECT, Action.BAR_METHOD),
    13: _smaller("VK could not run a packed call: it was too large."),
    14: _human("VK asks for a captcha.", PauseReason.CAPTCHA),
    15: _denied("VK denied access."),
    16: _stop("VK wants HTTPS.", "Set VK_API_URL to an address that starts with https://."),
    17: _human("VK asks the token's owner to confirm it."),
    18: _denied("The page was deleted or banned.", _LINK),
    19: _denied("VK blocked this content."),
    20: _kind("The token's application may not do this."),
    21: _kind("Only standalone applications may do this."),
    23: _kind("VK switched this method off."),
    24: _token("VK wants the token's owner to confirm this action."),
    25: _token("VK wants the token itself confirmed."),
    27: _kind("A community's token may not do this."),
    28: _kind("A service key may not do this."),
    29: _spent("The day's quantity of calls is spent."),
    30: _denied("The profile is private."),
    32: _again("VK asks to wait.", 2.0),
    33: Rule(VkBadRequest, "VK has not built this yet.", _DEFECT),
    34: _stop("VK no longer supports this version of its API."),
    35: _stop("VK wants a newer client."),
    36: _smaller("VK took too long for one call."),
    37: _token("The token's owner is banned."),
    38: _unknown("VK does not know this application."),
    39: _unknown("VK does not know this user."),
    40: _unknown("VK does not know this community."),
    41: _token("The token's owner has to finish signing up."),
    42: _token("VK does not accept this token from this address."),
    43: _again("This part of VK is down for a while.", 4.0),
    100: Rule(VkNotFound, "VK finds nothing there.", _LINK),
    101: _token("VK does not know the token's application."),
    103: Rule(VkBadRequest, "A value is out of VK's limits.", _DEFECT),
    104: Rule(VkNotFound, "VK finds nothing by this name.", _LINK),
    106: Rule(VkBadRequest, "VK could not do it.", _DEFECT),
    113: _unknown("VK does not know this user."),
    114: _unknown("VK does not know this album."),
    125: _unknown("VK does not know this community."),
    180: _unknown("VK does not know this note."),
    183: _denied("The comment is closed to this token."),
    200: _denied("The album is closed to this token."),
    201: _denied("The audio is closed to this token."),
    203: _denied("The community is closed to this token."),
    204: _denied("The video is closed to this token."),
    205: _denied("The market is closed to this token."),
    210: _denied("The post is closed to this token."),
    211: _denied("The comment is closed to this token."),
    212: _closed("The comments of this post are closed."),
    213: _denied("The replies are closed to this token."),
    601: _spent("Too many actions for one day."),
    801: _closed("The comments of this video are closed."),
    1114: _token("The anonymous token has expired."),
    1115: _token("The anonymous token is not usable here."),
    1116: _token("The anonymous token is not valid."),
    1117: _token("The token has expired."),
    1118: _token("The anonymous token belongs to another address."),
    1401: _closed("The comments of this item are closed."),
    1402: _unknown("VK does not know this market album."),
    1403: _unknown("VK does not know this market item."),
    1525: _denied("The community's market is switched off."),
    3300: _human("VK asks for a captcha.", PauseReason.CAPTCHA),
    3301: _human("VK asks for a phone number."),
    3302: _human("VK asks for the password."),
    3303: _human("VK asks for a one-time code."),
    3304: _human("VK asks for an e-mail address."),
    3609: _human("VK asks to extend the token."),
    3610: _token("The token's owner is deactivated."),
    3611: _token("The token's service is deactivated."),
    9999: _stop("VK does not accept this HTTP method."),
    11500: _human("VK asks to confirm an action."),
}
UNKNOWN: Final = Rule(VkBadRequest, "VK answered with an error that this program does not know.", _DEFECT)
_SCOPES: Final = _kind("The token lacks the right to read this.")


def rule_of(error: VkError) -> Rule:
    """Return what an error means; those without VK's number, from the way there, have rules by class."""
    if isinstance(error, VkMethodRefused):
        return RULES[error.vk_code] if error.vk_code in RULES and error.vk_code != 15 else _SCOPES
    if error.vk_code:
        return RULES.get(error.vk_code, UNKNOWN)
    if isinstance(error, VkTransient):
        return Rule(type(error), error.template, error.hint_template, Action.RETRY, 1.0)
    if isinstance(error, VkAuthorization):
        return _token(error.template, error.hint_template)
    action = Action.STOP if isinstance(error, VkBadRequest) else Action.NEXT_SOURCE
    return Rule(type(error), error.template, error.hint_template, action)


def error_of(answer: Mapping[str, Any], method: str, secret: str = "") -> VkError:
    """Turn VK's error object into our error; `secret` never appears in its text."""
    code = _number(answer.get("error_code"))
    subcode = _number(answer.get("error_subcode"))
    rule = _SCOPES if code == 15 and subcode in TOKEN_SUBCODES else RULES.get(code, UNKNOWN)
    said = _text(answer, "error_msg", secret) or _text(answer, "error_text", secret)
    template = rule.sentence + (ANSWER_SAID if said else ANSWER)
    values = {"said": said[:300]} if said else {}
    if not issubclass(rule.error, VkHumanNeeded):
        return rule.error(template, hint=rule.hint, vk_code=code, method=method, **values)
    page, picture = _text(answer, "redirect_uri", secret), _text(answer, "captcha_img", secret)
    return rule.error(
        template,
        hint=rule.hint,
        vk_code=code,
        method=method,
        link=page or picture,
        is_image=not page and bool(picture),
        captcha_sid=_text(answer, "captcha_sid", secret),
        **values,
    )


def shown_params(params: Mapping[str, object]) -> dict[str, str]:
    """Return the parameters of a call without anything secret, fit for a log."""
    return {key: "[hidden]" if key in HIDDEN_PARAMS else str(value) for key, value in params.items()}


def _text(answer: Mapping[str, Any], name: str, secret: str) -> str:
    said = str(answer.get(name) or "").strip()
    return said.replace(secret, "[token]") if secret else said


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
