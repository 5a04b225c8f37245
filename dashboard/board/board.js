// Draws all charts of a page with one Plotly, and reports clicks and brushes as events.
//
// The component function runs at every new set of data and at every change of theme, on the same element;
// cards and drawings are found again by name, so that only what changed is drawn anew. Texts from data go
// through textContent only.

const DARK_BELOW = 0.4;
const boards = new WeakMap();

function library(url) {
  const known = (window.commentsBoardLibrary ??= {});
  known[url] ??= new Promise((resolve, reject) => {
    if (window.Plotly?.react) return resolve(window.Plotly);
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error(url)));
    script.onerror = () => {
      delete known[url];
      reject(new Error(url));
    };
    document.head.append(script);
  });
  return known[url];
}

function luminance(color) {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = color || "#fff";
  const hex = canvas.fillStyle;
  if (!hex.startsWith("#")) return 1;
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function paint(value, colors, font) {
  if (typeof value === "string") {
    if (value === "inherit") return font;
    return value[0] === "@" && value in colors ? colors[value] : value;
  }
  if (Array.isArray(value)) return value.map((each) => paint(each, colors, font));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, paint(each, colors, font)]));
  }
  return value;
}

// Labels that stand inside a chart are cut at its width; the board draws them anew when it changes.
function fitted(trace, width) {
  if (trace.meta !== "fit") return trace;
  const room = Math.max(12, Math.floor(width / 6.6));
  const cut = (text) => (text.length <= room ? text : `${text.slice(0, room - 1).trimEnd()}…`);
  return { ...trace, text: trace.text.map(cut) };
}

function element(tag, className, parent) {
  const made = document.createElement(tag);
  made.className = className;
  parent?.append(made);
  return made;
}

function newCard(grid, name, words) {
  const card = element("section", "cb-card", grid);
  card.dataset.chart = name;
  const head = element("div", "cb-head", card);
  const title = element("h2", "cb-title", head);
  const about = element("details", "cb-about", head);
  const summary = element("summary", "", about);
  summary.textContent = "?";
  summary.setAttribute("aria-label", words.about);
  summary.title = words.about;
  const aboutText = element("p", "", about);
  const sub = element("div", "cb-sub", card);
  const caption = element("p", "cb-caption", sub);
  const clear = element("button", "cb-clear", sub);
  clear.type = "button";
  const legend = element("div", "cb-legend", card);
  const plot = element("div", "cb-plot", card);
  plot.setAttribute("role", "img");
  const note = element("p", "cb-note", card);
  note.textContent = words.loading;
  return { card, title, clear, about, summary, aboutText, caption, legend, plot, note, shown: "", drawing: false };
}

function fillCard(parts, chart, words, colors) {
  parts.card.style.setProperty("--span", chart.span);
  parts.title.textContent = chart.title;
  parts.caption.textContent = chart.caption;
  parts.aboutText.textContent = chart.about;
  parts.about.hidden = !chart.about;
  parts.clear.hidden = !chart.has_selection;
  parts.clear.textContent = words.clear;
  parts.summary.setAttribute("aria-label", words.about);
  parts.plot.setAttribute("aria-label", `${chart.alt} ${chart.title}. ${chart.caption}`);
  parts.legend.replaceChildren(
    ...chart.legend.map(([color, label]) => {
      const item = element("span", "cb-key");
      element("i", "", item).style.background = colors[color] ?? color;
      item.append(label);
      return item;
    }),
  );
  parts.plot.hidden = Boolean(chart.empty);
  parts.plot.style.minHeight = `${chart.height}px`;
  parts.plot.style.maxHeight = chart.grows ? "" : `${chart.height}px`;
}

