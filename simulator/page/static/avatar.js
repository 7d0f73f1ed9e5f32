// The round sign of a person, a bot or a group: its initials on a colour of its own.

import { element } from "./elements.js";

const COLOURS = 7;
const given = new Map();

/** The round sign for a name; the colour belongs to the number of the account or chat. */
export function avatar(name, number, kind = "person") {
  const initials = name.split(/[\s’'-]+/).filter(Boolean).map((word) => [...word][0]);
  const shown = kind === "person" ? [initials[0], initials.length > 1 ? initials.at(-1) : ""] : [initials[0]];
  return element(
    "span",
    { class: `avatar ${kind} colour-${place(number)}`, "aria-hidden": "true" },
    shown.join("").toUpperCase(),
  );
}

/** The class that gives a name in a group its colour. */
export function colour(number) {
  return `name-${place(number)}`;
}

/** Whoever is seen first gets the first colour, so that few people have different ones. */
function place(number) {
  if (!given.has(number)) given.set(number, given.size % COLOURS);
  return given.get(number);
}
