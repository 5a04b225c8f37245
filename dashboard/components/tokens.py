"""Access to VK: what each token may read, what is spent of its day, adding, removing; never the token."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from core.errors import NotFound, TaskConflict, TaskError
from core.models import PauseReason
from core.vk.tokens import TokenState
from core.wording import Lang, count, number, pauses, percent, say
from core.wording.amounts import listed
from dashboard import services, state
from dashboard.components import pausing
from dashboard.failures import explain
from dashboard.vk import HeldToken

NEARLY: Final = 0.8
READS: Final[Mapping[str, str]] = {
    "walls": "wall.getComments",
    "boards": "board.getComments",
    "photos": "photos.getComments",
    "videos": "video.getComments",
    "market": "market.getComments",
}
GIVEN: Final = "token.given"
REMEMBER: Final = "token.remember"
FAILED: Final = "token.failed"
"""Why VK does not take what was given last, None where it does."""
ADDED: Final = "token.added"
"""The id of what was added last."""
APPS: Final = "https://vk.com/apps?act=manage"
STEPS: Final = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Quota:
    """How much of VK's limit for a day is spent on one method, as counted here."""

    method: str
    spent: int
    limit: int

    @property
    def share(self) -> float:
        """Return the spent share, never more than 1."""
        return min(1.0, self.spent / self.limit)

    @property
    def is_nearly_spent(self) -> bool:
        """Tell whether it is time for a warning."""
        return self.share >= NEARLY


def panel(lang: Lang, *, is_needed: bool = False) -> None:
    """Draw what is nearly spent, and behind a fold each token and the field for another.

    `is_needed`: somebody wants what only a token can read, so the fold stands open.
    """
    served = services.current()
    held = [] if served.uses_demo else served.token_vk.tokens()
    for token in held:
        for quota in quotas(token.state):
            if quota.is_nearly_spent:
                st.warning(_nearly(quota, lang), icon=":material/speed:")
        if is_lost(token.state):
            st.warning(say("tokens.lost", lang, n=token.state.number), icon=":material/key_off:")
        if token.state.id == state.picked(ADDED) and not is_lost(token.state):
            _welcome(token.state, lang)
    title = (
        say("tokens.title", lang, what=count(len(held), "tokens", lang))
        if held
        else say("tokens.title.demo", lang)
    )
    is_open = is_needed or bool(state.picked(FAILED))
    with st.expander(title, icon=":material/key:", key=f"tokens.{is_open}", expanded=is_open):
        if served.uses_demo:
            st.caption(say("collect.demo.only", lang))
            _how(lang)
        for token in held:
            _token(token, lang)
        _add(lang)
        if held:
            with st.popover(say("tokens.how", lang), type="tertiary", icon=":material/help:"):
                _how(lang)


def _how(lang: Lang) -> None:
    """Tell in five sentences how to get a service key."""
    link = f"[{APPS.removeprefix('https://')}]({APPS})"
    if services.current().uses_demo:
        st.markdown(f"**{say('tokens.how', lang)}**")
    st.markdown("\n".join(f"{n}. {say(f'tokens.how.{n}', lang, link=link)}" for n in STEPS))
    st.caption(say("tokens.how.env", lang))


def _welcome(token: TokenState, lang: Lang) -> None:
    """Say what a new token can do, and what to do with it."""
    if token.checked_at is not None:
        can = say("tokens.added", lang, what=" ".join(reads(token, lang)))
        st.success(f"{can} {say('tokens.added.next', lang)}", icon=":material/key:")


def reads(token: TokenState, lang: Lang) -> list[str]:
    """Say what a token reads, what it cannot, and what nobody has tried yet."""
    fate = {what: token.methods.get(method) for what, method in READS.items()}
    named: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for what, may in fate.items():
        named[may].append(say(f"tokens.what.{what}", lang))
    if len(named[True]) == len(fate):
        return [say("tokens.reads.all", lang)]
    told = [say("tokens.reads", lang, what=listed(named[True], lang))] if named[True] else []
    if len(named[False]) == len(fate):
        told.append(say("tokens.reads.nothing", lang))
    elif named[False]:
        key = "tokens.lacks" if str(token.kind) == "user" else "tokens.needs_user"
        told.append(say(key, lang, what=listed(named[False], lang)))
    if named[None]:
        told.append(say("tokens.untried", lang, what=listed(named[None], lang)))
    return told


