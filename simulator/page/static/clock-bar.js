// The demo's clock, and the buttons that move it.

import { leapTo } from "./acts.js";
import { toast } from "./announcements.js";
import { written } from "./dates.js";
import { element, unseen } from "./elements.js";
import { icon } from "./icons.js";

/** Show the time, and the leaps there are. */
export function clockBar(state) {
  const clock = document.getElementById("clock");
  const leaps = document.getElementById("leaps");
  let shown = "";
  const tell = () => {
    const words = written(state.now, "moment");
    if (words === shown) return;
    shown = words;
    clock.replaceChildren(
      unseen("Dans la démonstration, nous sommes le "),
      element("time", { class: "long", datetime: new Date(state.now * 1000).toISOString() }, words),
      element("span", { class: "short", "aria-hidden": "true" }, written(state.now, "shortMoment")),
    );
  };
  state.addEventListener("clock", tell);
  state.addEventListener("snapshot", () => {
    shown = "";
    tell();
    if (leaps.dataset.keys === state.leaps.map((leap) => leap.key).join(" ")) return;
    leaps.dataset.keys = state.leaps.map((leap) => leap.key).join(" ");
    leaps.hidden = state.leaps.length === 0;
    leaps.replaceChildren(...state.leaps.map((leap) => button(leap, leaps)));
  });
}

function button(leap, all) {
  const made = element("button", { type: "button", class: "leap" }, icon("forward"), leap.label);
  made.addEventListener("click", async () => {
    if (all.getAttribute("aria-busy") === "true") return;
    all.setAttribute("aria-busy", "true");
    made.classList.add("busy");
    try {
      toast(await leapTo(leap.key));
    } catch (error) {
      toast(error.message);
    } finally {
      all.removeAttribute("aria-busy");
      made.classList.remove("busy");
    }
  });
  return made;
}
