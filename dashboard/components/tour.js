// A button and, while it is open, four cards. The browser remembers that they were shown; they open by
// themselves only where the document was opened by the bare address, never over a link that somebody shared.

const SEEN = "vk-comments.tour";
const memory = (window.commentsTour ??= { isOpen: null });

function wasSeen() {
  try {
    return localStorage.getItem(SEEN) !== null;
  } catch {
    return true; // a browser that remembers nothing would show it again and again
  }
}

function remember() {
  try {
    localStorage.setItem(SEEN, new Date().toISOString().slice(0, 10));
  } catch {
    memory.isOpen ??= false;
  }
}

function cameByBareAddress() {
  const [entry] = performance.getEntriesByType("navigation");
  const url = new URL(entry?.name ?? window.location.href);
  return url.pathname.endsWith("/") && !url.search;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

function button(className, text) {
  const made = element("button", className, text);
  made.type = "button";
  return made;
}

function steps(page) {
  const list = element("ol", "tr-steps");
  for (const step of page.steps) {
    const item = element("li", "tr-step");
    item.append(element("strong", "tr-name", step.name), element("span", "tr-body", step.body));
    list.append(item);
  }
  return list;
}

export default function ({ parentElement, data }) {
  if (memory.isOpen === null) {
    memory.isOpen = cameByBareAddress() && !wasSeen();
    if (memory.isOpen) remember();
  }
  parentElement.querySelector(".tr")?.remove();
  const root = element("div", "tr");
  const toggle = button("tr-toggle", data.words.open);
  const mark = element("span", "tr-mark", "school");
  mark.setAttribute("aria-hidden", "true");
  toggle.prepend(mark);
  const panel = element("section", "tr-panel");
  panel.id = "comments-tour";
  panel.setAttribute("aria-label", data.words.title);
  const close = button("tr-close", data.words.close);
  const head = element("div", "tr-head");
  head.append(element("h2", "tr-title", data.words.title), close);
  panel.append(head, steps(data));
  toggle.setAttribute("aria-controls", panel.id);
  root.append(toggle, panel);
  parentElement.append(root);

  const show = (isOpen) => {
    memory.isOpen = isOpen;
    root.classList.toggle("tr-open", isOpen);
    panel.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  };
  const put = () => {
    show(false);
    toggle.focus();
  };
  toggle.onclick = () => {
    show(!memory.isOpen);
    remember();
  };
  close.onclick = put;
  panel.onkeydown = (event) => {
    if (event.key === "Escape") put();
  };
  show(memory.isOpen);
}
