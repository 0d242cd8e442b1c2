import type { Context } from "hono";

/** The most characters of a name. */
const LONGEST_NAME = 60;

/**
 * Returns the name of Home Assistant's user who sends a request; null if it is unknown. Supervisor's ingress sets this
 * header. Without ingress, everybody who may open the panel can send it, so nothing important may depend on the name.
 * https://github.com/home-assistant/supervisor/blob/main/supervisor/api/ingress.py
 */
export function userName(c: Context): string | null {
  const header = c.req.header("x-remote-user-display-name") ?? c.req.header("x-remote-user-name");
  if (header === undefined) return null;
  // Supervisor writes the header in UTF-8, but Node reads headers as Latin-1.
  const name = Buffer.from(header, "latin1").toString("utf8");
  const shown = name.replaceAll(/[\p{Cc}\p{Cf}]/gu, "").trim();
  return shown === "" ? null : shown.slice(0, LONGEST_NAME);
}
