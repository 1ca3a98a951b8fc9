// The panel of raw calls, the latest first.

import { byId, element, filled } from "./dom.js";

const MOST = 300;

export class Calls {
  constructor(words) {
    this.words = words;
    this.list = byId("call-list");
    this.shown = new Map();
  }

  /** Show a call, or what came of one that is shown already. */
  take(call) {
    const before = this.shown.get(call.number);
    const row = this.row(call, before?.querySelector("details").open ?? false);
    this.shown.set(call.number, row);
    if (before) before.replaceWith(row);
    else this.list.prepend(row);
    while (this.list.children.length > MOST) this.list.lastElementChild.remove();
  }

  row(call, open) {
    const time = new Date(call.time * 1000).toLocaleTimeString([], { hour12: false });
    const status = call.status ?? this.words.call_pending;
    const failed = call.status !== undefined && call.status !== 200;
    const kind = failed ? "failed" : call.status === undefined ? "pending" : "done";
    const summary = element(
      "summary",
      {},
      element("code", { class: "method" }, call.method),
      element("span", { class: `status ${kind}` }, String(status)),
      element("time", {}, time),
    );
    const parts = [this.part(this.words.call_parameters, call.parameters)];
    if (failed) parts.push(element("p", { class: "failed" }, call.description));
    else if (call.status !== undefined) parts.push(this.part(this.words.call_result, call.result));
    return element("li", {}, element("details", { open }, summary, parts));
  }

  part(name, content) {
    if (content === null || (typeof content === "object" && !Object.keys(content).length)) return null;
    const text = JSON.stringify(content, (_, value) => this.readable(value), 2);
    return [element("h3", {}, name), element("pre", { tabindex: "0" }, text)];
  }

  readable(value) {
    const isFile = value && typeof value === "object" && typeof value.file === "number";
    return isFile ? filled(this.words.file, { size: value.file }) : value;
  }
}
