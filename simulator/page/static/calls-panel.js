// The calls of the Bot API as they pass, the newest first; each opens to its JSON.

import { callInFull } from "./acts.js";
import { ago, written } from "./dates.js";
import { element, unseen } from "./elements.js";
import { icon } from "./icons.js";

const SHOWN_MAX = 200;

/** Draw the panel into its place while it is open. `close()` closes it. */
export function callsPanel(state, close) {
  const place = document.getElementById("calls");
  const list = element("ol", { class: "calls-list", reversed: true });
  const polls = element("input", { type: "checkbox", id: "polls" });
  const none = element("p", { class: "none" }, "Le bot n’a encore rien demandé.");
  place.append(
    element(
      "header",
      {},
      element(
        "button",
        { type: "button", class: "back plain", "aria-label": "Fermer les appels", click: close },
        icon("close"),
      ),
      element("h2", {}, "Appels du bot"),
      element("label", {}, polls, "getUpdates aussi"),
    ),
    none,
    list,
  );
  const shown = (call) => polls.checked || !call.poll;
  const draw = () => {
    if (place.hidden) return;
    list.replaceChildren(...state.calls.filter(shown).slice(0, SHOWN_MAX).map(line));
    none.hidden = list.children.length > 0;
  };
  const add = () => {
    const [call] = state.calls;
    if (place.hidden || !shown(call)) return;
    list.prepend(line(call));
    while (list.children.length > SHOWN_MAX) list.lastElementChild.remove();
    none.hidden = true;
  };
  polls.addEventListener("change", draw);
  state.addEventListener("snapshot", draw);
  state.addEventListener("call", add);
  setInterval(() => place.hidden || age(list), 1000);
  return draw;
}

function line(call) {
  const inside = `call-${call.number}`;
  const full = element("pre", { id: inside, hidden: true, tabindex: "0", "aria-label": `${call.method} en JSON` });
  const head = element(
    "button",
    { type: "button", "aria-expanded": "false", "aria-controls": inside },
    element("span", { class: "method" }, call.method),
    element("span", { class: call.status < 300 ? "status" : "status refused" }, unseen("réponse "), call.status),
    element("time", { title: written(call.at, "moment"), "data-arrived": call.arrived }, since(call.arrived)),
    element("span", { class: "line" }, call.line),
  );
  head.addEventListener("click", async () => {
    const opened = head.getAttribute("aria-expanded") === "true";
    head.setAttribute("aria-expanded", String(!opened));
    full.hidden = opened;
    if (full.textContent === "") full.textContent = await callInFull(call.number).catch((error) => error.message);
  });
  return element("li", {}, head, full);
}

function since(arrived) {
  return ago((performance.now() - arrived) / 1000);
}

function age(list) {
  for (const time of list.querySelectorAll("time")) {
    const words = since(Number(time.dataset.arrived));
    if (time.textContent !== words) time.textContent = words;
  }
}
