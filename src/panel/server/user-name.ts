import type { Context } from "hono";

/** The most characters of a name. */
const LONGEST_NAME = 60;

/**
 * The name of the user of Home Assistant who sends a request; null if it is not known. Supervisor's ingress replaces this
 * header. Elsewhere everybody who may open the panel can send it, so it decides nothing.
 * https://github.com/home-assistant/supervisor/blob/main/supervisor/api/ingress.py
 */
export function userName(c: Context): string | null {
  const header = c.req.header("x-remote-user-display-name") ?? c.req.header("x-remote-user-name");
  if (header === undefined) return null;
  // Node reads headers as Latin-1, and Supervisor writes UTF-8.
  const name = Buffer.from(header, "latin1").toString("utf8");
  const shown = name.replaceAll(/[\p{Cc}\p{Cf}]/gu, "").trim();
  return shown === "" ? null : shown.slice(0, LONGEST_NAME);
}
