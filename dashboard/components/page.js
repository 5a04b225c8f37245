// What the page as a whole does in the browser: it says its language, for who has it read aloud; takes a typed
// day by Enter, where Streamlit's field waits for Escape or a click elsewhere; and takes what is typed in a
// field when something else is pressed: a chart would leave the focus there, and a link would be followed
// before the text is sent. While Back and Forward are pressed faster than pages follow, pages that come too late
// leave the address alone; where a page still shows another view than its address asks for, it is asked again.

const DAY = "[data-testid=stDateInputField] [role=spinbutton]";
const FIELD = "[data-testid=stTextInput], [data-testid=stTextArea], [data-testid=stNumberInput]";
const TAKEN_MS = 80;
const LATE_MS = 3000;
const AGAIN_MS = 2500;
const ADDED = /^(ui|dataset)=/;
let before = null;
let leftAt = -Infinity;
let wentAt = -Infinity;
let shown = [];
let asked = "";
let timer = 0;

function entered(event) {
  wentAt = -Infinity;
  if (event.key !== "Enter" || !event.target.closest?.(DAY)) return;
  event.target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
}

function focused(event) {
  before = event.target.closest?.(FIELD) ? event.target.value : null;
}

function pressed(event) {
  wentAt = -Infinity;
  const at = document.activeElement;
  const field = at?.closest?.(FIELD);
  if (!field || field.contains(event.target)) return;
  if (at.value !== before) leftAt = performance.now();
  at.blur();
}

function clicked(event) {
  const link = event.target.closest?.("a");
  const isPlain = event.isTrusted && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!link || !isPlain || performance.now() - leftAt > TAKEN_MS) return;
  leftAt = -Infinity;
  event.preventDefault();
  event.stopImmediatePropagation();
  setTimeout(() => link.click(), TAKEN_MS);
}

function went() {
  wentAt = performance.now();
  look();
}

function isOther(view) {
  const wanted = new Set([...new URLSearchParams(window.location.search)].map((pair) => pair.join("=")));
  const told = new Set(view.map((pair) => pair.join("=")));
  return [...wanted].some((each) => !told.has(each)) || [...told].some((each) => !wanted.has(each) && !ADDED.test(each));
}

function look() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (document.querySelector("[data-test-script-state=running]")) return look();
    if (window.location.href === asked || !isOther(shown)) return;
    asked = window.location.href;
    window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
  }, AGAIN_MS);
}

const HABITS = [["keydown", entered], ["focusin", focused], ["pointerdown", pressed], ["click", clicked]];

// Once per document: whoever registers this again finds it done.
if (!window.commentsHistory) {
  const push = window.history.pushState.bind(window.history);
  window.commentsHistory = push;
  window.addEventListener("popstate", went, true);
  window.history.pushState = (...given) => {
    if (performance.now() - wentAt > LATE_MS) push(...given);
  };
}

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  shown = data.view;
  look();
  for (const [name, habit] of HABITS) document.addEventListener(name, habit, true);
  return () => {
    for (const [name, habit] of HABITS) document.removeEventListener(name, habit, true);
  };
}
