"""The System page: a verdict on top, then every part in figures, live."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st

from core.incidents import Incident
from core.wording import Lang, dates, duration, number, say
from core.wording.faults import told
from dashboard import checks, condition, failures, services, state
from dashboard.checks import Checked
from dashboard.components import cards, system_cards
from dashboard.components.cards import Band, Entry, Tile
from dashboard.condition import Condition

EVERY_S: Final = 3.0
SLOW_SHOWN: Final = 10
INCIDENTS_SHOWN: Final = 20
LINKS: Final = {
    "ready": "/health/ready",
    "data": "/health/data",
    "metrics": "/metrics",
    "docs": "/docs",
}


def live(view: state.View) -> None:
    """Draw everything, and again every few seconds without a reload."""
    cards.style()
    st.fragment(_live, run_every=EVERY_S)(view)


def machine(lang: Lang) -> None:
    """Draw the links for programs."""
    st.header(say("system.machine", lang), anchor=False)
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    root = f"/{base}/api/v1" if base else "/api/v1"
    with st.container(horizontal=True, gap="small"):
        for name, path in LINKS.items():
            st.markdown(f"[{say(f'system.machine.{name}', lang)}]({root}{path})", width="content")
    if services.current().settings.api_key is not None:
        st.caption(say("system.machine.key", lang))


def _live(view: state.View) -> None:
    lang, tz = view.ui, view.query.tz
    with failures.shown(lang):
        served = services.current()
        checked, found = checks.check(served), condition.gather(served)
        cards.band(verdict(checked, found, lang, tz))
        cards.tiles([tile(name, each, lang) for name, each in checked.items()])
        cards.cards(system_cards.all_of(found, lang, tz))
        _incidents(found, lang, tz)
        slow(found, lang, tz)


def verdict(checked: dict[str, Checked], found: Condition, lang: Lang, tz: str) -> Band:
    """Say in one sentence how things stand, and name what is wrong with what to do."""
    level = checks.verdict(checked)
    wrong = [finding for each in checked.values() for finding in each.findings if finding.status != "ok"]
    told_each = [checks.sentence(finding, lang) for finding in wrong]
    parts = (
        say("system.uptime", lang, time=duration(found.uptime.total_seconds(), lang)),
        say("system.checked", lang, time=f"{found.at.astimezone(ZoneInfo(tz)):%H:%M:%S}"),
    )
    return Band(
        level,
        say(f"system.verdict.{level}", lang),
        " · ".join(parts),
        tuple((each.what, each.remedy) for each in told_each),
    )


def tile(name: str, checked: Checked, lang: Lang) -> Tile:
    """Return one part at a glance: of one that works its figures, of another what is wrong first."""
    worst = [each for each in checked.findings if each.status == checked.status]
    detail = " · ".join(checks.sentence(each, lang).what for each in worst)
    return Tile(
        say(f"system.part.{name}", lang), checked.status, say(f"system.status.{checked.status}", lang), detail
    )


def entry(incident: Incident, lang: Lang, tz: str) -> Entry:
    """Return a failure as a reader wants it: when, where, what happened, what to do, what to look for."""
    if incident.error is None:
        what = say("system.incident.defect", lang, name=incident.defect)
        remedy = say("system.incident.defect.fix" if incident.ids else "system.fix.defect", lang)
    else:
        sentence = told(incident.error, lang)
        what, remedy = sentence.what, sentence.remedy
    where = [say(f"system.where.{incident.where}", lang)]
    if incident.times > 1:
        where.append(say("system.incident.times", lang, n=number(incident.times, lang)))
    task = incident.ids.get("task", "")
    ids = tuple(
        f"{say(f'system.id.{name}', lang)} {value}"
        for name, value in incident.ids.items()
        if not (task and name == "run" and value.startswith(task))
    )
    more = (f"tasks?{urlencode({'sel.task': task, 'ui': lang})}", say("system.incident.open", lang))
    return Entry(_moment(incident.at, lang, tz), " · ".join(where), what, remedy, ids, more if task else None)


def slow(found: Condition, lang: Lang, tz: str) -> None:
    """Draw the last slow queries of every database, each with its plan where there is one."""
    queries = [(database.dataset, query) for database in found.databases for query in database.slow]
    if not queries:
        st.caption(f":material/check_circle: {say('system.slow.none', lang)}")
        return
    queries.sort(key=lambda each: each[1].at, reverse=True)
    with st.expander(
        say("system.slow", lang, n=len(queries)), icon=":material/hourglass:", key="system.slow"
    ):
        for dataset, query in queries[:SLOW_SHOWN]:
            line = say(
                "system.slow.took",
                lang,
                time=_moment(query.at, lang, tz),
                seconds=duration(query.seconds, lang),
                dataset=say(f"system.dataset.{dataset}", lang),
            )
            st.markdown(f"**{line}**")
            st.code(query.sql, language="sql", wrap_lines=True)
            if query.plan:
                st.code(query.plan, language=None)


def _incidents(found: Condition, lang: Lang, tz: str) -> None:
    st.header(say("system.incidents", lang), anchor=False)
    if not found.incidents:
        st.caption(f":material/check_circle: {say('system.incidents.none', lang)}")
        return
    cards.entries([entry(each, lang, tz) for each in found.incidents[:INCIDENTS_SHOWN]])
    if len(found.incidents) > INCIDENTS_SHOWN:
        st.caption(say("system.incidents.more", lang, n=len(found.incidents) - INCIDENTS_SHOWN))


def _moment(at: datetime, lang: Lang, tz: str) -> str:
    return dates.moment(at, lang, tz)
