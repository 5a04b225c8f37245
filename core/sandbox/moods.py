"""How communities differ: which wordings stand on their walls, in comments and in replies."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.sandbox.wording import Wording

Weights = dict[Wording, float]

_RARE: Final[Weights] = {
    Wording.STICKER: 3,
    Wording.EMOJI: 4,
    Wording.LINK: 1.5,
    Wording.ODD: 1.5,
    Wording.ENGLISH: 0.6,
    Wording.UKRAINIAN: 0.8,
    Wording.TATAR: 0.8,
    Wording.KAZAKH: 0.7,
}
_ROOTS: Final[dict[str, Weights]] = {
    "city": {
        Wording.PRAISE: 14,
        Wording.COMPLAINT: 30,
        Wording.QUESTION: 14,
        Wording.NEUTRAL: 24,
        Wording.JOKE: 8,
        Wording.INSULT: 4,
    },
    "shop": {
        Wording.PRAISE: 24,
        Wording.COMPLAINT: 18,
        Wording.QUESTION: 36,
        Wording.NEUTRAL: 12,
        Wording.JOKE: 2,
        Wording.INSULT: 1,
        Wording.THANKS: 4,
    },
    "band": {
        Wording.PRAISE: 56,
        Wording.COMPLAINT: 4,
        Wording.QUESTION: 10,
        Wording.NEUTRAL: 14,
        Wording.JOKE: 7,
        Wording.INSULT: 1,
        Wording.THANKS: 8,
    },
    "university": {
        Wording.PRAISE: 12,
        Wording.COMPLAINT: 22,
        Wording.QUESTION: 30,
        Wording.NEUTRAL: 20,
        Wording.JOKE: 12,
        Wording.INSULT: 1,
    },
    "football": {
        Wording.PRAISE: 22,
        Wording.COMPLAINT: 24,
        Wording.QUESTION: 6,
        Wording.NEUTRAL: 20,
        Wording.JOKE: 14,
        Wording.INSULT: 10,
    },
    "crossroads": {
        Wording.PRAISE: 18,
        Wording.COMPLAINT: 4,
        Wording.QUESTION: 10,
        Wording.NEUTRAL: 14,
        Wording.JOKE: 4,
        Wording.THANKS: 5,
        Wording.ENGLISH: 10,
        Wording.UKRAINIAN: 14,
        Wording.TATAR: 14,
        Wording.KAZAKH: 12,
    },
}
_EVENTS: Final[dict[str, Weights]] = {
    "city": {
        Wording.PRAISE: 2,
        Wording.COMPLAINT: 50,
        Wording.QUESTION: 24,
        Wording.NEUTRAL: 14,
        Wording.JOKE: 4,
        Wording.INSULT: 7,
    },
    "football": {
        Wording.PRAISE: 6,
        Wording.COMPLAINT: 36,
        Wording.QUESTION: 4,
        Wording.NEUTRAL: 16,
        Wording.JOKE: 14,
        Wording.INSULT: 22,
    },
    "shop": {
        Wording.PRAISE: 3,
        Wording.COMPLAINT: 34,
        Wording.QUESTION: 50,
        Wording.NEUTRAL: 6,
        Wording.INSULT: 2,
    },
}
_REPLIES: Final[dict[str, Weights]] = {
    "calm": {
        Wording.AGREE: 32,
        Wording.DISAGREE: 14,
        Wording.NEUTRAL: 18,
        Wording.QUESTION: 8,
        Wording.THANKS: 10,
        Wording.JOKE: 8,
        Wording.PRAISE: 6,
        Wording.COMPLAINT: 6,
    },
    "heated": {
        Wording.AGREE: 18,
        Wording.DISAGREE: 36,
        Wording.NEUTRAL: 12,
        Wording.QUESTION: 4,
        Wording.JOKE: 9,
        Wording.INSULT: 14,
        Wording.COMPLAINT: 9,
    },
}


def _weights(own: Weights) -> NDArray[np.float64]:
    """Return the share of each wording, rare ones included."""
    shares = np.zeros(len(Wording))
    for wording, weight in (_RARE | own).items():
        shares[wording] = weight
    return np.asarray(shares / shares.sum())


def root_weights(mood: str, *, is_event: bool = False) -> NDArray[np.float64]:
    """Return the shares of wordings among comments to a post."""
    return _weights(_EVENTS.get(mood, _ROOTS[mood]) if is_event else _ROOTS[mood])


def reply_weights(mood: str, *, is_event: bool = False) -> NDArray[np.float64]:
    """Return the shares of wordings among replies to comments."""
    return _weights(_REPLIES["heated" if mood == "football" or is_event else "calm"])
