"""What an analyst pasted -> targets, or refusals with a reason.

Pure and offline: a name stays a name until the API resolves it. Anything that looks like a link or like
VK's own notation is judged; plain words around it are prose and are left alone. A bare name or number
counts only where it stands alone: in its line, or in a cell of a list; there a Cyrillic word is prose, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote

from core.links import patterns
from core.links.address import opened, parted, shown, trimmed
from core.links.patterns import ARTICLE, NAME, NUMBERS, OWNER, PAIR, UNSUPPORTED
from core.links.tables import (
    ALBUM_IDS,
    COMMON_ENDINGS,
    HINTS,
    ID_DIGITS,
    NAME_HOSTS,
    OTHER_SERVICES,
    PAIR_KINDS,
    RESERVED,
    SHORT_HOSTS,
    VIDEO_HOST,
    VK_HOSTS,
)
from core.models import RefusalReason, Refused, Target, TargetKind

_LAST_LINK: Final = re.compile(r".*https?://(.*)", re.IGNORECASE | re.DOTALL)
_KEYED: Final = frozenset({TargetKind.PHOTO, TargetKind.VIDEO})
_LONGEST_NAME: Final = 64
_MOST_DETOURS: Final = 3


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
    """Find every target and every refusal in a pasted text; no text is an error."""
    targets: dict[tuple[object, ...], Target] = {}
    refused: dict[str, Refused] = {}
    plain = text.translate(patterns.TYPOGRAPHY).replace("&amp;", "&").replace("\\/", "/")
    for line in plain.splitlines():
        for found in _line(line):
            if isinstance(found, Refused):
                refused.setdefault(found.input, found)
            else:
                name = (found.name or "").casefold()
                place = (found.owner_id, found.item_id, found.comment_id)
                targets.setdefault((found.kind, found.source_kind, *place, name), found)
    if not targets and not refused and plain.strip():
        refused[""] = _refusal(shown(" ".join(plain.split()))[:200], RefusalReason.NO_LINK)
    return Recognised(tuple(targets.values()), tuple(refused.values()))


def _line(line: str) -> Iterator[Target | Refused]:
    if "=" in line:
        line = patterns.FORMULA.sub(r" \1 ", line)
    if "[" in line or "(" in line:
        for mention in patterns.MENTION.finditer(line):
            yield from _mentioned(mention)
        line = patterns.MENTION.sub(" ", line)
    if "vk" in line.lower():
        line = patterns.SCHEME.sub(r"\1://", line)
    words = [part for word in patterns.SPLIT.split(line) for part in _uncomma(word) if trimmed(part)]
    stands_alone = _is_list(line, words)
    for word in words:
        yield from _unglued(trimmed(word), stands_alone=stands_alone and not word.endswith(":"))


def _mentioned(mention: re.Match[str]) -> Iterator[Target | Refused]:
    """Judge what stands in VK's own markup: `[id1|Name]`, `[https://vk.com/...|words]`, `@name (words)`."""
    typed = mention["typed"]
    inner = mention["owner"] or mention["wiki"] or typed
    is_plain = NAME.fullmatch(inner) is not None
    yield from _judged(mention.group(), f"@{typed}" if typed else inner, stands_alone=is_plain)


def _uncomma(word: str) -> list[str]:
    if "," not in word:
        return [word]
    return patterns.LINK_AFTER_COMMA.split(word) if "?" in word else word.split(",")


def _is_list(line: str, words: list[str]) -> bool:
    """Tell whether bare words of this line are names: a word alone, or cells of one word each."""
    if len(words) <= 1:
        return True
    if any(len(cell.split()) > 1 for cell in patterns.CELLS.split(line)):
        return False
    return ", " not in line or not any("/" in word for word in words)


