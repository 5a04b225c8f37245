"""Pauses in words."""

from __future__ import annotations

import re

import pytest

from core.models import Pause, PauseReason
from core.wording import LANGS, Lang, pauses


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("reason", PauseReason)
def test_every_pause_says_why_and_what_to_do(reason: PauseReason, lang: Lang) -> None:
    """No reason to wait leaves a reader without a sentence and a next step, in their language."""
    for said in (pauses.why(Pause(reason), lang), pauses.remedy(Pause(reason), lang)):
        assert said.endswith(".")
        assert bool(re.search("[а-яё]", said)) is (lang == "ru")


def test_a_picture_is_asked_for_by_itself() -> None:
    """A captcha of the old kind is read, not opened."""
    assert "picture" in pauses.remedy(Pause(PauseReason.CAPTCHA, is_image=True), "en")
