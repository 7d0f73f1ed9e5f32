// Days and hours in French, in the time zone of the demo. Times come and go as Unix seconds.

let zone = "Europe/Paris";

const formats = {
  hour: { hour: "2-digit", minute: "2-digit" },
  day: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  shortDay: { day: "numeric", month: "short" },
  moment: { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" },
  shortMoment: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
};
let made = {};

/** Show times in this zone from now on. */
export function useZone(name) {
  zone = name;
  made = {};
}

/** A time as `hour` (18:30), `day`, `shortDay`, `moment` or `shortMoment`. */
export function written(seconds, name) {
  made[name] ??= new Intl.DateTimeFormat("fr-FR", { ...formats[name], timeZone: zone });
  return made[name].format(new Date(seconds * 1000));
}

/** How long ago something was, from the seconds that have passed. */
export function ago(seconds) {
  if (seconds < 1.5) return "à l’instant";
  if (seconds < 60) return `il y a ${Math.floor(seconds)}\u00a0s`;
  if (seconds < 3600) return `il y a ${Math.floor(seconds / 60)}\u00a0min`;
  if (seconds < 86400) return `il y a ${Math.floor(seconds / 3600)}\u00a0h`;
  return `il y a ${Math.floor(seconds / 86400)}\u00a0j`;
}
