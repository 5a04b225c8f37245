"""What an analyst pasted -> targets, or refusals with a reason.

Pure and offline: a name stays a name until the API resolves it. Anything that looks like a link or like
VK's own notation is judged; plain words around it are prose and are left alone. A bare name or number
counts only where it stands alone: in its line, or in a cell of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, unquote

from core.links.tables import (
    ALBUM_IDS,
    COMMON_ENDINGS,
    HINTS,
    MAX_ID,
    NAME_HOSTS,
    OTHER_SERVICES,
    PAIR_KINDS,
    RESERVED,
    SHORT_HOSTS,
    VIDEO_HOST,
    VK_HOSTS,
)
from core.models import RefusalReason, Refused, Target, TargetKind

_TYPOGRAPHY: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\ufeff\u200b\u200c\u200d\u2060")
)
_MENTION: Final = re.compile(r"\[(id|club|public|event)(\d{1,19})(?::bp-\d+_\d+)?\|[^\]\n]*\]")
_SPLIT: Final = re.compile(r"[\s;<>\"'`«»„“”|]+")
_LINK_AFTER_COMMA: Final = re.compile(
    r",(?=https?://|(?:m\.|www\.|new\.)?(?:vk\.|vkontakte\.|vkvideo\.)|wall-?\d)"
)
_LAST_LINK: Final = re.compile(r".*https?://(.*)", re.IGNORECASE)
_CELLS: Final = re.compile(r"[,;\t|]")
_EDGES: Final = "()[]{}.,!?:…*"
_HOST: Final = re.compile(r"((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(?=[/?#:]|$)", re.IGNORECASE)
_NAME: Final = re.compile(r"(?=[\w.]*[a-z])[a-z0-9_]+(?:\.[a-z0-9_]+)*", re.IGNORECASE | re.ASCII)
_ARTICLE: Final = re.compile(r"@[\w.]+-[\w.%-]+")
_PAIR: Final = re.compile(
    r"(wall|topic|photo|video|clip|product|market|album)(-?\d+)_(\d+)(?:_(r(?=\d))?(\w+))?", re.IGNORECASE
)
_OWNER: Final = re.compile(r"(wall|club|public|event|id|board|albums)(-?)(\d+)", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"(-?\d+)(?:_(\d+))?")
_UNSUPPORTED: Final = re.compile(
    r"(?:app|audio|audios|audio_playlist|doc|docs|poll|page|pages|note|notes|story|stories|podcast|podcasts|"
    r"artist|gifts?|tag|market|videos|photos|clips|playlist|music|topics|stats|uslugi|call|narrative)"
    r"-?\d+[\w-]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text held: targets and refusals, each once, in the order they came."""

    targets: tuple[Target, ...]
    refused: tuple[Refused, ...]


class _RefusedError(Exception):
    """Stops the judging of one link with the reason why it is none."""

    def __init__(self, reason: RefusalReason) -> None:
        super().__init__(reason)
        self.reason = reason


def recognise(text: str) -> Recognised:
    """Find every target and every refusal in a pasted text."""
    targets: dict[tuple[object, ...], Target] = {}
    refused: dict[str, Refused] = {}
    for line in text.translate(_TYPOGRAPHY).splitlines():
        for found in _line(line):
            if isinstance(found, Refused):
                refused.setdefault(found.input, found)
            else:
                name = (found.name or "").casefold()
                place = (found.owner_id, found.item_id, found.comment_id)
                targets.setdefault((found.kind, found.source_kind, *place, name), found)
    if not targets and not refused and text.strip():
        whole = " ".join(text.split())[:200]
        refused[whole] = Refused(whole, RefusalReason.MALFORMED, HINTS[RefusalReason.MALFORMED])
    return Recognised(tuple(targets.values()), tuple(refused.values()))


