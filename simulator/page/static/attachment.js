// A file that waits to be sent: its name, what it will be sent as, and the way to leave it.

import { element } from "./elements.js";
import { icon } from "./icons.js";

const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/** The bar above the text field for one file at a time; `changed()` is called when a file comes or goes. */
export class Attachment {
  constructor(changed) {
    this.changed = changed;
    this.file = null;
    this.bar = element("div", { class: "attachment", hidden: true });
    this.picker = element("input", { type: "file", hidden: true, "aria-label": "Fichier à joindre" });
    this.picker.addEventListener("change", () => {
      this.take(this.picker.files[0] ?? null);
      this.picker.value = "";
    });
  }

  /** Tell whether the file goes as a photo. */
  get photo() {
    return this.file !== null && PICTURES.includes(this.file.type) && !this.asDocument?.checked;
  }

  /** Wait with this file, or with none. */
  take(file) {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = null;
    this.file = file;
    this.bar.hidden = file === null;
    this.bar.replaceChildren(...(file === null ? [] : this.shown(file)));
    this.changed();
  }

  shown(file) {
    const picture = PICTURES.includes(file.type);
    this.asDocument = element("input", { type: "checkbox" });
    this.address = picture ? URL.createObjectURL(file) : null;
    return [
      picture ? element("img", { src: this.address, alt: "" }) : icon("document"),
      element("span", { class: "name" }, file.name || "image"),
      picture ? element("label", {}, this.asDocument, "comme document") : null,
      element(
        "button",
        { type: "button", class: "plain", "aria-label": "Ne pas joindre ce fichier", click: () => this.take(null) },
        icon("close"),
      ),
    ].filter(Boolean);
  }
}