def is_lost(token: TokenState) -> bool:
    """Tell whether VK refuses the token itself: it does not wait for anything, it needs to be replaced."""
    return token.pause is not None and token.pause.reason is PauseReason.TOKEN


def packs(token: TokenState, lang: Lang) -> str:
    """Say whether calls may be packed, which decides how fast it is."""
    known = {True: "yes", False: "no", None: "unknown"}[token.may_execute]
    return say(f"tokens.packs.{known}", lang)


def quotas(token: TokenState) -> list[Quota]:
    """Return the limits VK is known to have, the most spent first."""
    found = [Quota(method, token.calls_today.get(method, 0), limit) for method, limit in token.limits.items()]
    return sorted((quota for quota in found if quota.limit > 0), key=lambda quota: -quota.share)


def spent(token: TokenState, lang: Lang) -> str:
    """Say how many calls the token made today, and what remains where a limit is known."""
    parts = [say("tokens.calls", lang, n=number(sum(token.calls_today.values()), lang))]
    parts += [
        say(
            "tokens.quota",
            lang,
            method=quota.method,
            n=number(quota.spent, lang),
            limit=number(quota.limit, lang),
            left=number(max(0, quota.limit - quota.spent), lang),
        )
        for quota in quotas(token)
        if quota.spent
    ]
    return " · ".join(parts)


def _nearly(quota: Quota, lang: Lang) -> str:
    return say("tokens.nearly", lang, share=percent(quota.share, lang), method=quota.method)


def _token(held: HeldToken, lang: Lang) -> None:
    token = held.state
    with st.container(border=True, key=f"token.{token.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            name, kind = say("tokens.name", lang, n=token.number), say(f"tokens.kind.{token.kind}", lang)
            st.markdown(f"**{name}** · {kind}", width="content")
            if held.source != "environment":
                st.button(
                    say("tokens.remove", lang),
                    key=f"token.remove.{token.id}",
                    type="tertiary",
                    icon=":material/delete:",
                    on_click=_remove,
                    args=(token.id,),
                )
        st.markdown(" ".join([*reads(token, lang), packs(token, lang)]))
        if is_lost(token):
            st.markdown(f":red[:material/key_off: {say('pause.token', lang)}]")
        elif token.pause is not None:
            why = f"{pauses.why(token.pause, lang)} {pausing.until(token.pause, lang)}".rstrip()
            st.markdown(f":blue[:material/pause_circle:] {say('tokens.on_hold', lang, why=why)}")
        elif token.problem:
            said = explain(token.problem, lang)
            st.markdown(f":orange[:material/cloud_off: {said.what} {said.remedy}]")
        st.caption(
            f"{spent(token, lang)} · {say(f'tokens.source.{held.source}', lang)}",
            help=say("tokens.calls.help", lang),
        )


def _add(lang: Lang) -> None:
    with st.form("token.add", clear_on_submit=True, border=False):
        st.text_input(
            say("tokens.add.field", lang),
            key=GIVEN,
            type="password",
            autocomplete="off",
            help=say("tokens.add.help", lang),
        )
        st.checkbox(say("tokens.remember", lang), key=REMEMBER, help=say("tokens.remember.help", lang))
        st.form_submit_button(say("tokens.add", lang), icon=":material/verified:", on_click=_added)
    failed = state.picked(FAILED)
    if isinstance(failed, TaskError):
        told = explain(failed, lang)
        st.error(f"{told.what} {told.remedy}", icon=":material/error:")


def _added() -> None:
    given = str(state.picked(GIVEN) or "").strip()
    state.keep(GIVEN, "")
    state.keep(FAILED, None)
    if not given:
        return
    try:
        held = services.current().add_token(given, remember=bool(state.picked(REMEMBER)))
    except TaskError as error:
        state.keep(FAILED, error)
    else:
        state.keep(ADDED, held.state.id)


def _remove(token_id: str) -> None:
    """Remove it; one that somebody else removed is gone anyway."""
    with contextlib.suppress(NotFound, TaskConflict):
        services.current().remove_token(token_id)
