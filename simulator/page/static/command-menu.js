// The commands that are proposed while « / » is typed: a list above the text field, walked by the arrows.

import { element } from "./elements.js";

/** A menu for a text field. `commands()` gives those of the chat, `choose(command)` takes one. */
export class CommandMenu {
  constructor(field, commands, choose) {
    this.field = field;
    this.commands = commands;
    this.choose = choose;
    this.place = 0;
    const about = { class: "commands", id: "commands", role: "listbox", "aria-label": "Commandes" };
    this.list = element("ul", { ...about, hidden: true });
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", "commands");
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("input", () => this.propose());
    field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  get open() {
    return !this.list.hidden;
  }

  /** Show the commands that begin with what is typed. */
  propose() {
    const typed = this.field.value.toLowerCase();
    const fit = /^\/\S*$/.test(typed) ? this.commands().filter((one) => one.command.toLowerCase().startsWith(typed)) : [];
    if (fit.length === 0) return this.close();
    this.place = 0;
    this.list.replaceChildren(...fit.map((one, number) => this.option(one, number)));
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.mark();
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Take a key; tells whether it was meant for the menu. */
  takes(event) {
    if (!this.open) return false;
    const count = this.list.children.length;
    if (event.key === "ArrowDown") this.place = (this.place + 1) % count;
    else if (event.key === "ArrowUp") this.place = (this.place + count - 1) % count;
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && !event.shiftKey) this.take(this.list.children[this.place].dataset.command);
    else if (event.key === "Tab" && !event.shiftKey) this.complete();
    else return false;
    event.preventDefault();
    if (this.open) this.mark();
    return true;
  }

  take(command) {
    this.close();
    this.choose(command);
  }

  /** Write the marked command into the field, to be followed by words. */
  complete() {
    this.field.value = `${this.list.children[this.place].dataset.command} `;
    this.close();
  }

  option({ command, description }, number) {
    return element(
      "li",
      {
        role: "option",
        id: `command-${number}`,
        "data-command": command,
        // The field keeps the focus.
        mousedown: (event) => event.preventDefault(),
        click: () => this.take(command),
      },
      element("span", { class: "command-name" }, command),
      element("span", { class: "command-about" }, description),
    );
  }

  mark() {
    [...this.list.children].forEach((one, number) => one.setAttribute("aria-selected", String(number === this.place)));
    this.list.children[this.place].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", `command-${this.place}`);
  }
}
