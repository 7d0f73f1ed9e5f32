// A text and its entities (offsets in UTF-16 units, as JavaScript counts) made into elements.

import { element } from "./elements.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
};
const OUTER_FIRST = ["blockquote", "expandable_blockquote", "text_link", "text_mention", "custom_emoji", "pre", "code"];
const FOUND_LINK = /https?:\/\/[^\s<>«»“”"]+[^\s<>«»“”"'’.,;:!?)\]}]/g;
const LONG_QUOTE = 220;

/** The text as nodes. `does` holds what follows a click: `command(text)` and `link(address, event)`. */
export function formatted(text, entities, does) {
  const inOrder = [...(entities ?? [])].sort(
    (one, other) => one.offset - other.offset || other.length - one.length || outer(one) - outer(other),
  );
  const whole = document.createDocumentFragment();
  fill(whole, text, 0, text.length, inOrder, does, true);
  return whole;
}

function outer(entity) {
  return OUTER_FIRST.includes(entity.type) ? 0 : 1;
}

function fill(parent, text, begin, end, inside, does, links) {
  let place = begin;
  let waiting = inside;
  while (waiting.length > 0) {
    const [entity, ...rest] = waiting;
    const first = Math.max(entity.offset, place);
    const last = Math.min(entity.offset + entity.length, end);
    const within = rest.filter((other) => other.offset < last);
    waiting = rest.slice(within.length);
    if (first >= last) continue;
    plain(parent, text.slice(place, first), does, links);
    const made = marked(entity, text.slice(first, last), does);
    const flat = ["code", "pre", "text_link", "url"].includes(entity.type);
    fill(made.inner, text, first, last, within, does, links && !flat);
    parent.append(made.outer);
    // A quote or a block of code stands on lines of its own: the line break after it would make an empty one.
    const block = ["pre", "blockquote", "expandable_blockquote"].includes(entity.type);
    place = block && text[last] === "\n" && last < end ? last + 1 : last;
  }
  plain(parent, text.slice(place, end), does, links);
}

/** Text without marks; addresses in it become links, as Telegram finds them by itself. */
function plain(parent, text, does, links) {
  let place = 0;
  for (const found of links ? text.matchAll(FOUND_LINK) : []) {
    parent.append(text.slice(place, found.index));
    const made = link(found[0], does);
    made.append(found[0]);
    parent.append(made);
    place = found.index + found[0].length;
  }
  if (place < text.length) parent.append(text.slice(place));
}

function marked(entity, words, does) {
  const same = (made) => ({ outer: made, inner: made });
  switch (entity.type) {
    case "text_link":
      return same(link(entity.url, does));
    case "url":
      return same(link(words, does));
    case "text_mention":
    case "mention":
      return same(element("span", { class: "mention" }));
    case "bot_command":
      return same(element("button", { type: "button", class: "command", click: () => does.command(words) }));
    case "spoiler":
      return spoiler();
    case "pre": {
      const code = element("code");
      return { outer: element("pre", { tabindex: "0" }, code), inner: code };
    }
    case "blockquote":
      return same(element("blockquote"));
    case "expandable_blockquote":
      return expandable(words);
    default:
      return same(element(TAGS[entity.type] ?? "span"));
  }
}

/** A link to a page; one that is no web address is shown without leading anywhere. */
export function link(address, does) {
  let target = null;
  try {
    target = new URL(address.includes("://") ? address : `https://${address}`);
  } catch {
    return element("span");
  }
  if (!["http:", "https:"].includes(target.protocol)) return element("span", { class: "mention" });
  return element("a", {
    href: target.href,
    target: "_blank",
    rel: "noopener noreferrer",
    click: (event) => does.link(target.href, event),
  });
}

function spoiler() {
  const inner = element("span");
  const cover = element("button", { type: "button", class: "spoiler", "aria-label": "Texte caché\u00a0: afficher" }, inner);
  cover.addEventListener("click", () => {
    inner.tabIndex = -1;
    cover.replaceWith(inner);
    inner.focus();
  });
  return { outer: cover, inner };
}

function expandable(words) {
  const inner = element("div");
  if (words.length < LONG_QUOTE && words.split("\n").length < 4) {
    return { outer: element("blockquote", {}, inner), inner };
  }
  inner.className = "folded";
  const more = element("button", { type: "button", class: "more", "aria-expanded": "false" }, "Afficher la suite");
  more.addEventListener("click", () => {
    const folded = inner.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!folded));
    more.textContent = folded ? "Afficher la suite" : "Replier";
  });
  return { outer: element("blockquote", {}, inner, more), inner };
}
