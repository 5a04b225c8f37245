"""From a method's name and parameters to VK's answer: one table of methods, and `execute` over it."""

from collections.abc import Callable
from typing import Final

import orjson

from core.sandbox import names, objects, walls
from core.sandbox.faults import Faults
from core.sandbox.gate import Gate, TokenKind, own_id
from core.sandbox.obstacles import Obstacles
from core.sandbox.refusals import Params, Refusal
from core.sandbox.script import CompileError, parsed
from core.sandbox.script_run import Answer, Run, RuntimeFault, packed
from core.sandbox.settings import Settings
from core.sandbox.stats import Stats
from core.sandbox.world import World

Method = Callable[[World, Params, TokenKind], object]

METHODS: Final[dict[str, Method]] = {
    "wall.get": lambda world, params, _: walls.get(world, params),
    "wall.getById": lambda world, params, _: walls.get_by_id(world, params),
    "wall.getComments": lambda world, params, _: walls.get_comments(world, params),
    "wall.getComment": lambda world, params, _: walls.get_comment(world, params),
    "board.getTopics": lambda world, params, _: objects.get_topics(world, params),
    "board.getComments": lambda world, params, _: objects.get_board_comments(world, params),
    "photos.getComments": lambda world, params, _: objects.get_photo_comments(world, params),
    "photos.getAllComments": lambda world, params, _: objects.get_all_photo_comments(world, params),
    "video.getComments": lambda world, params, _: objects.get_video_comments(world, params),
    "market.getComments": lambda world, params, _: objects.get_market_comments(world, params),
    "users.get": lambda _, params, kind: names.get_users(params, own_id(kind)),
    "groups.getById": lambda _, params, __: names.get_groups(params),
    "utils.resolveScreenName": lambda _, params, __: names.resolve(params),
    "likes.getList": lambda world, params, _: names.get_likes(world, params),
}
_NOT_SHOWN: Final = frozenset({"access_token", "success_token", "captcha_sid", "captcha_key"})


class Api:
    """Answers calls; the HTTP side only carries bytes."""

    def __init__(
        self,
        *,
        world: World,
        settings: Settings,
        gate: Gate,
        faults: Faults,
        obstacles: Obstacles,
        stats: Stats,
    ) -> None:
        self._world = world
        self._settings = settings
        self._gate = gate
        self._faults = faults
        self._obstacles = obstacles
        self._stats = stats

    def answer(self, method: str, params: Params, token: str, captcha_url: str) -> bytes:
        """Return the body of the answer to one request."""
        try:
            body = self._answered(method, params, token, captcha_url)
            self._stats.note(method, "ok", params.values)
        except Refusal as refusal:
            self._stats.note(method, f"error{refusal.code}", params.values)
            return orjson.dumps({"error": _error(refusal, method, params)})
        return body

    def _answered(self, method: str, params: Params, token: str, captcha_url: str) -> bytes:
        """Check the request, then call the method."""
        self._gate.check_version(params)
        kind = self._gate.kind(token)
        self._gate.check_rate(token, kind)
        self._obstacles.check(method, token, params, captcha_url)
        self._faults.refuse(params, captcha_url)
        if method == "execute":
            self._gate.check_method(method, token, kind)
            return self._executed(params, token, kind)
        return orjson.dumps({"response": self._called(method, params, token, kind)})

    def _called(self, method: str, params: Params, token: str, kind: TokenKind) -> object:
        """Call a method that is not `execute`."""
        if method not in METHODS:
            raise Refusal(3)
        self._gate.check_method(method, token, kind)
        return METHODS[method](self._world, params, kind)

    def _executed(self, params: Params, token: str, kind: TokenKind) -> bytes:
        """Run a script; calls that fail become false and are listed in execute_errors."""
        if not params.text("code"):
            raise Refusal(100, "code is undefined")
        try:
            program = parsed(params.text("code"))
        except CompileError as error:
            raise Refusal(12, str(error)) from None
        errors: list[dict[str, object]] = []

        def call(method: str, values: dict[str, str]) -> object:
            try:
                answer = self._inner(method, Params(values), token, kind)
                self._stats.note_inner(method, "ok", values)
            except Refusal as refusal:
                self._stats.note_inner(method, f"error{refusal.code}", values)
                errors.append({"method": method, "error_code": refusal.code, "error_msg": refusal.message})
                return False
            return answer

        arguments = {key: value for key, value in params.values.items() if key not in ("code", *_NOT_SHOWN)}
        try:
            body = packed(Run(call, arguments).result(program))
        except (RuntimeFault, RecursionError, TypeError) as error:
            raise Refusal(13, str(error)) from None
        if len(body) > self._settings.max_execute_bytes:
            raise Refusal(13, "response size is too big")
        if errors and self._settings.execute_row:
            errors.append(errors[-1] | {"method": "execute"})
        whole: dict[str, object] = {"response": orjson.Fragment(body)}
        return orjson.dumps(whole | {"execute_errors": errors} if errors else whole)

    def _inner(self, method: str, params: Params, token: str, kind: TokenKind) -> Answer:
        """Call a method from a script."""
        if method == "execute":
            raise RuntimeFault("Can't call execute from within execute")
        self._obstacles.check_inner(method, token, params)
        self._faults.refuse_inner()
        return Answer(self._called(method, params, token, kind))


def _error(refusal: Refusal, method: str, params: Params) -> dict[str, object]:
    """Return VK's error object; the token is not among the parameters."""
    shown = {"method": method, "oauth": "1"} | {
        key: value for key, value in params.values.items() if key not in _NOT_SHOWN
    }
    return {
        "error_code": refusal.code,
        "error_msg": refusal.message,
        **refusal.extra,
        "request_params": [{"key": key, "value": value} for key, value in shown.items()],
    }
