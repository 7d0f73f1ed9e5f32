// The messages of a chat as they come, change and go.

import { bubble } from "./bubble.js";
import { written } from "./dates.js";
import { element, sign } from "./elements.js";
import { icon } from "./icons.js";
import { followKeys } from "./message-keys.js";

const NEAR_END_PIXELS = 120;
const KEYS = "Flèches haut et bas\u00a0: aller d’un message à l’autre. Flèche droite\u00a0: répondre.";

/** The log of a room. `does` holds what the parts of a message do; `earlier()` fetches older ones, `write()` begins
 * to write. */
export class MessageLog {
  constructor(does) {
    this.does = does;
    this.element = element("div");
    const dots = [sign("●"), sign("●"), sign("●")];
    this.typing = element("div", { class: "typing", "aria-hidden": "true", hidden: true }, dots);
    this.down = element(
      "button",
      { type: "button", class: "down", "aria-label": "Aller au dernier message", hidden: true, click: () => this.leap() },
      icon("down"),
    );
  }

  /** Draw all messages anew; `more` where there are older ones. */
  draw(room, messages, more) {
    // A new element: what stands in it when it comes is not read aloud, only what comes afterwards.
    const log = element("div", {
      class: "log",
      role: "log",
      tabindex: "0",
      "aria-live": "polite",
      "aria-label": "Messages",
      "aria-describedby": "keys",
      scroll: () => this.nearEnd() && (this.down.hidden = true),
    });
    followKeys(log, this.does.write);
    this.element.replaceWith(log);
    this.element = log;
    this.lastDay = null;
    log.append(element("p", { class: "unseen", id: "keys" }, KEYS));
    if (more) {
      const older = { type: "button", class: "plain earlier", click: this.does.earlier };
      log.append(element("button", older, "Messages plus anciens"));
    }
    if (messages.length === 0) log.append(element("p", { class: "empty" }, emptyWords(room.head)));
    for (const message of messages) this.append(room, message);
    log.append(this.typing);
    this.toEnd();
  }

  /** Show a message that has come or changed. */
  take(room, message) {
    const known = this.at(message.id);
    const atEnd = this.nearEnd();
    const mine = message.sender === room.seat.id;
    if (known) this.replace(known, bubble(message, room, this.does));
    else this.append(room, message);
    if (atEnd || (mine && !known)) this.toEnd();
    else if (!known) this.down.hidden = false;
  }

  /** Take a message away; tells whether the focus was in it. */
  lose(id) {
    const known = this.at(id);
    if (!known) return false;
    const focused = known.contains(document.activeElement);
    const before = known.previousElementSibling;
    const next = known.nextElementSibling;
    known.remove();
    if (before?.classList.contains("day") && !next?.dataset.id) {
      before.remove();
      this.lastDay = null;
    }
    next?.classList.toggle("follows", follows(next));
    return focused;
  }

  /** Show, or hide, that somebody is writing. */
  showTyping(on) {
    const atEnd = this.nearEnd();
    this.typing.hidden = !on;
    if (atEnd) this.toEnd();
  }

  /** Go to a message; tells whether it is there. */
  jump(id) {
    const found = this.at(id);
    found?.scrollIntoView({ block: "center" });
    found?.focus({ preventScroll: true });
    return Boolean(found);
  }

  at(id) {
    return this.element.querySelector(`[data-id="${Number(id)}"]`);
  }

  nearEnd() {
    const log = this.element;
    return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PIXELS;
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.down.hidden = true;
  }

  leap() {
    this.toEnd();
    this.does.write();
  }

  append(room, message) {
    this.element.querySelector(".empty")?.remove();
    const day = written(message.fields.date, "day");
    const made = bubble(message, room, this.does);
    const parts = day === this.lastDay ? [made] : [element("p", { class: "day" }, element("span", {}, day)), made];
    this.lastDay = day;
    const before = this.typing.parentElement === this.element ? this.typing : null;
    for (const part of parts) this.element.insertBefore(part, before);
    made.classList.toggle("follows", follows(made));
  }

  /** Put the changed message in its place; the focus stays on the button of the same words or place. */
  replace(known, made) {
    const focused = known.contains(document.activeElement) ? document.activeElement : null;
    const parts = "button:not(.tool), a, input";
    const place = [...known.querySelectorAll(parts)].indexOf(focused);
    made.classList.toggle("follows", known.classList.contains("follows"));
    made.classList.add("changed");
    known.replaceWith(made);
    if (focused === null) return;
    const now = [...made.querySelectorAll(parts)];
    const same = now.find((one) => one.textContent && one.textContent === focused.textContent);
    (same ?? now[place] ?? made).focus({ preventScroll: true });
  }
}

function emptyWords(head) {
  return head.description || (head.private ? "Aucun message pour l’instant." : "Aucun message dans ce sujet.");
}

/** Tell whether a message follows another one of the same author. */
function follows(made) {
  const before = made.previousElementSibling;
  return (
    made.classList.contains("message") &&
    before?.classList.contains("message") === true &&
    before.dataset.sender === made.dataset.sender
  );
}
