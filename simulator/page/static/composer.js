// Where messages are written: text, files, answers to a message, changes of one's own, commands.

import { Attachment } from "./attachment.js";
import { CommandMenu } from "./command-menu.js";
import { element, unseen } from "./elements.js";
import { icon } from "./icons.js";
import { author, summary } from "./message-summary.js";

const LINES_MAX = 8;
const drafts = new Map();

/** The composer of a room. `does` holds `say`, `attach`, `change`, `start`, `unblock` and `shareContact`. */
export class Composer {
  constructor(room, does) {
    this.room = room;
    this.does = does;
    this.about = null;
    this.field = element("textarea", {
      id: "text",
      rows: "1",
      maxlength: "4096",
      placeholder: "Message",
      "aria-label": "Message",
      autocomplete: "off",
      keydown: (event) => this.key(event),
      input: () => this.written(),
      paste: (event) => this.dropped(event, event.clipboardData),
    });
    this.field.value = drafts.get(room.key) ?? "";
    this.attachment = new Attachment(() => {
      this.fit();
      this.field.focus();
    });
    this.menu = new CommandMenu(this.field, () => this.room.commands, (command) => this.choose(command));
    this.bar = element("div", { class: "about", hidden: true });
    this.keys = element("div", { class: "reply-keyboard", role: "group", "aria-label": "Réponses proposées" });
    this.send = element("button", { type: "submit", class: "send", "aria-label": "Envoyer" }, icon("send"));
    this.form = element("form", { class: "writing", submit: (event) => this.submit(event) }, this.line());
    this.instead = element("button", { type: "button", class: "main wide", hidden: true });
    this.element = element(
      "div",
      { class: "composer" },
      this.menu.list,
      this.bar,
      this.attachment.bar,
      this.form,
      this.keys,
      this.instead,
    );
    this.update(room);
  }

  line() {
    const tool = (words, drawn, click) =>
      element("button", { type: "button", class: "plain icon", "aria-label": words, click }, icon(drawn));
    const attach = tool("Joindre une photo ou un document", "attach", () => this.attachment.picker.click());
    this.slash = tool("Commandes", "slash", () => this.slashed());
    return [attach, this.attachment.picker, this.slash, this.field, this.send];
  }

  /** Show what may be written now, with the room as it is now. */
  update(room) {
    this.room = room;
    const { head } = room;
    const topic = head.topics.find((one) => one.id === room.thread);
    const start = head.private && !head.started;
    this.slash.hidden = room.commands.length === 0;
    this.form.hidden = start || head.blocked || Boolean(topic?.closed);
    this.instead.hidden = !this.form.hidden;
    if (this.form.hidden) {
      this.instead.textContent = head.blocked ? "Débloquer" : start ? "Démarrer" : "Ce sujet est clos";
      this.instead.disabled = !head.blocked && !start;
      this.instead.onclick = head.blocked ? this.does.unblock : this.does.start;
    }
    this.layKeys(head.keyboard?.keyboard ?? []);
    this.fit();
  }

  focus() {
    (this.form.hidden ? this.instead : this.field).focus();
  }

  /** Answer a message, or change one's own. */
  take(message, editing) {
    this.about = { message, editing };
    const words = editing ? "Modifier le message" : `Répondre à ${author(message.fields)}`;
    this.bar.hidden = false;
    this.bar.replaceChildren(
      icon(editing ? "edit" : "reply"),
      element("p", {}, element("strong", {}, words), element("span", {}, summary(message.fields))),
      element(
        "button",
        { type: "button", class: "plain", "aria-label": "Abandonner", click: () => this.leave() },
        icon("close"),
      ),
    );
    if (editing) this.write(message.fields.text);
    this.field.focus();
  }

  leave() {
    if (this.about?.editing) this.write("");
    this.about = null;
    this.bar.hidden = true;
    this.bar.replaceChildren();
    this.field.focus();
  }

  /** A file that was dropped on the chat or pasted into the field. */
  dropped(event, data) {
    const [file] = data?.files ?? [];
    if (!file || this.form.hidden) return;
    event.preventDefault();
    this.attachment.take(file);
  }

  key(event) {
    if (event.isComposing || this.menu.takes(event)) return;
    if (event.key === "Enter" && !event.shiftKey) this.submit(event);
    else if (event.key === "Escape" && this.about) this.leave();
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value;
    const { file } = this.attachment;
    if (!text.trim() && file === null) return;
    const about = this.about;
    this.menu.close();
    if (file !== null) this.does.attach(file, this.attachment.photo, text, about?.message.id);
    else if (about?.editing) this.does.change(about.message, text);
    else this.does.say(text, about?.message.id);
    this.write("");
    if (file !== null) this.attachment.take(null);
    if (about) this.leave();
  }

  choose(command) {
    this.write("");
    this.does.say(command, this.about?.message.id);
  }

  slashed() {
    this.write("/");
    this.field.focus();
    this.menu.propose();
  }

  /** Put words into the field. */
  write(text) {
    this.field.value = text;
    this.written();
  }

  written() {
    drafts.set(this.room.key, this.about?.editing ? "" : this.field.value);
    this.fit();
  }

  fit() {
    this.send.disabled = !this.field.value.trim() && this.attachment.file === null;
    this.field.rows = Math.min(LINES_MAX, this.field.value.split("\n").length);
  }

  layKeys(rows) {
    const known = JSON.stringify(rows);
    if (this.keys.dataset.rows === known) return;
    this.keys.dataset.rows = known;
    this.keys.hidden = rows.length === 0;
    this.keys.replaceChildren(
      ...rows.map((row) => element("div", { class: "row" }, row.map((key) => this.proposed(key)))),
    );
  }

  proposed(key) {
    const send = () => (key.request_contact ? this.does.shareContact() : this.does.say(key.text));
    const about = key.request_contact ? unseen(" (envoie votre numéro)") : null;
    return element("button", { type: "button", class: "key", click: send }, key.text, about);
  }
}
