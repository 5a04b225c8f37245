// What all parts of the board stand on: the library, colours by name, elements.

const DARK_BELOW = 0.4;

function plotly(url) {
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

const NARROW = 480;
const FEW_DATES = 4;

function hasLongLabels(chart) {
  return Boolean(chart.layout.yaxis?.ticktext) && chart.data.some((trace) => trace.orientation === "h");
}

function hasDates(chart) {
  return chart.layout.xaxis?.type === "date" && chart.layout.xaxis.nticks > FEW_DATES;
}

// Where dates have no room side by side Plotly would tilt them.
function withFewDates(chart) {
  return { ...chart, layout: { ...chart.layout, xaxis: { ...chart.layout.xaxis, nticks: FEW_DATES, tickangle: 0 } } };
}

// On a phone the labels of bars take two lines and at most two fifths of the width: the rest is for the bars.
function narrowed(chart, width) {
  const room = Math.max(12, Math.floor((width * 0.42) / 6.2));
  const cut = (line) => (line.length <= room ? line : `${line.slice(0, room - 1).trimEnd()}…`);
  const label = (text) => {
    const [first, ...rest] = broken(text, room).split("<br>");
    return [cut(first), ...(rest.length ? [cut(rest.join(" "))] : [])].join("<br>");
  };
  const { xaxis, yaxis } = chart.layout;
  const ticktext = yaxis.ticktext.map(label);
  const title = xaxis.title && { ...xaxis.title, text: broken(xaxis.title.text, Math.floor(width / 6.6)) };
  const layout = { ...chart.layout, xaxis: { ...xaxis, ...(title && { title }) }, yaxis: { ...yaxis, ticktext } };
  return { ...chart, layout };
}

// A network is laid out for several rooms: the one that fits says how large a step of the axes is, so that
// names stand where they were given room.
function framed(chart, width) {
  if (hasDates(chart)) return width < NARROW ? withFewDates(chart) : chart;
  if (hasLongLabels(chart)) return width < NARROW ? narrowed(chart, width) : chart;
  const frame = chart.frames?.find((each) => width >= each.width) ?? chart.frames?.at(-1);
  if (!frame) return chart;
  const { l, r, t, b } = chart.layout.margin;
  const range = (room) => [-room / 2 / frame.unit, room / 2 / frame.unit];
  const { text, textposition, size } = frame;
  const nodes = (trace) => ({ ...trace, text, textposition, marker: { ...trace.marker, size } });
  const { scaleanchor: _, ...yaxis } = chart.layout.yaxis;
  const layout = {
    ...chart.layout,
    xaxis: { ...chart.layout.xaxis, range: range(width - l - r) },
    yaxis: { ...yaxis, range: range(frame.height - t - b) },
  };
  const data = chart.data.map((trace) => (trace.meta === "nodes" ? nodes(trace) : trace));
  return { ...chart, data, layout, height: frame.height };
}

// Hover texts do not break by themselves: a line longer than the chart would be cut off. The text is the last
// of what a point carries; keys stay as they are.
function hinted(trace, width) {
  if (!trace.customdata || trace.hoverinfo === "skip") return trace;
  const room = Math.max(24, Math.floor(Math.min(width * 0.9, 420) / 6.6));
  const hint = (value) => {
    if (typeof value === "string") return value.length > room ? broken(value, room) : value;
    return Array.isArray(value) && value.length > 1 ? [...value.slice(0, -1), hint(value.at(-1))] : value;
  };
  const each = trace.type === "heatmap" ? (row) => row.map(hint) : hint;
  return { ...trace, customdata: trace.customdata.map(each) };
}

function broken(text, room) {
  const lines = text.split("<br>").flatMap((line) => {
    const parts = [""];
    for (const word of line.split(" ")) {
      const longer = parts.at(-1) ? `${parts.at(-1)} ${word}` : word;
      if (longer.length > room && parts.at(-1)) parts.push(word);
      else parts[parts.length - 1] = longer;
    }
    return parts;
  });
  return lines.join("<br>");
}

function element(tag, className, parent) {
  const made = document.createElement(tag);
  made.className = className;
  parent?.append(made);
  return made;
}
