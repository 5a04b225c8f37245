"""The tokens a person asked to be remembered: one file that only its owner may read.

Windows knows no such modes; there the file inherits what the user's own folder allows.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.errors import ConfigurationError
from core.log import logger

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
HEAD: Final = "# VK tokens, one per line. Whoever has one can read what its owner can.\n"
TOKEN: Final = re.compile(r"[!-~]{4,2000}")


class TokenFile:
    """`folder`/tokens; made when the first token is kept, gone with the last. Safe from any thread."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "tokens"
        self._lock = threading.Lock()

    def read(self) -> tuple[str, ...]:
        """Return the tokens; modes that let others read are repaired. Raises ConfigurationError."""
        with self._lock:
            return self._read()

    def add(self, token: str) -> None:
        """Keep one more token."""
        with self._lock:
            self._write(tuple(dict.fromkeys((*self._read(), token))))

    def remove(self, token: str) -> None:
        """Keep it no longer; one that is not there is fine."""
        with self._lock:
            kept = self._read()
            if token in kept:
                self._write(tuple(each for each in kept if each != token))

    def _read(self) -> tuple[str, ...]:
        try:
            if not self.path.exists():
                return ()
            _close_to_others(self.path.parent, FOLDER_MODE)
            _close_to_others(self.path, FILE_MODE)
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise _unusable(self.path, error) from error
        return tuple(dict.fromkeys(line.strip() for line in lines if TOKEN.fullmatch(line.strip())))

    def _write(self, tokens: Sequence[str]) -> None:
        """Write beside, then put in place, so that a broken write never costs the tokens that were there."""
        beside = self.path.with_name(f"tokens-{secrets.token_hex(4)}")
        try:
            self.path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            _close_to_others(self.path.parent, FOLDER_MODE)
            if not tokens:
                self.path.unlink(missing_ok=True)
                return
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "w") as file:
                file.write(HEAD + "".join(f"{token}\n" for token in tokens))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        except OSError as error:
            raise _unusable(self.path, error) from error
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def _close_to_others(path: Path, mode: int) -> None:
    """Take from everybody else what the mode allows them; refuse what belongs to another user."""
    if os.name == "nt":  # pragma: no cover - Windows has no such modes
        return
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(1, "it is a link or belongs to another user")
    if stat.S_IMODE(found.st_mode) & ~mode:
        logger(__name__).warning("Others could read this; they no longer can", path=str(path))
        path.chmod(mode)


def _unusable(path: Path, error: OSError | UnicodeDecodeError) -> ConfigurationError:
    reason = (error.strerror if isinstance(error, OSError) else "") or "it is no plain text"
    return ConfigurationError(
        "The file of remembered tokens {path} cannot be used: {reason}.",
        hint="Remove it, or make it yours alone: chmod 600.",
        path=str(path),
        reason=reason,
    )
