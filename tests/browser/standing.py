"""When a page stands: its run has ended, everything is drawn, and nothing moves any more."""

from __future__ import annotations

from playwright.sync_api import Page

STANDS = """
(quiet_ms) => {
    const stands = document.querySelector("[data-test-script-state=notRunning]")
        && !document.querySelector("[data-stale=true]")
        && [...document.querySelectorAll(".cb-board")].every((board) => Number(board.dataset.drawn) > 0)
        && document.getAnimations().every((each) =>
            each.playState !== "running" || each.effect.getComputedTiming().endTime === Infinity);
    const now = performance.now();
    window.standsSince = stands ? window.standsSince ?? now : undefined;
    return stands && now - window.standsSince >= quiet_ms;
}
"""
QUIET_MS = 400
"""A page that was opened runs a second time at once; between the two it only seems to stand."""


def settled(page: Page) -> None:
    """Wait until the run has ended and what it drew stands, at its full colour."""
    page.wait_for_function(STANDS, arg=QUIET_MS)
