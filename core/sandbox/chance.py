"""Numbers that look random and depend only on a seed and a key, so texts can be made when asked for."""

from typing import Final

_MASK: Final = (1 << 64) - 1


def mixed(seed: int, key: int) -> int:
    """Return 64 well-mixed bits of a seed and a key (the finalizer of splitmix64)."""
    value = (seed * 0x9E3779B97F4A7C15 + key * 0xD1B54A32D192ED03 + 0x8CB92BA72F3D8DD7) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


def stepped(state: int) -> int:
    """Return the next state; its high bits choose."""
    return (state * 6364136223846793005 + 1442695040888963407) & _MASK
