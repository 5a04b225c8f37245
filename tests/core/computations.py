"""Functions for processes of `Compute` to call; each process finds them by their module's name."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

import numpy as np

from core.errors import QueryError


def whoami() -> int:
    """Return the id of the process that computes."""
    return os.getpid()


def say_where(path: str) -> None:
    """Write the id of the process down, whole or not at all."""
    made = Path(f"{path}.part")
    made.write_text(str(os.getpid()))
    made.rename(path)


def spin(path: str) -> NoReturn:
    """Compute without an end."""
    say_where(path)
    while True:
        np.sort(np.arange(1_000))


def one_long_call(path: str) -> None:
    """Stay in one call of C that looks at no signal of Python's."""
    say_where(path)
    sum(range(10**12)) == "0" * 10  # noqa: B015 - minutes inside one call


def refuse(key: str) -> NoReturn:
    """Raise one of our own errors, with values in it."""
    raise QueryError("The filter '{key}' cannot be that.", hint="Try {other}.", key=key, other="another")


def break_down(kind: str) -> object:
    """End without an answer, in the way named."""
    match kind:
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            sys.exit(3)
        case "memory":
            raise MemoryError
        case "defect":
            raise ZeroDivisionError
    return threading.Lock()


def meet(path: str, number: int) -> int:
    """Return how many have come, once `number` computations are here at the same time."""
    here = Path(path)
    (here / str(os.getpid())).touch()
    for _ in range(3_000):
        if len(list(here.iterdir())) >= number:
            break
        time.sleep(0.01)
    return len(list(here.iterdir()))


def main_module() -> str:
    """Return the file that this process has as its `__main__`, empty for none."""
    return str(getattr(sys.modules["__main__"], "__file__", "") or "")
