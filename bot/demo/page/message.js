// One message as a chat client shows it.

import { element, filled, initial, shortened, tint } from "./dom.js";
import { link, rich, startOf } from "./entities.js";

const WITHIN_ONE_RUN = 600;

/** What a message says, in one line. */
export function gist(message, words) {
  const said = message.text ?? message.caption;
  if (said) return message.photo ? `${words.picture}: ${said}` : said;
  if (message.new_chat_members) return joined(message, words);
  return message.photo ? words.picture : words.other_content;
}

/** Whether a message goes on from the one before it, so that the name need not be repeated. */
export function goesOn(message, before) {
  return (
    Boolean(before) &&
    !before.new_chat_members &&
    before.from?.id === message.from?.id &&
    message.date - before.date < WITHIN_ONE_RUN
  );
}

/** The node of a message. `app` knows who looks at it and does what its buttons ask for. */
export function messageNode(message, before, app) {
  if (message.new_chat_members) return element("p", { class: "service" }, joined(message, app.words));
  const own = message.from?.id === app.who.id;
  const inGroup = message.chat.type !== "private";
  const run = goesOn(message, before);
  const bubble = element(
    "div",
    { class: "bubble" },
    sender(message, !inGroup || own || run),
    via(message, app),
    quoted(message, app),
    picture(message, app),
    element("div", { class: "last" }, body(message, app), meta(message, app)),
  );
  return element(
    "article",
    { class: `message ${own ? "own" : "other"} ${run ? "run" : ""}`, "data-message": message.message_id, tabindex: "-1" },
    inGroup && !own && avatar(message),
    element("div", { class: "column" }, bubble, keyboard(message, app)),
    tools(message, own, app),
  );
}

function joined(message, words) {
  const names = message.new_chat_members.map((member) => member.first_name).join(", ");
  return filled(words.joined, { by: message.from?.first_name ?? "", name: names });
}

function sender(message, unseen) {
  const name = message.from?.first_name ?? message.chat.title ?? "";
  return element("p", { class: unseen ? "unseen" : `from ${tint(message.from?.id ?? 0)}` }, name);
}

function avatar(message) {
  const name = message.from?.first_name ?? "";
  return element("span", { class: `avatar ${tint(message.from?.id ?? 0)}`, "aria-hidden": "true" }, initial(name));
}

function via(message, app) {
  return message.via_bot && element("p", { class: "via" }, filled(app.words.via, { username: message.via_bot.username }));
}

function quoted(message, app) {
  const original = message.reply_to_message;
  if (!original) return null;
  return element(
    "button",
    { type: "button", class: `quoted ${tint(original.from?.id ?? 0)}`, onclick: () => app.goTo(original.message_id) },
    element("b", {}, original.from?.first_name ?? ""),
    element("span", { dir: "auto" }, shortened(gist(original, app.words))),
  );
}

function picture(message, app) {
  const size = message.photo?.at(-1);
  if (!size) return null;
  const source = `/photo/${encodeURIComponent(size.file_id)}`;
  const description = message.caption
    ? filled(app.words.picture_described, { caption: message.caption })
    : app.words.picture;
  const image = element("img", { src: source, alt: description, width: size.width, height: size.height });
  const show = () => app.enlarge(source, description);
  return element("button", { type: "button", class: "photo", title: app.words.picture_larger, onclick: show }, image);
}

function body(message, app) {
  const text = message.text ?? message.caption;
  if (text === undefined) return message.photo ? null : element("p", { class: "text" }, gist(message, app.words));
  const entities = message.text === undefined ? message.caption_entities : message.entities;
  return element("div", { class: "text", dir: "auto" }, rich(text, entities, app.links));
}

function meta(message, app) {
  const time = new Date(message.date * 1000);
  return element(
    "p",
    { class: "meta" },
    message.edit_date && element("span", {}, app.words.edited),
    element(
      "time",
      { datetime: time.toISOString() },
      time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false }),
    ),
  );
}

function keyboard(message, app) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  return element(
    "div",
    { class: "keyboard" },
    rows.map((row) => element("div", {}, row.map((button) => pressable(button, message, app)))),
  );
}

/** A button of a message: https://core.telegram.org/bots/api#inlinekeyboardbutton */
function pressable(button, message, app) {
  const query = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (button.url !== undefined) {
    const node = link(button.url, [button.text], app.links);
    if (startOf(button.url, app.links.username) === null) {
      node.setAttribute("aria-label", filled(app.words.opens_link, { label: button.text }));
    }
    node.className = "leads";
    return node;
  }
  if (query !== undefined) {
    const label = filled(app.words.opens_inline, { label: button.text });
    return element("button", { type: "button", "aria-label": label, onclick: () => app.typeInline(query) }, button.text);
  }
  if (button.copy_text !== undefined) {
    return element("button", { type: "button", onclick: () => app.copy(button.copy_text.text) }, button.text);
  }
  const busy = app.isPressed(message, button.callback_data);
  const press = () => app.press(message, button.callback_data);
  return element("button", { type: "button", "aria-busy": busy ? "true" : null, onclick: press }, button.text);
}

function tools(message, own, app) {
  const text = shortened(gist(message, app.words), 60);
  const name = message.from?.first_name ?? "";
  const reply = element(
    "button",
    {
      type: "button",
      "aria-label": filled(app.words.reply_to, { name, text }),
      title: app.words.reply,
      onclick: () => app.composer.reply(message),
    },
    icon("M10 7L4 12l6 5M4 12h10q6 0 6 6"),
  );
  if (!own || message.text === undefined || message.via_bot) return element("div", { class: "tools" }, reply);
  const edit = element(
    "button",
    {
      type: "button",
      "aria-label": filled(app.words.edit_message, { text }),
      title: app.words.edit,
      onclick: () => app.composer.edit(message),
    },
    icon("M5 19l1-4L16 5l3 3L9 18z"),
  );
  return element("div", { class: "tools" }, reply, edit);
}

function icon(path) {
  const name = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(name, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(name, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
