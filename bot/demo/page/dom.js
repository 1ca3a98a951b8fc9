// Elements without markup: everything that somebody wrote becomes a text node, never HTML.

/** An element with attributes and children. A child is a node or a text; what is null or false is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** A text with its {names} filled in. */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A text as one line of at most so many characters. */
export function shortened(text, most = 120) {
  const line = text.replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length > most ? characters.slice(0, most - 1).join("") + "…" : line;
}

/** A colour of its own for whoever has this number, by name, so that style sheets decide. */
export const tint = (number) => `tint-${Math.abs(number) % 6}`;

export const initial = (name) => [...name][0]?.toUpperCase() ?? "";
