"""An answer as the page shows it: which query it is of, what choosing its rows does, its rows in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.analysis.described import Analysis
from core.query import Query
from core.storage import reads
from core.tasks.analyze import Answer
from core.tasks.answers import Measured
from core.wording import Lang, count, dates, say
from dashboard import analysed, data, state
from dashboard.charts import picks
from dashboard.charts.picks import Pick
from dashboard.components import sets
from dashboard.components.answer_rows import shown


@dataclass(frozen=True, slots=True)
class Asking:
    """An analysis, its parameters, and the second set where it compares two."""

    analysis: Analysis
    params: Mapping[str, Any]
    other: Query | None = None

    @property
    def name(self) -> str:
        """Return the name of the analysis."""
        return self.analysis.name

    @property
    def pick(self) -> Pick | None:
        """Return what choosing a row does."""
        return picks.of(self.analysis.name, self.params)


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer: `measured` has rows in the reader's words, `answer` those of the API; both are of `seen`.

    `query` is the reader's; what its rows themselves set is left out of `seen`. `sets` says in words which
    two are compared.
    """

    asking: Asking
    answer: Answer
    measured: Measured
    query: Query
    seen: Query
    lang: Lang
    sets: tuple[str, ...] = ()

    @property
    def period(self) -> str:
        """Return the days that it is of, in words; nothing where they are not known."""
        if not self.measured.period:
            return ""
        zone = ZoneInfo(self.measured.tz)
        first, last = (datetime.fromisoformat(each).astimezone(zone).date() for each in self.measured.period)
        return dates.period(first, last, self.lang)

    @property
    def n(self) -> int:
        """Return of how many comments the figures are: what the answer says itself, else all of the query."""
        told = {row.get("n") for row in self.measured.rows}
        own = self.measured.summary.get("n", next(iter(told)) if len(told) == 1 else None)
        return own if isinstance(own, int) else self.measured.n

    @property
    def _counted(self) -> str:
        """Say how many of what the figures are about: comments, or the replies between authors."""
        replies = self.measured.summary.get("replies")
        if self.asking.analysis.group == "replies" and isinstance(replies, int):
            return say("analyses.replies", self.lang, n=count(replies, "replies", self.lang))
        return count(self.n, "comments", self.lang)

    @property
    def chosen(self) -> list[int]:
        """Return the places of the rows that the reader's query holds."""
        pick, held = self.asking.pick, picks.chosen(self.query, self.asking.pick)
        if pick is None or not held:
            return []
        rows = self.measured.rows
        return [place for place, row in enumerate(rows) if picks.is_chosen(pick, pick.key(row), held)]

    @property
    def shows_around(self) -> bool:
        """Tell whether it is also of what the selection leaves out, as its own rows made that."""
        return self.seen != self.query and picks.seen(self.query, self.asking.pick) == self.seen

    @property
    def caption(self) -> str:
        """Say n, period, time zone and model: what every figure is about; of two sets what each is of."""
        measured, lang = self.measured, self.lang
        period = self.period or say("analyses.undated", lang)
        parts = [*(self.sets or (self._counted, period))]
        parts.append(dates.zone(measured.tz, lang, datetime.now(UTC)))
        if measured.model:
            parts.append(say("analyses.model", lang, model=measured.model))
        elif self.asking.analysis.model:
            parts.append(say("analyses.model.mood", lang))
        return " · ".join(parts)


def followed(view: state.View, found: Shown) -> Shown:
    """Return the answer that follows every filter, also what its own rows set: for its figures.

    A heavy one is not worked out twice: it stays as its chart is.
    """
    query = picks.measured(view.query, found.asking.name)
    if found.asking.analysis.is_heavy or query == found.seen:
        return found
    return _shown(view, found.asking, query, analysed.analysis(query, *_asked(found.asking)))


def listed(found: Shown, followed: Shown) -> Shown:
    """Return the answer for the table: as charted where a line of it was chosen, else that of the figures.

    Who chose a line can choose another beside it.
    """
    return found if found.chosen else followed


def _asked(asking: Asking) -> tuple[str, Mapping[str, Any], Query | None]:
    return asking.name, asking.params, asking.other


def answered(view: state.View, asking: Asking) -> Shown | None:
    """Return the answer to what is asked about the reader's query; None when it is heavy and not kept."""
    query = picks.measured(view.query, asking.name)
    seen = picks.seen(query, asking.pick)
    ask: Callable[..., Answer | None] = (
        analysed.kept_analysis if asking.analysis.is_heavy else analysed.analysis
    )
    answer = ask(seen, *_asked(asking))
    if answer is None:
        return None
    pick = asking.pick
    if pick is not None and not picks.is_own(query, pick, (pick.key(row) for row in answer.a.rows)):
        # People typed this search: it is a filter like any other.
        seen = query
        answer = ask(seen, *_asked(asking))
        if answer is None:
            return None
    return _shown(view, asking, seen, answer)


def _shown(view: state.View, asking: Asking, seen: Query, answer: Answer) -> Shown:
    topics = None
    if "topic" in asking.params.values():
        topics = {**data.read(seen, reads.topic_names), 0: say("analyses.blank.topic", view.ui)}
    rows = shown(answer.a, asking.analysis, data.titles(data.dataset(seen)), asking.params, topics)
    told = sets.told(seen, asking.other, view.ui) if asking.analysis.compares else ()
    return Shown(asking, answer, rows, view.query, seen, view.ui, told)


def wanted(view: state.View, asking: Asking) -> Query:
    """Return the query that a heavy analysis is to be worked out for."""
    return picks.seen(picks.measured(view.query, asking.name), asking.pick)
