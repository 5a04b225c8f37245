// A link to one chart: `#chart=<name>` scrolls to it and marks it for a moment, however late it is drawn.
//
// Streamlit rewrites the address while the page starts and drops the hash: the browser still knows what was asked for.

const MARKED_MS = 2600;

function chartIn(address) {
  const found = /#(?:.*&)?chart=([^&]+)/.exec(address ?? "");
  try {
    return found ? decodeURIComponent(found[1]) : "";
  } catch {
    return "";
  }
}

if (!window.commentsBoardAsked) {
  const asked = (window.commentsBoardAsked = { chart: "" });
  asked.chart = chartIn(location.hash) || chartIn(performance.getEntriesByType("navigation")[0]?.name);
  window.addEventListener("hashchange", () => {
    asked.chart = chartIn(location.hash);
    arrive();
  });
  // Whoever has begun to read elsewhere is not taken away.
  for (const kind of ["wheel", "touchmove"]) window.addEventListener(kind, () => (asked.chart = ""), { passive: true });
}

function arrive() {
  const asked = window.commentsBoardAsked;
  const card = [...document.querySelectorAll(".cb-card")].find((each) => each.dataset.chart === asked.chart);
  if (!card) return;
  asked.chart = "";
  card.scrollIntoView({ block: "start" });
  card.focus({ preventScroll: true });
  card.classList.add("cb-marked");
  setTimeout(() => card.classList.remove("cb-marked"), MARKED_MS);
}

function linkTo(chart) {
  return `${location.href.split("#")[0]}#chart=${encodeURIComponent(chart.name)}`;
}

// Browsers give the clipboard to safe pages only; the old way works on any.
async function isCopied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement;
    const area = element("textarea", "cb-hidden", document.body);
    area.value = text;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return done;
  }
}

async function copyLink(parts, words) {
  const link = linkTo(parts.chart);
  if (await isCopied(link)) return tell(parts, words.copied);
  history.replaceState(history.state, "", link);
  tell(parts, words.not_copied);
}
