// A text with Telegram's entities as nodes: https://core.telegram.org/bots/api#messageentity
// Offsets count UTF-16 code units, as JavaScript's strings do.

import { element } from "./dom.js";

const PLAIN = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};

/** The nodes of a text; `act` does what a command or a link to the bot itself asks for. */
export function rich(text, entities, act) {
  const outermostFirst = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, outermostFirst, 0, text.length, act);
}

function between(text, entities, start, end, act) {
  const nodes = [];
  let position = start;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const from = Math.max(entity.offset, position);
    const to = Math.min(entity.offset + entity.length, end);
    if (from >= to) continue;
    if (from > position) nodes.push(text.slice(position, from));
    const inner = [];
    while (i + 1 < entities.length && entities[i + 1].offset < to) inner.push(entities[(i += 1)]);
    nodes.push(wrapped(entity, text.slice(from, to), between(text, inner, from, to, act), act));
    position = to;
  }
  if (position < end) nodes.push(text.slice(position, end));
  return nodes;
}

function wrapped(entity, covered, children, act) {
  if (entity.type in PLAIN) return element(PLAIN[entity.type], {}, children);
  switch (entity.type) {
    case "text_link":
      return link(entity.url, children, act);
    case "url":
      return link(covered, children, act);
    case "bot_command":
      return element("button", { type: "button", class: "link", onclick: () => act.command(covered) }, children);
    case "mention":
    case "text_mention":
      return element("span", { class: "mention" }, children);
    case "spoiler":
      return spoiler(children);
    case "expandable_blockquote":
      return expandable(children, act);
    default:
      return element("span", {}, children);
  }
}

/** A link that leads to the web only; one to the bot itself stays in the page. */
export function link(address, children, act) {
  const start = startOf(address, act.username);
  if (start !== null) {
    return element("button", { type: "button", class: "link", onclick: () => act.start(start) }, children);
  }
  const url = webAddress(address);
  if (url === null) return element("span", {}, children);
  return element("a", { href: url, title: url, target: "_blank", rel: "noopener noreferrer" }, children);
}

/** The address if it is one of the web; a script's address, say, is none. */
export function webAddress(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** What a link to the bot starts it with, null for any other link: https://core.telegram.org/bots/features#deep-linking */
export function startOf(address, username) {
  const url = webAddress(address) && new URL(address);
  if (!url || url.hostname !== "t.me") return null;
  return url.pathname.slice(1).toLowerCase() === username.toLowerCase() ? (url.searchParams.get("start") ?? "") : null;
}

function spoiler(children) {
  const hidden = element("button", { type: "button", class: "spoiler", "aria-expanded": "false" }, children);
  hidden.addEventListener("click", () => hidden.setAttribute("aria-expanded", "true"));
  return hidden;
}

function expandable(children, act) {
  const quote = element("blockquote", { class: "folded" }, children);
  const more = element("button", { type: "button", class: "link more" }, act.words.more);
  const unfold = () => {
    quote.classList.remove("folded");
    more.remove();
  };
  more.addEventListener("click", unfold);
  // Whether anything is folded away is known only once it has been laid out.
  requestAnimationFrame(() => quote.scrollHeight <= quote.clientHeight + 1 && unfold());
  return element("div", {}, quote, more);
}
