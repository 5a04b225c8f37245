"""Addresses taken apart: the word without what stands beside it, the host, the path, the parameters."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, unquote

from core.links.patterns import DASH_BEFORE, EDGES, GLUED, HOST_END, PAIR, REPLY_MARK
from core.log import without_secrets

_SHOWN: Final = 500


def shown(typed: str) -> str:
    """Return what was typed as it is shown and kept: without the token of an address pasted whole."""
    return without_secrets(typed)[:_SHOWN]


def trimmed(word: str) -> str:
    """Return a word without the punctuation, bullets and pictures around it."""
    if word[:1].isalnum() and word[-1:].isalnum():
        return word
    bare = word.strip(EDGES)
    return DASH_BEFORE.sub("", bare, count=1) if bare.startswith("-") else bare


def parted(address: str) -> tuple[str, str, str]:
    """Split an address without a scheme into its host, the character that ends it, and the rest."""
    end = HOST_END.search(address)
    return (address, "", "") if end is None else (address[: end.start()], end.group(), address[end.end() :])


def opened(rest: str) -> tuple[str, dict[str, str]]:
    """Split what follows the host into path and parameters; what is glued to an object is taken off."""
    before, _, fragment = rest.partition("#")
    path, _, query = before.partition("?")
    path = unquote(path).strip("/ ")
    params = dict(parse_qsl(query)) if query else {}
    folder, slash, last = path.rpartition("/")
    glued = GLUED.fullmatch(last)
    if glued is not None:
        path = folder + slash + glued.group(1)
        params = dict(parse_qsl(glued.group(3))) | params if glued.group(2) else params
    if not fragment:
        return path, params
    mark = REPLY_MARK.fullmatch(fragment)
    if mark is not None:
        params.setdefault("reply", mark.group(1))
    elif PAIR.fullmatch(fragment.lstrip("!/")) and not PAIR.fullmatch(path):
        path = fragment.lstrip("!/")
    return path, params
