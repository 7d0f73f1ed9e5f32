// One message as it stands in a chat.

import { enlarge } from "./announcements.js";
import { colour } from "./avatar.js";
import { written } from "./dates.js";
import { element, unseen } from "./elements.js";
import { formatted } from "./formatting.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./inline-keyboard.js";
import { author, fullName, service, summary } from "./message-summary.js";
import { pollView } from "./poll.js";

/** The element of a message as somebody sees it; `does` holds what its parts do when they are used. */
export function bubble(message, room, does) {
  const { fields } = message;
  const happened = service(fields);
  if (happened !== null) {
    return element("p", { class: "service", "data-id": message.id, tabindex: "-1" }, element("span", {}, happened));
  }
  const mine = message.sender === room.seat.id;
  const who = mine ? "Vous" : author(fields);
  const hour = written(fields.date, "hour");
  return element(
    "article",
    {
      class: `message ${mine ? "mine" : "theirs"}`,
      "data-id": message.id,
      "data-sender": message.sender,
      "aria-label": `${who}, ${hour}`,
      tabindex: "-1",
    },
    element(
      "div",
      { class: shape(fields) },
      !mine && !room.head.private ? element("p", { class: `sender ${colour(message.sender)}` }, who) : null,
      fields.forward_origin ? element("p", { class: "forwarded" }, `Transféré de ${origin(fields.forward_origin)}`) : null,
      fields.reply_to_message ? quote(fields.reply_to_message, room, does) : null,
      content(message, room, does),
      element(
        "p",
        { class: "meta" },
        fields.edit_date ? "modifié " : null,
        element("time", { datetime: new Date(fields.date * 1000).toISOString() }, hour),
      ),
    ),
    inlineKeyboard(message, room, does),
    reactions(message),
    tools(message, mine, room, does),
  );
}

/** The look of a bubble: bare for a sticker, with its hour beside the last line where that is a line of text. */
function shape(fields) {
  if (fields.sticker) return "bubble bare";
  const words = fields.text ?? fields.caption;
  const blocks = (fields.entities ?? fields.caption_entities ?? []).filter((one) => /pre|quote/.test(one.type));
  if (fields.poll) return "bubble beside";
  const beside = words && !onlyEmoji(words) && !blocks.some((one) => one.offset + one.length === words.length);
  return `bubble${beside ? " beside" : ""}${beside && fields.edit_date ? " edited" : ""}`;
}

function origin(from) {
  return from.sender_chat?.title ?? (from.sender_user ? fullName(from.sender_user) : (from.sender_user_name ?? "?"));
}

function quote(answered, room, does) {
  const who = answered.from?.id === room.seat.id ? "Vous" : author(answered);
  return element(
    "button",
    { type: "button", class: "quote", click: () => does.jump(answered.message_id) },
    unseen("En réponse à "),
    element("span", { class: "sender" }, who),
    unseen("\u00a0: "),
    element("span", { class: "words" }, summary(answered)),
  );
}

function content(message, room, does) {
  const { fields } = message;
  const parts = [];
  if (fields.photo) parts.push(photo(fields));
  if (fields.document) parts.push(fileLink(fields.document));
  if (fields.poll) parts.push(pollView(message, room, does));
  if (fields.sticker) parts.push(element("p", { class: "sticker" }, fields.sticker.emoji ?? "🙂"));
  if (fields.voice) parts.push(note("voice", `Message vocal, ${fields.voice.duration}\u00a0s`));
  if (fields.location) parts.push(note("place", position(fields.location)));
  if (fields.contact) parts.push(note("contact", `${fullName(fields.contact)}, ${fields.contact.phone_number}`));
  const words = fields.text ?? fields.caption;
  if (words) {
    const text = formatted(words, fields.entities ?? fields.caption_entities, does);
    parts.push(element("div", { class: onlyEmoji(words) ? "text large" : "text" }, text));
  }
  return parts;
}

function note(drawn, words) {
  return element("p", { class: "note" }, icon(drawn), words);
}

function photo(fields) {
  const size = fields.photo.at(-1);
  const address = `/page/files/${encodeURIComponent(size.file_id)}`;
  const alt = fields.caption ? `Photo\u00a0: ${fields.caption}` : "Photo";
  return element(
    "button",
    { type: "button", class: "photo", click: () => enlarge(address, alt) },
    element("img", { src: address, alt, width: size.width, height: size.height }),
  );
}

function fileLink(file) {
  const name = file.file_name ?? "document";
  return element(
    "a",
    { class: "document", href: `/page/files/${encodeURIComponent(file.file_id)}`, download: name },
    icon("download"),
    element(
      "span",
      {},
      element("span", { class: "name" }, name),
      element("span", { class: "size" }, unseen(", document, "), weight(file.file_size)),
    ),
  );
}

function weight(bytes) {
  if (bytes < 1000) return `${bytes}\u00a0octets`;
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, "ko"] : [bytes / 1e6, "Mo"];
  return `${amount.toLocaleString("fr-FR", { maximumFractionDigits: 1 })}\u00a0${unit}`;
}

function position({ latitude, longitude }) {
  const degrees = (number) => number.toLocaleString("fr-FR", { maximumFractionDigits: 4 });
  return `Position\u00a0: ${degrees(latitude)}\u00a0; ${degrees(longitude)}`;
}

function onlyEmoji(words) {
  return /^\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic})*$/u.test(words);
}

function reactions(message) {
  if (message.reactions.length === 0) return null;
  const counts = new Map();
  for (const emoji of message.reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  return element(
    "ul",
    { class: "reactions", "aria-label": "Réactions" },
    [...counts].map(([emoji, count]) => element("li", {}, `${emoji} ${count}`)),
  );
}

/** What can be done with a message: shown under the pointer, and reached by the arrow keys (see message-keys.js). */
function tools(message, mine, room, does) {
  const tool = (words, drawn, done) =>
    element(
      "button",
      { type: "button", class: "tool", tabindex: "-1", title: words, "aria-label": words, click: () => done(message) },
      icon(drawn),
    );
  return element(
    "div",
    { class: "tools" },
    room.head.blocked ? null : tool("Répondre", "reply", does.reply),
    mine && message.fields.text ? tool("Modifier", "edit", does.edit) : null,
    mine ? tool("Supprimer", "remove", does.remove) : null,
  );
}
