// What the page knows: people, chats, messages and calls, as the simulator last told it.

import { useZone } from "./dates.js";

// How many messages of a chat come at once.
const PAGE = 300;

/** Dispatches an event of the kind of each change, with the change as its detail, once it is taken in. */
export class State extends EventTarget {
  title = "";
  now = 0;
  leaps = [];
  seats = [];
  heads = new Map();
  messages = new Map();
  calls = [];
  seen = new Map();
  cut = new Set();

  /** Take in one change and tell it. */
  apply(change) {
    this[`on_${change.kind}`]?.(change);
    this.dispatchEvent(new CustomEvent(change.kind, { detail: change }));
  }

  /** A seat and one of its chats, null where there is no such room. */
  room(seatId, chat) {
    const seat = this.seats.find((one) => one.id === seatId);
    const found = seat?.rooms.find((one) => one.chat === chat);
    if (!found) return null;
    return { seat, chat, key: roomKey(seat, chat), commands: found.commands, head: this.heads.get(chat) };
  }

  /** The messages of a chat, the oldest first. */
  in(chat) {
    return [...(this.messages.get(chat)?.values() ?? [])];
  }

  /** The latest message of a chat. */
  last(chat) {
    return this.in(chat).at(-1) ?? null;
  }

  /** How many messages of others somebody has not seen in a chat. */
  unread(seat, chat) {
    const seen = this.seen.get(roomKey(seat, chat)) ?? Infinity;
    return this.in(chat).filter((one) => one.id > seen && one.sender !== seat.id).length;
  }

  /** Note that somebody has seen everything in a chat. */
  markSeen(seat, chat) {
    const last = this.last(chat)?.id ?? 0;
    if (this.seen.get(roomKey(seat, chat)) === last) return;
    this.seen.set(roomKey(seat, chat), last);
    this.dispatchEvent(new CustomEvent("seen"));
  }

  on_snapshot(change) {
    Object.assign(this, { title: change.title, now: change.now, leaps: change.leaps });
    useZone(change.zone);
    this.messages = new Map(
      Object.entries(change.messages).map(([chat, all]) => [chat, new Map(all.map((one) => [one.id, one]))]),
    );
    this.cut = new Set([...this.messages].filter(([, all]) => all.size >= PAGE).map(([chat]) => chat));
    this.calls = change.calls.map((call) => received(call, change.now - call.at)).reverse();
    this.on_places(change);
  }

  on_places(change) {
    this.seats = change.seats;
    this.heads = new Map(change.heads.map((head) => [head.key, head]));
    for (const { chat, seat } of this.rooms()) {
      if (!this.messages.has(chat)) this.messages.set(chat, new Map());
      const key = roomKey(seat, chat);
      // What stood there when the page was opened counts as seen.
      if (!this.seen.has(key)) this.seen.set(key, this.last(chat)?.id ?? 0);
    }
  }

  on_message({ chat, head, message }) {
    this.heads.set(chat, head);
    if (!this.messages.has(chat)) this.messages.set(chat, new Map());
    this.messages.get(chat).set(message.id, message);
  }

  on_gone({ chat, id }) {
    this.messages.get(chat)?.delete(id);
    const head = this.heads.get(chat);
    if (head) this.heads.set(chat, { ...head, pinned: head.pinned.filter((one) => one.id !== id) });
  }

  on_head({ chat, head }) {
    this.heads.set(chat, head);
  }

  on_clock({ now }) {
    this.now = now;
  }

  on_call({ call }) {
    this.calls = [received(call, 0), ...this.calls].slice(0, 400);
  }

  /** Tell whether a chat has messages before those that are known. */
  hasEarlier(chat) {
    return this.cut.has(chat);
  }

  /** Put messages before those that are known. */
  addEarlier(chat, earlier) {
    const known = this.messages.get(chat);
    this.messages.set(chat, new Map([...earlier.map((one) => [one.id, one]), ...known]));
    if (earlier.length < PAGE) this.cut.delete(chat);
  }

  *rooms() {
    for (const seat of this.seats) for (const { chat } of seat.rooms) yield { seat, chat };
  }
}

/** The name of a room in the address of the page. */
export function roomKey(seat, chat) {
  return `${seat.id}/${chat}`;
}

function received(call, secondsAgo) {
  return { ...call, arrived: performance.now() - Math.max(0, secondsAgo) * 1000 };
}
