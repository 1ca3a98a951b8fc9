// The messages of the chat that is shown, in order, with a line for each day.

import { byId, element } from "./dom.js";
import { goesOn, messageNode } from "./message.js";

const NEAR_THE_END = 120;

export class Log {
  constructor(app) {
    this.app = app;
    this.scroller = byId("scroller");
    this.node = byId("log");
    this.latest = byId("latest");
    this.atEnd = true;
    this.scroller.addEventListener("scroll", () => this.scrolled());
    this.latest.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.scroller);
    // A picture that arrives makes the log longer.
    this.node.addEventListener("load", () => this.atEnd && this.toEnd(), true);
  }

  /** Show all messages of a chat anew. */
  show(messages, beginning) {
    this.node.setAttribute("aria-busy", "true");
    this.node.replaceChildren();
    this.nodes = new Map();
    this.last = null;
    for (const message of messages) this.append(message);
    if (beginning) this.node.append(beginning);
    this.toEnd();
    this.node.setAttribute("aria-busy", "false");
  }

  /** Show a message that is new here or has changed. */
  take(message) {
    const shown = this.nodes.get(message.message_id);
    if (shown) {
      const focused = shown.node.contains(document.activeElement) ? focusedAmong(shown.node) : -1;
      const node = messageNode(message, shown.before, this.app);
      shown.node.replaceWith(node);
      this.nodes.set(message.message_id, { node, before: shown.before });
      if (shown.node.classList.contains("followed")) node.classList.add("followed");
      node.querySelectorAll("button, a")[focused]?.focus();
    } else {
      this.append(message);
    }
    if (this.atEnd || message.from?.id === this.app.who.id) this.toEnd();
    else this.latest.hidden = false;
  }

  append(message) {
    if (!this.last || !sameDay(this.last, message)) this.node.append(day(message));
    const before = this.last && sameDay(this.last, message) ? this.last : null;
    const node = messageNode(message, before, this.app);
    this.nodes.set(message.message_id, { node, before });
    this.node.append(node);
    this.last = message;
    if (goesOn(message, before)) node.previousElementSibling?.classList.add("followed");
  }

  /** Bring a message into view and point it out. */
  goTo(number) {
    const node = this.nodes.get(number)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
    node.classList.remove("pointed-out");
    requestAnimationFrame(() => node.classList.add("pointed-out"));
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.scrolled();
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    this.latest.hidden = this.atEnd;
  }
}

function focusedAmong(node) {
  return [...node.querySelectorAll("button, a")].indexOf(document.activeElement);
}

function sameDay(one, other) {
  return new Date(one.date * 1000).toDateString() === new Date(other.date * 1000).toDateString();
}

function day(message) {
  const date = new Date(message.date * 1000);
  const name = date.toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });
  return element("p", { class: "service" }, name);
}
