"""The forms of links and of VK's own notation, as regular expressions; each reads a text in one pass."""

from __future__ import annotations

import re
from typing import Final

_CODE: Final = re.ASCII | re.IGNORECASE

TYPOGRAPHY: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
    | dict.fromkeys("\u2066\u2067\u2068\u2069")
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
)
"""Dashes become hyphens, marks that nobody sees go, half characters become the sign for a broken one."""

MENTION: Final = re.compile(
    r"\[(?P<owner>(?:id|club|public|event)\d{1,19})(?::bp-\d+_\d+)?\|[^\]\n]{0,300}\]"
    r"|\[(?P<wiki>[^\s|\[\]]{1,500})\|[^\]\n]{0,300}\]"
    r"|(?<![\w/.])[@*](?P<typed>[a-z][a-z0-9_.]{0,60})\s?\([^()\n]{0,100}\)",
    re.ASCII | re.IGNORECASE,
)
FORMULA: Final = re.compile(
    r'=\s*(?:HYPERLINK|ГИПЕРССЫЛКА)\(\s*"{1,2}([^"\n]{1,500})"{1,2}[^()\n]{0,300}\)', re.IGNORECASE
)
SCHEME: Final = re.compile(
    r"(https?)(?::?[/\\]{1,3}|:)(?=(?:[a-z0-9-]{1,30}\.){0,2}vk(?:ontakte|video)?\.)", _CODE
)
SPLIT: Final = re.compile(r"[\s;<>\"'`«»„“”‘’‚‹›|]+")
LINK_AFTER_COMMA: Final = re.compile(
    r",(?=https?://|(?:m\.|www\.|new\.)?(?:vk\.|vkontakte\.|vkvideo\.)|wall-?\d)", _CODE
)
LINK_STARTS: Final = re.compile(r"(?=https?://)", _CODE)
CELLS: Final = re.compile(r"[,;\t|]")
EDGES: Final = "()[]{}.,!?:…*~·•‣◦\ufe0f\u20e3" + "".join(
    map(chr, (*range(0x2190, 0x2C00), *range(0x1F000, 0x1FB00)))
)
"""Punctuation, bullets, arrows and pictures that stand right beside a link."""
DASH_BEFORE: Final = re.compile(r"-+(?=[a-z@/])", _CODE)
INSIDE: Final = re.compile(
    r"(?<![a-z0-9./@])(?<![a-z0-9][_-])(?:(?:m|www|new)\.)?(?:vk\.(?:com|ru|me|cc)|vkontakte\.ru|vkvideo\.ru)/",
    _CODE,
)
"""An address without a scheme that is glued to what stands before it."""

HOST: Final = re.compile(r"((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(?=[/?#:]|$)", re.IGNORECASE)
HOST_END: Final = re.compile(r"[/?#]")
NAME: Final = re.compile(r"(?=[\w.]*[a-z])[a-z0-9_]+(?:\.[a-z0-9_]+)*", _CODE)
WORD: Final = re.compile(r"[\u0400-\u04ff]+(?:-[\u0400-\u04ff]+)*")
"""A word that can be no name: VK writes names in Latin letters."""
ARTICLE: Final = re.compile(r"@[\w.]+-[\w.%-]+")
_KINDS: Final = "wall|topic|photo|video|clip|product|market|album"
PAIR: Final = re.compile(rf"({_KINDS}):?(-?\d+)_(\d+)(?:_(r(?=\d))?(\w+?))?_*", _CODE)
GLUED: Final = re.compile(rf"((?:{_KINDS}):?-?\d+_\d+(?:_\w+)?)(?!-?\w)([?&]?)(.*)", _CODE | re.DOTALL)
"""An object with something behind it that belongs to the text, or that should have stood behind a `?`."""
OWNER: Final = re.compile(r"(wall|club|public|event|id|board|albums)(-?)(\d+)", _CODE)
NUMBERS: Final = re.compile(r"(-?\d+)(?:_(\d+))?", re.ASCII)
REPLY_MARK: Final = re.compile(r"reply(\d{1,19})", _CODE)
KEY: Final = re.compile(r"[0-9a-f]{10,40}", re.ASCII)
UNSUPPORTED: Final = re.compile(
    r"(?:app|audio|audios|audio_playlist|doc|docs|poll|page|pages|note|notes|story|stories|podcast|podcasts|"
    r"artist|gifts?|tag|market|videos|photos|clips|playlist|music|topics|stats|uslugi|call|narrative|write|"
    r"wiki|reviews|donut|friends|people|wishlist|graffiti|sticker|event_?list)-?\d+[\w-]*|[\w.]+\.php",
    _CODE,
)
