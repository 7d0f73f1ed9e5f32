// What the people at the page do, asked of the simulator. A refusal is an error whose message is a sentence to show.

/** Do `act` in a room; gives what the simulator answers. */
export function act(name, room, facts = {}, file = null) {
  const asked = JSON.stringify({ seat: room.seat.id, chat: room.chat, ...facts });
  if (file === null) return post(`acts/${name}`, asked, { "Content-Type": "application/json" });
  const form = new FormData();
  form.append("act", asked);
  form.append("file", file, file.name || "image.png");
  return post(`acts/${name}`, form, {});
}

/** Move the clock; gives the sentence that tells what came of it. */
export async function leapTo(key) {
  const told = await post("leap", JSON.stringify({ key }), { "Content-Type": "application/json" });
  return told.sentence;
}

/** Messages of a room before the one with this number. */
export async function earlierThan(room, before) {
  const query = new URLSearchParams({ seat: room.seat.id, chat: room.chat, before });
  return (await answered(fetch(`/page/earlier?${query}`))).messages;
}

/** One call of the Bot API as JSON text. */
export async function callInFull(number) {
  return (await answered(fetch(`/page/calls/${number}`))).json;
}

function post(path, body, headers) {
  return answered(fetch(`/page/${path}`, { method: "POST", body, headers }));
}

async function answered(asked) {
  let response;
  try {
    response = await asked;
  } catch {
    throw new Error("La démonstration ne répond pas. Est-elle encore en marche\u00a0?");
  }
  if (response.ok) return response.json();
  const told = await response.json().catch(() => ({}));
  throw new Error(told.sentence ?? "La démonstration n’a pas pu faire cela.");
}
