"""Stars in place of secrets: the given ones in whatever encoding, and what looks like a token.

A given secret is looked for in the text as it is and under each layer of escapes (percent, JSON, Python,
HTML, however deep), with white space taken out, as hexadecimal digits, and inside base64 at every alignment.
Where it is found, exactly the characters that encode it are replaced. Most lines hold nothing like it, so
looking is made of plain searches, and places are worked out only after something was found.
"""

from __future__ import annotations

import base64
import dataclasses
import html
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

MASK: Final = "***"
SHORTEST_SECRET: Final = 4
SHORTEST_BROKEN: Final = 12
"""A secret broken over lines is looked for from this length on; shorter ones stand in ordinary words."""
LAYERS: Final = 6
KEYS_REMEMBERED: Final = 1024

_ESCAPE: Final = re.compile(
    r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|\\+(?:u(?P<unicode>[0-9A-Fa-f]{4})|x(?P<byte>[0-9A-Fa-f]{2})|(?P<space>[nrt])|)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)"
)
_SPACE: Final = re.compile(r"\s+")
_SECRET_KEY: Final = re.compile(
    r"(?i)(.*[_-])?(token|authorization|password|secret|api[_-]?key|pseudonym_key|cookie|ticket)"
)
_SHAPES: Final = (
    re.compile(r"(?i)()vk[0-9](?:\.|%2e)a(?:\.|%2e)[\w%-]+"),
    re.compile(r"(?i)(\b(?:bearer|basic)(?:\s|%20|\+)+)[\w.~+/=%-]{8,}"),
    re.compile(
        r"(?i)((?:[a-z]+_token|client_secret|api_?key|password|captcha_key)"
        r"(?:\\*[\"'])?\s*(?:[=:]|%3d)\s*(?:\\*[\"'])?)[^\s\"'\\&,;}]+"
    ),
    re.compile(r"(?i)(\b(?:token|ticket)(?:=|%3d)[\"']?)[^\s\"'\\&,;})]+"),
    re.compile(r"(?i)(\bcookie:\s*[^=\s]+=)[^;\s\"']+"),
    re.compile(r"(://[^/@\s:]*:)[^/@\s]+(?=@)"),
)
_HINT: Final = re.compile(r"vk[0-9]|bearer|basic|token|secret|key|password|ticket|cookie:|://[^/@\s:]*:")
"""In every text, in lower letters, that a shape could match: one search instead of one for each."""
_LEGACY_TOKEN: Final = re.compile(r"\b[0-9a-f]{76}(?:[0-9a-f]{9})?\b")
_LEGACY_LENGTH: Final = 76

Spans = list[tuple[int, int]]


