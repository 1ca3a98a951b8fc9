// The list of chats of whoever looks at the page.

import { byId, element, filled, initial, shortened, tint } from "./dom.js";
import { gist } from "./message.js";

/** The chats of a person: the private one with the bot, the group, and the group's topics. */
export function placesOf(person, cast) {
  const { bot, group } = cast;
  const topics = Object.entries(cast.topics).map(([thread, title]) => ({
    chat: group.id,
    thread: Number(thread),
    title,
    within: group.title,
  }));
  return [
    { chat: person.id, thread: null, title: bot.first_name, tinted: bot.id },
    { chat: group.id, thread: null, title: group.title, topic: cast.general },
    ...topics,
  ];
}

/** A topic has a sign of its own, a group the page's colour, a person or bot one of theirs. */
export function avatarClass({ within, tinted }) {
  if (within) return "avatar hash";
  return tinted === undefined ? "avatar" : `avatar ${tint(tinted)}`;
}

export const keyOf = ({ chat, thread }) => `${chat}/${thread ?? 0}`;

/** The key of the place that a message is in. */
export function placeOf(message) {
  return keyOf({ chat: message.chat.id, thread: message.is_topic_message ? message.message_thread_id : null });
}

/** Show the chats, each with its last message and how many are unread. */
export function showChats(app) {
  const focused = document.activeElement?.closest("#chat-list button")?.dataset.key;
  byId("chat-list").replaceChildren(...app.places.map((place) => element("li", {}, row(place, app))));
  if (focused) document.querySelector(`#chat-list button[data-key="${focused}"]`)?.focus();
}

function row(place, app) {
  const key = keyOf(place);
  const last = app.messagesOf(place).at(-1);
  const unread = app.unread.get(key) ?? 0;
  const isHere = key === keyOf(app.place);
  return element(
    "button",
    {
      type: "button",
      "data-key": key,
      class: place.within ? "topic" : null,
      "aria-current": isHere ? "true" : null,
      onclick: () => app.goToPlace(place),
    },
    element(
      "span",
      { class: avatarClass(place), "aria-hidden": "true" },
      place.within ? "#" : initial(place.title),
    ),
    element("b", {}, place.title),
    element("span", { class: "preview" }, last ? preview(last, app) : app.subtitle(place)),
    unread > 0 && [
      element("span", { class: "unread", "aria-hidden": "true" }, String(unread)),
      element("span", { class: "unseen" }, filled(app.words.unread, { count: unread })),
    ],
  );
}

function preview(message, app) {
  const said = shortened(gist(message, app.words), 80);
  const shared = message.chat.type !== "private" && !message.new_chat_members;
  return shared ? `${message.from?.first_name ?? ""}: ${said}` : said;
}
