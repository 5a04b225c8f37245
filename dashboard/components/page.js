// What the page as a whole does in the browser: it says its language, for who has it read aloud, and takes a
// typed day by Enter, where Streamlit's field waits for Escape or a click elsewhere.

const DAY = "[data-testid=stDateInputField] [role=spinbutton]";

function taken(event) {
  if (event.key !== "Enter" || !event.target.closest?.(DAY)) return;
  event.target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
}

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  document.addEventListener("keydown", taken, true);
  return () => document.removeEventListener("keydown", taken, true);
}