class Redactor:
    """Replaces secrets by stars in texts and values.

    Secrets shorter than four characters are left: hiding them would hide half of every line.
    """

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        self._forms: tuple[str, ...] = ()
        self._broken_forms: tuple[str, ...] = ()
        self._shortest = SHORTEST_SECRET
        self.take(secrets)

    def take(self, secrets: tuple[str, ...]) -> None:
        """Replace these from now on, in place of those given before."""
        forms = dict.fromkeys(
            form for secret in secrets if len(secret) >= SHORTEST_SECRET for form in _forms(secret)
        )
        whole = dict.fromkeys("".join(form.split()) for form in forms)
        self._broken_forms = tuple(form for form in whole if len(form) >= SHORTEST_BROKEN)
        self._shortest = min(map(len, forms), default=SHORTEST_SECRET)
        self._forms = tuple(forms)

    def text(self, text: str) -> str:
        """Return the text without secrets."""
        if len(text) >= self._shortest and self._is_in(text):
            text = self._masked(text)
        if _HINT.search(text.lower()):
            for shape in _SHAPES:
                text = shape.sub(rf"\g<1>{MASK}", text)
        return _LEGACY_TOKEN.sub(MASK, text) if len(text) >= _LEGACY_LENGTH else text

    def value(self, value: object) -> object:
        """Return the value without secrets: texts, bytes, mappings, sequences and dataclasses, nested."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Mapping):
            return {self._key(key): self._entry(key, each) for key, each in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(each) for each in value]
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            shown = {each.name: getattr(value, each.name) for each in dataclasses.fields(value) if each.repr}
            return {"type": type(value).__name__, **{key: self._entry(key, shown[key]) for key in shown}}
        return self.text(_words(value))

    def _key(self, key: object) -> object:
        return key if isinstance(key, int) else self.text(str(key))

    def _entry(self, key: object, value: object) -> object:
        is_secret = isinstance(value, str | bytes | list | tuple) and value and _names_secret(str(key))
        return MASK if is_secret else self.value(value)

    def _is_in(self, text: str) -> bool:
        for layer in _layers(text):
            for form in self._forms:
                if form in layer:
                    return True
            whole = "".join(layer.split())
            if len(whole) < len(layer):
                for form in self._broken_forms:
                    if form in whole:
                        return True
        return False

    def _masked(self, text: str) -> str:
        """Replace the characters of the text that encode a secret, in whichever layer it shows."""
        found: Spans = []
        layer, places = text, [(index, index + 1) for index in range(len(text))]
        for _ in range(LAYERS):
            found += _found(self._forms, layer, places)
            found += _found(self._broken_forms, *_peeled(layer, places, _SPACE, lambda _match: ""))
            under, under_places = _peeled(layer, places, _ESCAPE, _unescaped)
            if under == layer:
                break
            layer, places = under, under_places
        for start, end in reversed(_merged(found)):
            text = text[:start] + MASK + text[end:]
        return text


def _words(value: object) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return value if isinstance(value, str) else repr(value)


def _layers(text: str) -> Iterable[str]:
    """Yield the text, then what stands under its escapes, layer by layer."""
    for _ in range(LAYERS):
        yield text
        if not ("%" in text or "\\" in text or "&" in text):
            return
        under = _ESCAPE.sub(_unescaped, text)
        if under == text:
            return
        text = under


def _unescaped(match: re.Match[str]) -> str:
    kind, found = match.lastgroup, match.group(match.lastgroup or 0)
    if kind == "percent":
        return bytes.fromhex(found.replace("%", "")).decode("utf-8", "replace")
    if kind in ("unicode", "byte"):
        return chr(int(found, 16))
    if kind == "entity":
        return html.unescape(found)
    return " " if kind == "space" else ""


def _peeled(
    text: str, places: Spans, pattern: re.Pattern[str], plain: Callable[[re.Match[str]], str]
) -> tuple[str, Spans]:
    """Return the text with each match made plain, and which characters of the first text each stands for."""
    parts: list[str] = []
    left: Spans = []
    at = 0
    for match in pattern.finditer(text):
        made = plain(match)
        parts += text[at : match.start()], made
        left += places[at : match.start()]
        left += [(places[match.start()][0], places[match.end() - 1][1])] * len(made)
        at = match.end()
    return "".join([*parts, text[at:]]), left + places[at:]


def _found(forms: Iterable[str], text: str, places: Spans) -> Spans:
    found: Spans = []
    for form in forms:
        at = text.find(form)
        while at >= 0:
            found.append((places[at][0], places[at + len(form) - 1][1]))
            at = text.find(form, at + 1)
    return found


def _merged(spans: Spans) -> Spans:
    """Return spans in order, those that overlap as one."""
    merged: Spans = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _forms(secret: str) -> list[str]:
    """Return what a secret looks like under escapes: itself, its bytes one by one, as hex, as base64."""
    raw = secret.encode()
    # Whoever takes escapes off a text takes off what looks like one inside the secret too.
    by_byte = raw.decode("latin-1")
    forms = [*_layers(secret), *_layers(by_byte), secret.replace(" ", "+"), raw.hex(), raw.hex().upper()]
    for shift, first in ((0, 0), (1, 2), (2, 3)):
        encoded = base64.b64encode(b"\0" * shift + raw).decode()
        core = encoded[first : 8 * (shift + len(raw)) // 6]
        if len(core) > SHORTEST_SECRET:
            forms += [core, core.replace("+", "-").replace("/", "_")]
    return forms


@lru_cache(KEYS_REMEMBERED)
def _names_secret(key: str) -> bool:
    return _SECRET_KEY.fullmatch(key) is not None
