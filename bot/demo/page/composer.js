// The message field: what somebody writes, replies to, edits, or asks inline.

import { byId, filled, shortened } from "./dom.js";
import { gist } from "./message.js";
import { Suggestions } from "./suggestions.js";
import { act } from "./wire.js";

const PAUSE_BEFORE_ASKING = 300;

export class Composer {
  constructor(app) {
    this.app = app;
    this.field = byId("text");
    this.bar = byId("about-to");
    this.suggestions = new Suggestions(this.field);
    this.drafts = new Map();
    this.mode = null;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    byId("cancel").addEventListener("click", () => this.cancel());
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("resize", () => this.fit());
    this.field.addEventListener("blur", () => this.suggestions.hide());
  }

  /** Another chat or another person: keep the draft of the one before, and take up that of this one. */
  moveTo(key, placeholder) {
    if (this.place !== undefined && this.mode?.kind !== "edit") this.drafts.set(this.place, this.field.value);
    this.place = key;
    this.mode = null;
    this.bar.hidden = true;
    this.field.placeholder = placeholder;
    this.fill(this.drafts.get(key) ?? "", false);
    this.labelSend();
  }

  fill(text, focus = true) {
    this.field.value = text;
    if (focus) this.field.focus();
    this.typed();
  }

  reply(message) {
    if (this.mode?.kind === "edit") this.fill("");
    this.enter("reply", message, filled(this.app.words.replying, { name: message.from?.first_name ?? "" }));
  }

  edit(message) {
    this.enter("edit", message, this.app.words.editing);
    this.fill(message.text);
  }

  enter(kind, message, what) {
    this.mode = { kind, message };
    byId("about-to-what").textContent = what;
    byId("about-to-text").textContent = shortened(gist(message, this.app.words));
    this.bar.hidden = false;
    this.labelSend();
    this.field.focus();
  }

  cancel() {
    if (this.mode?.kind === "edit") this.fill("");
    this.mode = null;
    this.bar.hidden = true;
    this.labelSend();
    this.field.focus();
  }

  labelSend() {
    const { save, send } = this.app.words;
    byId("send").setAttribute("aria-label", this.mode?.kind === "edit" ? save : send);
  }

  async send(text = this.field.value.trim()) {
    if (!text) return;
    const mode = this.mode;
    const done = await this.app.attempt(() =>
      mode?.kind === "edit"
        ? act({ act: "edit", ...this.app.here(false), message: mode.message.message_id, text })
        : act({ act: "say", ...this.app.here(), reply_to: mode?.message.message_id ?? null, text }),
    );
    if (!done) return;
    this.mode = null;
    this.bar.hidden = true;
    this.labelSend();
    this.field.value = "";
    this.typed();
  }

  /** Make the field as high as what is in it; the style sheet says up to where. */
  fit() {
    this.field.style.height = "auto";
    const borders = this.field.offsetHeight - this.field.clientHeight;
    this.field.style.height = `${this.field.scrollHeight + borders}px`;
  }

  typed() {
    this.fit();
    clearTimeout(this.pause);
    this.asked = null;
    const text = this.field.value;
    const inline = this.mode?.kind === "edit" ? null : this.inlineQuery(text);
    if (inline !== null) this.pause = setTimeout(() => this.ask(inline), PAUSE_BEFORE_ASKING);
    else if (/^\/\w*$/.test(text) && !this.mode) this.offerCommands(text.slice(1).toLowerCase());
    else this.suggestions.hide();
  }

  /** What stands after the bot's name at the beginning, null where it is not there. */
  inlineQuery(text) {
    const name = `@${this.app.cast.bot.username}`.toLowerCase();
    const named = text.toLowerCase().startsWith(name) && /^\s/.test(text.slice(name.length));
    return named ? text.slice(name.length).trim().slice(0, 256) : null;
  }

  offerCommands(typed) {
    const inGroup = this.app.place.chat === this.app.cast.group.id;
    const name = inGroup ? `@${this.app.cast.bot.username}` : "";
    const found = this.app.menu().filter((entry) => entry.command.startsWith(typed));
    if (!found.length) {
      this.suggestions.hide();
      return;
    }
    const items = found.map(({ command, description }) => ({
      title: `/${command}`,
      detail: description,
      choose: () => this.fill(`/${command}${name} `),
    }));
    this.suggestions.offer(items, "", true);
  }

  async ask(text) {
    const { who, chat } = this.app.here(false);
    const asked = (this.asked = { text });
    this.suggestions.offer([], this.app.words.searching);
    const { query } = (await this.app.attempt(() => act({ act: "query", who, chat, text }))) ?? {};
    const offered = query && (await this.app.offered.to(query));
    if (this.asked !== asked) return; // something else was typed meanwhile
    if (offered) this.offerResults(query, offered);
    else if (text) this.suggestions.offer([], this.app.words.no_inline_answer);
    else this.suggestions.hide();
  }

  offerResults(query, { results, button }) {
    const items = results.map((result) => ({
      title: result.title,
      detail: result.description ?? "",
      choose: () => this.pick(query, result.id),
    }));
    if (button) items.unshift({ title: button.text, choose: () => this.app.start(button.start_parameter) });
    this.suggestions.offer(items, results.length || button ? "" : this.app.words.no_results);
  }

  async pick(query, result) {
    if (await this.app.attempt(() => act({ act: "pick", ...this.app.here(), query, result }))) this.fill("");
  }

  key(event) {
    if (event.isComposing) return;
    if (this.suggestions.key(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.mode) {
      this.cancel();
    } else if (event.key === "ArrowUp" && event.ctrlKey) {
      event.preventDefault();
      this.replyToOneBefore();
    } else if (event.key === "ArrowUp" && !this.field.value && !this.mode && !event.altKey) {
      event.preventDefault();
      const own = this.app.shownMessages().findLast((m) => m.from?.id === this.app.who.id && m.text && !m.via_bot);
      if (own) this.edit(own);
    }
  }

  /** Reply to the last message, or to the one before that which is replied to already. */
  replyToOneBefore() {
    const messages = this.app.shownMessages().filter((message) => !message.new_chat_members);
    const number = this.mode?.kind === "reply" ? this.mode.message.message_id : Infinity;
    const before = messages.findLast((message) => message.message_id < number);
    if (before) this.reply(before);
  }
}
