// Draws a conversation. Texts of comments are somebody else's: they go through textContent only.

function drawn(comment, page, finders) {
  const item = element("li", "cv-item");
  item.style.setProperty("--depth", comment.depth);
  item.classList.toggle("cv-hit", comment.is_hit);
  item.classList.toggle("cv-gone", comment.is_gone);
  const head = element("div", "cv-head");
  head.append(element("span", "cv-name", comment.name));
  for (const badge of comment.badges) head.append(element("span", "cv-badge", badge));
  head.append(element("span", "cv-when", comment.when));
  if (comment.answers) head.append(element("span", "cv-when", comment.answers));
  item.append(head);
  const body = element("div", "cv-text");
  body.append(comment.is_gone ? comment.text : marked(comment.text, finders));
  item.append(body);
  const foot = element("div", "cv-foot");
  for (const part of comment.facts) foot.append(element("span", "", part));
  if (comment.url.startsWith("https://")) {
    const link = element("a", "", page.open);
    link.href = comment.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    foot.append(link);
  }
  item.append(foot);
  if (comment.is_hit) {
    item.setAttribute("aria-current", "true");
    item.title = page.hit;
  }
  return item;
}

export default function ({ parentElement, data }) {
  if (parentElement.dataset.shown === data.page) return;
  parentElement.dataset.shown = data.page;
  const page = JSON.parse(data.page);
  const finders = expressions(page.marks);
  const list = element("ol", "cv-list");
  list.setAttribute("aria-label", page.title);
  list.tabIndex = 0;
  list.append(...page.comments.map((comment) => drawn(comment, page, finders)));
  parentElement.querySelector(".cv-list")?.remove();
  parentElement.append(list);
  const hit = list.querySelector(".cv-hit");
  if (hit) list.scrollTop = Math.max(0, hit.offsetTop - list.offsetTop - 80);
}
