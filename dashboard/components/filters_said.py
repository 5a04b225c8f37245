"""The filters of what texts say: mood, toxicity, language, topics, names and labels."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from core.query import SENTIMENTS
from core.storage import reads, reads_entities
from core.storage.reads import TOXICITY_FROM
from core.wording import count, number, percent, say
from core.wording.filters import label_named
from dashboard import data
from dashboard.components.choosing import Shown, many, one, several

MOST_NAMED: Final = 100
"""So many names of people, places and organisations are offered at most."""
FIELDS: Final = ("sentiment", "toxicity_min", "lang", "topic", "entity", "label")


def said(shown: Shown) -> None:
    """Draw them; topics, names and labels once there are any, and how many texts nobody has read so far."""
    lang = shown.lang
    several(shown, "sentiment", SENTIMENTS, lambda each: say(f"sentiment.{each}", lang))
    one(shown, "toxicity_min", TOXICITY_FROM, lambda each: f"≥ {percent(each, lang)}")
    many(shown, "lang", [*shown.of("lang")], lambda each: say(f"lang.{each}", lang))
    if shown.of("topic") or shown.query.topic:
        _topics(shown)
    _entities(shown)
    if shown.of("label") or shown.query.label:
        many(shown, "label", [*shown.of("label")], label_named)
    unread = data.unread(shown.query.without(*FIELDS))
    if unread:
        st.caption(say("filters.unread", lang, n=count(unread, "comments", lang)))


def _entities(shown: Shown) -> None:
    """Offer the people, places and organisations that are named most, of the comments that were looked at."""
    asked = shown.query.without("dataset", "sort")
    counts = data.read(shown.query, reads_entities.most_named, asked, MOST_NAMED)
    if counts or shown.query.entity:
        named = replace(shown, counts={**shown.counts, "entity": counts})
        many(named, "entity", [*counts], str, has_help=True)


def _topics(shown: Shown) -> None:
    names = data.read(shown.query, reads.topic_names)

    def named(topic: int) -> str:
        if topic == 0:
            return shown.say("filters.topic.none")
        name = names.get(topic) or shown.say("filters.topic.unknown")
        return say("filters.topic.name", shown.lang, n=number(topic, shown.lang), name=name)

    many(shown, "topic", sorted(shown.of("topic"), key=lambda each: each or 10**6), named, has_help=True)
