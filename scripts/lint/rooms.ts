/** The folders that every feature may import. They import no feature. */
const BASE = ["texts", "domain"];

/** The features, from left to right. Each may import those to its left. */
const FEATURES = [
  "contacts",
  "media",
  "inbound",
  "calls",
  "outbound",
  "alarms",
  "provisioning",
  "setup",
  "health",
];

/** The folders that know Twilio, Home Assistant, SQLite, the options or the page. They implement the features' ports. */
const NEIGHBOURS = ["twilio", "home-assistant", "journal", "options", "panel"];

/**
 * The rooms (folders of `src/`) that a room may import besides itself. `main` is the file `main.ts`. Imports go one way:
 * `domain ← features ← neighbours ← app ← main`.
 */
export function roomsBelow(room: string): readonly string[] {
  if (room === "main") return ["app"];
  if (room === "app") return [...BASE, ...FEATURES, ...NEIGHBOURS];
  if (NEIGHBOURS.includes(room)) return [...BASE, ...FEATURES];
  const place = FEATURES.indexOf(room);
  if (place !== -1) return [...BASE, ...FEATURES.slice(0, place)];
  return room === "domain" ? ["texts"] : [];
}

/**
 * The reason why the file `from` may not import `to`, or null if it may. A test checks that this file lists every folder
 * of `src/`.
 *
 * @param from relative to `src/`, with `/`, and so is `to`
 */
export function importProblem(from: string, to: string): string | null {
  const [importer, imported] = [roomOf(from), roomOf(to)];
  if (importer === imported || roomsBelow(importer).includes(imported)) return null;
  if (NEIGHBOURS.includes(importer) && NEIGHBOURS.includes(imported))
    return `${importer}/ and ${imported}/ are neighbours and never import each other: let app/ join them.`;
  return `${importer}/ may import ${["itself", ...roomsBelow(importer)].join(", ")}. Declare what it needs in its ports.ts, and let app/ pass it in.`;
}

function roomOf(path: string): string {
  const [first = ""] = path.split("/");
  return path.includes("/") ? first : "main";
}
