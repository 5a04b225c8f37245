"""Every error the product raises on purpose; each says what happened and what to do.

DashboardError
├── ConfigurationError        a setting is wrong, or names an engine that is not built yet
├── SandboxError              the synthetic VK did not start
├── VkError                   VK answered with an error, or did not answer
│   ├── VkTransient           try the same call again
│   │   ├── VkRateLimited     too many requests per second (6)
│   │   └── VkUnavailable     internal error, time-out, broken answer
│   ├── VkTooLarge            try again with a smaller batch (13, 36)
│   ├── VkAuthorization       the token is expired, revoked or of the wrong kind
│   │   └── VkMethodRefused   this token may not call this method (3, 23, 27, 28)
│   ├── VkAccessDenied        the source is closed to this token
│   │   └── VkCommentsClosed  comments are switched off (212, 801, 1401)
│   ├── VkNotFound            no such post, topic, name or community
│   ├── VkDailyLimit          the quantity of calls for a day is spent (29), or flood control (9)
│   ├── VkHumanNeeded         captcha or validation: only a person can go on
│   ├── VkBadRequest          the call itself is wrong
│   └── VkProtocol            an answer of a shape that is not VK's
├── StorageError              the database refused
│   ├── QueryTimedOut         a query ran past its limit
│   └── Busy                  all cursors are taken, or the writer's turn did not come
├── CacheError                the cache engine failed
├── TaskError                 a task cannot do what was asked of it
│   ├── TaskCancelled         somebody cancelled it
│   ├── TaskTimedOut          it ran past its limit
│   ├── TaskPaused            it waits for a person, another token or a moment, and goes on from there
│   └── TaskConflict          it is in a state, or under a key, that does not allow it
├── ComputeFailed             a process that computed was killed, or ran out of memory
├── ImportRefused             a file cannot be read as comments
├── ExportError               a file cannot be written
├── QueryError                a filter has a value it cannot have
└── NotFound                  nothing under that key here
"""

from __future__ import annotations

from typing import ClassVar

from core.templates import filled


class DashboardError(Exception):
    """An error with a stable code, a sentence of what happened, and a hint of what to do.

    Both are constant English templates with {named} places for `params`, and stay here as `template` and
    `hint_template`, so that `core.wording.faults` can say the same in another language.
    """

    code: ClassVar[str] = "error"

    def __init__(self, template: str, /, *, hint: str = "", **params: object) -> None:
        super().__init__(template)
        self.template = template
        self.hint_template = hint
        self.params = params

    @property
    def message(self) -> str:
        """Return what happened, in English."""
        return filled(self.template, self.params)

    @property
    def hint(self) -> str:
        """Return what to do, in English; empty where the code says enough."""
        return filled(self.hint_template, self.params)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with every field, whatever the constructor asks for."""
        return _restored, (type(self), self.args, dict(self.__dict__))


def _restored(kind: type[DashboardError], args: tuple[str], fields: dict[str, object]) -> DashboardError:
    """Return an error as another process raised it."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(fields)
    return error


class ConfigurationError(DashboardError):
    """A setting is wrong, or names an engine that is not built yet."""

    code = "configuration"


class SandboxError(DashboardError):
    """The synthetic VK did not start."""

    code = "sandbox"


class VkError(DashboardError):
    """VK answered with an error; `vk_code` is its number, 0 for transport failures."""

    code = "vk_error"

    def __init__(
        self, template: str, /, *, hint: str = "", vk_code: int = 0, method: str = "", **params: object
    ) -> None:
        super().__init__(template, hint=hint, vk_code=vk_code, method=method, **params)
        self.vk_code = vk_code
        self.method = method


class VkTransient(VkError):
    """The same call may succeed when it is repeated."""

    code = "vk_transient"


class VkRateLimited(VkTransient):
    """Too many requests per second."""

    code = "rate_limited"


class VkUnavailable(VkTransient):
    """VK failed inside, did not answer in time, or its answer broke off."""

    code = "vk_unavailable"


class VkTooLarge(VkError):
    """The batch was too much for one call; a smaller one may pass."""

    code = "batch_too_large"


class VkAuthorization(VkError):
    """The token is missing, expired, revoked or of the wrong kind."""

    code = "authorization"


class VkMethodRefused(VkAuthorization):
    """This token may not call this method."""

    code = "method_refused"


class VkAccessDenied(VkError):
    """The source is closed to this token."""

    code = "access_denied"


class VkCommentsClosed(VkAccessDenied):
    """Comments are switched off there."""

    code = "comments_closed"


class VkNotFound(VkError):
    """No such post, topic, name or community."""

    code = "not_found"


class VkDailyLimit(VkError):
    """The quantity of calls allowed for a day is spent, or flood control is on."""

    code = "daily_limit"


class VkHumanNeeded(VkError):
    """Only a person can go on: captcha or validation; `link` leads there.

    `is_image`: the link is a picture to be read and typed; `captcha_sid` then names it to VK.
    """

    code = "human_needed"

    def __init__(
        self,
        template: str,
        /,
        *,
        hint: str = "",
        vk_code: int = 0,
        method: str = "",
        link: str = "",
        is_image: bool = False,
        captcha_sid: str = "",
        **params: object,
    ) -> None:
        super().__init__(template, hint=hint, vk_code=vk_code, method=method, link=link, **params)
        self.link = link
        self.is_image = is_image
        self.captcha_sid = captcha_sid


class VkBadRequest(VkError):
    """The call itself is wrong: a defect of the caller."""

    code = "bad_request"


class VkProtocol(VkError):
    """An answer of a shape that is not VK's."""

    code = "protocol"


class StorageError(DashboardError):
    """The database refused."""

    code = "storage"


class QueryTimedOut(StorageError):
    """A query ran past its limit."""

    code = "query_timed_out"


class Busy(StorageError):
    """Too many want the database at the same time; the same request succeeds a little later."""

    code = "busy"


class CacheError(DashboardError):
    """The cache engine failed."""

    code = "cache"


class TaskError(DashboardError):
    """A task cannot do what was asked of it."""

    code = "task"


class TaskCancelled(TaskError):
    """Somebody cancelled the task; what it had fetched is kept; `result` says what that is."""

    code = "cancelled"

    def __init__(self, template: str, /, *, hint: str = "", result: object = None, **params: object) -> None:
        super().__init__(template, hint=hint, **params)
        self.result = result


class TaskTimedOut(TaskError):
    """The task ran past its limit; what it had fetched is kept."""

    code = "timed_out"


class TaskPaused(TaskError):
    """The task waits; `pause` (core.models.Pause) says for what, `result` what it has done so far."""

    code = "paused"

    def __init__(
        self, template: str, /, *, hint: str = "", pause: object, result: object = None, **params: object
    ) -> None:
        super().__init__(template, hint=hint, **params)
        self.pause = pause
        self.result = result


class TaskConflict(TaskError):
    """The task is in a state, or under a key, that does not allow what was asked."""

    code = "conflict"


class ComputeFailed(DashboardError):
    """A process that computed ended before it had an answer."""

    code = "compute_failed"


class ImportRefused(DashboardError):
    """A file cannot be read as comments."""

    code = "import_refused"


class ExportError(DashboardError):
    """A file cannot be written."""

    code = "export"


class QueryError(DashboardError):
    """A filter has a value it cannot have; `params` name the key and the value."""

    code = "bad_query"


class NotFound(DashboardError):
    """Nothing under that key here."""

    code = "not_here"
