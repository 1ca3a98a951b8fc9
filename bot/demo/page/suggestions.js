// What is offered while somebody types: commands, or the results of an inline query.
// The pattern of https://www.w3.org/WAI/ARIA/apg/patterns/combobox/.

import { byId, element } from "./dom.js";

export class Suggestions {
  constructor(field) {
    this.field = field;
    this.list = byId("suggestions");
    this.hide();
  }

  get open() {
    return !this.list.hidden;
  }

  /** Offer items with a `title`, a `detail` and what to `choose`, under a line that says how things are. */
  offer(items, note = "", completes = false) {
    this.items = items;
    this.active = -1;
    this.completes = completes;
    this.list.replaceChildren(
      ...(note ? [element("p", { class: "hint" }, note)] : []),
      ...items.map((item, index) => this.option(item, index)),
    );
    this.list.hidden = false;
    this.list.scrollTop = 0;
    this.field.setAttribute("aria-expanded", "true");
    this.field.removeAttribute("aria-activedescendant");
  }

  hide() {
    this.items = [];
    this.active = -1;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Take a key that means something to an open list; returns whether it did. */
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.altKey && !event.ctrlKey && this.items.length) return this.move(step);
    if (event.key === "Escape") {
      this.hide();
      return true;
    }
    const chosen = this.items[this.active] ?? (event.key === "Tab" && this.completes ? this.items[0] : undefined);
    const chooses = event.key === "Enter" || (event.key === "Tab" && this.completes);
    if (!chosen || !chooses || event.shiftKey) return false;
    chosen.choose();
    return true;
  }

  move(step) {
    const count = this.items.length + 1; // one more, for none: what is typed is then sent as it is
    this.active = ((this.active + 1 + step + count) % count) - 1;
    for (const [index, option] of [...this.list.querySelectorAll("[role=option]")].entries()) {
      option.setAttribute("aria-selected", String(index === this.active));
      if (index === this.active) {
        this.field.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    }
    if (this.active < 0) this.field.removeAttribute("aria-activedescendant");
    return true;
  }

  option(item, index) {
    return element(
      "div",
      {
        role: "option",
        id: `suggestion-${index}`,
        "aria-selected": "false",
        // The field keeps the focus, so that typing can go on.
        onmousedown: (event) => event.preventDefault(),
        onclick: () => item.choose(),
      },
      element("b", { dir: "auto" }, item.title),
      item.detail && element("span", { dir: "auto" }, item.detail),
    );
  }
}
