"""Runs VKScript: values are copied, not shared; missing things are null; API calls go to a callable."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from core.sandbox.script import Node
from core.sandbox.script_methods import TEXT_AND_LIST
from core.sandbox.settings import MAX_EXECUTE_CALLS, MAX_EXECUTE_OPERATIONS

Call = Callable[[str, dict[str, str]], object]


class RuntimeFault(Exception):
    """The script broke while it ran."""


class _Returned(Exception):
    """Carries the value of `return` out of nested statements."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


class Answer:
    """The answer of a call, kept as ready JSON until the script looks inside."""

    __slots__ = ("packed",)

    def __init__(self, value: object) -> None:
        self.packed = orjson.dumps(value)

    def value(self) -> object:
        """Return plain values."""
        return orjson.loads(self.packed)


def _plain(value: Any) -> Any:
    """Return a value the script can look into."""
    return value.value() if isinstance(value, Answer) else value


def packed(value: object) -> bytes:
    """Return the JSON of a script's result."""
    return orjson.dumps(value, default=lambda answer: orjson.Fragment(answer.packed))


@dataclass(slots=True)
class Run:
    """One run of one script."""

    call: Call
    arguments: dict[str, str]
    names: dict[str, Any] = field(default_factory=dict)
    calls: int = 0
    operations: int = 0

    def result(self, program: list[Node]) -> object:
        """Run the script and return what it returns."""
        try:
            for statement in program:
                self._do(statement)
        except _Returned as returned:
            return returned.value
        return None

    def _do(self, node: Node) -> None:  # noqa: C901, PLR0912 - one branch per kind of statement
        """Run one statement."""
        self.operations += 1
        if self.operations > MAX_EXECUTE_OPERATIONS:
            raise RuntimeFault("Too many operations")
        match node:
            case ("block", body):
                for statement in body:
                    self._do(statement)
            case ("var", made):
                for name, value in made:
                    self.names[name] = self._copied(value)
            case ("if", test, then, other):
                self._do(then if _truth(self._value(test)) else other)
            case ("while", test, body):
                while _truth(self._value(test)):
                    self._do(body)
            case ("return", value):
                raise _Returned(self._eval(value))
            case ("delete", ("member", holder, name)):
                owner = self._value(holder)
                if isinstance(owner, dict):
                    owner.pop(name, None)
            case ("do", value):
                self._eval(value)
            case _:
                raise RuntimeFault("unknown statement")

    def _value(self, node: Node) -> Any:
        """Evaluate to a plain value; a name keeps what was unpacked."""
        value = self._eval(node)
        plain = _plain(value)
        if plain is not value and node[0] == "name":
            self.names[node[1]] = plain
        return plain

    def _copied(self, node: Node) -> Any:
        """Evaluate for storing: what another name holds is copied."""
        value = self._eval(node)
        return copy.deepcopy(value) if node[0] in ("name", "member", "index") else value

    def _eval(self, node: Node) -> Any:  # noqa: C901, PLR0911, PLR0912 - one branch per kind of expression
        """Evaluate an expression."""
        match node:
            case ("constant", value):
                return value
            case ("name", "Args"):
                return dict(self.arguments)
            case ("name", name):
                return self.names.get(name)
            case ("list", values):
                return [self._eval(value) for value in values]
            case ("object", pairs):
                return {key: self._eval(value) for key, value in pairs}
            case ("member", holder, name):
                return _member(self._value(holder), name)
            case ("index", holder, key):
                return _index(self._value(holder), self._value(key))
            case ("each", holder, name):
                rows = self._value(holder)
                return [_member(_plain(row), name) for row in rows] if isinstance(rows, list) else None
            case ("assign", target, value):
                return self._assign(target, value)
            case ("choice", test, then, other):
                return self._eval(then if _truth(self._value(test)) else other)
            case ("unary", sign, value):
                got = self._value(value)
                return not _truth(got) if sign == "!" else _number(got) * (-1 if sign == "-" else 1)
            case ("operator", "&&" | "||" as sign, left, right):
                got = self._value(left)
                return got if _truth(got) == (sign == "||") else self._value(right)
            case ("operator", sign, left, right):
                return _OPERATORS[sign](self._value(left), self._value(right))
            case ("call", ("member", ("member", ("name", "API"), section), method), given):
                return self._api(f"{section}.{method}", given)
            case ("call", ("member", ("name", "API"), method), given):
                return self._api(method, given)
            case ("call", ("name", "parseInt" | "parseDouble" as name), given):
                number = _number(self._value(given[0])) if given else 0
                return int(number) if name == "parseInt" else float(number)
            case ("call", ("member", holder, name), given):
                return _method(self._value(holder), name, [self._value(one) for one in given])
        raise RuntimeFault("unknown expression")

    def _assign(self, target: Node, value: Node) -> Any:
        """Assign to a name or into an object or list."""
        made = self._copied(value)
        match target:
            case ("name", name):
                self.names[name] = made
            case ("member", holder, key):
                self._put(self._value(holder), key, made)
            case ("index", holder, key):
                self._put(self._value(holder), self._value(key), made)
        return made

    def _put(self, holder: Any, key: Any, value: Any) -> None:
        """Store into an object or list."""
        if isinstance(holder, dict):
            holder[str(key)] = value
        elif isinstance(holder, list) and isinstance(key, int) and 0 <= key < len(holder):
            holder[key] = value
        else:
            raise RuntimeFault("cannot assign to this value")

    def _api(self, method: str, given: list[Node]) -> object:
        """Call a method of the API."""
        self.calls += 1
        if self.calls > MAX_EXECUTE_CALLS:
            raise RuntimeFault("Too many API calls")
        params = self._value(given[0]) if given else {}
        return self.call(method, {key: _as_text(value) for key, value in (params or {}).items()})


