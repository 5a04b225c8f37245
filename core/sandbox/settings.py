"""How one sandbox behaves: the world's size, its limits and its switches."""

from dataclasses import dataclass, field

MAX_EXECUTE_CALLS = 25
MAX_EXECUTE_BYTES = 5 * 1024 * 1024
MAX_EXECUTE_OPERATIONS = 1_000


@dataclass(slots=True)
class Settings:
    """Everything that can be chosen at the start; limits may also change while the server runs."""

    comments: int = 20_000
    seed: int = 7
    rate: float = 3.0
    """Requests per second and token; 0 = unlimited."""
    rates: dict[str, float] = field(default_factory=dict)
    """Rates of single tokens, where they differ."""
    latency_s: float = 0.0
    faults: str = ""
    service_execute: bool = False
    """Whether a service token may call execute (VK's pages disagree)."""
    execute_row: bool = False
    """Whether execute_errors ends with the older extra row named "execute"."""
    deletions_per_minute: float = 0.0
    token_lifetime_s: float = 0.0
    """After how many seconds user tokens expire; 0 = never."""
    daily: dict[str, int] = field(default_factory=lambda: {"wall.get": 5_000})
    """Calls allowed per token and method; counted since the start."""
    max_execute_bytes: int = MAX_EXECUTE_BYTES
