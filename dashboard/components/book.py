"""What stands on which page: analyses in parts, most asked for first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Panel:
    """One analysis on a page, or a chart of the Overview by its name.

    `asks` are the parameters offered beside it; `unit` is the one that says how long a period is: it follows
    the time covered until it is chosen. `span` is how many
    sixths of the page its charts are wide. Its table, the figures of its whole and its notes are shown where
    they say more than the chart.
    """

    analysis: str = ""
    chart: str = ""
    asks: tuple[str, ...] = ()
    unit: str = ""
    span: int = 6
    has_table: bool = False
    has_summary: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page: its panels from top to bottom.

    `word` asks for one word that all panels are about; `second` for a second set to compare with.
    """

    name: str
    panels: tuple[Panel, ...]
    word: bool = False
    second: bool = False

    def __post_init__(self) -> None:
        """See to it that no analysis stands twice in a part: its parameters have one place in an address."""
        names = [panel.analysis for panel in self.panels if panel.analysis]
        assert len(names) == len(set(names)), self.name


BOOK: Final[dict[str, tuple[Part, ...]]] = {
    "activity": (
        Part("when", (Panel(chart="activity"), Panel(chart="rhythm"))),
        Part("bursts", (Panel("bursts", asks=("per", "method"), has_table=True, has_summary=True),)),
        Part(
            "attention",
            (
                Panel("decay", asks=("window",), span=3, has_summary=True),
                Panel("half_lives", span=3),
                Panel("first_comments", has_table=True, has_summary=True),
            ),
        ),
    ),
    "posts": (
        Part("posts", (Panel(chart="sources"), Panel("engagement_by_source", span=3, has_table=True))),
        Part(
            "engagement", (Panel(chart="likes"), Panel(chart="replies"), Panel("engagement", has_table=True))
        ),
        Part("threads", (Panel("threads", asks=("order",), has_table=True, has_summary=True),)),
    ),
    "authors": (
        Part("ranking", (Panel(chart="authors"), Panel("author_activity", span=3, has_table=True))),
        Part("newcomers", (Panel("newcomers", asks=("per",), unit="per", has_table=True, has_summary=True),)),
        Part("concentration", (Panel("concentration", asks=("over",), has_table=True, has_summary=True),)),
    ),
    "words": (
        Part("words", (Panel("words", asks=("by",), span=3), Panel("marks", asks=("mark",), span=3))),
        Part("ngrams", (Panel("ngrams", asks=("size",), has_table=True),)),
        Part("together", (Panel("collocations", asks=("by", "window"), has_table=True),)),
        Part("keyness", (Panel("keyness", asks=("per",), span=3, has_table=True),), second=True),
        Part(
            "context",
            (
                Panel("concordance", asks=("by",), has_table=True),
                Panel("word_tree", asks=("side",), span=3),
                Panel("collocates", asks=("window",), span=3),
            ),
            word=True,
        ),
    ),
    "mood": (
        Part("mood", (Panel("mood", asks=("over",), unit="over", span=3, has_summary=True),)),
        Part("examples", (Panel("mood_examples", asks=("of", "choose"), has_table=True),)),
    ),
    "topics": (
        Part("topics", (Panel("topics", asks=("topics",), has_table=True, has_summary=True),)),
        Part("over", (Panel("topics_over", asks=("over",), unit="over"),)),
        Part("entities", (Panel("entities", asks=("which",), has_table=True, has_summary=True),)),
        Part("labels", (Panel("labels", asks=("over", "called"), has_table=True),)),
        Part("coword", (Panel("coword", asks=("measure",)),)),
    ),
    "network": (
        Part("network", (Panel("reply_network", asks=("draw",), has_table=True, has_summary=True),)),
        Part("pairs", (Panel("reply_pairs", has_table=True), Panel("reply_links", has_table=True))),
        Part("communities", (Panel("reply_communities", has_table=True, has_summary=True),)),
    ),
    "coordination": (
        Part(
            "coordination",
            (Panel("coordination", asks=("pattern", "within"), has_table=True, has_summary=True),),
        ),
        Part("evidence", (Panel("coordination_evidence", asks=("pattern", "group"), has_table=True),)),
        Part("copies", (Panel("copies", has_table=True, has_summary=True),)),
        Part("near_copies", (Panel("near_copies", asks=("likeness",), has_table=True, has_summary=True),)),
    ),
    "changes": (
        Part("list", ()),
        Part("shares", (Panel("changes", asks=("by",), span=3, has_table=True, has_summary=True),)),
    ),
    "questions": (
        Part("inbox", (Panel("questions", asks=("show", "order"), has_table=True, has_summary=True),)),
        Part("clock", (Panel("response_times", asks=("by",), has_table=True, has_summary=True),)),
    ),
    "compare": (
        Part("side", (Panel(chart="side"),), second=True),
        Part("figures", (Panel("compare", has_table=True),), second=True),
        Part("keyness", (Panel("keyness", asks=("per",), span=3, has_table=True),), second=True),
        Part("robustness", (Panel("robustness", span=3, has_table=True),)),
    ),
}


def part(page: str, name: str) -> Part:
    """Return a part of a page by name, its first one where it has none of that name."""
    return next((each for each in BOOK[page] if each.name == name), BOOK[page][0])
