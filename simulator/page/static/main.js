// The page put together: the line to the simulator, the list, the open chat, the clock and the calls.

import { callsPanel } from "./calls-panel.js";
import { chatList } from "./chat-list.js";
import { clockBar } from "./clock-bar.js";
import { connect } from "./connection.js";
import { Conversation } from "./conversation.js";
import { element } from "./elements.js";
import { roomKey, State } from "./state.js";
import { answered } from "./taps.js";

const state = new State();
const place = document.getElementById("conversation");
const toggle = document.getElementById("calls-toggle");
const calls = document.getElementById("calls");
const phone = matchMedia("(max-width: 760px)");
let conversation = null;

const current = () => decodeURIComponent(location.hash.slice(1));
const goTo = (key) => {
  if (current() === key) showRoom(true);
  else location.hash = key;
};
const drawList = chatList(state, goTo, current);
const drawCalls = callsPanel(state, () => showCalls(false));
clockBar(state);

/** Show the room that the address names; on a phone, the list where it names none. */
function showRoom(focus) {
  const left = conversation?.room.key;
  const [seatId, chat] = current().split("/");
  const room = state.room(Number(seatId), chat);
  document.body.dataset.view = room === null ? "list" : "chat";
  drawList();
  if (room === null) {
    conversation = null;
    place.setAttribute("aria-label", "Discussion");
    place.replaceChildren(element("p", { class: "nothing" }, "Choisissez une discussion."));
    if (left) document.querySelector(`[data-room="${CSS.escape(left)}"]`)?.focus();
    return;
  }
  conversation = new Conversation(state, room, { open: (chosen) => goTo(roomKey(room.seat, chosen)), back: toList });
  state.markSeen(room.seat, room.chat);
  // Where the keyboard is on the screen, it would hide what one came to read.
  if (focus) (matchMedia("(hover: none)").matches ? place : conversation).focus();
}

function toList() {
  location.hash = "";
}

function showCalls(on) {
  calls.hidden = !on;
  toggle.setAttribute("aria-expanded", String(on));
  document.body.dataset.calls = String(on);
  if (on) drawCalls();
  if (on && phone.matches) calls.querySelector(".back").focus();
  else toggle.focus();
}

function tellTitle() {
  const unread = [...state.rooms()].reduce((sum, { seat, chat }) => sum + state.unread(seat, chat), 0);
  document.title = unread > 0 ? `(${unread}) ${state.title}` : state.title;
}

function inOpenChat(chat, work) {
  if (conversation?.room.chat !== chat) return;
  work(conversation);
  state.markSeen(conversation.room.seat, chat);
}

state.addEventListener("snapshot", () => {
  document.getElementById("title").textContent = state.title;
  if (conversation === null || !conversation.refresh(true)) showRoom(false);
  else state.markSeen(conversation.room.seat, conversation.room.chat);
});
state.addEventListener("places", () => conversation?.refresh(false));
state.addEventListener("message", ({ detail }) => inOpenChat(detail.chat, (open) => open.take(detail.message, detail.new)));
state.addEventListener("head", ({ detail }) => inOpenChat(detail.chat, (open) => open.refresh(false)));
state.addEventListener("gone", ({ detail }) => inOpenChat(detail.chat, (open) => open.lose(detail.id)));
state.addEventListener("typing", ({ detail }) => inOpenChat(detail.chat, (open) => open.showTyping(true, detail.thread)));
state.addEventListener("answer", ({ detail }) => answered(detail.query, detail.answer));
for (const kind of ["snapshot", "message", "seen"]) state.addEventListener(kind, tellTitle);

toggle.addEventListener("click", () => showCalls(calls.hidden));
document.getElementById("skip").addEventListener("click", () => (conversation ?? place).focus());
addEventListener("hashchange", () => showRoom(true));
connect(
  (change) => state.apply(change),
  (linked) => {
    const lost = document.getElementById("lost");
    lost.textContent = linked ? "" : "La démonstration ne répond plus. Nouvel essai…";
  },
);
