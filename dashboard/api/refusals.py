"""Why the API itself refuses a request, before any work begins: access, address, shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from core.errors import DashboardError


class Refusal(DashboardError):
    """A request that is not let in; `head` tells a program what the sentence tells a person."""

    code = "refused"
    status: ClassVar[int] = 400
    head: ClassVar[Mapping[str, str]] = {}

    def headers(self) -> dict[str, str]:
        """Return what the answer's head says besides, with the error's own values."""
        return {name: value.format(**self.params) for name, value in self.head.items()}


class BadAddress(Refusal):
    """The address is not what a program may send: broken encoding, a NUL."""

    code = "bad_address"


class BadRequest(Refusal):
    """The body cannot even be taken apart."""

    code = "http_error"


class KeyNeeded(Refusal):
    """The key is missing or wrong."""

    code = "key_needed"
    status = 401
    head: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": "Bearer"}


class SetupNeeded(Refusal):
    """Other machines may come in only when there is a key."""

    code = "setup_needed"
    status = 403


class CrossSite(Refusal):
    """A page of another site asks for a change in its visitor's name."""

    code = "cross_site"
    status = 403


class NoSuchRoute(Refusal):
    """There is no such route."""

    code = "no_such_route"
    status = 404


class MethodNotAllowed(Refusal):
    """The route is there, but not for this method; `allowed` is a parameter."""

    code = "method_not_allowed"
    status = 405
    head: ClassVar[Mapping[str, str]] = {"Allow": "{allowed}"}


class InvalidRequest(Refusal):
    """A parameter or the body has a value it cannot have."""

    code = "invalid_request"
    status = 422


class TooManyAttempts(Refusal):
    """Too many wrong keys came from one address; `wait_s` is a parameter."""

    code = "too_many_attempts"
    status = 429
    head: ClassVar[Mapping[str, str]] = {"Retry-After": "{wait_s}"}
