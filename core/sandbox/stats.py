"""What the sandbox saw: calls by method and outcome, starts per second, where tokens travelled."""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping


class Stats:
    """Counters that tests and the demo read."""

    def __init__(self) -> None:
        self.log: list[dict[str, object]] | None = None
        """Every call with its parameters and outcome, in order; None where nobody wants it."""
        self.reset()

    def reset(self) -> None:
        """Start counting anew."""
        self._calls: dict[str, Counter[str]] = defaultdict(Counter)
        self._inner: dict[str, Counter[str]] = defaultdict(Counter)
        self._recent: dict[str, deque[float]] = defaultdict(deque)
        self._most: dict[str, int] = {}
        self._tokens: Counter[str] = Counter()
        self._placed: Counter[str] = Counter()
        self._verbs: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._bytes = 0
        self._in_flight = 0
        self._most_in_flight = 0

    def start(self, token: str, places: list[str], verb: str, now: float) -> None:
        """Note the arrival of a request."""
        self._in_flight += 1
        self._most_in_flight = max(self._most_in_flight, self._in_flight)
        self._tokens[token] += 1
        self._placed.update(places or ["none"])
        self._verbs[verb] += 1
        recent = self._recent[token]
        while recent and now - recent[0] >= 1.0:
            recent.popleft()
        recent.append(now)
        self._most[token] = max(self._most.get(token, 0), len(recent))

    def end(self, size: int) -> None:
        """Note that a request was answered."""
        self._in_flight -= 1
        self._bytes += size

    def note(self, method: str, outcome: str, params: Mapping[str, str]) -> None:
        """Count an answered call."""
        self._calls[method][outcome] += 1
        if self.log is not None and method != "execute":
            self.log.append({"method": method, "params": dict(params), "outcome": outcome, "inner": False})

    def note_inner(self, method: str, outcome: str, params: Mapping[str, str]) -> None:
        """Count a call made inside execute."""
        self._inner[method][outcome] += 1
        if self.log is not None:
            self.log.append({"method": method, "params": dict(params), "outcome": outcome, "inner": True})

    def note_fault(self, name: str) -> None:
        """Count a transport fault."""
        self._faults[name] += 1

    def shown(self) -> dict[str, object]:
        """Return everything counted so far; tokens are named only where the limit is per token."""
        errors: Counter[str] = Counter()
        for found in (*self._calls.values(), *self._inner.values()):
            errors.update({name: count for name, count in found.items() if name != "ok"})
        return {
            "requests": sum(self._verbs.values()),
            "requests_by_token": dict(self._tokens),
            "errors": dict(errors),
            "too_many_per_second": errors["error6"],
            "calls": {name: dict(found) for name, found in sorted(self._calls.items())},
            "inner_calls": {name: dict(found) for name, found in sorted(self._inner.items())},
            "max_starts_per_second": max(self._most.values(), default=0),
            "max_starts_by_token": dict(self._most),
            "max_in_flight": self._most_in_flight,
            "token_placement": {place: self._placed[place] for place in ("header", "query", "body", "none")},
            "http_methods": dict(self._verbs),
            "transport_faults": dict(self._faults),
            "bytes_sent": self._bytes,
        }
