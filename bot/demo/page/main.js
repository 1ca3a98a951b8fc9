// The page as a whole: who looks at it, where they are, and what happens.

import { Calls } from "./calls.js";
import { avatarClass, keyOf, placeOf, placesOf, showChats } from "./chats.js";
import { Composer } from "./composer.js";
import { byId, element, filled, initial, tint } from "./dom.js";
import { Log } from "./log.js";
import { act, Answers, follow } from "./wire.js";

const SECONDS_OF_TYPING = 5;
const SECONDS_OF_A_TOAST = 5;
const PATIENCE_WITH_THE_BOT = 15;

class App {
  constructor(stage) {
    this.cast = stage;
    this.words = stage.words;
    this.who = stage.people[0];
    this.messages = new Map();
    this.unread = new Map();
    this.pressing = new Map();
    this.typing = new Map();
    this.profile = { commands: {}, descriptions: {} };
    this.offered = new Answers(PATIENCE_WITH_THE_BOT);
    this.pressed = new Answers(PATIENCE_WITH_THE_BOT);
    this.links = {
      username: stage.bot.username,
      words: stage.words,
      command: (text) => this.composer.send(text),
      start: (parameter) => this.start(parameter),
    };
    this.calls = new Calls(stage.words);
    this.log = new Log(this);
    this.composer = new Composer(this);
    this.listen();
    this.become(stage.people[0], true);
  }

