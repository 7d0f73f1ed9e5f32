// What a message says in one line: for the list of chats, for quotes, and for what happens in a group.

const BEGINNING = 60;

/** The name of a message's author. */
export function author(fields) {
  return fields.sender_chat?.title ?? fullName(fields.from ?? { first_name: "?" });
}

/** First and last name of somebody. */
export function fullName(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}

/** A message in a line. */
export function summary(fields) {
  const words = (fields.text ?? fields.caption ?? "").replaceAll(/\s+/g, " ");
  if (fields.photo) return words ? `Photo, ${words}` : "Photo";
  if (fields.document) return `Document\u00a0: ${fields.document.file_name ?? "sans nom"}`;
  if (fields.poll) return `Sondage\u00a0: ${fields.poll.question}`;
  if (fields.location) return "Position";
  if (fields.contact) return `Contact\u00a0: ${fullName(fields.contact)}`;
  if (fields.voice) return "Message vocal";
  if (fields.sticker) return `Autocollant ${fields.sticker.emoji ?? ""}`.trim();
  return words || (service(fields) ?? "Message");
}

/** The sentence for something that has happened in a chat, null for a message that somebody has written. */
export function service(fields) {
  const who = author(fields);
  if (fields.new_chat_members) {
    const come = fields.new_chat_members;
    if (come.length === 1 && come[0].id === fields.from?.id) return `${who} a rejoint le groupe`;
    return `${who} a ajouté ${come.map(fullName).join(", ")}`;
  }
  if (fields.left_chat_member) {
    if (fields.left_chat_member.id === fields.from?.id) return `${who} a quitté le groupe`;
    return `${who} a retiré ${fullName(fields.left_chat_member)}`;
  }
  if (fields.group_chat_created || fields.supergroup_chat_created) return `${who} a créé le groupe`;
  if (fields.new_chat_title) return `${who} a renommé le groupe\u00a0: ${fields.new_chat_title}`;
  if (fields.migrate_to_chat_id) return "Ce groupe est devenu un supergroupe";
  if (fields.migrate_from_chat_id) return "Ce groupe est devenu un supergroupe";
  if (fields.pinned_message) return `${who} a épinglé «\u00a0${beginning(summary(fields.pinned_message))}\u00a0»`;
  if (fields.forum_topic_created) return `${who} a ouvert le sujet «\u00a0${fields.forum_topic_created.name}\u00a0»`;
  if (fields.forum_topic_closed) return `${who} a clos le sujet`;
  if (fields.forum_topic_reopened) return `${who} a rouvert le sujet`;
  return null;
}

/** Words that are short, or their beginning up to a whole word. */
function beginning(words) {
  return words.length <= BEGINNING ? words : `${words.slice(0, BEGINNING).replace(/\s*\S*$/, "")}…`;
}
