// The pinned message above an open chat: one line that leads to it.

import { element, unseen } from "./elements.js";
import { icon } from "./icons.js";
import { summary } from "./message-summary.js";

/** The bar of the message pinned last; `jump(id)` leads to it. */
export class PinnedBar {
  constructor(jump) {
    this.bar = element("button", { type: "button", class: "pinned", hidden: true, click: () => jump(this.id) });
  }

  /** Show what is pinned in the room, in a group with topics in the one that is read. */
  draw(room) {
    const here = room.head.pinned.filter((one) => !room.head.forum || one.thread === room.thread);
    const last = here.at(-1);
    this.bar.hidden = last === undefined;
    const words = last === undefined ? "" : summary(last.fields);
    if (last === undefined || (this.id === last.id && this.words === words)) return;
    Object.assign(this, { id: last.id, words });
    const title = element("span", { class: "title" }, "Message épinglé", unseen("\u00a0: "));
    this.bar.replaceChildren(icon("pin"), element("span", { class: "lines" }, title, element("span", {}, words)));
  }
}
