// A button that copies the address of what is seen. The clipboard belongs to https and to this machine;
// elsewhere the old command is tried, and where that is refused too the address stands selected in a field.

const TOLD_MS = 2500;

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

async function copied(address, field) {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    field.hidden = false;
    field.value = address;
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

function built(parent) {
  const root = element("div", "cl");
  const button = element("button", "cl-copy");
  button.type = "button";
  button.append(element("span", "cl-mark", "link"), element("span", "cl-word"));
  button.firstChild.setAttribute("aria-hidden", "true");
  const field = element("input", "cl-field");
  field.readOnly = true;
  field.hidden = true;
  const told = element("span", "cl-told");
  told.setAttribute("role", "status");
  root.append(button, field, told);
  parent.append(root);
  field.addEventListener("blur", () => {
    field.hidden = true;
    told.textContent = "";
  });
  return root;
}

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".cl") ?? built(parentElement);
  const [button, field, told] = root.children;
  const word = button.querySelector(".cl-word");
  const say = (isCopied) => {
    clearTimeout(root.timer);
    word.textContent = isCopied ? data.copied : data.copy;
    told.textContent = isCopied ? data.copied : "";
    told.classList.remove("cl-shown");
  };
  if (root.lang !== data.lang) say(false);
  root.lang = data.lang;
  field.setAttribute("aria-label", data.by_hand);
  button.onclick = async () => {
    if (await copied(window.location.href, field)) {
      field.hidden = true;
      if (document.activeElement === document.body) button.focus();
      say(true);
      root.timer = setTimeout(() => say(false), TOLD_MS);
    } else {
      told.textContent = data.by_hand;
      told.classList.add("cl-shown");
    }
  };
}
