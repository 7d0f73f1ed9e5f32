// The open chat: its head, its messages, the place to write, and what is done there.

import { act, earlierThan } from "./acts.js";
import { toast } from "./announcements.js";
import { ChatHead } from "./chat-head.js";
import { Composer } from "./composer.js";
import { leadsToBot } from "./inline-keyboard.js";
import { MessageLog } from "./message-log.js";
import { PinnedBar } from "./pinned.js";
import { tap } from "./taps.js";

const TYPING_MILLISECONDS = 5000;

/** One room on the screen. `open(chat)` opens another chat of the same person, `back()` leads to the list. */
export class Conversation {
  constructor(state, room, { open, back }) {
    this.state = state;
    // The topic in which one reads and writes, at first that of the latest message; null is that which every group has.
    this.room = { ...room, thread: room.head.forum ? (state.last(room.chat)?.thread ?? null) : null };
    this.news = new Map();
    const does = this.deeds(open);
    this.head = new ChatHead({ back, block: does.block, choose: (thread) => this.choose(thread) });
    this.pinned = new PinnedBar(does.jump);
    this.log = new MessageLog({ ...does, earlier: () => this.earlier(), write: () => this.focus() });
    this.composer = new Composer(this.room, does);
    this.place = document.getElementById("conversation");
    this.place.replaceChildren(
      this.head.bar,
      this.head.topics,
      this.pinned.bar,
      this.log.element,
      this.log.down,
      this.composer.element,
    );
    this.place.ondragover = (event) => event.preventDefault();
    this.place.ondrop = (event) => this.composer.dropped(event, event.dataTransfer);
    this.refresh(true);
  }

  /** Show the room as it is now, its messages anew where `whole`; tells whether the room is still there. */
  refresh(whole) {
    const room = this.state.room(this.room.seat.id, this.room.chat);
    if (room === null) return false;
    this.room = { ...room, thread: this.room.thread };
    this.place.setAttribute("aria-label", `${room.head.title}, vue par ${room.seat.name}`);
    this.head.draw(this.room, this.news);
    this.pinned.draw(this.room);
    this.composer.update(this.room);
    if (whole) this.drawMessages();
    return true;
  }

  /** A message of this chat has come, or has changed where it is not `fresh`. */
  take(message, fresh) {
    if (fresh && !this.here(message)) this.news.set(message.thread, (this.news.get(message.thread) ?? 0) + 1);
    if (message.sender !== this.room.seat.id) this.showTyping(false);
    this.refresh(false);
    if (this.here(message)) this.log.take(this.room, message);
  }

  /** A message of this chat is gone. */
  lose(id) {
    this.refresh(false);
    if (this.log.lose(id)) this.focus();
  }

  /** A bot shows that it is writing; a topic other than the one that is read is not meant. */
  showTyping(on, thread = this.room.thread) {
    if (thread !== this.room.thread) return;
    clearTimeout(this.typingEnds);
    this.log.showTyping(on);
    this.head.typing(on);
    if (on) this.typingEnds = setTimeout(() => this.showTyping(false), TYPING_MILLISECONDS);
  }

  focus() {
    this.composer.focus();
  }

  choose(thread) {
    this.room.thread = thread;
    this.news.delete(thread);
    this.refresh(true);
  }

  here(message) {
    return !this.room.head.forum || message.thread === this.room.thread;
  }

  drawMessages() {
    const all = this.state.in(this.room.chat);
    const more = this.state.hasEarlier(this.room.chat);
    this.log.draw(this.room, all.filter((message) => this.here(message)), more);
  }

  async earlier() {
    const first = this.state.in(this.room.chat)[0].id;
    try {
      this.state.addEarlier(this.room.chat, await earlierThan(this.room, first));
    } catch (error) {
      toast(error.message);
      return;
    }
    this.drawMessages();
    this.log.jump(first);
  }

  /** What the parts of the chat do; each refusal is shown in its own words. */
  deeds(open) {
    const told = (work) => work.catch((error) => toast(error.message));
    const led = (answer) => answer.open && open(answer.open);
    const go = (name, facts, file) => told(act(name, this.room, facts, file).then(led));
    const place = (answered) => ({ reply_to: answered ?? null, thread: this.room.thread });
    return {
      say: (text, answered) => go("say", { text, ...place(answered) }),
      command: (text) => go("say", { text, ...place() }),
      attach: (file, photo, caption, answered) => go("attach", { photo, caption, ...place(answered) }, file),
      change: (message, text) => go("edit", { message: message.id, text }),
      remove: (message) => go("delete", { message: message.id }),
      reply: (message) => this.composer.take(message, false),
      edit: (message) => this.composer.take(message, true),
      start: () => go("start"),
      block: () => go("block"),
      unblock: () => go("unblock"),
      shareContact: () => go("share_contact"),
      vote: (message, options) => go("vote", { message: message.id, options }),
      tap: (message, button, made) => told(tap(this.room, message, button, made).then(led)),
      jump: (id) => this.log.jump(id) || toast("Ce message n’est plus là."),
      copy: (text) => told(navigator.clipboard.writeText(text).then(() => toast("Copié"))),
      link: (address, event) => {
        if (!leadsToBot(address, this.room)) return;
        event.preventDefault();
        go("follow_link", { url: address });
      },
    };
  }
}
