// The buttons under a message.

import { element } from "./elements.js";
import { icon } from "./icons.js";

const TO_BOT = /^https?:\/\/(?:t|telegram)\.me\/\w+\/?(?:\?start(?:=[\w-]*)?)?$/i;
const WAIT_MILLISECONDS = 20000;

/** The rows of buttons of a message, null where it has none. `does` holds `tap(message, place, button)`. */
export function inlineKeyboard(message, room, does) {
  const rows = message.fields.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return null;
  return element(
    "div",
    { class: "keyboard", role: "group", "aria-label": "Boutons du message" },
    rows.map((row, y) =>
      element("div", { class: "row" }, row.map((button, x) => key(button, { row: y, place: x }, message, room, does))),
    ),
  );
}

/** Tell whether an address leads to a bot of this simulator. */
export function leadsToBot(address, room) {
  const name = TO_BOT.test(address) ? new URL(address).pathname.split("/")[1].toLowerCase() : null;
  return name !== null && room.head.bots.some((bot) => bot.toLowerCase() === name);
}

/** Show that a button waits for its answer; the answer to this call ends it. */
export function spin(button) {
  button.setAttribute("aria-busy", "true");
  const end = () => button.removeAttribute("aria-busy");
  setTimeout(end, WAIT_MILLISECONDS);
  return end;
}

function key(button, place, message, room, does) {
  if (button.url && !leadsToBot(button.url, room)) {
    return element(
      "a",
      { class: "key", href: safe(button.url), target: "_blank", rel: "noopener noreferrer" },
      element("span", {}, button.text),
      icon("outside"),
    );
  }
  const made = element("button", { type: "button", class: "key" }, element("span", {}, button.text));
  made.addEventListener("click", () => {
    if (button.copy_text) does.copy(button.copy_text.text);
    else if (made.getAttribute("aria-busy") !== "true") does.tap(message, { ...place, label: button.text }, made);
  });
  return made;
}

function safe(address) {
  return /^https?:\/\//i.test(address) ? address : null;
}