def _as_text(value: object) -> str:
    """Return a value as a parameter is sent."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return ",".join(_as_text(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _truth(value: object) -> bool:
    """Tell whether a value counts as true; empty lists and objects do."""
    return bool(value) or isinstance(value, (list, dict))


def _number(value: Any) -> Any:
    """Return a value as a number, 0 when it is none."""
    if isinstance(value, str):
        try:
            return float(value) if "." in value else int(value)
        except ValueError:
            return 0
    return value if isinstance(value, (int, float)) else 0


def _member(holder: Any, name: str) -> Any:
    """Return a field, null when there is none."""
    if name == "length" and isinstance(holder, (list, str)):
        return len(holder)
    return holder.get(name) if isinstance(holder, dict) else None


def _index(holder: Any, key: Any) -> Any:
    """Return an element, null when there is none."""
    if isinstance(holder, list):
        return holder[key] if isinstance(key, int) and 0 <= key < len(holder) else None
    return _member(holder, str(key))


def _added(left: Any, right: Any) -> Any:
    """Add numbers, join texts and lists."""
    if isinstance(left, list) and isinstance(right, list):
        return left + right
    if isinstance(left, str) or isinstance(right, str):
        return _as_text(left) + _as_text(right)
    return _number(left) + _number(right)


def _equal(left: Any, right: Any) -> bool:
    """Compare; a number equals its text."""
    if isinstance(left, str) != isinstance(right, str) and None not in (left, right):
        return bool(_number(left) == _number(right))
    return bool(left == right)


def _less(left: Any, right: Any) -> bool:
    """Compare two texts as texts, anything else as numbers."""
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    return bool(_number(left) < _number(right))


def _divided(left: Any, right: Any) -> Any:
    """Divide; whole numbers stay whole when they can."""
    if not _number(right):
        raise RuntimeFault("division by zero")
    value = _number(left) / _number(right)
    return int(value) if float(value).is_integer() else value


_OPERATORS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": _added,
    "-": lambda left, right: _number(left) - _number(right),
    "*": lambda left, right: _number(left) * _number(right),
    "/": _divided,
    "%": lambda left, right: _number(left) % (_number(right) or 1),
    "==": _equal,
    "===": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "!==": lambda left, right: not _equal(left, right),
    "<": _less,
    ">": lambda left, right: _less(right, left),
    "<=": lambda left, right: not _less(right, left),
    ">=": lambda left, right: not _less(left, right),
}


def _method(holder: Any, name: str, given: list[Any]) -> Any:
    """Call a method of a list or a text."""
    made = TEXT_AND_LIST.get(name)
    if made is None or not isinstance(holder, (list, str)):
        raise RuntimeFault(f"Method {name} requires an array")
    return made(holder, given)
