// A poll in a message: its options to choose, then its results.

import { element, sign, unseen } from "./elements.js";

/** The poll of a message as somebody sees it. `does.vote(message, options)` sends the choice. */
export function pollView(message, room, does) {
  const { poll } = message.fields;
  const chosen = message.chosen[room.seat.id] ?? [];
  const results = poll.is_closed || chosen.length > 0;
  const name = `poll-${room.chat}-${message.id}`;
  const kind = [
    poll.is_closed ? "Sondage clos" : poll.type === "quiz" ? "Quiz" : "Sondage",
    poll.is_anonymous ? "anonyme" : "public",
    poll.allows_multiple_answers ? "plusieurs réponses possibles" : null,
  ];
  const body = results ? outcomes(poll, chosen) : choices(message, poll, does);
  return element(
    "div",
    { class: "poll", role: "group", "aria-labelledby": name },
    element("p", { class: "question", id: name }, poll.question),
    element("p", { class: "about" }, kind.filter(Boolean).join(", ")),
    body,
    element(
      "p",
      { class: "total" },
      votes(poll.total_voter_count),
      chosen.length > 0 && !poll.is_closed && poll.allows_revoting !== false
        ? element("button", { type: "button", class: "link", click: () => does.vote(message, []) }, "Retirer mon vote")
        : null,
    ),
    results && poll.explanation ? element("p", { class: "explanation" }, poll.explanation) : null,
  );
}

function choices(message, poll, does) {
  if (!poll.allows_multiple_answers) {
    const options = poll.options.map((option, number) =>
      element(
        "button",
        { type: "button", class: "option", click: () => does.vote(message, [number]) },
        sign("○"),
        element("span", {}, option.text),
      ),
    );
    return element("div", { class: "options" }, options);
  }
  const boxes = poll.options.map(() => element("input", { type: "checkbox" }));
  const send = element("button", { type: "button", class: "main", disabled: true }, "Voter");
  const picked = () => boxes.flatMap((box, number) => (box.checked ? [number] : []));
  send.addEventListener("click", () => does.vote(message, picked()));
  const lines = poll.options.map((option, number) => element("label", { class: "option" }, boxes[number], option.text));
  return element(
    "div",
    { class: "options", change: () => (send.disabled = picked().length === 0) },
    lines,
    send,
  );
}

function outcomes(poll, chosen) {
  const right = poll.correct_option_ids ?? [];
  const lines = poll.options.map((option, number) => {
    const share = poll.total_voter_count ? Math.round((100 * option.voter_count) / poll.total_voter_count) : 0;
    const bar = element("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--share", `${share}%`);
    return element(
      "li",
      { class: chosen.includes(number) ? "outcome chosen" : "outcome" },
      element("span", { class: "share" }, `${share}\u00a0%`),
      element("span", { class: "words" }, option.text, mark(number, chosen, right)),
      bar,
    );
  });
  return element("ul", { class: "options" }, lines);
}

function mark(number, chosen, right) {
  if (right.includes(number)) return [sign(" ✓"), unseen(" (bonne réponse)")];
  if (!chosen.includes(number)) return null;
  return right.length > 0 ? [sign(" ✗"), unseen(" (votre réponse)")] : [sign(" ✓"), unseen(" (votre choix)")];
}

function votes(count) {
  if (count === 0) return "Aucun vote";
  return count === 1 ? "1 vote" : `${count} votes`;
}
