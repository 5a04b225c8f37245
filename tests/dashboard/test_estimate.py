"""What the page says before a collection starts."""

from __future__ import annotations

from core.collect.estimate import Estimate
from core.models import TargetKind
from dashboard.components.estimate import sentences

PLAIN = str.maketrans("\u00a0", " ")


def test_an_estimate_is_one_sentence_of_ranges() -> None:
    """Comments, requests, time and the share of a limit stand in one line; a tiny share is left out."""
    known = Estimate(
        (9, 9), (1234, 1871), (40, 60), (15.0, 25.0), daily={"wall.get": 0.02, "wall.search": 0.001}
    )
    (told,) = sentences(known, "en")
    assert told.translate(PLAIN) == (
        "≈ 1,200–1,900 comments, 40–60 requests, 15–25 s, 2.0% of today's limit for wall.get"
    )


def test_an_exact_number_is_not_called_about() -> None:
    """Where VK itself has said the number, it is told as a number."""
    (told,) = sentences(Estimate((1, 1), (21, 21), (2, 2), (1.0, 1.0), is_exact=True), "ru")
    assert told.translate(PLAIN) == "21 комментарий, 2 запроса, 1 с"


def test_what_needs_another_token_is_said_before_the_start() -> None:
    """What no token here may read is one sentence before the start, not a failure at the end."""
    known = Estimate(
        (3, 3),
        (0, 0),
        (0, 0),
        (0.0, 0.0),
        needs=((TargetKind.PHOTO, 3, "user_token"), (TargetKind.ALBUM, 1, "user_token")),
        daily={"wall.get": 1.4},
    )
    told = [each.translate(PLAIN) for each in sentences(known, "en")]
    assert told[1].startswith("This is more than today's limit for wall.get allows")
    assert told[2] == "3 photos and 1 album: a user token is needed."
