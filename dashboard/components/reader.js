// Draws a page of conversations and moves between its hits. Texts of comments are somebody else's: they go
// through textContent only.
//
// The function runs at every new set of data, on the same element. Steps between the hits of a page are taken
// here at once and told to the page afterwards; steps beyond it, and everything else, are the page's to take.

const readers = new WeakMap();
const TURNING_MS = 5000;
const TOLD_AFTER_MS = 200;

function button(className, text, act, label) {
  const made = element("button", className, text);
  made.type = "button";
  made.dataset.act = act;
  if (label) made.setAttribute("aria-label", label);
  return made;
}

function outward(url, text) {
  const link = element("a", "", text);
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

const isAddress = (url) => /^https?:\/\//.test(url);

function headOf(comment, say) {
  const head = element("div", "rd-head");
  if (comment.name) head.append(element("span", "rd-name", comment.name));
  for (const badge of comment.badges) head.append(element("span", "rd-badge", badge));
  if (comment.when) head.append(element("span", "rd-when", comment.when));
  if (comment.answers) head.append(element("span", "rd-when", comment.answers));
  for (const label of comment.labels) {
    const tag = element("span", "rd-label", label.text);
    if (label.title) tag.title = label.title;
    head.append(tag);
  }
  const aside = element("span", "rd-aside");
  for (const fact of comment.facts) aside.append(element("span", "", fact));
  if (comment.author) aside.append(button("rd-act", say.author, "author"));
  if (comment.url.startsWith("https://")) aside.append(outward(comment.url, say.open));
  head.append(aside);
  return head;
}

function footOf(comment, say) {
  const foot = element("div", "rd-foot");
  for (const each of comment.attached) {
    foot.append(isAddress(each.url) ? outward(each.url, `${each.name} ↗`) : element("span", "", each.name));
  }
  if (comment.is_edited) {
    foot.append(button("rd-act", comment.versions.length ? say.hide : say.versions, "versions"));
  }
  return foot;
}

function versionsOf(comment) {
  const list = element("ol", "rd-versions");
  for (const version of comment.versions) {
    const item = element("li", "");
    item.append(element("div", "rd-when", version.head));
    if (version.text) item.append(element("div", "rd-text", version.text));
    list.append(item);
  }
  return list;
}

function commentOf(comment, page) {
  const item = element("li", "rd-item");
  item.dataset.key = comment.key;
  item.style.setProperty("--depth", comment.depth);
  item.classList.toggle("rd-gone", comment.is_gone);
  if (comment.is_hit) {
    item.classList.add("rd-hit");
    item.dataset.place = comment.place;
    item.tabIndex = -1;
  }
  const body = element("div", "rd-text");
  body.append(comment.is_gone ? comment.text : marked(comment.text, page.finders));
  item.append(headOf(comment, page.say), body);
  if (comment.versions.length) item.append(versionsOf(comment));
  if (comment.attached.length || comment.is_edited) item.append(footOf(comment, page.say));
  return item;
}

function threadOf(thread, page) {
  const section = element("section", "rd-thread");
  section.dataset.thread = thread.key;
  if (thread.title) section.append(element("h2", "rd-title", thread.title));
  const list = element("ol", "rd-list");
  list.append(...thread.comments.map((comment) => commentOf(comment, page)));
  section.append(list);
  const end = element("div", "rd-end");
  if (thread.more) end.append(button("rd-act", thread.more, "open"));
  if (thread.is_open) end.append(button("rd-act", page.say.fold, "close"));
  if (thread.size) end.append(element("span", "", thread.size), button("rd-act", page.say.only, "only"));
  if (end.childElementCount) section.append(end);
  return section;
}

function barOf(page) {
  const bar = element("div", "rd-bar");
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", page.say.title);
  const place = element("span", "rd-place");
  place.setAttribute("role", "status");
  bar.append(
    button("rd-button", `↑ ${page.say.previous}`, "previous", page.say.previousLong),
    button("rd-button", `↓ ${page.say.next}`, "next", page.say.nextLong),
    place,
    button("rd-button", page.say.whole, "whole"),
  );
  for (const each of page.tools) bar.append(button("rd-button rd-mark", each.text, each.act));
  const hint = element("span", "rd-keys", page.say.keys);
  for (const [keys, text] of page.keys) {
    const part = element("span", "");
    for (const key of keys) part.append(element("kbd", "", key));
    part.append(text);
    hint.append(part);
  }
  bar.append(hint);
  return bar;
}

// The element that scrolls the page, so that what is looked at stays in its place when threads grow above it.
function scrollerOf(node) {
  for (let at = node.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement;
}

// Where keys mean something else: what is typed into, chosen from, or lies above the page.
const OCCUPIED = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable], "
  + "[role=combobox], [role=listbox], [role=spinbutton], [role=dialog], [role=menu], [data-testid=stPopoverBody], "
  + "[data-testid=stDataFrame]";
const CONTROL = "a, button, summary, [role=button], [role=radio], [role=tab], input";

function isOurs(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (document.querySelector("[role=dialog][aria-modal=true]")) return false;
  return !document.activeElement?.closest(OCCUPIED);
}

function open(parentElement) {
  const root = element("div", "rd-reader");
  parentElement.append(root);
  const reader = { root, current: "", known: "", sent: [], timer: 0, page: null, shown: "", send: () => {} };
  root.addEventListener("click", (event) => clicked(reader, event));
  reader.pressed = (event) => pressed(reader, event);
  readers.set(parentElement, reader);
  return reader;
}

const hitsOf = (reader) => [...reader.root.querySelectorAll(".rd-hit")];
const itemOf = (reader, key) => hitsOf(reader).find((each) => each.dataset.key === key);

function lookAt(reader, key, { move = false, focus = false } = {}) {
  reader.current = key;
  const item = itemOf(reader, key);
  for (const each of hitsOf(reader)) {
    each.toggleAttribute("aria-current", false);
    each.classList.toggle("rd-current", each === item);
  }
  reader.root.querySelector(".rd-place").textContent = item?.dataset.place ?? "";
  if (!item) return;
  item.setAttribute("aria-current", "true");
  if (focus) item.focus({ preventScroll: true });
  if (move) item.scrollIntoView({ block: "center" });
  const { page } = reader;
  const hits = hitsOf(reader);
  reader.root.querySelector('[data-act="previous"]').disabled = item === hits[0] && !page.before;
  reader.root.querySelector('[data-act="next"]').disabled = item === hits.at(-1) && !page.after;
  const canOpen = Boolean(item.closest(".rd-thread").querySelector('[data-act="open"]'));
  reader.root.querySelector('[data-act="whole"]').disabled = !canOpen;
}

function tell(reader, event) {
  clearTimeout(reader.timer);
  reader.sent.push(reader.current);
  reader.send({ current: reader.current, ...event });
}

function step(reader, by, focus) {
  const hits = hitsOf(reader);
  const at = hits.findIndex((each) => each.dataset.key === reader.current) + by;
  if (at < 0 || at >= hits.length) {
    // One page is turned at a time: what is pressed while it comes would turn further ones unseen.
    if (reader.turned === reader.shown && Date.now() - reader.turnedAt < TURNING_MS) return;
    if (at < 0 ? reader.page.before : reader.page.after) {
      reader.turned = reader.shown;
      reader.turnedAt = Date.now();
      reader.wantsFocus = focus;
      tell(reader, { kind: at < 0 ? "previous" : "next" });
    }
    return;
  }
  lookAt(reader, hits[at].dataset.key, { move: true, focus });
  clearTimeout(reader.timer);
  reader.timer = setTimeout(() => tell(reader, { kind: "look" }), TOLD_AFTER_MS);
}

function whole(reader) {
  const thread = itemOf(reader, reader.current)?.closest(".rd-thread");
  if (thread?.querySelector('[data-act="open"]')) tell(reader, { kind: "open", key: thread.dataset.thread });
}

function act(reader, kind, target) {
  const thread = target.closest(".rd-thread")?.dataset.thread ?? "";
  const item = target.closest(".rd-item");
  if (item?.classList.contains("rd-hit")) lookAt(reader, item.dataset.key);
  if (kind === "previous") step(reader, -1, false);
  else if (kind === "next") step(reader, 1, false);
  else if (kind === "whole") whole(reader);
  else if (kind === "label" || kind === "check") tell(reader, { kind, key: reader.current });
  else tell(reader, { kind, key: item?.dataset.key ?? thread });
}

function clicked(reader, event) {
  const pushed = event.target.closest("button[data-act]");
  if (pushed) return act(reader, pushed.dataset.act, pushed);
  const item = event.target.closest(".rd-hit");
  if (!item || event.target.closest("a") || item.dataset.key === reader.current) return;
  if (!getSelection().isCollapsed) return;
  lookAt(reader, item.dataset.key);
  tell(reader, { kind: "look" });
}

function pressed(reader, event) {
  if (!reader.root.isConnected) return document.removeEventListener("keydown", reader.pressed);
  if (!isOurs(event) || !reader.page) return;
  const isInside = reader.root.contains(document.activeElement);
  const onControl = Boolean(document.activeElement?.closest(CONTROL));
  const by = { KeyJ: 1, KeyK: -1, ...(isInside ? { ArrowDown: 1, ArrowUp: -1 } : {}) }[event.code];
  const mark = { KeyL: "label", KeyX: "check" }[event.code];
  if (by) step(reader, by, true);
  else if (event.code === "Enter" && !onControl) whole(reader);
  else if (event.code === "Escape" && reader.root.querySelector('[data-act="close"]')) tell(reader, { kind: "close" });
  else if (mark && reader.root.querySelector(`[data-act="${mark}"]`)) tell(reader, { kind: mark, key: reader.current });
  else return;
  event.preventDefault();
}

// What had the focus before a drawing, as a way to find it again after.
function focused(reader) {
  const at = document.activeElement;
  if (!reader.root.contains(at)) return null;
  return { key: at.closest("[data-key]")?.dataset.key, thread: at.closest("[data-thread]")?.dataset.thread, act: at.dataset.act };
}

function refocus(reader, was) {
  if (!was) return;
  const all = [...reader.root.querySelectorAll("[data-key], [data-thread]")];
  const within = all.find((each) => each.dataset.key === was.key && was.key)
    ?? all.find((each) => each.dataset.thread === was.thread && was.thread)
    ?? (was.act && reader.root.querySelector(".rd-bar"));
  const control = was.act && within?.querySelector(`[data-act="${was.act}"]`);
  (control || itemOf(reader, reader.current))?.focus({ preventScroll: true });
}

function draw(reader, text) {
  const was = focused(reader);
  const before = itemOf(reader, reader.current)?.getBoundingClientRect().top;
  const page = JSON.parse(text);
  page.finders = expressions(page.marks);
  reader.page = page;
  reader.root.replaceChildren(barOf(page), ...page.threads.map((thread) => threadOf(thread, page)));
  const after = itemOf(reader, reader.current)?.getBoundingClientRect().top;
  if (before !== undefined && after !== undefined) scrollerOf(reader.root).scrollTop += after - before;
  return was;
}

// Tell whether the page looks at something of its own accord; what it only repeats has been seen here before.
function isElsewhere(reader, current) {
  const at = reader.sent.indexOf(current);
  const isRepeated = at >= 0 || current === reader.known;
  reader.sent.splice(0, at + 1);
  reader.known = current;
  return !isRepeated || !itemOf(reader, reader.current);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const reader = readers.get(parentElement) ?? open(parentElement);
  document.addEventListener("keydown", reader.pressed);
  reader.send = (event) => setTriggerValue("event", event);
  const isFirst = !reader.shown;
  const isNew = reader.shown !== data.page;
  const was = isNew ? draw(reader, data.page) : null;
  reader.shown = data.page;
  if (isElsewhere(reader, data.current)) {
    lookAt(reader, data.current, { move: isFirst ? data.isAsked : true, focus: reader.wantsFocus });
    reader.wantsFocus = false;
  } else if (isNew) {
    lookAt(reader, reader.current);
  }
  if (isNew) refocus(reader, was);
  return () => document.removeEventListener("keydown", reader.pressed);
}