def _unglued(word: str, *, stands_alone: bool) -> Iterator[Target | Refused]:
    """Judge one word; of several addresses without a space between them each that is a target counts."""
    *earlier, _ = patterns.LINK_STARTS.split(word) if "://" in word else [word]
    for part in earlier:
        yield from (
            found
            for found in _judged(trimmed(part), stands_alone=False)
            if isinstance(found, Target) and found.kind is not TargetKind.NAME
        )
    yield from _judged(word, stands_alone=stands_alone)


def _judged(typed: str, token: str = "", *, stands_alone: bool) -> Iterator[Target | Refused]:
    """Judge one token; yields nothing when it is prose."""
    try:
        target = _target(token or typed, stands_alone=stands_alone)
    except _RefusedError as error:
        yield _refusal(typed, error.reason)
    else:
        if target is not None:
            yield replace(target, input=shown(typed))


def _refusal(typed: str, reason: RefusalReason) -> Refused:
    return Refused(shown(typed), reason, HINTS[reason])


def _target(token: str, *, stands_alone: bool, detours: int = 0) -> Target | None:
    if "://" not in token and ("%2f" in token.lower() or "%3a" in token.lower()):
        token = unquote(token)
    if "://" in token:
        last = _LAST_LINK.fullmatch(token)
        if last is None:
            raise _RefusedError(RefusalReason.NOT_VK)
        return _address(last.group(1), detours)
    bare = token.lstrip("/")
    host = patterns.HOST.match(bare)
    if host is not None and _is_domain(host.group().lower(), bare[host.end() :]):
        return _address(bare, detours)
    return _named(bare) if bare.startswith("@") else _notation(bare, detours, stands_alone=stands_alone)


def _notation(bare: str, detours: int, *, stands_alone: bool) -> Target | None:
    """Read what has no host: VK's own notation, a number, a name, or an address glued to a word."""
    numbers = NUMBERS.fullmatch(bare)
    if numbers is not None:
        is_marked = bare.startswith("-") and numbers.group(2) is not None
        return _numbered(numbers) if stands_alone or is_marked else None
    path, params = opened(bare)
    if PAIR.fullmatch(path) or OWNER.fullmatch(path) or UNSUPPORTED.fullmatch(path):
        return _with_comment(_object(path), params)
    inside = patterns.INSIDE.search(bare)
    if inside is not None:
        return _address(bare[inside.start() :], detours)
    if not stands_alone or patterns.WORD.fullmatch(bare):
        return None
    return _with_comment(_object(path or bare), params)


def _is_domain(host: str, rest: str) -> bool:
    """Tell a host from a name with dots: ours, or followed by a path, or with a common ending."""
    ours = VK_HOSTS | NAME_HOSTS | SHORT_HOSTS | OTHER_SERVICES
    if host in ours or host == VIDEO_HOST or host.endswith("." + VIDEO_HOST):
        return True
    return rest.startswith("/") or host.rpartition(".")[2] in COMMON_ENDINGS


def _address(address: str, detours: int) -> Target:
    host, slash, rest = parted(address)
    host = host.rpartition("@")[2].partition(":")[0].lower().rstrip(".")
    path, params = opened(rest.strip("/ ") if slash == "/" else slash + rest)
    if host in NAME_HOSTS and path and "/" not in path:
        return _object(path)
    is_video = host == VIDEO_HOST or host.endswith("." + VIDEO_HOST)
    is_object = PAIR.fullmatch(path) is not None and host.endswith((".vk.com", ".vk.ru"))
    if host in VK_HOSTS or is_object or (is_video and host not in OTHER_SERVICES):
        return _on_vk(path, params, is_video=is_video, detours=detours)
    raise _RefusedError(_foreign(host))


def _foreign(host: str) -> RefusalReason:
    host = host.removeprefix("www.")
    if host in SHORT_HOSTS:
        return RefusalReason.SHORT_LINK
    if host in OTHER_SERVICES:
        return RefusalReason.OTHER_SERVICE
    ours = host in NAME_HOSTS or host.endswith((".vk.com", ".vk.ru"))
    return RefusalReason.UNSUPPORTED if ours else RefusalReason.NOT_VK


