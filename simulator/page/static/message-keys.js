// Going through the messages by keyboard: the log is one stop of Tab, the arrows go from message to message.

/** Let the arrows, Home and End go through the messages of a log; Right and Left reach the tools of one.
 * `write()` is called when somebody begins to type there: the letter then goes to whatever has the focus. */
export function followKeys(log, write) {
  log.addEventListener("keydown", (event) => {
    if (/^[^\s]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) return write();
    if (event.target.closest(".keyboard, .poll, a, input, select")) return;
    const current = event.target.closest("[data-id]");
    const next = event.target.classList.contains("tool") || ["ArrowRight", "ArrowLeft", "Escape"].includes(event.key)
      ? amongTools(event, current)
      : amongMessages(event, log, current);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
}

function amongMessages(event, log, current) {
  const all = [...log.querySelectorAll("[data-id]")];
  const place = all.indexOf(current);
  switch (event.key) {
    case "ArrowUp":
      return place < 0 ? all.at(-1) : all[Math.max(0, place - 1)];
    case "ArrowDown":
      return place < 0 ? null : all[Math.min(all.length - 1, place + 1)];
    case "Home":
      return all[0];
    case "End":
      return all.at(-1);
    default:
      return null;
  }
}

function amongTools(event, current) {
  const tools = [...(current?.querySelectorAll(".tool") ?? [])];
  const place = tools.indexOf(event.target);
  if (event.key === "ArrowRight") return tools[Math.min(place + 1, tools.length - 1)];
  if (event.key === "ArrowLeft") return place > 0 ? tools[place - 1] : current;
  return event.key === "Escape" && place >= 0 ? current : null;
}
