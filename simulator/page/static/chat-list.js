// The list of chats: each demo person with the chats that they see.

import { avatar } from "./avatar.js";
import { written } from "./dates.js";
import { element, unseen } from "./elements.js";
import { author, service, summary } from "./message-summary.js";
import { roomKey } from "./state.js";

/** Draw the list and keep it as things change. `open(key)` opens a room, `current()` names the one that is open. */
export function chatList(state, open, current) {
  const place = document.getElementById("chats");
  const draw = () => {
    const focused = document.activeElement?.closest?.("[data-room]")?.dataset.room;
    place.replaceChildren(...state.seats.map((seat) => section(state, seat, open, current())));
    if (focused) place.querySelector(`[data-room="${CSS.escape(focused)}"]`)?.focus();
  };
  let asked = false;
  const soon = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
  for (const kind of ["snapshot", "places", "message", "gone", "seen"]) state.addEventListener(kind, soon);
  place.addEventListener("keydown", (event) => arrows(event, place));
  return soon;
}

function section(state, seat, open, current) {
  const name = `seat-${seat.id}`;
  return element(
    "section",
    { "aria-labelledby": name },
    element(
      "header",
      { class: "seat" },
      avatar(seat.name, seat.id),
      element(
        "div",
        {},
        element("h2", { id: name }, seat.name, " ", seat.mark ? element("span", { class: "mark" }, seat.mark) : null),
        element("p", {}, "personnage de démonstration"),
      ),
    ),
    element("ul", {}, seat.rooms.map(({ chat }) => element("li", {}, entry(state, seat, chat, open, current)))),
  );
}

function entry(state, seat, chat, open, current) {
  const head = state.heads.get(chat);
  const last = state.last(chat);
  const unread = state.unread(seat, chat);
  const key = roomKey(seat, chat);
  return element(
    "button",
    {
      type: "button",
      class: "entry",
      "data-room": key,
      "aria-current": key === current ? "true" : null,
      click: () => open(key),
    },
    avatar(head.title, Number.parseInt(chat.split(".").at(-1), 10), head.private ? "bot" : "group"),
    element("span", { class: "name" }, head.title),
    last ? element("time", {}, when(last.fields.date, state.now)) : null,
    element("span", { class: "preview" }, last ? preview(last, seat, head) : "Pas encore démarré"),
    unread > 0
      ? element("span", { class: "unread" }, String(unread), unseen(unread === 1 ? " message non lu" : " messages non lus"))
      : null,
  );
}

function preview(message, seat, head) {
  const words = summary(message.fields);
  if (message.sender === seat.id) return `Vous\u00a0: ${words}`;
  return head.private || service(message.fields) !== null ? words : `${author(message.fields)}\u00a0: ${words}`;
}

function when(date, now) {
  return written(date, "day") === written(now, "day") ? written(date, "hour") : written(date, "shortDay");
}

function arrows(event, place) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = [...place.querySelectorAll(".entry")];
  const here = all.indexOf(document.activeElement);
  if (!step || here < 0) return;
  event.preventDefault();
  all[Math.min(all.length - 1, Math.max(0, here + step))].focus();
}
