"""What a collection will cost, in words, before it starts; found out beside the page and never waited for."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import streamlit as st

from core.collect.estimate import Estimate, estimate
from core.collect.run import CollectOptions
from core.links import Recognised
from core.tasks.params import REFRESH
from core.wording import Lang, amounts, percent, say
from core.wording.amounts import NOUNS, counts, listed, rounded
from dashboard import data, failures, services, state
from dashboard.estimating import Estimated

EVERY_S: Final = 0.7
VISITOR: Final = "estimate.visitor"
MUCH: Final = 0.005
"""A smaller share of a day's limit is not worth a word."""


def draw(found: Recognised, options: Mapping[str, Any], lang: Lang) -> None:
    """Draw the estimate for these links and options; while it is being found out, ask again by itself."""
    if not found.targets:
        return
    question = _question(found, options)
    known = _ask(question, found, options)
    is_open = known is None
    fragment = st.fragment(_estimate, run_every=EVERY_S if is_open else None)
    fragment(question, found, options, lang, was_open=is_open)


def sentences(known: Estimate, lang: Lang) -> list[str]:
    """Say how much it is: comments, requests, time, shares of the day's limits, what needs another token."""
    spans = {"comments": known.comments, "requests": known.requests}
    parts = [
        *(counts(*(span if known.is_exact else rounded(*span)), noun, lang) for noun, span in spans.items()),
        amounts.between(*known.seconds, lang),
    ]
    parts += [
        say("estimate.daily", lang, share=percent(min(share, 1.0), lang), method=method)
        for method, share in known.daily.items()
        if share >= MUCH
    ]
    told = [say("estimate.exactly" if known.is_exact else "estimate.about", lang, what=", ".join(parts))]
    told += [say("estimate.over", lang, method=method) for method, share in known.daily.items() if share > 1]
    needs = [
        amounts.count(n, str(kind) if str(kind) in NOUNS else "links", lang) for kind, n, _ in known.needs
    ]
    return [*told, say("estimate.needs", lang, what=listed(needs, lang))] if needs else told


def _estimate(
    question: str, found: Recognised, options: Mapping[str, Any], lang: Lang, *, was_open: bool
) -> None:
    known: Estimated[Estimate] | None = None
    with failures.shown(lang):
        known = _ask(question, found, options)
        if known is None:
            st.caption(f":material/hourglass_top: {say('estimate.working', lang)}")
        elif known.answer is None:
            st.caption(f":material/help: {say('estimate.unknown', lang)}")
        else:
            first, *others = sentences(known.answer, lang)
            st.caption(f":material/calculate: **{first}**")
            if data.has_comments(services.current().collecting().dataset) and not _reads_all(options):
                st.caption(say("estimate.anew", lang))
            for each in others:
                st.caption(f":orange[:material/key:] {each}")
    if was_open and known is not None:
        # Asking again ends only by a run of the whole page.
        st.rerun()


def _ask(question: str, found: Recognised, options: Mapping[str, Any]) -> Estimated[Estimate] | None:
    served = services.current()
    visitor = state.picked(VISITOR)
    if visitor is None:
        visitor = secrets.token_hex(8)
        state.keep(VISITOR, visitor)

    def work(cancel: threading.Event) -> Estimate:
        return estimate(found, _collect_options(options), served.collecting().vk(), cancel)

    return served.estimates.ask(question, str(visitor), work)


def _reads_all(options: Mapping[str, Any]) -> bool:
    return options.get("refresh") == REFRESH[-1]


def _collect_options(options: Mapping[str, Any]) -> CollectOptions:
    return CollectOptions(
        since=_day(options.get("since")),
        until=_day(options.get("until")),
        posts=options.get("posts"),
        refresh=options.get("refresh", REFRESH[0]),
        words=options.get("words", ""),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _question(found: Recognised, options: Mapping[str, Any]) -> str:
    """Return what tells one estimate from another: links, options, tokens, and the dataset's version."""
    served = services.current()
    tokens = [token.id for token in served.tokens()]
    dataset = served.collecting().dataset
    asked = [[target.input for target in found.targets], dict(options), tokens, data.version(dataset)]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
