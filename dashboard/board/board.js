// Draws all charts of a page with one Plotly, and reports clicks and brushes as events.
//
// The component function runs at every new set of data and at every change of theme, on the same element;
// cards and drawings are found again by name, so that only what changed is drawn anew. Texts from data go
// through textContent only. The files beside this one are joined with it into one module.

const boards = new WeakMap();
const REPEATED_MS = 30000;
const MOST_REPEATED = 20;

function newCard(grid, name, words) {
  const card = element("section", "cb-card", grid);
  card.dataset.chart = name;
  card.tabIndex = -1;
  const head = element("div", "cb-head", card);
  const title = element("h2", "cb-title", head);
  title.id = `cb-title-${name}`;
  card.setAttribute("role", "group");
  card.setAttribute("aria-labelledby", title.id);
  const about = element("details", "cb-about", head);
  const summary = element("summary", "", about);
  summary.textContent = "?";
  const aboutText = element("p", "", about);
  about.onkeydown = (event) => {
    if (event.key !== "Escape" || !about.open) return;
    about.open = false;
    summary.focus();
  };
  const menu = newMenu(head, name);
  const sub = element("div", "cb-sub", card);
  const caption = element("p", "cb-caption", sub);
  const clear = element("button", "cb-clear", sub);
  clear.type = "button";
  const legend = element("div", "cb-legend", card);
  const figure = element("div", "cb-figure", card);
  const plot = element("div", "cb-plot", figure);
  plot.setAttribute("role", "img");
  const points = newPoints(figure, name);
  const note = element("p", "cb-note", card);
  note.textContent = words.loading;
  const told = element("p", "cb-told cb-hidden", head);
  const heard = element("p", "cb-hidden", card);
  for (const each of [told, heard]) each.setAttribute("role", "status");
  const texts = { title, aboutText, caption, legend, note, told, heard };
  return { ...texts, card, clear, about, summary, menu, figure, plot, points, shown: "", drawing: false };
}

function fillCard(parts, chart, board) {
  const { words, colors } = board;
  parts.chart = chart;
  parts.card.style.setProperty("--span", chart.span);
  parts.title.textContent = chart.title;
  parts.caption.textContent = chart.caption;
  parts.aboutText.textContent = chart.about;
  parts.about.hidden = !chart.about;
  parts.clear.hidden = !chart.has_selection;
  parts.clear.textContent = words.clear;
  parts.summary.setAttribute("aria-label", `${words.about} ${chart.title}`);
  parts.summary.title = words.about;
  fillMenu(parts, chart, board);
  parts.plot.setAttribute("aria-label", `${chart.alt} ${chart.title}. ${chart.caption}`);
  parts.legend.replaceChildren(
    ...chart.legend.map(([color, label]) => {
      const item = element("span", "cb-key");
      element("i", "", item).style.background = colors[color] ?? color;
      item.append(label);
      return item;
    }),
  );
  parts.figure.hidden = Boolean(chart.empty);
  parts.plot.style.minHeight = `${chart.height}px`;
  parts.plot.style.maxHeight = chart.grows ? "" : `${chart.height}px`;
}

// Plotly repeats `plotly_selected` while it draws an existing selection: events count only when a hand made them.
function listen(parts, board) {
  const send = (event) => board.send({ chart: parts.chart.name, meta: parts.chart.meta, ...event });
  parts.clear.onclick = () => send({ kind: "clear" });
  parts.plot.on("plotly_click", (event) => {
    const point = event.points?.[0];
    if (!point || !parts.chart.click) return;
    const key = Array.isArray(point.customdata) ? point.customdata[0] : null;
    send({ kind: "click", x: point.x ?? null, y: point.y ?? null, key });
  });
  parts.plot.on("plotly_selected", (event) => {
    const range = event?.range?.x;
    if (!range || !parts.chart.brush || parts.drawing) return;
    send({ kind: "brush", low: String(range[0]), high: String(range[1]) });
  });
}

// The page may miss an event that comes while it is busy with the one before: the latest are sent again with
// each, and the page tells by their times which it knows.
function repeat(board, event) {
  const at = Math.max(performance.now(), (board.sent.at(-1)?.at ?? 0) + 1e-3);
  board.sent = [...board.sent.filter((each) => each.at > at - REPEATED_MS), { ...event, at }].slice(-MOST_REPEATED);
  return { events: board.sent };
}

// A chart that is drawn otherwise in another width.
function hasWidth(chart) {
  return Boolean(chart.frames?.length) || hasLongLabels(chart) || hasDates(chart) || chart.data.some((trace) => trace.meta === "fit");
}

