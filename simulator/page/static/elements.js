// Elements made from plain facts. Text always becomes a text node: nothing that somebody wrote is read as HTML.

/** An element with attributes (functions are listeners, false and null are left out) and children. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Words for screen readers only. */
export function unseen(words) {
  return element("span", { class: "unseen" }, words);
}

/** A drawing that says nothing to a screen reader. */
export function sign(drawn) {
  return element("span", { "aria-hidden": "true", class: "sign" }, drawn);
}
