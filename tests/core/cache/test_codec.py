"""What a shared engine may hold, and what of it is believed."""

from __future__ import annotations

import pickle
import struct
import zlib
from typing import Any

import pyarrow as pa
import pytest

from core.cache.codec import FORMAT, HEADER, SOMETHING, Codec, Unreadable, json_of, opened, sealed
from core.cache.frames import ARROW
from core.cache.spaces import Space

TABLE = pa.table({"day": [1, 2, None], "text": ["а", "\N{GRINNING FACE}", None]})


def _pair(kept: Any) -> tuple[str, int]:
    kind, number = kept
    return str(kind), int(number)


PAIR = json_of(_pair)


def _sealed_bytes(payload: bytes, mark: bytes = b"j") -> bytes:
    return HEADER.pack(FORMAT, mark, SOMETHING, zlib.crc32(payload)) + payload


@pytest.mark.parametrize(
    ("codec", "answer"),
    [(PAIR, ("group", 1)), (PAIR, None), (ARROW, TABLE), (ARROW, TABLE.slice(0, 0)), (ARROW, None)],
)
def test_an_answer_comes_back_as_it_went(codec: Codec[Any], answer: object) -> None:
    """What is kept is read as the same value, "nothing there" included."""
    held = sealed(codec, answer)
    assert held is not None
    assert opened(codec, held) == answer


def test_a_value_that_json_lacks_has_a_plain_form() -> None:
    """A codec may turn what JSON cannot say into what it can, and back."""
    codec = json_of(frozenset, plain=sorted)
    held = sealed(codec, frozenset({2, 1}))
    assert held is not None
    assert opened(codec, held) == {1, 2}


GOOD = sealed(PAIR, ("group", 1)) or b""
TABLE_BYTES = ARROW.encode(TABLE)


@pytest.mark.parametrize(
    "held",
    [
        b"",
        GOOD[:5],
        GOOD[:-1],
        GOOD + b" ",
        b"VKC0" + GOOD[4:],
        GOOD[:-2] + bytes([GOOD[-2] ^ 1]) + GOOD[-1:],
        b"plain text of another program",
        pickle.dumps(("group", 1)),
        _sealed_bytes(b"{not json"),
        _sealed_bytes(b'["group"]'),
        _sealed_bytes(b'["group", "many"]'),
        _sealed_bytes(b"7"),
        _sealed_bytes(b'["group", 1]', mark=b"a"),
    ],
)
def test_what_cannot_be_read_is_told(held: bytes) -> None:
    """Bytes that are cut off, foreign, pickled, of an older format or of another shape are unreadable."""
    with pytest.raises(Unreadable):
        opened(PAIR, held)


@pytest.mark.parametrize("payload", [b"", b"nothing", TABLE_BYTES[:-40], TABLE_BYTES[:30]])
def test_a_broken_table_is_told(payload: bytes) -> None:
    """Bytes that are no Arrow table are unreadable, even with a right checksum."""
    with pytest.raises(Unreadable):
        opened(ARROW, _sealed_bytes(payload, mark=b"a"))


def test_a_table_that_lies_about_its_offsets_is_told() -> None:
    """A table whose texts would lie outside it is refused before anybody reads them."""
    honest = ARROW.encode(pa.table({"text": ["abc", "def"]}))
    lying = honest.replace(struct.pack("<3i", 0, 3, 6), struct.pack("<3i", 0, 900, 6))
    assert lying != honest
    with pytest.raises(Unreadable):
        opened(ARROW, _sealed_bytes(lying, mark=b"a"))


def test_keys_read_well_or_are_digests() -> None:
    """A plain name or number stands in the key; all else is a digest; different keys never meet."""
    space = Space[Any]("names", version=3, codec=PAIR)
    assert space.place("durov") == "vkcd:names:3:durov"
    assert space.place(-42) == "vkcd:names:3:-42"
    others = ["-42", "a:b", "a b", "кот", "~x", "", "x" * 65, ("a", "b"), ("a:b",), (1, None), True, "\ud800"]
    places = [str(space.place(each)) for each in others]
    assert all(place.startswith("vkcd:names:3:~") for place in places)
    assert len(set(places)) == len(others)