// Plotly repeats `plotly_selected` while it draws an existing selection: events count only when a hand made them.
function listen(parts, board) {
  const send = (event) => {
    if (parts.drawing) return;
    board.send({ chart: parts.chart.name, meta: parts.chart.meta, ...event });
  };
  parts.clear.onclick = () => send({ kind: "clear" });
  parts.plot.on("plotly_click", (event) => {
    const point = event.points?.[0];
    if (!point || !parts.chart.click) return;
    const key = Array.isArray(point.customdata) ? point.customdata[0] : null;
    send({ kind: "click", x: point.x ?? null, y: point.y ?? null, key });
  });
  parts.plot.on("plotly_selected", (event) => {
    const range = event?.range?.x;
    if (!range || !parts.chart.brush) return;
    send({ kind: "brush", low: String(range[0]), high: String(range[1]) });
  });
}

async function drawCard(Plotly, parts, chart, board) {
  parts.chart = chart;
  if (chart.empty) {
    parts.note.textContent = chart.empty;
    parts.note.hidden = false;
    return;
  }
  parts.note.hidden = true;
  const width = chart.data.some((trace) => trace.meta === "fit") ? parts.plot.clientWidth : 0;
  const key = JSON.stringify([chart.data, chart.layout, chart.height, board.dark, board.lang, width]);
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
    await Plotly.react(parts.plot, paint(chart.data.map((trace) => fitted(trace, width)), board.colors, board.font), layout, config);
    parts.shown = key;
    if (!parts.listening) {
      parts.listening = true;
      listen(parts, board);
    }
  } finally {
    // Repeated events arrive in the turns right after the drawing.
    setTimeout(() => (parts.drawing = false), 50);
  }
}

function failCards(board, words) {
  for (const parts of board.cards.values()) {
    parts.plot.hidden = true;
    parts.note.hidden = false;
    parts.note.textContent = words.failed;
    parts.note.classList.add("cb-failed");
  }
}

function open(parentElement) {
  const room = element("div", "cb-room", parentElement);
  const grid = element("div", "cb-board", room);
  const board = { room, grid, cards: new Map() };
  board.sizes = new ResizeObserver(() => {
    for (const parts of board.cards.values()) {
      if (!parts.shown || !parts.plot.offsetParent) continue;
      window.Plotly?.Plots.resize(parts.plot);
      if (parts.chart.data.some((trace) => trace.meta === "fit")) drawCard(window.Plotly, parts, parts.chart, board);
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
  board.colors = page.palettes[board.dark ? "dark" : "light"];
  board.font = style.fontFamily;
  board.lang = page.lang;
  board.locale = page.locale;
  board.send = (event) => setTriggerValue("event", event);
  for (const [name, value] of Object.entries(board.colors)) {
    board.grid.style.setProperty(`--cb-${name.slice(1)}`, value);
  }
  const names = new Set(page.charts.map((chart) => chart.name));
  for (const [name, parts] of board.cards) {
    if (names.has(name)) continue;
    window.Plotly?.purge(parts.plot);
    parts.card.remove();
    board.cards.delete(name);
  }
  page.charts.forEach((chart, place) => {
    if (!board.cards.has(chart.name)) board.cards.set(chart.name, newCard(board.grid, chart.name, page.words));
    const parts = board.cards.get(chart.name);
    fillCard(parts, chart, page.words, board.colors);
    // A card that stands right stays where it is: moving it would take the keyboard's focus away.
    if (board.grid.children[place] !== parts.card) board.grid.insertBefore(parts.card, board.grid.children[place] ?? null);
  });
  library(page.library)
    .then(async (Plotly) => {
      for (const chart of page.charts) {
        const parts = board.cards.get(chart.name);
        if (parts) await drawCard(Plotly, parts, chart, board);
      }
      board.grid.dataset.drawn = String(Number(board.grid.dataset.drawn ?? 0) + 1);
    })
    .catch((error) => {
      console.error(error);
      failCards(board, page.words);
    });
  return () => {
    board.sizes.disconnect();
    for (const parts of board.cards.values()) window.Plotly?.purge(parts.plot);
    boards.delete(parentElement);
    board.room.remove();
  };
}