def _on_vk(path: str, params: dict[str, str], *, is_video: bool, detours: int) -> Target:
    for key in ("w", "z"):
        inner, _, tail = params.get(key, "").partition("/")
        inner, inner_params = opened(inner)
        if PAIR.match(inner) or OWNER.fullmatch(inner):
            access = tail.partition("/")[0]
            given = {"list": access} if patterns.KEY.fullmatch(access) else {}
            return _with_comment(_object(inner), given | params | inner_params)
    if path == "away.php":
        if detours >= _MOST_DETOURS:
            raise _RefusedError(RefusalReason.MALFORMED)
        target = _target(params.get("to", ""), stands_alone=False, detours=detours + 1)
        if target is None:
            raise _RefusedError(RefusalReason.NOT_VK)
        return target
    if path == "video_ext.php":
        return _object(f"video{params.get('oid', '')}_{params.get('id', '')}")
    folder, _, last = path.rpartition("/")
    is_object = PAIR.fullmatch(last) is not None
    if (folder and not is_object) or (is_video and not is_object):
        raise _RefusedError(RefusalReason.UNSUPPORTED)
    return _with_comment(_named(last) if last.startswith("@") else _object(last), params)


def _object(path: str) -> Target:
    """Read one object in VK's notation, such as `wall-1_2` or `club1`, or a name."""
    pair = PAIR.fullmatch(path)
    if pair is not None:
        return _pair(pair)
    owner = OWNER.fullmatch(path)
    if owner is not None:
        return _owner(owner.group(1).lower(), _number(owner.group(2) + owner.group(3)))
    if not path or path.lower() in RESERVED or UNSUPPORTED.fullmatch(path):
        raise _RefusedError(RefusalReason.UNSUPPORTED)
    if not NAME.fullmatch(path) or len(path) > _LONGEST_NAME:
        raise _RefusedError(RefusalReason.MALFORMED)
    return Target(path, TargetKind.NAME, name=path)


def _pair(pair: re.Match[str]) -> Target:
    word, owner, item, comment_mark, tail = pair.groups()
    kind, source_kind = PAIR_KINDS[word.lower()]
    owner_id = _number(owner)
    if kind is TargetKind.ALBUM:
        item_id = ALBUM_IDS[item] if item in ALBUM_IDS else _number(item)
        return Target("", kind, owner_id, item_id)
    target = Target("", kind, owner_id, _number(item), source_kind=source_kind)
    digits = re.match(r"[0-9]+", tail) if comment_mark else None
    if digits is not None:
        return replace(target, kind=TargetKind.COMMENT, comment_id=_number(digits.group()))
    return replace(target, access_key=tail) if tail and kind in _KEYED else target


def _with_comment(target: Target, params: dict[str, str]) -> Target:
    """Add what the query says: an access key, and the comment the link leads to."""
    if target.source_kind is None or target.comment_id is not None:
        return target
    listed = params.get("list", "")
    access_key = params.get("access_key") or (listed if patterns.KEY.fullmatch(listed) else "")
    if access_key and target.kind in _KEYED:
        target = replace(target, access_key=access_key)
    key = params.get("post" if target.kind is TargetKind.TOPIC else "reply", "")
    if not key.isascii() or not key.isdecimal() or not key.strip("0"):
        return target
    kind = target.kind if target.kind is TargetKind.TOPIC else TargetKind.COMMENT
    return replace(target, kind=kind, comment_id=_number(key))


def _owner(word: str, number: int) -> Target:
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
    number = _number(numbers.group(1))
    return _owner("id" if number > 0 else "club", abs(number))


def _named(token: str) -> Target:
    if ARTICLE.fullmatch(token):
        raise _RefusedError(RefusalReason.ARTICLE)
    return _object(token[1:])


def _number(digits: str) -> int:
    """Read an id; raises _RefusedError for zero and for what is too long to be one."""
    if not 0 < len(digits.lstrip("-0")) <= ID_DIGITS:
        raise _RefusedError(RefusalReason.MALFORMED)
    return int(digits)
