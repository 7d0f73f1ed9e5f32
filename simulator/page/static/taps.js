// Taps on buttons that wait for the bot's answer, wherever on the page somebody has gone meanwhile.

import { act } from "./acts.js";
import { alertBox, toast } from "./announcements.js";
import { spin } from "./inline-keyboard.js";

const EARLY_MAX = 50;
const waiting = new Map();
const early = new Map();

/** Tap a button; `made` spins until the bot has answered. Gives the simulator's answer, which may name a chat to open. */
export async function tap(room, message, button, made) {
  const end = spin(made);
  try {
    const answer = await act("tap", room, { message: message.id, ...button });
    if (!answer.query) {
      end();
      return answer;
    }
    waiting.set(answer.query, { end, from: room.head.title });
    if (early.has(answer.query)) answered(answer.query, early.get(answer.query));
    return answer;
  } catch (error) {
    end();
    throw error;
  }
}

/** The bot has answered a tap: show its words where the tap was made on this page. */
export function answered(query, answer) {
  const tapped = waiting.get(query);
  if (!tapped) {
    // The answer may overtake the one that names the query; those to taps of other pages are never asked for.
    early.set(query, answer);
    if (early.size > EARLY_MAX) early.delete(early.keys().next().value);
    return;
  }
  waiting.delete(query);
  early.delete(query);
  tapped.end();
  if (answer.alert) alertBox(answer.text, tapped.from);
  else toast(answer.text);
}
