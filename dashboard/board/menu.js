// The menu of a chart: what can be taken from it. Arrow keys, Home, End and Escape as in every menu.

const TOLD_MS = 4000;
const ITEMS = ["png", "svg", "csv", "link"];

function newMenu(head, name) {
  const room = element("div", "cb-tools", head);
  const button = element("button", "cb-more", room);
  button.type = "button";
  button.textContent = "⋯";
  button.setAttribute("aria-haspopup", "menu");
  const list = element("div", "cb-menu", room);
  list.id = `cb-menu-${name}`;
  list.setAttribute("role", "menu");
  button.setAttribute("aria-controls", list.id);
  const items = ITEMS.map((kind) => {
    const item = element("button", "", list);
    item.type = "button";
    item.tabIndex = -1;
    item.dataset.kind = kind;
    item.setAttribute("role", "menuitem");
    return item;
  });
  const menu = { room, button, list, items };
  menu.elsewhere = (event) => room.contains(event.target) || closeMenu(menu);
  button.onclick = () => (list.hidden ? openMenu(menu, 0) : closeMenu(menu));
  button.onkeydown = (event) => {
    const place = { ArrowDown: 0, ArrowUp: -1 }[event.key];
    if (place === undefined) return;
    event.preventDefault();
    openMenu(menu, place);
  };
  list.onkeydown = (event) => moveInMenu(menu, event);
  closeMenu(menu);
  return menu;
}

function openMenu(menu, place) {
  menu.list.hidden = false;
  menu.button.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", menu.elsewhere, true);
  menu.items.filter((item) => !item.hidden).at(place)?.focus();
}

function closeMenu(menu) {
  menu.list.hidden = true;
  menu.button.setAttribute("aria-expanded", "false");
  document.removeEventListener("pointerdown", menu.elsewhere, true);
}

function moveInMenu(menu, event) {
  const items = menu.items.filter((item) => !item.hidden);
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (next !== undefined) {
    items.at(next % items.length).focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    // Tab goes on from the button, as if the menu had not been there.
    closeMenu(menu);
    menu.button.focus();
    if (event.key === "Tab") return;
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function fillMenu(parts, chart, board) {
  const { menu } = parts;
  menu.room.hidden = Boolean(chart.empty);
  menu.button.setAttribute("aria-label", `${board.words.tools}: ${chart.title}`);
  menu.button.title = board.words.tools;
  menu.list.setAttribute("aria-label", board.words.tools);
  for (const item of menu.items) {
    item.textContent = board.words[item.dataset.kind];
    item.hidden = item.dataset.kind === "csv" && !chart.csv;
    item.onclick = () => {
      closeMenu(menu);
      menu.button.focus();
      take(parts, item.dataset.kind, board);
    };
  }
}

async function take(parts, kind, board) {
  const { chart } = parts;
  if (kind === "csv") return saveText(`${chart.file}.csv`, chart.csv, "text/csv");
  if (kind === "link") return copyLink(parts, board.words);
  try {
    await savePicture(await plotly(board.plotlyUrl), chart, board, kind);
  } catch (error) {
    console.error(error);
    tell(parts, board.words.no_picture);
  }
}

// Says something for a moment beside the menu, and to who listens.
function tell(parts, text) {
  parts.told.textContent = text;
  parts.told.classList.remove("cb-hidden");
  clearTimeout(parts.untell);
  parts.untell = setTimeout(() => {
    parts.told.textContent = "";
    parts.told.classList.add("cb-hidden");
  }, TOLD_MS);
}
