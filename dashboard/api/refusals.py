"""Why the API itself refuses a request, before any work begins: access, address, shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from core.errors import DashboardError


class Refusal(DashboardError):
    """A request that is not let in; `headers` tell a program what the sentence tells a person."""

    code = "refused"
    status: ClassVar[int] = 400

    def headers(self) -> Mapping[str, str]:
        """Return what the answer's head says besides."""
        return {}


class BadAddress(Refusal):
    """The address is not what a program may send: broken encoding, a NUL."""

    code = "bad_address"
    status = 400


class BadRequest(Refusal):
    """The body cannot even be taken apart."""

    code = "http_error"
    status = 400


class KeyNeeded(Refusal):
    """The key is missing or wrong."""

    code = "key_needed"
    status = 401

    def headers(self) -> Mapping[str, str]:
        """Return how the key is to be given."""
        return {"WWW-Authenticate": "Bearer"}


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

    def headers(self) -> Mapping[str, str]:
        """Return the methods that are possible."""
        return {"Allow": str(self.params["allowed"])}


class InvalidRequest(Refusal):
    """A parameter or the body has a value it cannot have."""

    code = "invalid_request"
    status = 422


class TooManyAttempts(Refusal):
    """Too many wrong keys came from one address; `wait_s` is a parameter."""

    code = "too_many_attempts"
    status = 429

    def headers(self) -> Mapping[str, str]:
        """Return how long to wait."""
        return {"Retry-After": str(self.params["wait_s"])}
