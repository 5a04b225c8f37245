"""The file of remembered tokens: its owner's alone, and never half written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from core.errors import ConfigurationError
from core.secrets import TokenFile

ONE, TWO = "first-token-of-a-test", "second-token-of-a-test"
has_modes = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


def mode(path: Path) -> int:
    """Return who may do what with a path."""
    return stat.S_IMODE(path.stat().st_mode)


def test_tokens_are_remembered_until_they_are_removed(tmp_path: Path) -> None:
    """Each token once, in order; the file goes with the last."""
    file = TokenFile(tmp_path / "secrets")
    assert file.read() == ()
    for token in (ONE, TWO, ONE):
        file.add(token)
    assert TokenFile(tmp_path / "secrets").read() == (ONE, TWO)
    file.remove(ONE)
    file.remove("unknown-token")
    assert file.read() == (TWO,)
    file.remove(TWO)
    assert not file.path.exists()


@has_modes
def test_only_the_owner_may_read_what_is_written(tmp_path: Path) -> None:
    """The folder is 0700 and the file 0600, and nothing else is left beside it."""
    file = TokenFile(tmp_path / "secrets")
    file.add(ONE)
    assert (mode(file.path.parent), mode(file.path)) == (0o700, 0o600)
    assert list(file.path.parent.iterdir()) == [file.path]


@has_modes
def test_wider_modes_are_repaired_when_the_file_is_read(tmp_path: Path) -> None:
    """What somebody opened to others is closed again."""
    file = TokenFile(tmp_path / "secrets")
    file.add(ONE)
    file.path.chmod(0o644)
    file.path.parent.chmod(0o755)
    assert file.read() == (ONE,)
    assert (mode(file.path.parent), mode(file.path)) == (0o700, 0o600)


@has_modes
def test_a_link_in_its_place_is_refused(tmp_path: Path) -> None:
    """Tokens are read from a file of one's own, not from wherever a link leads."""
    file = TokenFile(tmp_path / "secrets")
    file.path.parent.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text(f"{ONE}\n", encoding="utf-8")
    file.path.symlink_to(elsewhere)
    with pytest.raises(ConfigurationError, match="secrets"):
        file.read()


def test_what_is_no_text_is_refused_without_being_shown(tmp_path: Path) -> None:
    """A broken file stops the start with its name and what to do."""
    file = TokenFile(tmp_path / "secrets")
    file.add(ONE)
    file.path.write_bytes(b"\xff" + ONE.encode())
    with pytest.raises(ConfigurationError, match="cannot be used") as refused:
        file.read()
    assert ONE not in str(refused.value)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A token that cannot be kept is told, with the file and what to do."""
    (tmp_path / "secrets").write_text("a file where the folder should be", encoding="utf-8")
    file = TokenFile(tmp_path / "secrets")
    with pytest.raises(ConfigurationError, match="cannot be used") as refused:
        file.add(ONE)
    assert str(tmp_path) in refused.value.message
    assert refused.value.hint
