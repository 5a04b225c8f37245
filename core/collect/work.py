"""A piece of collecting: one call that waits to be made, and what its answer leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core.errors import VkError
from core.vk.client import Answer
from core.vk.execute import ApiCall


@dataclass(slots=True, eq=False)
class Work:
    """One call that waits, how its answer is read, and what follows from it.

    `read` runs beside others and may raise VkProtocol; `take` and `refuse` run one at a time and
    return the work that follows.
    """

    call: ApiCall
    read: Callable[[Answer], Any]
    take: Callable[[Any], Iterable[Work]]
    refuse: Callable[[VkError], Iterable[Work]]
    rounds: int = 0
    quiet_since: int = -1

    def forget(self) -> None:
        """Let go of the plan: what is done would else keep it alive in a circle."""
        self.take = self.refuse = lambda _: ()

    @property
    def is_tail(self) -> bool:
        """Tell whether nothing but its own continuation can follow: a page of a thread."""
        return "comment_id" in self.call.params
