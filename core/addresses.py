"""Addresses of engines: what the cache's may look like, and how one is shown without its password."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from core.templates import Unfit

_LOGIN: Final = r"([^:@/?#\s]*:[^:@/?#\s]+@)?"
_SERVER: Final = rf"{_LOGIN}(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:[0-9]{{1,5}})?(/[0-9]{{0,5}})?"
_SECONDS: Final = r"(?=.*[1-9])[0-9]{1,2}(\.[0-9]+)?"
_PATH: Final = r"[^\s]+"
_TLS: Final = {"ssl_ca_certs": _PATH, "ssl_certfile": _PATH, "ssl_keyfile": _PATH}
CACHES: Final = {
    "memory": ("", {"max_entries": r"[1-9][0-9]{0,8}"}),
    "redis": (_SERVER, {"timeout_s": _SECONDS}),
    "rediss": (_SERVER, {"timeout_s": _SECONDS, **_TLS}),
    "unix": (rf"{_LOGIN}/[^?#\s]+", {"timeout_s": _SECONDS, "db": r"[0-9]{1,5}"}),
}
"""Scheme -> what follows it, and which options may."""


def cache_address(text: str) -> str:
    """Return the address of a cache in its normal form; raises Unfit."""
    scheme, mark, rest = text.partition("://")
    place, _, query = rest.partition("?")
    if not mark or scheme.lower() not in CACHES:
        raise Unfit("Give memory://, redis://host:6379/0, rediss://host:6379/0 or unix:///path?db=0.")
    form, options = CACHES[scheme.lower()]
    given = parse_qsl(query, keep_blank_values=True)
    for name, value in given:
        if name not in options:
            raise Unfit("After '?' it may have: {allowed}.", allowed=tuple(options))
        if not re.fullmatch(options[name], value):
            raise Unfit("'{option}' cannot have that value there.", option=name)
    if not re.fullmatch(form, place):
        raise Unfit(
            "Check its parts: :password@ (signs other than letters and digits as %XX), host, port, /database."
        )
    return f"{scheme.lower()}://{rest}"


def without_password(url: str) -> str:
    """Return the URL with the password between `://` and `@` hidden, and a lone name there as well.

    A name without a password is often a password in the wrong place. What is unsure is hidden.
    """
    hidden = re.sub(r"(?i)([?&]password=)[^&\s]*", r"\1***", url)
    return re.sub(r"(?s)://(?:([^/:@\s]*)(:))?.*@", r"://\1\2***@", hidden)


def passwords_in(url: str) -> tuple[str, ...]:
    """Return the password in an address, as it is written and as it is meant; empty without one."""
    password = urlsplit(url).password or ""
    return tuple(dict.fromkeys(each for each in (password, unquote(password)) if each))
