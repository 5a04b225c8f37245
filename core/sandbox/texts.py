"""Comment and post texts, made from templates and a number: the same number always makes the same text."""

import re
from typing import Final

from core.sandbox.chance import mixed, stepped
from core.sandbox.slots import SLOTS
from core.sandbox.tongues import TONGUE_SLOTS, TONGUES
from core.sandbox.topics import HERO_POSTS, POSTS, TOPIC_NAMES, TOPICS
from core.sandbox.wording import TEMPLATES, Wording

_CASES: Final = ("nom", "gen", "acc", "ins")

Part = str | tuple[str, ...] | int
"""Fixed text, alternatives, or the number of a grammatical case of the topic's things."""


def _compiled(template: str) -> tuple[Part, ...]:
    """Split a template into fixed text, alternatives and cases."""
    parts: list[Part] = []
    for index, piece in enumerate(re.split(r"\{(\w+)\}", template)):
        if index % 2 == 0:
            if piece:
                parts.append(piece)
        elif piece in _CASES:
            parts.append(_CASES.index(piece))
        else:
            parts.append(SLOTS.get(piece) or TONGUE_SLOTS[piece])
    return tuple(parts)


_TEMPLATES: Final[dict[int, tuple[tuple[Part, ...], ...]]] = {
    int(wording): tuple(_compiled(template) for template in templates)
    for wording, templates in (TEMPLATES | TONGUES).items()
}
_POSTS: Final = tuple(_compiled(template) for template in POSTS)
_THINGS: Final = tuple(TOPICS[name] for name in TOPIC_NAMES)


def _filled(parts: tuple[Part, ...], topic: int, state: int) -> str:
    """Fill the slots of one template."""
    things = _THINGS[topic]
    words: list[str] = []
    for part in parts:
        if isinstance(part, str):
            words.append(part)
            continue
        state = stepped(state)
        if isinstance(part, int):
            words.append(things[(state >> 33) % len(things)][part])
        else:
            words.append(part[(state >> 33) % len(part)])
    return "".join(words)


def comment_text(seed: int, key: int, wording: int, topic: int) -> str:
    """Return the text of one comment; a sticker has none."""
    if wording == Wording.STICKER:
        return ""
    state = mixed(seed, key)
    templates = _TEMPLATES[wording]
    text = _filled(templates[state % len(templates)], topic, state)
    if wording == Wording.ODD:
        return text
    first = text[:1]
    if (state >> 13) % 9 == 0:
        return text.lower().rstrip(".!")
    return first.upper() + text[1:] if (state >> 13) % 5 else text


def post_text(seed: int, key: int, topic: int, mood: str, *, is_hero: bool) -> str:
    """Return the text of one post."""
    if is_hero:
        return HERO_POSTS[mood]
    state = mixed(seed, key)
    text = _filled(_POSTS[state % len(_POSTS)], topic, state)
    return text[:1].upper() + text[1:]


def topic_title(seed: int, key: int, topic: int) -> str:
    """Return the title of a board's topic."""
    thing = _THINGS[topic][mixed(seed, key) % len(_THINGS[topic])]
    return ("Вопросы про {}", "Отзывы про {}", "Всё про {}")[mixed(seed, key + 1) % 3].format(thing[2])