def _line(line: str) -> Iterator[Target | Refused]:
    if "[" in line:
        for mention in _MENTION.finditer(line):
            yield from _judged(mention.group(), mention.group().partition("|")[0][1:].partition(":")[0])
        line = _MENTION.sub(" ", line)
    words = [part for word in _SPLIT.split(line) for part in _uncomma(word) if part.strip(_EDGES)]
    stands_alone = _is_list(line, words)
    for word in words:
        yield from _judged(word.strip(_EDGES), stands_alone=stands_alone and not word.endswith(":"))


def _uncomma(word: str) -> list[str]:
    if "," not in word:
        return [word]
    return _LINK_AFTER_COMMA.split(word) if "?" in word else word.split(",")


def _is_list(line: str, words: list[str]) -> bool:
    """Tell whether bare words of this line are names: a word alone, or cells of one word each."""
    if len(words) <= 1:
        return True
    if any(len(cell.split()) > 1 for cell in _CELLS.split(line)):
        return False
    return ", " not in line or not any("/" in word for word in words)


def _judged(shown: str, token: str = "", *, stands_alone: bool = True) -> Iterator[Target | Refused]:
    """Judge one token; yields nothing when it is prose."""
    try:
        target = _target(token or shown, stands_alone=stands_alone)
    except _RefusedError as error:
        yield Refused(shown, error.reason, HINTS[error.reason])
    else:
        if target is not None:
            yield replace(target, input=shown)


def _target(token: str, *, stands_alone: bool) -> Target | None:
    if "://" not in token and ("%2f" in token.lower() or "%3a" in token.lower()):
        token = unquote(token)
    if "://" in token:
        last = _LAST_LINK.fullmatch(token)
        if last is None:
            raise _RefusedError(RefusalReason.NOT_VK)
        return _address(last.group(1))
    bare = token.lstrip("/")
    host = _HOST.match(bare)
    if host is not None and _is_domain(host.group().lower(), bare[host.end() :]):
        return _address(bare)
    if bare.startswith("@"):
        return _named(bare)
    numbers = _NUMBERS.fullmatch(bare)
    if numbers is not None:
        is_marked = bare.startswith("-") and numbers.group(2) is not None
        return _numbered(numbers) if stands_alone or is_marked else None
    path, _, query = bare.partition("?")
    if stands_alone or _PAIR.fullmatch(path) or _OWNER.fullmatch(path) or _UNSUPPORTED.fullmatch(path):
        return _with_comment(_object(path), dict(parse_qsl(query)))
    return None


def _is_domain(host: str, rest: str) -> bool:
    """Tell a host from a name with dots: ours, or followed by a path, or with a common ending."""
    ours = VK_HOSTS | NAME_HOSTS | SHORT_HOSTS | OTHER_SERVICES
    if host in ours or host == VIDEO_HOST or host.endswith("." + VIDEO_HOST):
        return True
    return rest.startswith("/") or host.rpartition(".")[2] in COMMON_ENDINGS


def _address(address: str) -> Target:
    before, _, query = address.partition("#")[0].partition("?")
    host, _, path = before.partition("/")
    host = host.rpartition("@")[2].partition(":")[0].lower().rstrip(".")
    path = unquote(path).strip("/ ")
    if host in NAME_HOSTS and path and "/" not in path:
        return _object(path)
    is_video = host == VIDEO_HOST or host.endswith("." + VIDEO_HOST)
    if host in VK_HOSTS or (is_video and host not in OTHER_SERVICES):
        return _on_vk(path, dict(parse_qsl(query)), is_video=is_video)
    raise _RefusedError(_foreign(host))


def _foreign(host: str) -> RefusalReason:
    if host in SHORT_HOSTS:
        return RefusalReason.SHORT_LINK
    if host in OTHER_SERVICES:
        return RefusalReason.OTHER_SERVICE
    ours = host in NAME_HOSTS or host.endswith((".vk.com", ".vk.ru"))
    return RefusalReason.UNSUPPORTED if ours else RefusalReason.NOT_VK


