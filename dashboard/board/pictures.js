// Takes a chart away as a file: its picture with title, caption and legend, or its numbers.
//
// A picture goes into a document, so it is light whatever the theme. It is laid out 800 pixels wide, where its
// letters are large against the whole, and enlarged: to 1200 as SVG, to 2400 as PNG.

const PICTURE = { width: 800, side: 24, title: 19, small: 13, line: 1.3, least: 380, svg: 1.5, png: 3 };
// A picture has only the fonts of the system it is seen on, some of them wider than the page's.
const FONT = "-apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";
const FITTED = 0.88;

// Plotly has a small markup of its own, XML a larger one: in both these three are all it takes to stay text.
function plain(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

// Breaks a text into lines of a width; what must stay together is held by no-break spaces.
function wrapped(text, font, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [];
  for (const word of text.split(/[ \n\t]+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// The legend in as many lines as its width takes; a key keeps its label beside it.
function legendLines(legend, colors, small, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${PICTURE.small}px ${FONT}`;
  const gap = "\u2003";
  const lines = [];
  let room = 0;
  for (const [color, label] of legend) {
    const key = small(colors[color] ?? color, "■ ") + small(colors["@muted"], plain(label));
    const long = pen.measureText(`■ ${label}${gap}`).width;
    if (long <= room) lines[lines.length - 1] += small(colors["@muted"], gap) + key;
    else lines.push(key);
    room = (long <= room ? room : width) - long;
  }
  return lines;
}

// The figure with all that stands around it on the card, in one title: its lines keep the distance of the first.
function pictured(given, board) {
  const colors = board.palettes.light;
  const { width, side } = PICTURE;
  const chart = framed(given, width - 2 * side);
  const title = wrapped(chart.title, `600 ${PICTURE.title}px ${FONT}`, width - 2 * side).map(plain);
  const caption = wrapped(chart.caption, `${PICTURE.small}px ${FONT}`, width - 2 * side).map(plain);
  const small = (color, text) => `<span style="font-size:${PICTURE.small}px;font-weight:400;color:${color}">${text}</span>`;
  const lines = [...title, ...caption.map((line) => small(colors["@muted"], line))];
  lines.push(...legendLines(chart.legend, colors, small, width - 2 * side));
  const head = 1.5 * side + PICTURE.line * lines.length * PICTURE.title + 8;
  const body = chart.grows ? Math.max(chart.height, PICTURE.least) : chart.height;
  const layout = paint(chart.layout, colors, FONT);
  layout.width = width;
  layout.height = Math.ceil(head + body + side);
  layout.margin = { l: side, r: side, t: head + (layout.margin?.t ?? 0), b: side };
  layout.paper_bgcolor = colors["@surface"];
  layout.selections = [];
  layout.title = {
    text: lines.join("<br>"),
    font: { family: FONT, size: PICTURE.title, weight: 600, color: colors["@ink"] },
    x: 0,
    xref: "container",
    xanchor: "left",
    y: 1 - (1.5 * side) / layout.height,
    yref: "container",
    yanchor: "top",
    pad: { l: side },
  };
  const data = paint(chart.data.map((trace) => fitted(trace, FITTED * (width - 2 * side))), colors, FONT);
  return { data, layout, config: { locale: board.lang, locales: { [board.lang]: board.locale } } };
}

async function savePicture(Plotly, chart, board, format) {
  const figure = pictured(chart, board);
  const { width, height } = figure.layout;
  const made = await Plotly.toImage(figure, { format, width, height, scale: PICTURE[format], imageDataOnly: format === "svg" });
  if (format === "png") return save(`${chart.file}.png`, made);
  saveText(`${chart.file}.svg`, made.replace(">", `><title>${plain(chart.title)}</title>`), "image/svg+xml");
}

function saveText(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  save(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function save(name, address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