  listen() {
    const who = byId("who");
    who.replaceChildren(
      ...this.cast.people.map((person) => element("option", { value: person.id }, person.first_name)),
    );
    who.addEventListener("change", () => this.become(this.cast.people.find((p) => String(p.id) === who.value)));
    byId("back").addEventListener("click", () => this.view("list"));
    byId("show-calls").addEventListener("click", () => this.toggleCalls());
    byId("hide-calls").addEventListener("click", () => this.toggleCalls(false));
    byId("calls").addEventListener("keydown", (event) => event.key === "Escape" && this.toggleCalls(false));
    byId("picture").addEventListener("click", () => byId("picture").close());
    document.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!event.altKey || !step) return;
      event.preventDefault();
      const here = this.places.findIndex((place) => keyOf(place) === keyOf(this.place));
      this.goToPlace(this.places[(here + step + this.places.length) % this.places.length]);
    });
  }

  // Who and where

  /** See everything as somebody else does: in the same group, or in their own private chat. */
  become(person, first = false) {
    const wasPrivate = first || this.place.chat === this.who.id;
    this.who = person;
    this.places = placesOf(person, this.cast);
    byId("who").value = person.id;
    byId("as-avatar").className = `avatar ${tint(person.id)}`;
    byId("as-avatar").textContent = initial(person.first_name);
    const same = first ? null : this.places.find((place) => keyOf(place) === keyOf(this.place));
    this.goToPlace(wasPrivate ? this.places[0] : same, !first);
  }

  goToPlace(place, focus = true) {
    this.place = place;
    this.unread.delete(keyOf(place));
    const inGroup = place.chat === this.cast.group.id;
    const { draft_group: group, draft_private: alone } = this.words;
    const placeholder = filled(inGroup ? group : alone, { username: this.cast.bot.username });
    this.view("chat"); // first: the message field is measured, which it cannot be while it is hidden
    this.composer.moveTo(`${this.who.id}/${keyOf(place)}`, placeholder);
    this.showHead();
    this.showLog();
    showChats(this);
    if (focus && matchMedia("(hover: hover)").matches) byId("text").focus();
  }

  /** The parts of an act that say who does it and where. */
  here(withThread = true) {
    const { chat, thread } = this.place;
    return { who: this.who.id, chat, ...(withThread ? { thread } : {}) };
  }

  view(name) {
    document.body.dataset.view = name;
  }

  // What is shown

  messagesOf(place) {
    const all = [...(this.messages.get(place.chat)?.values() ?? [])];
    return all.filter((message) => placeOf(message) === keyOf(place)).sort((a, b) => a.message_id - b.message_id);
  }

  shownMessages() {
    return this.messagesOf(this.place);
  }

  showHead() {
    const { title, within } = this.place;
    byId("chat-title").textContent = title;
    byId("chat-avatar").className = avatarClass(this.place);
    byId("chat-avatar").textContent = within ? "#" : initial(title);
    const typing = this.typing.has(keyOf(this.place));
    byId("chat-subtitle").textContent = typing ? this.words.bot_typing : this.subtitle(this.place);
  }

  /** What a place is, in a few words. */
  subtitle({ chat, topic, within }) {
    if (chat === this.who.id) return this.words.bot;
    if (within) return filled(this.words.topic_of, { group: within });
    return `${topic}, ${filled(this.words.members, { count: this.cast.people.length })}`;
  }

  showLog() {
    const messages = this.shownMessages();
    const byPeople = messages.filter((message) => message.from?.id !== this.cast.bot.id && !message.new_chat_members);
    this.log.show(messages, byPeople.length ? null : this.beginning());
  }

  /** What stands in a chat that nobody has written in: what the bot does, and what to try. */
  beginning() {
    const { words, cast } = this;
    const isPrivate = this.place.chat === this.who.id;
    const before = isPrivate ? "" : `/ask@${cast.bot.username} `;
    const tries = cast.examples.slice(0, 3).map((question) => {
      const send = () => this.composer.send(before + question);
      return element("li", {}, element("button", { type: "button", onclick: send }, before + question));
    });
    const about = isPrivate ? (this.profile.descriptions.description ?? "") : filled(words.about_group, { username: cast.bot.username });
    return element(
      "section",
      { class: "beginning", "aria-label": words.try },
      element("p", { dir: "auto" }, about),
      element("p", { class: "hint" }, words.try),
      element("ul", {}, tries),
      isPrivate && element("button", { type: "button", class: "primary", onclick: () => this.start("") }, words.start),
    );
  }

  menu() {
    const scope = this.place.chat === this.who.id ? "all_private_chats" : "all_group_chats";
    return this.profile.commands[scope] ?? this.profile.commands.default ?? [];
  }

  // What happens

  takeMessage(message, isNew) {
    const of = this.messages.get(message.chat.id) ?? new Map();
    const known = of.has(message.message_id);
    this.messages.set(message.chat.id, of.set(message.message_id, message));
    const key = placeOf(message);
    const byBot = message.from?.id === this.cast.bot.id;
    if (byBot) this.stopTyping(key);
    if (key === keyOf(this.place)) {
      if (this.log.node.querySelector(".beginning")) this.showLog();
      else this.log.take(message);
    } else if (isNew && byBot && !known) {
      this.unread.set(key, (this.unread.get(key) ?? 0) + 1);
    }
    showChats(this);
  }

  takeGone({ chat, message }) {
    this.messages.get(chat)?.delete(message);
    if (chat === this.place.chat) this.showLog();
    showChats(this);
  }

  takeProfile(profile) {
    this.profile = profile;
    if (this.log.node.querySelector(".beginning")) this.showLog();
  }

  takeTyping({ chat, thread }) {
    const key = keyOf({ chat, thread });
    clearTimeout(this.typing.get(key));
    this.typing.set(key, setTimeout(() => this.stopTyping(key), SECONDS_OF_TYPING * 1000));
    this.showHead();
  }

  stopTyping(key) {
    clearTimeout(this.typing.get(key));
    if (this.typing.delete(key)) this.showHead();
  }

  // What people do

  /** Try an act; one that is refused is said, and null comes back. */
  async attempt(doing) {
    try {
      return await doing();
    } catch (error) {
      this.toast(filled(this.words.refused, { reason: error.message }));
      return null;
    }
  }

  isPressed(message, data) {
    return this.pressing.has(`${message.chat.id}/${message.message_id}/${data}`);
  }

  async press(message, data) {
    const key = `${message.chat.id}/${message.message_id}/${data}`;
    if (this.pressing.has(key)) return;
    this.setPressing(message, key, true);
    const { who, chat } = this.here(false);
    const made = await this.attempt(() => act({ act: "press", who, chat, message: message.message_id, data }));
    const answer = made && (await this.pressed.to(made.query));
    this.setPressing(message, key, false);
    if (made && !answer) this.toast(this.words.no_press_answer);
    else if (answer?.text && answer.alert) this.alert(answer.text);
    else if (answer?.text) this.toast(answer.text);
  }

  setPressing(message, key, isPressing) {
    if (isPressing) this.pressing.set(key, true);
    else this.pressing.delete(key);
    const now = this.messages.get(message.chat.id)?.get(message.message_id);
    if (now && placeOf(now) === keyOf(this.place)) this.log.take(now);
  }

  /** Start the bot in the private chat, as a link to it does. */
  start(parameter) {
    this.goToPlace(this.places[0]);
    this.composer.send(`/start ${parameter}`.trim());
  }

  typeInline(query) {
    this.composer.fill(`@${this.cast.bot.username} ${query}`);
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    this.toast(this.words.copied);
  }

  goTo(number) {
    this.log.goTo(number);
  }

  enlarge(source, description) {
    const image = byId("picture").querySelector("img");
    image.src = source;
    image.alt = description;
    byId("picture").showModal();
  }

  alert(text) {
    byId("alert-text").textContent = text;
    byId("alert").showModal();
  }

  toast(text) {
    const toast = byId("toast");
    clearTimeout(this.toasting);
    toast.textContent = text;
    toast.hidden = false;
    this.toasting = setTimeout(() => (toast.hidden = true), SECONDS_OF_A_TOAST * 1000);
  }

  toggleCalls(shown = byId("calls").hidden) {
    byId("calls").hidden = !shown;
    byId("show-calls").setAttribute("aria-expanded", String(shown));
    this.view(shown ? "calls" : "chat");
    byId(shown ? "calls-heading" : "show-calls").focus();
  }
}

let app = null;
let latest = 0;

follow(
  {
    stage(stage) {
      // Another run of the demonstration knows nothing of what this page shows.
      if (app && app.cast.run !== stage.run) location.reload();
      app ??= new App(stage);
      latest = stage.latest;
    },
    message: ({ number, content }) => app.takeMessage(content, number >= latest),
    gone: ({ content }) => app.takeGone(content),
    call: ({ content }) => app.calls.take(content),
    profile: ({ content }) => app.takeProfile(content),
    typing: ({ content }) => app.takeTyping(content),
    pressed: ({ content }) => app.pressed.take(content),
    offered: ({ content }) => app.offered.take(content),
  },
  (isThere) => (byId("lost").hidden = isThere),
);
