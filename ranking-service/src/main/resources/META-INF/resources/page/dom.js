// Elements and numbers. Names of runs, concepts and labels are only ever set as text.

const SVG = "http://www.w3.org/2000/svg";

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined).map(asNode));
  return node;
}

const asNode = (child) =>
  child instanceof Node ? child : document.createTextNode(String(child));

/** An HTML element; whatever is no node becomes text. */
export const el = (tag, attributes = {}, ...children) =>
  build(document.createElement(tag), attributes, children);

/** An SVG element. */
export const svg = (tag, attributes = {}, ...children) =>
  build(document.createElementNS(SVG, tag), attributes, children);

/**
 * A table: columns are {title, num, sort}, rows are {cells, className, current}; the first cell heads its
 * row. The roles are spelled out because browsers drop them where a narrow screen stacks the cells.
 */
export function table(caption, columns, rows) {
  const heads = columns.map((c) => el("th", { scope: "col", role: "columnheader", class: c.num && "num", "aria-sort": c.sort }, c.title));
  const body = rows.map((row) =>
    el(
      "tr",
      { role: "row", class: row.className, "aria-current": row.current ? "true" : null },
      ...row.cells.map((cell, i) =>
        i === 0
          ? el("th", { scope: "row", role: "rowheader", class: columns[i].num && "num" }, cell)
          : el("td", { role: "cell", class: columns[i].num && "num" }, cell),
      ),
    ),
  );
  return el(
    "table",
    { role: "table" },
    el("caption", { class: "unseen" }, caption),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)),
    el("tbody", { role: "rowgroup" }, ...body),
  );
}

/** Shows text, or hides the element when there is none. */
export function notice(element, text) {
  element.hidden = !text;
  if (element.textContent !== (text ?? "")) {
    element.textContent = text ?? "";
  }
}

/** Replaces the children of an element and leaves focus on the control that had it. */
export function replace(element, ...children) {
  const active = document.activeElement;
  const key = element.contains(active) ? active.dataset.key : undefined;
  const open = element.querySelector("details")?.open ?? false;
  element.replaceChildren(...children);
  const details = element.querySelector("details");
  if (details) {
    details.open = open;
  }
  if (key !== undefined) {
    [...element.querySelectorAll("[data-key]")].find((e) => e.dataset.key === key)?.focus();
  }
}

/** Fills a list of choices, each [value, text]; one that did not change is left alone, it may be open. */
export function fill(select, options, value) {
  const text = JSON.stringify(options);
  if (select.options.length !== options.length || select.dataset.options !== text) {
    select.replaceChildren(...options.map(([key, name]) => el("option", { value: key }, name)));
    select.dataset.options = text;
  }
  select.disabled = options.length === 0;
  if (value !== null) {
    select.value = value;
  }
}

/** A heading of a column that sorts by it. */
export function sortHead(title, direction, sort) {
  const sign = { ascending: " ▴", descending: " ▾" }[direction] ?? "";
  const button = el("button", { type: "button", class: "sort", "data-key": title }, title, el("span", { "aria-hidden": "true" }, sign));
  button.addEventListener("click", sort);
  return button;
}

/** What a person calls a neuron: layer and unit. */
export const placeOf = ({ layer, unit }) => `${layer}:${unit}`;

/** A number with its sign, the minus a real one. */
export const signed = (value, digits) => {
  const text = fixed(value, digits);
  return text.startsWith("-") ? `−${text.slice(1)}` : Number(text) === 0 ? `±${text}` : `+${text}`;
};

/** False for null, and for what was left out. */
export const isNumber = (value) => value !== null && value !== undefined;

/** 0.9312 as 93.1 %; a dash when not known. */
export const percent = (value, digits = 1) =>
  value === null || value === undefined ? "–" : `${fixed(100 * value, digits)} %`;

/** A number with a fixed number of digits, zero without a sign; a dash when not known. */
export const fixed = (value, digits = 3) => {
  if (value === null || value === undefined) {
    return "–";
  }
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
};

/** Limits in brackets; nothing where there are none. */
export const limits = ({ lower, upper }) =>
  isNumber(lower) ? ` (${fixed(lower, 2)} to ${fixed(upper, 2)})` : "";

/** A whole number with thin groups. */
export const whole = (value) => value.toLocaleString("en").replaceAll(",", "\u202f");

/** The model's own numbers of the layers that are looked at, where some were chosen; else empty. */
export const chosenLayers = ({ layers, layerNumbers }) =>
  layerNumbers.at(-1) === layers - 1 ? "" : `layers ${layerNumbers.join(", ")}`;

/** How many, or where some were chosen which. */
export const layersOf = (result) => chosenLayers(result) || `${result.layers} layers`;

/** Time of day of an instant. */
export const clock = (instant) => new Date(instant).toLocaleTimeString("en-GB");