async function drawCard(Plotly, parts, given, board) {
  if (given.empty) {
    parts.note.textContent = given.empty;
    parts.note.hidden = false;
    return;
  }
  parts.note.hidden = true;
  const width = hasWidth(given) ? parts.plot.clientWidth : 0;
  const chart = framed(given, width);
  parts.plot.style.minHeight = `${chart.height}px`;
  if (!chart.grows) parts.plot.style.maxHeight = `${chart.height}px`;
  const key = JSON.stringify([chart.data, chart.layout, chart.height, chart.chosen, board.dark, board.lang, width]);
  if (parts.shown === key) return;
  const isTouch = window.matchMedia("(pointer: coarse)").matches;
  const layout = paint(chart.layout, board.colors, board.font);
  layout.autosize = true;
  layout.selections = [];
  if (isTouch) layout.dragmode = false;
  const config = {
    displayModeBar: false,
    doubleClick: false,
    responsive: false,
    scrollZoom: false,
    locale: board.lang,
    locales: { [board.lang]: board.locale },
  };
  parts.drawing = true;
  try {
    const data = chart.data.map((trace) => hinted(fitted(trace, width), parts.plot.clientWidth));
    await Plotly.react(parts.plot, paint(data, board.colors, board.font), layout, config);
    parts.shown = key;
    parts.listed = false;
    if (!parts.listening) {
      parts.listening = true;
      listen(parts, board);
    }
  } finally {
    // Repeated events arrive in the turns right after the drawing.
    setTimeout(() => (parts.drawing = false), 50);
  }
}

// Lists for the keyboard are made once the eye has what it waits for.
function listCards(board) {
  for (const parts of board.cards.values()) {
    if (parts.listed !== false) continue;
    parts.listed = true;
    fillPoints(parts, parts.chart, board);
    showPoint(parts);
  }
}

function failCards(board) {
  for (const parts of board.cards.values()) {
    parts.figure.hidden = true;
    parts.menu.room.hidden = true;
    parts.note.hidden = false;
    parts.note.textContent = board.words.failed;
    parts.note.classList.add("cb-failed");
  }
}

function open(parentElement) {
  const room = element("div", "cb-room", parentElement);
  const grid = element("div", "cb-board", room);
  const board = { room, grid, cards: new Map(), sent: [] };
  board.sizes = new ResizeObserver(() => {
    for (const parts of board.cards.values()) {
      if (!parts.shown || !parts.plot.offsetParent) continue;
      window.Plotly?.Plots.resize(parts.plot);
      if (!hasWidth(parts.chart)) continue;
      drawCard(window.Plotly, parts, parts.chart, board).then(() => listCards(board));
    }
  });
  board.sizes.observe(grid);
  boards.set(parentElement, board);
  return board;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const board = boards.get(parentElement) ?? open(parentElement);
  const page = JSON.parse(data.page);
  const style = getComputedStyle(parentElement);
  board.dark = luminance(style.getPropertyValue("--st-background-color").trim()) < DARK_BELOW;
  board.palettes = page.palettes;
  board.colors = page.palettes[board.dark ? "dark" : "light"];
  board.font = style.fontFamily;
  board.lang = page.lang;
  board.locale = page.locale;
  board.words = page.words;
  board.plotlyUrl = page.plotlyUrl;
  board.most = page.most_points;
  board.send = (event) => setTriggerValue("event", repeat(board, event));
  for (const [name, value] of Object.entries(board.colors)) {
    board.grid.style.setProperty(`--cb-${name.slice(1)}`, value);
  }
  const names = new Set(page.charts.map((chart) => chart.name));
  for (const [name, parts] of board.cards) {
    if (names.has(name)) continue;
    window.Plotly?.purge(parts.plot);
    closeMenu(parts.menu);
    parts.card.remove();
    board.cards.delete(name);
  }
  page.charts.forEach((chart, place) => {
    if (!board.cards.has(chart.name)) board.cards.set(chart.name, newCard(board.grid, chart.name, page.words));
    const parts = board.cards.get(chart.name);
    fillCard(parts, chart, board);
    // A card that stands right stays where it is: moving it would take the keyboard's focus away.
    if (board.grid.children[place] !== parts.card) board.grid.insertBefore(parts.card, board.grid.children[place] ?? null);
  });
  plotly(page.plotlyUrl)
    .then(async (Plotly) => {
      for (const chart of page.charts) {
        const parts = board.cards.get(chart.name);
        if (parts) await drawCard(Plotly, parts, chart, board);
      }
      board.grid.dataset.drawn = String(Number(board.grid.dataset.drawn ?? 0) + 1);
      setTimeout(() => listCards(board));
      arrive();
    })
    .catch((error) => {
      console.error(error);
      failCards(board);
    });
  return () => {
    board.sizes.disconnect();
    for (const parts of board.cards.values()) {
      closeMenu(parts.menu);
      window.Plotly?.purge(parts.plot);
    }
    boards.delete(parentElement);
    board.room.remove();
  };
}
