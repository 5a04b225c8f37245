"""VKScript, the language of `execute`: text to a tree of tuples whose first element names the node."""

import re
from typing import Any, Final

Node = tuple[Any, ...]

_TOKEN: Final = re.compile(
    r"""\s+|//[^\n]*|/\*.*?\*/
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<sign>@\.|===|!==|==|!=|<=|>=|&&|\|\||[-+*/%<>!=?:;,.(){}\[\]])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_BINDING: Final = {
    "||": 1, "&&": 2, "==": 3, "!=": 3, "===": 3, "!==": 3, "<": 4, ">": 4, "<=": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "/": 6, "%": 6,
}  # fmt: skip
_CONSTANTS: Final[dict[str, object]] = {"true": True, "false": False, "null": None, "undefined": None}


class CompileError(Exception):
    """The code is no VKScript."""


def parsed(code: str) -> list[Node]:
    """Return the statements of a script."""
    return _Parser(_tokens(code)).program()


def _tokens(code: str) -> list[tuple[str, str]]:
    """Split code into (kind, text)."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(code):
        match = _TOKEN.match(code, at)
        if match is None:
            line = code.count("\n", 0, at) + 1
            raise CompileError(f"unexpected token on line {line}")
        if match.lastgroup:
            found.append((match.lastgroup, match.group()))
        at = match.end()
    return found


def _unquoted(text: str) -> str:
    """Return the value of a string literal, surrogate pairs joined."""

    def escaped(match: re.Match[str]) -> str:
        body = match.group(1)
        return chr(int(body[1:], 16)) if len(body) == 5 else _ESCAPES.get(body, body)

    value = re.sub(r"\\(u[0-9a-fA-F]{4}|.)", escaped, text[1:-1], flags=re.DOTALL)
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Parser:
    """A recursive-descent parser with precedence climbing for operators."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def program(self) -> list[Node]:
        """Read statements to the end."""
        statements: list[Node] = []
        while self._at < len(self._tokens):
            statements.append(self._statement())
        return statements

    def _peek(self) -> str:
        """Return the next token's text; strings never look like signs."""
        if self._at >= len(self._tokens):
            return ""
        kind, text = self._tokens[self._at]
        return text if kind != "string" else '"'

    def _next(self) -> tuple[str, str]:
        """Take a token."""
        if self._at >= len(self._tokens):
            raise CompileError("unexpected end of code")
        self._at += 1
        return self._tokens[self._at - 1]

    def _accept(self, text: str) -> bool:
        """Take the token if it is the expected one."""
        if self._peek() != text:
            return False
        self._at += 1
        return True

    def _expect(self, text: str) -> None:
        """Take the expected token or fail."""
        if not self._accept(text):
            raise CompileError(f"expected {text!r} before {self._peek()!r}")

    def _name(self) -> str:
        """Take a name."""
        kind, text = self._next()
        if kind != "name":
            raise CompileError(f"expected a name before {text!r}")
        return text

    def _statement(self) -> Node:  # noqa: PLR0911 - one return per kind of statement
        """Read one statement."""
        if self._accept(";"):
            return ("block", [])
        if self._accept("{"):
            body: list[Node] = []
            while not self._accept("}"):
                body.append(self._statement())
            return ("block", body)
        if self._accept("var"):
            return self._declaration()
        if self._accept("if"):
            return self._condition()
        if self._accept("while"):
            self._expect("(")
            test = self._expression()
            self._expect(")")
            return ("while", test, self._statement())
        if self._accept("return"):
            value = ("constant", None) if self._peek() in (";", "", "}") else self._expression()
            self._accept(";")
            return ("return", value)
        if self._accept("delete"):
            target = self._unary()
            self._accept(";")
            return ("delete", target)
        value = self._expression()
        if not self._accept(";") and self._peek() not in ("", "}"):
            raise CompileError(f"expected ';' before {self._peek()!r}")
        return ("do", value)

    def _declaration(self) -> Node:
        """Read the rest of `var a = 1, b;`."""
        made: list[tuple[str, Node]] = []
        while True:
            name = self._name()
            made.append((name, self._expression() if self._accept("=") else ("constant", None)))
            if not self._accept(","):
                break
        self._accept(";")
        return ("var", made)

    def _condition(self) -> Node:
        """Read the rest of an if."""
        self._expect("(")
        test = self._expression()
        self._expect(")")
        then = self._statement()
        other = self._statement() if self._accept("else") else ("block", [])
        return ("if", test, then, other)

    def _expression(self) -> Node:
        """Read an assignment, a choice or an operator expression."""
        left = self._operators(1)
        if self._peek() == "=" and left[0] in ("name", "member", "index"):
            self._at += 1
            return ("assign", left, self._expression())
        if self._accept("?"):
            then = self._expression()
            self._expect(":")
            return ("choice", left, then, self._expression())
        return left

    def _operators(self, binding: int) -> Node:
        """Read operators that bind at least this tightly."""
        left = self._unary()
        while _BINDING.get(self._peek(), 0) >= binding:
            sign = self._next()[1]
            left = ("operator", sign, left, self._operators(_BINDING[sign] + 1))
        return left

    def _unary(self) -> Node:
        """Read signs before a value and what follows it."""
        for sign in ("!", "-", "+"):
            if self._accept(sign):
                return ("unary", sign, self._unary())
        value = self._primary()
        while True:
            if self._accept("."):
                value = ("member", value, self._name())
            elif self._accept("@."):
                value = ("each", value, self._name())
            elif self._accept("["):
                value = ("index", value, self._expression())
                self._expect("]")
            elif self._accept("("):
                value = ("call", value, self._listed(")"))
            else:
                return value

    def _listed(self, end: str) -> list[Node]:
        """Read expressions up to the closing sign; a comma at the end is allowed."""
        values: list[Node] = []
        while not self._accept(end):
            values.append(self._expression())
            if not self._accept(","):
                self._expect(end)
                break
        return values

    def _primary(self) -> Node:
        """Read a literal, a name or a bracketed expression."""
        kind, text = self._next()
        if kind == "number":
            return ("constant", float(text) if "." in text else int(text))
        if kind == "string":
            return ("constant", _unquoted(text))
        if kind == "name":
            return ("constant", _CONSTANTS[text]) if text in _CONSTANTS else ("name", text)
        if text == "(":
            value = self._expression()
            self._expect(")")
            return value
        if text == "[":
            return ("list", self._listed("]"))
        if text == "{":
            return self._object()
        raise CompileError(f"unexpected {text!r}")

    def _object(self) -> Node:
        """Read the rest of an object literal."""
        pairs: list[tuple[str, Node]] = []
        while not self._accept("}"):
            kind, text = self._next()
            if kind == "sign":
                raise CompileError(f"unexpected {text!r}")
            self._expect(":")
            pairs.append((_unquoted(text) if kind == "string" else text, self._expression()))
            if not self._accept(","):
                self._expect("}")
                break
        return ("object", pairs)
