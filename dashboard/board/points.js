// The keyboard's way through a chart that can be clicked: a list of its points over the drawing.
//
// A list box holds the focus and names its current option, so that screen readers say each point, its place
// and whether it is chosen; the eye sees the hover label. Enter sends the same event as the mouse.

function newPoints(figure, name) {
  const list = element("div", "cb-points", figure);
  list.id = `cb-points-${name}`;
  list.tabIndex = 0;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  return { list, all: [], at: 0, columns: 1, picked: null };
}

// What a point is called: its hover text as one line.
function spoken(trace, point) {
  const template = trace.hovertemplate ?? "%{x}<br>%{y}";
  const value = (name) => {
    const [, field, place] = /^(\w+)(?:\[(\d+)\])?/.exec(name) ?? [];
    return (place === undefined ? point[field] : point[field]?.[place]) ?? "";
  };
  const filled = template.replace(/<extra>.*?<\/extra>/gs, "").replace(/%\{([^}]+)\}/g, (_, name) => String(value(name)));
  const text = filled.replace(/<br>/g, ", ").replace(/<[^>]*>/g, "");
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function cellsOf(trace) {
  return trace.z.flatMap((row, line) =>
    row.map((z, column) => ({
      ...{ x: trace.x[column], y: trace.y[line], z },
      customdata: trace.customdata?.[line]?.[column],
      number: [line, column],
    })),
  );
}

function marksOf(trace) {
  return trace.customdata.map((customdata, number) => ({ x: trace.x[number], y: trace.y[number], customdata, number }));
}

// All points in drawing order; of parts of one bar, which say the same, the first stands for all.
function pointsOf(chart) {
  const found = new Map();
  let place = 0;
  chart.data.forEach((trace, curve) => {
    const isHeat = trace.type === "heatmap";
    if (trace.hoverinfo === "skip" || !(isHeat || trace.customdata)) return;
    for (const point of isHeat ? cellsOf(trace) : marksOf(trace)) {
      point.key = Array.isArray(point.customdata) ? point.customdata[0] : null;
      point.label = spoken(trace, point);
      point.id = JSON.stringify([curve, point.key || [point.x, isHeat && point.y]]);
      point.place = place++;
      point.curve = curve;
      const said = JSON.stringify([point.key, point.x, point.label]);
      if ((isHeat ? point.z : point.y) !== null && !found.has(said)) found.set(said, point);
    }
  });
  return [...found.values()];
}

function fillPoints(parts, chart, board) {
  const { points } = parts;
  const before = points.all[points.at];
  const all = chart.click && !chart.empty ? pointsOf(chart) : [];
  points.all = all.slice(0, board.most);
  points.columns = chart.data.find((trace) => trace.type === "heatmap")?.x.length ?? 1;
  points.list.hidden = !points.all.length;
  const called = [chart.title, board.words.points, ...(all.length > board.most ? [board.words.points_first] : [])];
  points.list.setAttribute("aria-label", called.join(". "));
  const chosen = new Set(chart.chosen);
  points.list.replaceChildren(
    ...points.all.map((point, at) => {
      const option = element("div", "cb-hidden");
      option.id = `${points.list.id}-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", String(chosen.has(point.place)));
      option.textContent = point.label;
      option.onclick = () => pick(parts, at, board);
      return option;
    }),
  );
  const same = points.all.findIndex((point) => point.id === before?.id);
  points.at = Math.max(0, same >= 0 ? same : points.all.findIndex((point) => chosen.has(point.place)));
  tellPicked(parts, chosen, board.words);
  points.list.onkeydown = (event) => moveInPoints(parts, event, board);
  points.list.onfocus = () => showPoint(parts);
  points.list.onblur = () => window.Plotly?.Fx.unhover(parts.plot);
}

// What was asked for has come: say so, when it changed what is chosen.
function tellPicked(parts, chosen, words) {
  const { points } = parts;
  const picked = points.all.find((point) => point.id === points.picked?.id);
  if (picked && chosen.has(picked.place) !== points.picked.wasChosen) {
    parts.heard.textContent = `${chosen.has(picked.place) ? words.chosen : words.released}: ${picked.label}`;
    points.picked = null;
  }
}

// The hover label follows the keyboard; after a drawing it is put back.
function showPoint(parts) {
  const { points } = parts;
  const point = points.all[points.at];
  if (!point || document.activeElement !== points.list) return;
  points.list.setAttribute("aria-activedescendant", `${points.list.id}-${points.at}`);
  const place = parts.shown && hovered(parts.plot, point);
  if (place) window.Plotly.Fx.hover(parts.plot, [place]);
}

// Plotly finds a mark by its number, a cell of a heat map only by the middle of its edges.
function hovered(plot, { curve, number }) {
  if (!Array.isArray(number)) return { curveNumber: curve, pointNumber: number };
  const drawn = plot.calcdata?.[curve]?.[0];
  const middle = (edges, at) => (edges[at] + edges[at + 1]) / 2;
  return drawn && { curveNumber: curve, xval: middle(drawn.x, number[1]), yval: middle(drawn.y, number[0]) };
}

function pick(parts, at, board) {
  const { points } = parts;
  const point = points.all[at];
  points.at = at;
  points.picked = { id: point.id, wasChosen: parts.chart.chosen.includes(point.place) };
  board.send({ chart: parts.chart.name, meta: parts.chart.meta, kind: "click", x: point.x, y: point.y, key: point.key });
}

function moveInPoints(parts, event, board) {
  const { points } = parts;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" || event.key === " ") {
    pick(parts, points.at, board);
  } else if (event.key === "Escape") {
    window.Plotly?.Fx.unhover(parts.plot);
  } else {
    const next = nextPoint(points, event.key);
    if (next === null) return;
    points.at = next;
    showPoint(parts);
  }
  event.preventDefault();
  event.stopPropagation();
}

// Up and down go by rows where there are rows; a cell that is missing is passed over.
function nextPoint({ all, at, columns }, key) {
  if (key === "Home") return 0;
  if (key === "End") return all.length - 1;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  if (!step) return null;
  const last = all.at(-1).place;
  for (let place = all[at].place + step; place >= 0 && place <= last; place += step) {
    const found = all.findIndex((point) => point.place === place);
    if (found >= 0) return found;
  }
  return at;
}
