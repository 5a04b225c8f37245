"""How the process says that it cannot start."""

from __future__ import annotations

import json

import pytest

from core.errors import ConfigurationError
from dashboard.starting import one_sentence


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("ru_RU.UTF-8", "PORT не может быть «x». Укажите целое число от 1 до 9.\n"),
        ("C.UTF-8", "PORT cannot be 'x'. Give a whole number from 1 to 9.\n"),
        ("", "PORT cannot be 'x'. Give a whole number from 1 to 9.\n"),
    ],
)
def test_a_start_that_fails_speaks_the_language_of_the_terminal(
    locale: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence with what to do, in the language that the locale names, and the exit code 2."""
    for name in ("LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", locale)
    with pytest.raises(SystemExit) as ended, one_sentence():
        raise ConfigurationError(
            "{setting} cannot be '{value}'.",
            hint="Give a whole number from {low} to {high}.",
            setting="PORT", value="x", low=1, high=9,
        )  # fmt: skip
    assert (ended.value.code, capsys.readouterr().err) == (2, sentence)


@pytest.mark.parametrize("value", ["x", "\u043a"])
def test_whoever_wants_json_gets_the_reason_as_a_line_of_the_log(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One JSON object with the keys of every other line."""
    monkeypatch.setenv("LOG_FORMAT", "JSON")
    monkeypatch.setenv("LC_ALL", "C")
    with pytest.raises(SystemExit), one_sentence():
        raise ConfigurationError("{setting} cannot be '{value}'.", setting="PORT", value=value)
    line = json.loads(capsys.readouterr().err)
    assert line["event"].startswith(f"PORT cannot be '{value}'.")
    assert (line["level"], line["code"]) == ("critical", "configuration")
    assert line.keys() == {"code", "event", "logger", "level", "timestamp"}
