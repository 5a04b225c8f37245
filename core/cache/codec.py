"""How an answer becomes bytes that another process may read: with a mark and a checksum, never pickled.

Whoever can write to the shared engine can write anything there. So what is read is only ever parsed: bytes
that are cut off, foreign, of an older format or of another shape raise Unreadable, which the cache takes for
a miss.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import orjson

FORMAT: Final = b"VKC1"
HEADER: Final = struct.Struct(">4sccI")
NOTHING: Final = b"-"
SOMETHING: Final = b"+"

Answer = TypeVar("Answer")


class Unreadable(Exception):
    """The bytes are not an answer of this codec."""


@dataclass(frozen=True)  # without slots, as Space is
class Codec(Generic[Answer]):
    """Answer -> bytes and back; `mark` is one byte that tells codecs apart.

    `encode` raises ValueError or TypeError for what it cannot say, `decode` for what it cannot read, and
    `decode(encode(answer))` equals the answer.
    """

    mark: bytes
    encode: Callable[[Answer], bytes]
    decode: Callable[[bytes], Answer]


def json_of(parse: Callable[[Any], Answer], plain: Callable[[Answer], Any] | None = None) -> Codec[Answer]:
    """Return the codec that keeps JSON; `parse` checks the shape, `plain` makes values that JSON has."""

    def encode(answer: Answer) -> bytes:
        return orjson.dumps(answer if plain is None else plain(answer), option=orjson.OPT_NON_STR_KEYS)

    return Codec(b"j", encode, lambda payload: parse(orjson.loads(payload)))


def sealed(codec: Codec[Answer], answer: Answer | None) -> bytes | None:
    """Return the bytes to keep; None for an answer that the codec cannot say."""
    if answer is None:
        return HEADER.pack(FORMAT, codec.mark, NOTHING, 0)
    try:
        payload = codec.encode(answer)
    except (ValueError, TypeError):
        return None
    return HEADER.pack(FORMAT, codec.mark, SOMETHING, zlib.crc32(payload)) + payload


def opened(codec: Codec[Answer], kept: bytes) -> Answer | None:
    """Return the answer in kept bytes, which may be None; raises Unreadable."""
    payload = kept[HEADER.size :]
    try:
        mark, codec_mark, presence, checksum = HEADER.unpack(kept[: HEADER.size])
        if (mark, codec_mark, checksum) != (FORMAT, codec.mark, zlib.crc32(payload)):
            raise Unreadable
        if presence == NOTHING:
            return None
        return codec.decode(payload)
    except (struct.error, ValueError, TypeError, LookupError, AttributeError) as error:
        raise Unreadable from error
