"""The methods of VKScript's lists and texts."""

from collections.abc import Callable
from typing import Any, Final

Method = Callable[[Any, list[Any]], Any]


def _bound(given: list[Any], place: int, default: int) -> int:
    """Return a whole-number argument."""
    value = given[place] if len(given) > place else None
    return int(value) if isinstance(value, (int, float)) else default


def _slice(holder: Any, given: list[Any]) -> Any:
    """Return a part from one place up to another; negative places count from the end."""
    return holder[slice(_bound(given, 0, 0), _bound(given, 1, len(holder)))]


def _splice(holder: Any, given: list[Any]) -> Any:
    """Take elements out of a list and put others in."""
    first = _bound(given, 0, 0)
    last = first + _bound(given, 1, len(holder))
    taken = holder[first:last]
    holder[first:last] = given[2:]
    return taken


def _substr(holder: Any, given: list[Any]) -> Any:
    """Return part of a text by place and length."""
    first = _bound(given, 0, 0)
    return holder[first : first + _bound(given, 1, len(holder))]


def _push(holder: Any, given: list[Any]) -> Any:
    """Append to a list."""
    holder.extend(given)
    return len(holder)


def _unshift(holder: Any, given: list[Any]) -> Any:
    """Put elements before a list."""
    holder[:0] = given
    return len(holder)


def _index_of(holder: Any, given: list[Any]) -> int:
    """Return the place of an element or a part, -1 when there is none."""
    try:
        return int(holder.index(given[0]))
    except (ValueError, IndexError, TypeError):
        return -1


TEXT_AND_LIST: Final[dict[str, Method]] = {
    "slice": _slice,
    "splice": _splice,
    "substr": _substr,
    "push": _push,
    "unshift": _unshift,
    "indexOf": _index_of,
    "pop": lambda holder, _: holder.pop() if holder else None,
    "shift": lambda holder, _: holder.pop(0) if holder else None,
    "split": lambda holder, given: (
        str(holder).split(str(given[0])) if given and given[0] else list(str(holder))
    ),
}