def _on_vk(path: str, params: dict[str, str], *, is_video: bool) -> Target:
    for key in ("w", "z"):
        inner, _, query = params.get(key, "").partition("/")[0].partition("?")
        if _PAIR.match(inner) or _OWNER.fullmatch(inner):
            return _with_comment(_object(inner), params | dict(parse_qsl(query)))
    if path == "away.php":
        target = _target(params.get("to", ""), stands_alone=False)
        if target is None:
            raise _RefusedError(RefusalReason.NOT_VK)
        return target
    if path == "video_ext.php":
        return _object(f"video{params.get('oid', '')}_{params.get('id', '')}")
    folder, _, last = path.rpartition("/")
    is_object = _PAIR.fullmatch(last) is not None
    if (folder and not is_object) or (is_video and not is_object):
        raise _RefusedError(RefusalReason.UNSUPPORTED)
    return _with_comment(_named(last) if last.startswith("@") else _object(last), params)


def _object(path: str) -> Target:
    """Read one object in VK's notation, such as `wall-1_2` or `club1`, or a name."""
    pair = _PAIR.fullmatch(path)
    if pair is not None:
        return _pair(pair)
    owner = _OWNER.fullmatch(path)
    if owner is not None:
        return _owner(owner.group(1).lower(), int(owner.group(2) + owner.group(3)))
    if not path or path.lower() in RESERVED or _UNSUPPORTED.fullmatch(path):
        raise _RefusedError(RefusalReason.UNSUPPORTED)
    if not _NAME.fullmatch(path):
        raise _RefusedError(RefusalReason.MALFORMED)
    return Target(path, TargetKind.NAME, name=path)


def _pair(pair: re.Match[str]) -> Target:
    word, owner, item, comment_mark, tail = pair.groups()
    kind, source_kind = PAIR_KINDS[word.lower()]
    is_album = kind is TargetKind.ALBUM
    item_id = ALBUM_IDS.get(item, int(item)) if is_album else int(item)
    target = Target("", kind, _checked(int(owner)), item_id, source_kind=source_kind)
    if not is_album:
        _checked(item_id)
    digits = re.match(r"\d+", tail) if comment_mark else None
    if digits is not None:
        return replace(target, kind=TargetKind.COMMENT, comment_id=int(digits.group()))
    return replace(target, access_key=tail) if tail and kind is not TargetKind.POST else target


def _with_comment(target: Target, params: dict[str, str]) -> Target:
    """Add what the query says: an access key, and the comment the link leads to."""
    if target.source_kind is None or target.comment_id is not None:
        return target
    if params.get("access_key") and target.kind in (TargetKind.PHOTO, TargetKind.VIDEO):
        target = replace(target, access_key=params["access_key"])
    key = params.get("post" if target.kind is TargetKind.TOPIC else "reply", "")
    if not key.isdecimal() or not int(key):
        return target
    kind = target.kind if target.kind is TargetKind.TOPIC else TargetKind.COMMENT
    return replace(target, kind=kind, comment_id=int(key))


def _owner(word: str, number: int) -> Target:
    _checked(number)
    if word == "wall":
        return Target("", TargetKind.WALL, number)
    if word == "albums":
        return Target("", TargetKind.ALBUM, number, 0)
    if word == "board":
        return Target("", TargetKind.BOARD, -abs(number))
    if number < 0:
        raise _RefusedError(RefusalReason.MALFORMED)
    return Target("", TargetKind.USER, number) if word == "id" else Target("", TargetKind.GROUP, -number)


def _numbered(numbers: re.Match[str]) -> Target:
    """Read bare numbers as VK's tools do: two are a post, a positive one a user, a negative one a group."""
    if numbers.group(2):
        return _object(f"wall{numbers.group()}")
    number = int(numbers.group(1))
    return _owner("id" if number > 0 else "club", abs(number))


def _named(token: str) -> Target:
    if _ARTICLE.fullmatch(token):
        raise _RefusedError(RefusalReason.ARTICLE)
    return _object(token[1:])


def _checked(number: int) -> int:
    if not number or abs(number) > MAX_ID:
        raise _RefusedError(RefusalReason.MALFORMED)
    return number
