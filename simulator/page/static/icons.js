// The drawings on buttons: a drawn path looks alike everywhere, while a sign like ⏩ depends on the fonts there are.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  attach: "M16.5 6.5v10a4.5 4.5 0 0 1-9 0V5.5a3 3 0 0 1 6 0v10a1.5 1.5 0 0 1-3 0v-9",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5",
  document: "M7 3h7l4 4v14H7zM14 3v4h4",
  down: "M12 5v14M6 13l6 6 6-6",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  forward: "M4 6l7 6-7 6zM13 6l7 6-7 6z",
  outside: "M8 16L17 7M9 7h8v8",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6",
  place: "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  remove: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  reply: "M10 6L4 12l6 6M4 12h9c4 0 6 2 7 6",
  send: "M4 12L4 5l17 7-17 7zM4 12h8",
  slash: "M15 5L9 19",
  voice: "M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11a6 6 0 0 0 12 0M12 17v4",
};

/** A drawing of this name, which says nothing to a screen reader. */
export function icon(name) {
  const drawn = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("class", `icon-${name}`);
  drawn.setAttribute("aria-hidden", "true");
  drawn.append(path);
  return drawn;
}
