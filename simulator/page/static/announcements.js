// Words that appear for a moment (toasts), and words in a box that has to be closed (alerts).

import { element } from "./elements.js";

const TOAST_MILLISECONDS = 4500;
const TOASTS_MAX = 3;

/** Show words for a few seconds; a screen reader says them. */
export function toast(words) {
  if (!words) return;
  const shown = document.getElementById("toasts");
  const made = element("p", { class: "toast" }, words);
  shown.append(made);
  while (shown.children.length > TOASTS_MAX) shown.firstElementChild.remove();
  setTimeout(() => made.remove(), TOAST_MILLISECONDS + 40 * words.length);
}

/** Show words in a box until it is closed. */
export function alertBox(words, from) {
  const box = element(
    "dialog",
    { class: "alert", role: "alertdialog", "aria-labelledby": "alert-from", "aria-describedby": "alert-words" },
    element("h2", { id: "alert-from" }, from),
    element("p", { id: "alert-words" }, words),
    element("form", { method: "dialog" }, element("button", { class: "main", autofocus: true }, "OK")),
  );
  shown(box);
}

/** Show a photo as large as the window. */
export function enlarge(address, words) {
  const box = element(
    "dialog",
    { class: "lightbox", "aria-label": "Photo" },
    element("img", { src: address, alt: words || "Photo" }),
    element("form", { method: "dialog" }, element("button", { class: "main", autofocus: true }, "Fermer")),
  );
  box.addEventListener("click", (event) => event.target === box && box.close());
  shown(box);
}

function shown(box) {
  const before = document.activeElement;
  box.addEventListener("close", () => {
    box.remove();
    before?.isConnected && before.focus();
  });
  // A form with method "dialog" would be stopped by the page's own policy on forms.
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    box.close();
  });
  document.body.append(box);
  box.showModal();
}
