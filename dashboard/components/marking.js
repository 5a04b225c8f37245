// Elements with plain texts, and texts with what was searched for marked in them.

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// What was searched for, ready to run; an expression that this browser cannot read marks nothing.
function expressions(marks) {
  return marks.flatMap(({ source, flags }) => {
    try {
      return [new RegExp(source, flags)];
    } catch {
      return [];
    }
  });
}

// Split a text at what was searched for; where two finds overlap they are one mark.
function marked(text, finders) {
  const spans = finders
    .flatMap((finder) => [...text.matchAll(finder)].map((found) => [found.index, found.index + found[0].length]))
    .filter(([start, end]) => end > start)
    .sort((one, other) => one[0] - other[0]);
  const whole = document.createDocumentFragment();
  let at = 0;
  for (let place = 0; place < spans.length; ) {
    let [start, end] = spans[place++];
    while (place < spans.length && spans[place][0] < end) end = Math.max(end, spans[place++][1]);
    whole.append(text.slice(at, start), element("mark", "", text.slice(start, end)));
    at = end;
  }
  whole.append(text.slice(at));
  return whole;
}
