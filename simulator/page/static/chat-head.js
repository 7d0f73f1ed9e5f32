// What stands above a chat: its name, as whom one is there, and the topics of a group.

import { avatar } from "./avatar.js";
import { element, unseen } from "./elements.js";
import { icon } from "./icons.js";

/** The head of a room. `does` holds `back`, `block` and `choose(topic)`. */
export class ChatHead {
  constructor(does) {
    this.does = does;
    this.subtitle = element("span", { class: "subtitle" });
    this.bar = element("header", { class: "head" });
    this.topics = element("div", { class: "topics", role: "group", "aria-label": "Sujets", hidden: true });
    this.back = element(
      "button",
      { type: "button", class: "back plain", "aria-label": "Retour aux discussions", click: does.back },
      icon("back"),
    );
    this.block = element("button", { type: "button", class: "plain", click: does.block }, "Bloquer");
  }

  /** Show the room as it is now; `news` counts the messages that have come in other topics. */
  draw(room, news) {
    const { head, seat } = room;
    this.usual = head.blocked ? "bloqué" : head.private ? "bot" : `${head.members.length} membres`;
    this.subtitle.textContent = this.usual;
    const known = JSON.stringify([head.title, head.private, seat.name]);
    if (this.bar.dataset.known !== known) {
      this.bar.dataset.known = known;
      this.bar.replaceChildren(
        this.back,
        avatar(head.title, Number.parseInt(room.chat.split(".").at(-1), 10), head.private ? "bot" : "group"),
        element("div", { class: "names" }, element("h2", {}, head.title), this.subtitle),
        element("p", { class: "as" }, unseen("Vous êtes "), avatar(seat.name, seat.id), element("span", {}, seat.name)),
        this.block,
      );
    }
    this.block.hidden = !head.private || !head.started || head.blocked;
    this.drawTopics(head, room.thread, news);
  }

  /** Say under the name that somebody is writing, or what is usually there. */
  typing(on) {
    this.subtitle.textContent = on ? "écrit…" : this.usual;
  }

  drawTopics(head, thread, news) {
    this.topics.hidden = !head.forum;
    const all = [{ id: null, name: "Général", closed: false }, ...head.topics];
    const known = JSON.stringify([all, thread, [...news]]);
    if (!head.forum || this.topics.dataset.known === known) return;
    this.topics.dataset.known = known;
    const focused = this.topics.contains(document.activeElement);
    this.topics.replaceChildren(...all.map((topic) => this.topic(topic, topic.id === thread, news.get(topic.id) ?? 0)));
    if (focused) this.topics.querySelector('[aria-pressed="true"]').focus();
  }

  topic({ id, name, closed }, chosen, count) {
    return element(
      "button",
      { type: "button", class: "topic", "aria-pressed": String(chosen), click: () => this.does.choose(id) },
      closed ? `${name} (clos)` : name,
      count > 0 ? element("span", { class: "unread" }, count, unseen(unreadWords(count))) : null,
    );
  }
}

function unreadWords(count) {
  return count === 1 ? " nouveau message" : " nouveaux messages";
}
