"""Spaces: the kinds of answers, each with its life, its format and its keys.

A key in a shared engine reads `vkcd:<space>:<version>:<key>`. Raise a space's version when the meaning or the
shape of its answers changes: what an older program kept is then not even looked at.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from core.cache.codec import Codec

PREFIX: Final = "vkcd"
TTL_S: Final = 3600.0
NEGATIVE_TTL_S: Final = 60.0
MAX_BYTES: Final = 1_048_576
"""The largest answer that is shared: more would hold up a slow line for longer than a request waits."""

Answer = TypeVar("Answer")
Key = str | int | tuple["Key | None", ...]
Place = str | tuple[str, Hashable]
"""Where an answer is kept: a text in shared spaces, (space, key) in those of this process alone."""

_READABLE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")


# Without slots: with them Space[int](...) fails, because typing then may not note the type.
@dataclass(frozen=True)
class Space(Generic[Answer]):
    """A kind of answers. Without a codec they are live objects and stay in this process.

    An answer of None means "nothing there" and lives `negative_ttl_s`, because things appear. `is_once`: each
    answer is for one caller (`Cache.take`), and is also kept here, so that it survives the engine's outage.
    """

    name: str
    version: int = 1
    ttl_s: float = TTL_S
    negative_ttl_s: float = NEGATIVE_TTL_S
    codec: Codec[Answer] | None = None
    max_bytes: int = MAX_BYTES
    is_once: bool = False

    def place(self, key: Hashable) -> Place:
        """Return where the answer to a key is kept; in shared spaces the key is a text, a number or a tuple.

        Texts that read well and numbers stand as they are, everything else as a digest.
        """
        if self.codec is None:
            return self.name, key
        return f"{PREFIX}:{self.name}:{self.version}:{_shown(key)}"

    def life_s(self, answer: object, ttl_s: float | None = None) -> float:
        """Return for how long to keep an answer, by its kind or as the caller wants it."""
        life_s = self.ttl_s if ttl_s is None else ttl_s
        return min(life_s, self.negative_ttl_s) if answer is None else life_s


def _shown(key: Hashable) -> str:
    if isinstance(key, str) and _READABLE.fullmatch(key):
        return key
    if type(key) is int:
        return str(key)
    return "~" + hashlib.blake2b(repr(key).encode(), digest_size=16).hexdigest()
